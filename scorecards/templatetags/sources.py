"""``{% load sources %}``: short references on the methods page."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from scorecards.sources.source import Source
from scorecards.sources.table import SOURCES

register = template.Library()


@register.simple_tag
def cite(*keys: str) -> str:
    """``{% cite "aiken-1980" "aiken-1985" %}``: (Aiken, 1980; Aiken, 1985), each a link.

    A key that the table of sources doesn't have is an error.
    """
    found = [SOURCES[key] for key in keys]
    links = format_html_join(
        "; ",
        '<a class="cite" href="#source-{}">{}, {}</a>',
        ((source.key, named(source), source.year) for source in found),
    )
    return format_html("({})", links)


def named(source: Source) -> str:
    """Two authors by their names, of more the first one."""
    first, *others = source.families
    if len(others) > 1:
        return _("%(author)s et al.") % {"author": first}
    return " & ".join(source.families)
