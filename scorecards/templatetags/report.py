"""``{% load report %}``: how the pages write a report's numbers and words."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import gettext as _

from organizations import figures
from organizations.arithmetic import Line
from scorecards.anchor_words import anchor_words
from scorecards.models import KPI, Measurement, Scorecard
from scorecards.selectors.kpi_formula import shown_value
from scorecards.selectors.report import (
    Comparison,
    GainRow,
    KPIRow,
    MatrixRow,
    PeriodReport,
    PerspectiveRow,
    Remark,
    RemarkKind,
    Settings,
    comparison_words,
    computation,
    lines,
    words,
)
from scorecards.states import UNFILLED, WITHOUT_LIGHT, State
from scorecards.target_scale import has_one_aim

register = template.Library()

BAR_WIDTH = 200


# -- Numbers


@register.filter(is_safe=True)
def gained(gain: float) -> str:
    """What the index would gain: +0,61. A gain too small for two decimals is none of 0,00."""
    text = figures.signed(gain, 2)
    return _("a little more") if gain > 0 and text == figures.signed(0, 2) else text


@register.filter(is_safe=True)
def level_text(row: KPIRow | GainRow) -> str:
    """The level with enough decimals never to contradict its light."""
    return figures.figure(row.level, row.level_decimals)


@register.filter(is_safe=True)
def score_text(perspective: PerspectiveRow) -> str:
    """Empty without a score: the state says why."""
    if perspective.score is None:
        return ""
    return figures.figure(perspective.score, perspective.score_decimals)


@register.filter(is_safe=True)
def signed(value: float | None, decimals: int = 2) -> str:
    """``+0,61``, ``−0,20``; nothing gained is 0,00 without a sign."""
    return figures.signed(value, decimals)


@register.filter(is_safe=True)
def signed_percent(share: float | None, decimals: int = 0) -> str:
    return figures.signed_percent(share, decimals)


@register.filter(is_safe=True)
def bar(gain: float | None, report: PeriodReport) -> str:
    """The width of a gain's bar; the largest one is as wide as the drawing."""
    largest = max((each.to_goal for each in report.gains), default=0)
    return f"{BAR_WIDTH * gain / largest:.2f}" if gain and largest else "0"


@register.filter
def direction_icon(change: float) -> str:
    return "arrow-up" if change > 0 else "arrow-down" if change < 0 else "arrow-right"


# -- Lines that a calculator confirms


@register.simple_tag
def computed_lines(row: KPIRow, perspective: PerspectiveRow, settings: Settings) -> dict[str, Any]:
    """How the KPI's level, value and part of the index came about."""
    found = lines.kpi_lines(row, perspective)
    if found is None:
        return {}
    level = words.level_formula(row, settings, found.value["level"].decimals)
    return {"level": level, "value": found.value, "share": found.share}


@register.filter
def weighed_rows(perspective: PerspectiveRow) -> tuple[tuple[KPIRow, Line | None], ...]:
    """The KPIs, each with what its row of the table says: level × weight = value."""
    return lines.perspective_lines(perspective)


@register.filter
def index_line(report: PeriodReport) -> Line | None:
    """The index as the sum of the perspectives' scores times their weights."""
    if report.index is None:
        return None
    parts = ((row.score, row.effective_weight, row.score_decimals) for row in report.perspectives)
    return lines.index_line(parts, report.index, report.index_decimals)


# -- Words


@register.filter
def codes(rows: Iterable[KPIRow]) -> str:
    return ", ".join(row.code for row in rows)


@register.filter
def remark_text(remark: Remark) -> str:
    return words.remark_text(remark)


@register.filter
def unfilled(report: PeriodReport) -> list[tuple[State, tuple[KPIRow, ...]]]:
    """The KPIs for which something is still to be entered, by their state."""
    groups = ((state, report.in_state(state)) for state in UNFILLED)
    return [(state, rows) for state, rows in groups if rows]


@register.filter
def states_without_light(report: PeriodReport) -> list[State]:
    """Those that something in the report is in, for the legend."""
    found = {row.state for row in report.rows} | {part.state for part in report.perspectives}
    return [state for state in WITHOUT_LIGHT if state in found]


@register.filter
def difference_texts(report: PeriodReport) -> list[str]:
    """What differs from the period before, one sentence each."""
    found = report.comparison.differences if report.comparison else ()
    return [comparison_words.difference_text(each, report) for each in found]


@register.filter
def change_line(comparison: Comparison) -> str:
    return comparison_words.change_line(comparison)


@register.filter
def remark_kind(remark: Remark) -> str:
    """The kind of note that it is shown in: equal weights are usual, the rest wants a look."""
    usual = (RemarkKind.PERSPECTIVES_EQUAL, RemarkKind.KPIS_EQUAL, RemarkKind.NOT_DUE)
    return "info" if remark.kind in usual else "warning"


@register.filter
def points_text(row: KPIRow, settings: Settings) -> str:
    return words.points_text(row, anchor_words(settings.anchor_words))


@register.filter
def standard_text(row: KPIRow) -> str:
    return words.standard_text(row)


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
def clamped_text(row: KPIRow, settings: Settings) -> str:
    return words.clamped_text(row, settings)


@register.filter
def experts_over_text(matrix: MatrixRow) -> str:
    return words.experts_over_text(matrix)


@register.filter
def provenance_name(provenance: str) -> str:
    return words.provenance_name(provenance)


@register.filter
def standard_is_red(settings: Settings) -> bool:
    """Whether a value exactly at the standard is still red, as with the usual limits."""
    level, limit = settings.standard_level, settings.red_limit
    return level is not None and (level < limit or (level == limit and settings.red_inclusive))


@register.filter
def codes_of_one_aim(report: PeriodReport) -> str:
    """The KPIs whose standard is their goal: there "exactly at the standard" is not red."""
    return codes(
        row for row in report.rows if has_one_aim(row.target_kind, tuple(map(float, row.points)))
    )


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
