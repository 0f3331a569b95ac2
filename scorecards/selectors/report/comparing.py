"""Comparing a period with the one before it: over the KPIs that both have, naming what differs."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum

from scorecards.methods.comparison import KPIPair, PerspectivePair, like_for_like
from scorecards.methods.lights import Limits
from scorecards.methods.scoring import Scale
from scorecards.models import Period
from scorecards.selectors.report.comparison import Comparison, Difference, DifferenceKind
from scorecards.selectors.report.freezing import from_json
from scorecards.selectors.report.model import KPIRow, PeriodReport, Settings

ROUNDING = 1e-9


class Earlier(StrEnum):
    """What became of the period before since a report was closed beside it. It was open then and
    still is; or it was reopened, or closed with another index."""

    SAME = ""
    OPEN = "open"
    CHANGED = "changed"


Rows = Mapping[int, KPIRow]


def compare(now: PeriodReport, before: PeriodReport) -> Comparison:
    """Levels, weights and settings as the two reports have them."""
    rows_now, rows_before = _rows(now), _rows(before)
    scored_now, scored_before = _scored(rows_now), _scored(rows_before)
    common = scored_now & scored_before
    index_before = index_now = None
    if now.settings.scoring == before.settings.scoring:
        found = like_for_like(_pairs(now, rows_before), _scale(now.settings))
        index_before, index_now = found.before, found.now
    return Comparison(
        before=index_before,
        now=index_now,
        common=len(common),
        scored_before=len(scored_before),
        scored_now=len(scored_now),
        differences=(
            *_missing(DifferenceKind.ONLY_NOW, rows_now, rows_before),
            *_missing(DifferenceKind.ONLY_BEFORE, rows_before, rows_now),
            *_of_perspectives(now, before),
            *_of_common(rows_now, rows_before),
            *_of_methods(now, before),
        ),
    )


def compared(report: PeriodReport, before: PeriodReport) -> PeriodReport:
    """The report with its comparison, from which its relative change follows."""
    comparison = compare(report, before)
    return replace(report, comparison=comparison, against_previous=comparison.relative)


def with_comparison(period: Period, report: PeriodReport) -> tuple[PeriodReport, Earlier]:
    """The report of a closed period, compared if it was frozen before comparisons were kept.

    Also what became of the period before. Where it isn't as it was for certain, a report without
    a comparison stays without one; nobody knows what it stood beside.
    """
    if not report.is_closed or report.previous is None:
        return report, Earlier.SAME
    earlier = period.scorecard.periods.filter(start=report.previous.start).order_by("pk").first()
    standing = earlier and earlier.closings.filter(reopened_at=None).order_by("pk").first()
    before = from_json(standing.report) if standing else None
    if before is None or not _is_close(before.index, report.previous.index):
        unknown = report.comparison is None
        state = Earlier.CHANGED
        if earlier and not standing and not earlier.closings.exists():
            state = Earlier.OPEN
        return (replace(report, against_previous=None) if unknown else report), state
    return (report if report.comparison else compared(report, before)), Earlier.SAME


def _is_close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) < ROUNDING


def _rows(report: PeriodReport) -> Rows:
    return {row.kpi_id: row for row in report.rows}


def _scored(rows: Rows) -> set[int]:
    return {pk for pk, row in rows.items() if row.level is not None}


def _pairs(now: PeriodReport, before: Rows) -> list[PerspectivePair]:
    return [
        PerspectivePair(
            key=str(part.perspective_id),
            weight=part.weight,
            kpis=tuple(
                KPIPair(
                    key=str(row.kpi_id),
                    before=before[row.kpi_id].level if row.kpi_id in before else None,
                    now=row.level,
                    weight=row.weight,
                )
                for row in part.kpis
            ),
        )
        for part in now.perspectives
    ]


def _scale(settings: Settings) -> Scale:
    limits = Limits(
        red=settings.red_limit,
        green=settings.green_limit,
        red_inclusive=settings.red_inclusive,
        lowest=settings.lowest,
        highest=settings.highest,
    )
    return Scale(limits, settings.standard_level, settings.minimum_coverage)


def _missing(kind: DifferenceKind, here: Rows, there: Rows) -> Iterator[Difference]:
    """The KPIs that have a level here alone, by what they are there."""
    codes: dict[str, list[str]] = defaultdict(list)
    for pk, row in here.items():
        other = there.get(pk)
        if row.level is not None and (other is None or other.level is None):
            codes[other.state.value if other else ""].append(row.code)
    for state, names in codes.items():
        yield Difference(kind, tuple(names), state)


def _of_perspectives(now: PeriodReport, before: PeriodReport) -> Iterator[Difference]:
    weights = {part.perspective_id: part.weight for part in before.perspectives}
    changed = tuple(
        part.code or part.name
        for part in now.perspectives
        if part.perspective_id in weights
        and not _is_close(part.weight, weights[part.perspective_id])
    )
    if changed:
        yield Difference(DifferenceKind.PERSPECTIVE_WEIGHTS, changed)


def _of_common(now: Rows, before: Rows) -> Iterator[Difference]:
    """What is other about the KPIs that have a level in both."""
    common = _scored(now) & _scored(before)
    both = [(row, before[pk]) for pk, row in now.items() if pk in common]
    checks: dict[DifferenceKind, Callable[[KPIRow, KPIRow], bool]] = {
        DifferenceKind.KPI_WEIGHTS: lambda one, other: not _is_close(one.weight, other.weight),
        DifferenceKind.TARGETS: lambda one, other: _target(one) != _target(other),
        DifferenceKind.FORMULAS: lambda one, other: one.formula != other.formula,
    }
    for kind, differs in checks.items():
        if codes := tuple(one.code for one, other in both if differs(one, other)):
            yield Difference(kind, codes)


def _target(row: KPIRow) -> tuple[object, ...]:
    return row.target_kind, row.points


def _of_methods(now: PeriodReport, before: PeriodReport) -> Iterator[Difference]:
    one, other = now.settings, before.settings
    sources = [
        (each.origin, each.method, each.random_index, each.experts_counted)
        for each in (now.weights, before.weights)
    ]
    limits = [(each.red_limit, each.green_limit, each.red_inclusive) for each in (one, other)]
    checks = {
        DifferenceKind.WEIGHT_METHOD: sources[0] != sources[1],
        DifferenceKind.SCORING: one.scoring != other.scoring,
        DifferenceKind.LEVEL_MODE: one.scoring == other.scoring
        and one.level_mode != other.level_mode,
        DifferenceKind.LIMITS: one.scoring == other.scoring and limits[0] != limits[1],
    }
    for kind, differs in checks.items():
        if differs:
            yield Difference(kind)
