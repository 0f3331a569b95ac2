"""``{% load report %}``: how the pages write a report's numbers and words."""

from collections.abc import Iterable

from django import template

from organizations import figures
from scorecards.models import KPI, Measurement, Scorecard
from scorecards.selectors.kpi_formula import shown_value
from scorecards.selectors.report import (
    GainRow,
    KPIRow,
    MatrixRow,
    PeriodReport,
    PerspectiveRow,
    Remark,
    RemarkKind,
    Settings,
    computation,
    words,
)

register = template.Library()

BAR_WIDTH = 200
MINUS = "\u2212"


# -- Numbers


@register.filter(is_safe=True)
def level_text(row: KPIRow | GainRow) -> str:
    """The level with enough decimals never to contradict its light."""
    return figures.figure(row.level, row.level_decimals)


@register.filter(is_safe=True)
def score_text(perspective: PerspectiveRow) -> str:
    return figures.figure(perspective.score, perspective.score_decimals)


@register.filter(is_safe=True)
def signed(value: float | None, decimals: int = 2) -> str:
    """``+0,61``, ``−0,20``; nothing gained is 0,00 without a sign."""
    return _with_sign(value, figures.figure(abs(value), decimals) if value is not None else "")


@register.filter(is_safe=True)
def signed_percent(share: float | None, decimals: int = 0) -> str:
    return _with_sign(share, figures.percent(abs(share), decimals) if share is not None else "")


def _with_sign(value: float | None, text: str) -> str:
    if value is None:
        return figures.NOTHING
    if not any(digit in text for digit in "123456789"):
        return text
    return f"{'+' if value > 0 else MINUS}{text}"


@register.filter(is_safe=True)
def bar(gain: float | None, report: PeriodReport) -> str:
    """The width of a gain's bar; the largest one is as wide as the drawing."""
    largest = max((each.to_best for each in report.gains), default=0)
    return f"{BAR_WIDTH * gain / largest:.2f}" if gain and largest else "0"


@register.filter
def direction_icon(change: float) -> str:
    return "arrow-up" if change > 0 else "arrow-down" if change < 0 else "arrow-right"


# -- Words


@register.filter
def codes(rows: Iterable[KPIRow]) -> str:
    return ", ".join(row.code for row in rows)


@register.filter
def remark_text(remark: Remark) -> str:
    return words.remark_text(remark)


@register.filter
def remark_kind(remark: Remark) -> str:
    """The kind of note that it is shown in: equal weights are usual, the rest wants a look."""
    usual = (RemarkKind.PERSPECTIVES_EQUAL, RemarkKind.KPIS_EQUAL, RemarkKind.NOT_DUE)
    return "info" if remark.kind in usual else "warning"


@register.filter
def points_text(row: KPIRow) -> str:
    return words.points_text(row)


@register.filter
def goal_text(row: KPIRow) -> str:
    return words.goal_text(row)


@register.filter
def value_formula(row: KPIRow) -> str:
    return computation.value_formula(row)


@register.filter
def lacking_titles(row: KPIRow) -> str:
    return ", ".join(computation.input_title(each.title) for each in row.lacking)


@register.filter
def measured_value(measurement: Measurement, kpi: KPI) -> str:
    """The value with its unit; a computed one without decimals that say nothing."""
    value = shown_value(measurement.value, kpi.decimals, is_computed=bool(measurement.inputs))
    return figures.measure(value, kpi.unit, kpi.decimals)


@register.filter
def input_title(title: str) -> str:
    return computation.input_title(title)


@register.filter
def level_formula(row: KPIRow, settings: Settings) -> str:
    return words.level_formula(row, settings)


@register.filter
def experts_over_text(matrix: MatrixRow) -> str:
    return words.experts_over_text(matrix)


@register.filter
def provenance_name(provenance: str) -> str:
    return words.provenance_name(provenance)


@register.filter
def target_is_red(settings: Settings) -> bool:
    """Whether a value exactly on target is still red, as with the usual limits."""
    level, limit = settings.target_level, settings.red_limit
    return level is not None and (level < limit or (level == limit and settings.red_inclusive))


@register.filter
def method_name(method: str) -> str:
    return words.choice_name(Scorecard.PriorityMethod, method)


@register.filter
def random_index_name(name: str) -> str:
    return words.choice_name(Scorecard.RandomIndex, name)


@register.filter
def experts_name(counted: str) -> str:
    return words.choice_name(Scorecard.Experts, counted)


@register.filter
def scoring_name(scoring: str) -> str:
    return words.choice_name(Scorecard.Scoring, scoring)


@register.filter
def level_mode_name(mode: str) -> str:
    return words.choice_name(Scorecard.LevelMode, mode)
