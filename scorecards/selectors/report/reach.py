"""What a KPI's value could still reach: the next light, its standard, its goal.

Each aim is a value that can be entered, and its level is what that value would be scored. The
levels alone would promise what no value gives: a standard that is also the goal is level 10
and not 3, and a KPI of whole things has nothing between 2 and 3.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from organizations import figures
from scorecards.methods.gains import Aims, nearest_better
from scorecards.methods.lights import LIKERT_LIMITS, Light, Limits, light
from scorecards.methods.likert import CutPoints
from scorecards.methods.omax import Direction, RangeLadder
from scorecards.models import KPI, Scorecard, Target
from scorecards.selectors.kpi_formula import COMPUTED_DECIMALS, asks_inputs, shown_value
from scorecards.selectors.report.levels import level_of, scale_of
from scorecards.target_scale import points_of, read_scale, standards

BETTER = (Light.RED, Light.AMBER, Light.GREEN)


@dataclass(frozen=True)
class Reach:
    """A KPI's aims as values; None where one is reached already, or doesn't exist."""

    levels: Aims
    next_light: str | None
    next_value: Decimal | None
    standard: Decimal | None
    goal: Decimal | None


def reach_of(value: Decimal, target: Target, kpi: KPI, scorecard: Scorecard) -> Reach:
    """The goals of a value that has a level by this target."""
    way = _way(value, target)
    limits = scale_of(scorecard)[0].limits

    def level_at(other: Decimal) -> float:
        return level_of(other, target, kpi, scorecard).level or 0.0

    following = _next_value(value, way, _decimals(value, target, kpi), level_at, limits)
    passed = way.standard is None or not way.is_ahead(value, way.standard)
    standard = None if passed else way.standard
    goal = way.goal if way.is_ahead(value, way.goal) else None
    now = level_at(value)
    return Reach(
        levels=Aims(
            next_light=None if following is None else level_at(following),
            standard=None
            if way.standard is None
            else (now if standard is None else level_at(standard)),
            goal=now if goal is None else level_at(goal),
        ),
        next_light=None if following is None else light(level_at(following), limits).value,
        next_value=following,
        standard=standard,
        goal=goal,
    )


@dataclass(frozen=True)
class _Way:
    """Which way is better from a value, past which standard, and up to where."""

    rises: bool
    standard: Decimal | None
    goal: Decimal

    def is_ahead(self, value: Decimal, other: Decimal) -> bool:
        return other > value if self.rises else other < value


def _way(value: Decimal, target: Target) -> _Way:
    points, scale = points_of(target), read_scale(target)
    if scale is None:
        highest = figures.as_decimal(LIKERT_LIMITS.highest) or Decimal(0)
        return _Way(rises=True, standard=None, goal=highest)
    if isinstance(scale, CutPoints):
        return _Way(scale.higher_is_better, None, points[-1])
    if isinstance(scale, RangeLadder):
        is_low = float(value) <= scale.goal
        standard = standards(target.kind, points)[0 if is_low else 1]
        return _Way(is_low, standard, points[2])
    rises = scale.direction is Direction.HIGHER
    [standard] = standards(target.kind, points)
    return _Way(rises, standard, points[-1])


def _decimals(value: Decimal, target: Target, kpi: KPI) -> int:
    """Those of the values that the KPI can have: as it is shown, as its target and this value
    were entered."""
    is_computed = asks_inputs(kpi)
    shown = shown_value(value, kpi.decimals, is_computed=is_computed) or value
    entered = [figures.count_decimals(number) for number in (*points_of(target), shown)]
    return max(kpi.decimals, COMPUTED_DECIMALS if is_computed else 0, *entered)


def _next_value(
    value: Decimal, way: _Way, decimals: int, level_at: Callable[[Decimal], float], limits: Limits
) -> Decimal | None:
    """The nearest value with a better light."""
    if not way.is_ahead(value, way.goal):
        return None
    now = BETTER.index(light(level_at(value), limits))

    def is_better(other: Decimal) -> bool:
        return BETTER.index(light(level_at(other), limits)) > now

    return nearest_better(value, way.goal, decimals, is_better)
