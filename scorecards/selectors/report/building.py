"""Building a period's report from the database, with a fixed number of queries."""

from dataclasses import dataclass, replace
from decimal import Decimal

from scorecards.methods.gains import Gain
from scorecards.methods.lights import shown_decimals
from scorecards.methods.scoring import KPIScore, PeriodScore, PerspectiveScore, Scale
from scorecards.models import KPI, Measurement, Period, Perspective, Scorecard
from scorecards.selectors.kpi_formula import shown_value
from scorecards.selectors.report.comparing import compared
from scorecards.selectors.report.computation import input_rows
from scorecards.selectors.report.freezing import from_json
from scorecards.selectors.report.inputs import (
    Design,
    Measurements,
    load_design,
    load_measurements,
    period_before,
)
from scorecards.selectors.report.levels import Level
from scorecards.selectors.report.model import (
    GainRow,
    KPIRow,
    PeriodReport,
    PerspectiveRow,
    PreviousPeriod,
    Remark,
    RemarkKind,
    Settings,
)
from scorecards.selectors.report.reach import Reach
from scorecards.target_scale import points_of


def period_report(period: Period) -> PeriodReport:
    """The report: as it was frozen if the period is closed, as things stand now if it is open."""
    if period.is_open:
        return build_report(period)
    return from_json(period.closings.get(reopened_at__isnull=True).report)


def build_report(period: Period) -> PeriodReport:
    """The report as things stand now, compared with the period before."""
    design = load_design(period.scorecard, period.start)
    before = period_before(period)
    values = load_measurements(period, before)
    if before is None:
        return _built(period, design, values[period.pk])
    earlier = values[before.pk]
    report = _built(period, design, values[period.pk], earlier)
    standing = _standing(before, design, earlier)
    previous = PreviousPeriod(before.start, before.end, standing.index)
    return compared(replace(report, previous=previous), standing)


def _standing(before: Period, design: Design, values: Measurements) -> PeriodReport:
    """The period before: as it was frozen, or as things stand now while it is open."""
    if before.is_open:
        return _built(before, design, values)
    return from_json(before.closings.get(reopened_at__isnull=True).report)


def _built(
    period: Period, design: Design, values: Measurements, earlier: Measurements | None = None
) -> PeriodReport:
    levels = design.levels(period.start, values)
    not_due = design.not_due(period, values)
    reach = design.reach(period.start, values)
    score = design.score(values, levels, not_due, reach)
    return _assemble(_Sheet(period, design, values, earlier or {}, levels, not_due, reach), score)


@dataclass(frozen=True)
class _Sheet:
    """What the rows of one report are filled from."""

    period: Period
    design: Design
    values: Measurements
    earlier: Measurements
    levels: dict[int, Level]
    not_due: frozenset[int]
    reach: dict[int, Reach]

    @property
    def scale(self) -> Scale:
        return self.design.scale


def _assemble(sheet: _Sheet, score: PeriodScore) -> PeriodReport:
    period, scorecard = sheet.period, sheet.period.scorecard
    perspectives = tuple(
        _perspective_row(perspective, kpis, part, sheet)
        for (perspective, kpis), part in zip(sheet.design.groups, score.perspectives, strict=True)
    )
    rows = {row.kpi_id: row for part in perspectives for row in part.kpis}
    return PeriodReport(
        organization=scorecard.organization.name,
        scorecard_id=scorecard.pk,
        scorecard=scorecard.name,
        period_id=period.pk,
        start=period.start,
        end=period.end,
        closed_at=None,
        closed_by="",
        index=score.index,
        index_decimals=shown_decimals(score.index, sheet.scale.limits),
        light=score.light.value,
        coverage=score.coverage,
        provisional=score.provisional,
        against_standard=score.against_standard,
        against_previous=None,
        previous=None,
        perspectives=perspectives,
        gains=tuple(
            _gain_row(gain, rows[int(gain.key)], sheet.reach[int(gain.key)]) for gain in score.gains
        ),
        weights=sheet.design.origin,
        settings=_settings(scorecard, sheet.scale),
        remarks=sheet.design.remarks + _remarks_on_targets(sheet) + _remarks_on_rarer(sheet),
    )


