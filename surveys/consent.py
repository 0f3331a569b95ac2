"""What an expert is told before he agrees: the site's part, and words for the organization's own.

The site says what it does itself; the organization says what the answers are for. Each is said
once, on the screen and on paper, and both are kept with the answers as they were shown.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from surveys.models import Survey


@dataclass(frozen=True)
class Fact:
    title: str
    text: str


def consent_facts(survey: Survey, *, on_paper: bool = False) -> tuple[Fact, ...]:
    """Who reads, what is exported, with or without names, for how long, and what one may do."""
    return (
        Fact(_("Who reads your answers"), _what_is_read(survey, on_paper=on_paper)),
        Fact(_("Your name"), _name(survey)),
        Fact(_("How long they are kept"), _duration()),
        Fact(_("Your rights"), _rights(survey, on_paper=on_paper)),
    )


def consent_terms(survey: Survey) -> str:
    """The facts as one text, to be kept with the consent."""
    return "\n".join(f"{fact.title}: {fact.text}" for fact in consent_facts(survey))


def standard_consent(kind: str) -> str:
    """Words to start from, in the language of whoever makes the questionnaire."""
    if kind == Survey.Kind.SCREENING:
        return _(
            "We ask for your opinion on which KPIs show best how we treat our customers. Your "
            "answers are used to choose the KPIs of our scorecard, and may be used for research "
            "about this scorecard."
        )
    return _(
        "We ask for your opinion on what matters most in how we treat our customers. Your "
        "answers are used to compute the weights of our scorecard, and may be used for research "
        "about this scorecard."
    )


def _what_is_read(survey: Survey, *, on_paper: bool) -> str:
    """Nobody knows when an answer was given on paper."""
    readers = _readers(survey)
    if on_paper:
        return readers
    return " ".join((readers, _("When each was given is kept with them.")))


def _readers(survey: Survey) -> str:
    organization = survey.scorecard.organization
    if organization.parent is None:
        return _(
            "The admins, data officers and researchers of %(organization)s, and whoever runs this "
            "site. They can download them too."
        ) % {"organization": organization.name}
    return _(
        "The admins, data officers and researchers of %(organization)s, the admins and "
        "researchers of %(parent)s, and whoever runs this site. They can download them too."
    ) % {"organization": organization.name, "parent": organization.parent.name}


def _name(survey: Survey) -> str:
    if survey.anonymous:
        return _(
            "Results and downloaded files show a code in place of your name. Only the admins, "
            "data officers and whoever runs this site can tell whose code it is."
        )
    return _(
        "It stands with your answers in the results. Downloaded files have your name, position "
        "and institution only if whoever downloads them asks for that."
    )


def _duration() -> str:
    return _(
        "Until they or the questionnaire are deleted. Backups of the site may keep them some "
        "months longer, and files that were downloaded can't be called back."
    )


def _rights(survey: Survey, *, on_paper: bool) -> str:
    if on_paper:
        return _(
            "You may refuse, stop at any time and leave questions open. Later you may ask "
            "%(organization)s to delete your answers or to make them anonymous."
        ) % {"organization": survey.scorecard.organization.name}
    return _(
        "You may refuse, stop at any time, leave questions open, and change answers until you "
        "send them. By your link you can delete your answers until they are in use, and make "
        "them anonymous at any time once they are sent."
    )
