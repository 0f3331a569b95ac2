"""A KPI's page: what its values mean, from when on, and what was measured."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scorecards.models import KPI, Measurement, Scorecard, Target
from scorecards.selectors.due import measured_span
from scorecards.selectors.report.levels import suits, target_in_force
from scorecards.selectors.target_view import (
    Meaning,
    TargetView,
    describe_target,
    explain_value,
)
from scorecards.selectors.target_warnings import rung_warnings, target_warnings
from scorecards.selectors.weights import fit_weights
from scorecards.states import State, state_of

MEASUREMENTS_SHOWN = 8


@dataclass(frozen=True)
class TargetRow:
    target: Target
    in_force: bool
    suits: bool  # its kind belongs to the way the scorecard is scored


@dataclass(frozen=True)
class MeasuredRow:
    """``state`` says why there is no value; that of a value depends on its period's target."""

    measurement: Measurement
    state: State


@dataclass(frozen=True)
class KPIPage:
    kpi: KPI
    targets: tuple[TargetRow, ...]  # newest first
    current: TargetView | None
    current_target: Target | None
    warnings: tuple[str, ...]  # about the levels that are shown
    weight: float | None
    is_weighted: bool
    measurements: tuple[MeasuredRow, ...]  # newest first
    more_measurements: int


def kpi_page(kpi: KPI, today: date) -> KPIPage:
    """What the page of one KPI shows, in a fixed number of queries."""
    scorecard = kpi.scorecard
    targets = list(kpi.targets.select_related("saved_by"))
    for target in targets:
        target.kpi = kpi
    in_force = target_in_force(targets, today, scorecard)
    shown = in_force or next((each for each in reversed(targets) if suits(each, scorecard)), None)
    weights = fit_weights(
        scorecard,
        list(scorecard.perspectives.all()),
        scorecard.objectives.all(),
        scorecard.kpis.all(),
    )
    measured = kpi.measurements.select_related("period").order_by("-period__start", "-pk")
    found = list(measured[: MEASUREMENTS_SHOWN + 1])
    return KPIPage(
        kpi=kpi,
        targets=tuple(_row(target, in_force, scorecard) for target in reversed(targets)),
        current=describe_target(shown, scorecard) if shown else None,
        current_target=shown,
        warnings=tuple(rung_warnings(shown)) if shown else (),
        weight=weights.kpis.get(kpi.pk),
        is_weighted=weights.weight_set is not None,
        measurements=tuple(_measured(each, kpi) for each in found[:MEASUREMENTS_SHOWN]),
        more_measurements=max(0, kpi.measurements.count() - MEASUREMENTS_SHOWN),
    )


def _measured(measurement: Measurement, kpi: KPI) -> MeasuredRow:
    span = measured_span(kpi, measurement.period, kpi.scorecard.frequency)
    state = state_of(
        is_measured=measurement.value is not None,
        not_applicable=measurement.not_applicable,
        is_due=span is not None,
        is_begun=bool(measurement.inputs),
    )
    return MeasuredRow(measurement, state)


def _row(target: Target, in_force: Target | None, scorecard: Scorecard) -> TargetRow:
    return TargetRow(
        target=target,
        in_force=target == in_force,
        suits=suits(target, scorecard),
    )


@dataclass(frozen=True)
class TargetPreview:
    """What a target that is being typed would mean."""

    view: TargetView
    tried: Meaning | None
    warnings: tuple[str, ...]


def preview_target(target: Target, tried: Decimal | None) -> TargetPreview | None:
    """None for a target of another way of scoring."""
    scorecard = target.kpi.scorecard
    if not suits(target, scorecard):
        return None
    return TargetPreview(
        view=describe_target(target, scorecard, tried),
        tried=None if tried is None else explain_value(target, scorecard, tried),
        warnings=target_warnings(target),
    )
