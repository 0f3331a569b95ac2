"""``{% load results %}``: how the pages of results say what the experts judged."""

from typing import Any

from django import template

from surveys.drawings.heat_map import ratio_text
from surveys.result_pictures import overtaking_text
from surveys.selectors.pair_results import OutlyingJudgement, PairResult
from surveys.selectors.result_intervals import WeightInterval
from surveys.selectors.sensitivity import Overtaking
from surveys.wording import ratio_sentence

register = template.Library()


@register.filter
def group_sentence(pair: PairResult) -> str:
    """What the group says of a pair."""
    ratio = float("nan") if pair.group_ratio is None else pair.group_ratio
    return ratio_sentence(pair.row.label, pair.column.label, ratio)


@register.filter
def judged_sentence(outlier: OutlyingJudgement) -> str:
    return ratio_sentence(outlier.row.label, outlier.column.label, outlier.judged)


@register.filter
def others_sentence(outlier: OutlyingJudgement) -> str:
    """The middle of all answers to the same pair."""
    return ratio_sentence(outlier.row.label, outlier.column.label, outlier.median)


@register.filter(is_safe=True)
def ratio(value: float | None) -> str:
    """``{{ pair.group_ratio|ratio }}``: 3,2 or 1/3,2."""
    return ratio_text(float("nan") if value is None else value)


@register.filter(is_safe=True)
def step(value: float | None) -> str:
    """A signed step of the scale as a judgement: 4 is 5, -4 is 1/5."""
    if value is None:
        return ratio_text(float("nan"))
    return ratio_text(value + 1 if value >= 0 else 1 / (1 - value))


@register.filter
def overtaking(change: Overtaking) -> str:
    return overtaking_text(change)


@register.inclusion_tag("surveys/_weight_bar.html")
def weight_bar(
    weight: float, interval: WeightInterval | None = None, largest: float = 1.0
) -> dict[str, Any]:
    """A weight as a bar, with its interval as a line; the figures stand beside it."""
    scale = 100 / largest if largest else 0
    return {
        "share": weight * scale,
        "interval": interval,
        "low": interval.low * scale if interval else None,
        "high": interval.high * scale if interval else None,
    }
