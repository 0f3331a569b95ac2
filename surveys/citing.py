"""How this installation is cited: as text and as BibTeX, with the version that computes."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from organizations import figures

# A section, as an example of citing one: the title stands on the page.
SECTION = "gci"


@dataclass(frozen=True)
class Citation:
    """``text`` for a list of references; ``bibtex`` for LaTeX and for reference managers."""

    text: str
    bibtex: str


@dataclass(frozen=True)
class Citations:
    site: Citation
    section: Citation


def citations(methods_path: str) -> Citations:
    """Of the site as a whole, and of a section of the methods page."""
    today = localdate()
    page = settings.SITE_URL + methods_path
    section = _("Geometric consistency index (GCI)")
    return Citations(
        site=_citation("canting", _("Canting: from vision to report"), settings.SITE_URL, today),
        section=_citation(
            "canting-gci",
            _("“%(section)s”, in Canting: How it is computed") % {"section": section},
            f"{page}#{SECTION}",
            today,
        ),
    )


def _citation(key: str, title: str, address: str, today: date) -> Citation:
    facts = {
        "title": title,
        "version": settings.VERSION,
        "year": today.year,
        "url": address,
        "day": figures.day(today),
    }
    return Citation(
        text=_("%(title)s (version %(version)s). (%(year)s). %(url)s (read on %(day)s)") % facts,
        bibtex=_bibtex(key, facts),
    )


def _bibtex(key: str, facts: dict[str, object]) -> str:
    note = _("Version %(version)s, read on %(day)s") % facts
    return "\n".join(
        (
            f"@misc{{{key}-{facts['year']},",
            f"  title = {{{{{facts['title']}}}}},",
            f"  year = {{{facts['year']}}},",
            f"  howpublished = {{\\url{{{facts['url']}}}}},",
            f"  note = {{{note}}}",
            "}",
        )
    )
