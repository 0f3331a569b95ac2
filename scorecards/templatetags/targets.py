"""``{% load targets %}``: what a scorecard calls its levels, and a ladder's own rungs."""

from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from scorecards.anchor_words import anchor_words
from scorecards.models import Scorecard, Target
from scorecards.selectors.report import Settings
from scorecards.target_scale import points_of

register = template.Library()


@register.filter
def rung(target: Target, level: int) -> Decimal:
    """``{{ target|rung:3 }}``: from which value on a ladder gives that level."""
    return points_of(target)[level]


@register.filter
def standard_word(chosen: Scorecard | Settings) -> str:
    """``{{ scorecard|standard_word }}``: what level 3 is called in it, inside of a sentence."""
    return anchor_words(chosen.anchor_words).standard


@register.filter
def goal_word(chosen: Scorecard | Settings) -> str:
    """``{{ report.settings|goal_word }}``: what level 10 is called in it, or score 5."""
    if chosen.scoring == Scorecard.Scoring.LIKERT:
        return _("highest score")
    return anchor_words(chosen.anchor_words).goal


@register.filter
def level_word(chosen: Scorecard | Settings) -> str:
    """``{{ report.settings|level_word }}``: what a KPI gets, as the head of a column."""
    return _("Score") if chosen.scoring == Scorecard.Scoring.LIKERT else _("Level")


@register.filter
def has_words_of_lasem(chosen: Scorecard | Settings) -> bool:
    return chosen.anchor_words == Scorecard.AnchorWords.LASEM
