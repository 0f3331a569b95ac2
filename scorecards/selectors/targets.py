"""A KPI's page: what its values mean, from when on, and what was measured."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from organizations import figures
from scorecards.methods.lights import light
from scorecards.methods.likert import CutPoints
from scorecards.methods.omax import BEST_LEVEL, Ladder
from scorecards.models import KPI, Measurement, Period, Scorecard, Target
from scorecards.selectors.report.levels import points_of, scale_of, target_in_force
from scorecards.selectors.weights import fit_weights
from scorecards.services.targets import POINTS, read_scale

MEASUREMENTS_SHOWN = 8


@dataclass(frozen=True)
class Rung:
    """From this value on, this level; and the light that the level has."""

    level: int
    value: str
    light: str


@dataclass(frozen=True)
class TargetView:
    """A target in words and as a ladder. A mean of a questionnaire has no rungs."""

    sentence: str
    rungs: tuple[Rung, ...]
    points: tuple[tuple[str, str], ...]


def describe_target(target: Target, scorecard: Scorecard) -> TargetView:
    """Say what a valid target means; ``target.kpi`` gives the unit."""
    scale = read_scale(target)
    kpi = target.kpi
    named = zip(POINTS[Target.Kind(target.kind)], points_of(target), strict=True)
    points = tuple(
        (str(Target._meta.get_field(name).verbose_name), figures.measure(point, kpi.unit))
        for name, point in named
    )
    if isinstance(scale, Ladder):
        return TargetView(_direction(scale.worst < scale.target), _rungs(scale, target), points)
    if isinstance(scale, CutPoints):
        return TargetView(_direction(scale.higher_is_better), _scores(target), points)
    limits = scale_of(scorecard)[0].limits
    sentence = _("A mean below %(red)s is red, from %(green)s on it is green.") % {
        "red": figures.trimmed(limits.red),
        "green": figures.trimmed(limits.green),
    }
    return TargetView(sentence, (), points)


def _direction(higher_is_better: bool) -> str:
    return _("Higher is better.") if higher_is_better else _("Lower is better.")


def _decimals(target: Target) -> int:
    """The KPI's own, or more where the points have more."""
    return max(target.kpi.decimals, *(figures.count_decimals(p) for p in points_of(target)))


def _rungs(ladder: Ladder, target: Target) -> tuple[Rung, ...]:
    limits = scale_of(target.kpi.scorecard)[0].limits
    decimals = _decimals(target)
    levels = range(BEST_LEVEL, -1, -1)
    return tuple(
        Rung(
            level,
            figures.measure(figures.as_decimal(value), target.kpi.unit, decimals),
            light(level, limits).value,
        )
        for level, value in zip(levels, ladder.rungs(decimals), strict=True)
    )


def _scores(target: Target) -> tuple[Rung, ...]:
    """Scores 5 down to 2 with the value that reaches each, and 1 for all that reaches none."""
    limits = scale_of(target.kpi.scorecard)[0].limits
    cuts = points_of(target)
    texts = [figures.measure(cut, target.kpi.unit, target.kpi.decimals) for cut in cuts]
    reached = [_("from %(value)s on") % {"value": text} for text in texts]
    named = [_("not yet %(value)s") % {"value": texts[0]}, *reached]
    return tuple(
        Rung(score, named[score - 1], light(score, limits).value)
        for score in range(len(named), 0, -1)
    )


@dataclass(frozen=True)
class TargetRow:
    target: Target
    points: tuple[tuple[str, str], ...]
    in_force: bool
    suits: bool  # its kind belongs to the way the scorecard is scored


@dataclass(frozen=True)
class KPIPage:
    kpi: KPI
    targets: tuple[TargetRow, ...]  # newest first
    current: TargetView | None
    current_target: Target | None
    weight: float | None
    is_weighted: bool
    measurements: tuple[Measurement, ...]  # newest first
    more_measurements: int


def kpi_page(kpi: KPI, today: date) -> KPIPage:
    """What the page of one KPI shows, in a fixed number of queries."""
    scorecard = kpi.scorecard
    targets = list(kpi.targets.select_related("saved_by"))
    for target in targets:
        target.kpi = kpi
    in_force = target_in_force(targets, today, scorecard)
    shown = in_force or next((each for each in reversed(targets) if _suits(each, scorecard)), None)
    weights = fit_weights(
        scorecard,
        list(scorecard.perspectives.all()),
        scorecard.objectives.all(),
        scorecard.kpis.all(),
    )
    measured = kpi.measurements.select_related("period").order_by("-period__start")
    found = list(measured[: MEASUREMENTS_SHOWN + 1])
    return KPIPage(
        kpi=kpi,
        targets=tuple(_row(target, in_force, scorecard) for target in reversed(targets)),
        current=describe_target(shown, scorecard) if shown else None,
        current_target=shown,
        weight=weights.kpis.get(kpi.pk),
        is_weighted=weights.weight_set is not None,
        measurements=tuple(found[:MEASUREMENTS_SHOWN]),
        more_measurements=max(0, kpi.measurements.count() - MEASUREMENTS_SHOWN),
    )


def _row(target: Target, in_force: Target | None, scorecard: Scorecard) -> TargetRow:
    return TargetRow(
        target=target,
        points=describe_target(target, scorecard).points,
        in_force=target == in_force,
        suits=_suits(target, scorecard),
    )


def _suits(target: Target, scorecard: Scorecard) -> bool:
    return target_in_force([target], target.valid_from, scorecard) is not None


def closed_periods_from(scorecard: Scorecard, day: date) -> list[Period]:
    """Closed periods that a target valid from ``day`` would have counted in, oldest first."""
    closed = scorecard.periods.filter(status=Period.Status.CLOSED, start__gte=day)
    return list(closed.order_by("start"))
