"""``{% load periods %}``: a period by its name."""

from django import template

from scorecards.models import Period
from scorecards.selectors import periods

register = template.Library()


@register.filter
def period_name(period: Period) -> str:
    """``{{ period|period_name }}``: Quarter III 2026, in the active language."""
    return periods.period_name(period)
