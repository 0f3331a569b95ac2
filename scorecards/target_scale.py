"""What the points of a target are, kind by kind, and the scale that they make."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from scorecards.methods.errors import MethodError
from scorecards.methods.likert import CutPoints
from scorecards.methods.omax import STANDARD_LEVEL, AnyLadder, CustomLadder, Ladder, RangeLadder
from scorecards.models import Target

Kind = Target.Kind
Scale = AnyLadder | CutPoints

ANCHORS = ("worst", "standard", "goal")
RANGE = (*ANCHORS, "standard_high", "worst_high")
CUTS = ("cut_1", "cut_2", "cut_3", "cut_4")
# The columns that hold a kind's points, in the order in which all else names them.
POINTS: dict[str, tuple[str, ...]] = {
    Kind.ANCHORS: ANCHORS,
    Kind.LADDER: (),
    Kind.RANGE: RANGE,
    Kind.CUT_POINTS: CUTS,
    Kind.MEAN: (),
}
COLUMNS = RANGE + CUTS
# What forms call the rungs of a ladder, from level 0 up.
RUNGS = tuple(f"rung_{level}" for level in range(11))
OMAX_KINDS = (Kind.ANCHORS, Kind.RANGE, Kind.LADDER)
LIKERT_KINDS = (Kind.CUT_POINTS, Kind.MEAN)


def points_of(target: Target | None) -> tuple[Decimal, ...]:
    """The points as POINTS orders them; of a ladder its eleven rungs from level 0 up."""
    if target is None:
        return ()
    if target.kind == Kind.LADDER:
        return tuple(Decimal(rung) for rung in target.rungs)
    return tuple(getattr(target, name) for name in POINTS[target.kind])


def names_of(kind: str) -> tuple[str, ...]:
    """What forms call the points of a kind."""
    return RUNGS if kind == Kind.LADDER else POINTS[kind]


def make_scale(kind: str, points: Sequence[Decimal | float]) -> Scale | None:
    """The scale that points stand for; None for a mean, which needs none.

    Raises MethodError when the points are not in order.
    """
    numbers = tuple(map(float, points))
    if kind == Kind.ANCHORS:
        return Ladder(*numbers)
    if kind == Kind.RANGE:
        return RangeLadder(*numbers)
    if kind == Kind.LADDER:
        return CustomLadder(numbers[::-1])  # the methods begin at level 10
    return CutPoints(numbers) if kind == Kind.CUT_POINTS else None


def read_scale(target: Target) -> Scale | None:
    """The scale of a target; see `make_scale`."""
    return make_scale(target.kind, points_of(target))


def standards(kind: str, points: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The points at which level 3 is reached: two in a range, none where a kind has none."""
    places = {Kind.ANCHORS: (1,), Kind.RANGE: (1, 3), Kind.LADDER: (STANDARD_LEVEL,)}
    return tuple(points[place] for place in places.get(kind, ()))


def has_one_aim(kind: str, points: Sequence[Decimal | float]) -> bool:
    """Whether level 3 and level 10 are one value, on one side of a range at least."""
    if kind == Kind.ANCHORS:
        return points[1] == points[2]
    return kind == Kind.RANGE and points[2] in (points[1], points[3])


def points_at_fault(kind: str, points: Sequence[Decimal], error: MethodError) -> tuple[str, ...]:
    """The names of the points that a refusal of `make_scale` is about."""
    if kind == Kind.LADDER:
        return (RUNGS[_first_astray(points)],)
    if kind == Kind.RANGE:
        return _at_fault_in_range(points)
    return {"anchors-equal": ("worst", "standard"), "cut-points-not-monotone": ("cut_1",)}.get(
        error.code, ("standard",)
    )


def _first_astray(rungs: Sequence[Decimal]) -> int:
    """The first rung, from level 0 up, that doesn't go the way from the first to the last. Of
    the two that clash it is the one without which the others are in order."""
    clash = next(
        (
            level
            for level in range(1, len(rungs))
            if not _is_strict(rungs[level - 1 : level + 1], rungs)
        ),
        0,
    )
    for level in (clash, clash - 1):
        if level >= 0 and _is_strict([*rungs[:level], *rungs[level + 1 :]], rungs):
            return level
    return clash


def _is_strict(some: Sequence[Decimal], rungs: Sequence[Decimal]) -> bool:
    """Whether these rise, or fall, as the whole ladder does from its first rung to its last."""
    rising = rungs[0] < rungs[-1]
    return all(low < high if rising else low > high for low, high in pairwise(some))


def _at_fault_in_range(points: Sequence[Decimal]) -> tuple[str, ...]:
    """On which side the trouble is: each is a ladder of its own."""
    worst, standard, goal, standard_high, worst_high = points
    if not worst < standard <= goal:
        return ("worst", "standard") if worst == standard else ("standard",)
    return ("worst_high",) if standard_high >= goal else ("standard_high",)
