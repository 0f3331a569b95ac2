"""``{% load targets %}``: the rungs of a ladder of one's own."""

from decimal import Decimal

from django import template

from scorecards.models import Target
from scorecards.target_scale import points_of

register = template.Library()


@register.filter
def rung(target: Target, level: int) -> Decimal:
    """``{{ target|rung:3 }}``: from which value on a ladder gives that level."""
    return points_of(target)[level]
