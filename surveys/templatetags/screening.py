"""``{% load screening %}``: how the pages of a screening say its limits."""

from django import template

from surveys.selectors.screening_verdicts import limits_text

register = template.Library()


@register.simple_tag
def limits_of_validity() -> str:
    """The limits of V for some sizes of a panel."""
    return limits_text()