def _perspective_row(
    perspective: Perspective, kpis: list[KPI], score: PerspectiveScore, sheet: _Sheet
) -> PerspectiveRow:
    return PerspectiveRow(
        perspective_id=perspective.pk,
        code=perspective.code,
        name=perspective.name,
        score=score.score,
        score_decimals=shown_decimals(score.score, sheet.scale.limits),
        light=score.light.value,
        weight=score.weight,
        effective_weight=score.effective_weight,
        value=score.value,
        coverage=score.coverage,
        provisional=score.provisional,
        kpis=tuple(_kpi_row(kpi, own, sheet) for kpi, own in zip(kpis, score.kpis, strict=True)),
    )


def _kpi_row(kpi: KPI, score: KPIScore, sheet: _Sheet) -> KPIRow:
    measurement = sheet.values.get(kpi.pk) or Measurement()
    earlier = sheet.earlier.get(kpi.pk)
    level = sheet.levels[kpi.pk]
    target = sheet.design.target(kpi, sheet.period.start)
    return KPIRow(
        kpi_id=kpi.pk,
        objective_id=kpi.objective_id,
        code=kpi.code,
        name=kpi.name,
        objective=kpi.objective.statement,
        unit=kpi.unit,
        decimals=kpi.decimals,
        target_kind=target.kind if target else "",
        points=points_of(target),
        measured=measurement.value,
        previous=_shown(kpi, earlier),
        level=score.level,
        level_decimals=shown_decimals(score.level, sheet.scale.limits),
        clamped=level.clamped,
        on_standard=level.on_standard,
        light=score.light.value,
        weight=score.weight,
        effective_weight=score.effective_weight,
        global_weight=score.global_weight,
        value=score.value,
        not_applicable=measurement.not_applicable,
        reason=measurement.reason,
        note=measurement.note,
        formula=measurement.formula,
        inputs=input_rows(kpi, measurement),
        not_due=kpi.pk in sheet.not_due,
    )


def _shown(kpi: KPI, measurement: Measurement | None) -> Decimal | None:
    if measurement is None:
        return None
    return shown_value(measurement.value, kpi.decimals, is_computed=bool(measurement.inputs))


def _gain_row(gain: Gain, row: KPIRow, reach: Reach) -> GainRow:
    return GainRow(
        kpi_id=row.kpi_id,
        code=row.code,
        name=row.name,
        level=gain.level,
        level_decimals=row.level_decimals,
        light=row.light,
        next_light=reach.next_light,
        to_next_light=gain.to_next_light,
        to_standard=gain.to_standard,
        to_goal=gain.to_goal,
        unit=row.unit,
        decimals=row.decimals,
        next_value=reach.next_value,
        standard_value=reach.standard,
        goal_value=reach.goal,
    )


def _settings(scorecard: Scorecard, scale: Scale) -> Settings:
    return Settings(
        scoring=scorecard.scoring,
        level_mode=scorecard.level_mode,
        lowest=scale.limits.lowest,
        highest=scale.limits.highest,
        red_limit=scale.limits.red,
        green_limit=scale.limits.green,
        red_inclusive=scale.limits.red_inclusive,
        standard_level=scale.standard,
        minimum_coverage=scale.minimum_coverage,
        anchor_words=scorecard.anchor_words,
    )


def _remarks_on_targets(sheet: _Sheet) -> tuple[Remark, ...]:
    without = tuple(
        kpi.code
        for _, kpis in sheet.design.groups
        for kpi in kpis
        if sheet.design.target(kpi, sheet.period.start) is None
    )
    return (Remark(RemarkKind.TARGET_MISSING, without),) if without else ()


def _remarks_on_rarer(sheet: _Sheet) -> tuple[Remark, ...]:
    codes = tuple(
        kpi.code for _, kpis in sheet.design.groups for kpi in kpis if kpi.pk in sheet.not_due
    )
    return (Remark(RemarkKind.NOT_DUE, codes),) if codes else ()
