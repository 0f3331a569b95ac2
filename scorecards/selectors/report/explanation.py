"""How a level came about, with its own numbers filled in: what "how is this computed" shows."""

from dataclasses import dataclass

from scorecards.methods import omax
from scorecards.methods.omax import CustomLadder, Direction, Ladder, RangeLadder
from scorecards.models import Scorecard, Target
from scorecards.selectors.report.model import KPIRow, Settings
from scorecards.target_scale import make_scale


@dataclass(frozen=True)
class Step:
    """A straight piece of a ladder: from ``low`` (with ``low_level``) up to ``high``."""

    low: float
    high: float
    low_level: int
    rise: int


@dataclass(frozen=True)
class Explanation:
    """``kind``: between (``step`` is the piece it lies on), standard, reached (``step`` goes from
    what was reached to what comes next), below (nothing of ``step`` is reached), goal or worst
    (``end`` is that value), mean, or none. ``above``: the level of what comes next. ``is_score``:
    of Likert instead of a level."""

    kind: str
    step: Step | None = None
    decimals: int = 0
    end: float | None = None
    above: int = 0
    is_score: bool = False


def explain_level(row: KPIRow, settings: Settings) -> Explanation:
    if row.level is None or row.measured is None:
        return Explanation("none")
    if row.target_kind == Target.Kind.MEAN:
        return Explanation("mean", is_score=True)
    if row.target_kind == Target.Kind.CUT_POINTS:
        return _among_cuts(row)
    ladder = _ladder(row)
    rungs = ladder.rungs()
    # Where whole levels alone count, level 0 isn't the worst value alone.
    is_better = settings.level_mode == Scorecard.LevelMode.FLOOR and _is_better(row, rungs)
    if row.level == omax.LOWEST_LEVEL and not is_better:
        return Explanation("worst", end=rungs[-1])
    if row.level == omax.GOAL_LEVEL:
        return Explanation("goal", end=rungs[0])
    if settings.level_mode == Scorecard.LevelMode.EXACT and isinstance(ladder, Ladder):
        return Explanation("between", _exact_step(ladder, float(row.measured)), row.decimals)
    return _between_rungs(ladder, row, settings)


def _ladder(row: KPIRow) -> Ladder | CustomLadder:
    """The ladder that the value stands on; of a range the one on the value's side."""
    scale = make_scale(row.target_kind, row.points)
    return scale.side(float(row.measured)) if isinstance(scale, RangeLadder) else scale


def _is_better(row: KPIRow, rungs: tuple[float, ...]) -> bool:
    """Whether the value lies on the good side of the worst one."""
    measured, worst = float(row.measured or 0), rungs[-1]
    return measured > worst if rungs[0] > worst else measured < worst


def _among_cuts(row: KPIRow) -> Explanation:
    """The limit of the score that was reached, and that of the next one."""
    cuts, score = [float(point) for point in row.points], int(row.level or 0)
    low, high = cuts[max(score - 2, 0)], cuts[min(score - 1, len(cuts) - 1)]
    kind = "reached" if score > 1 else "below"
    return Explanation(kind, Step(low, high, score, 1), row.decimals, is_score=True)


def _exact_step(ladder: Ladder, measured: float) -> Step:
    # The side that the measured value itself lies on; a level of 3 belongs to the upper one.
    is_higher = ladder.direction is Direction.HIGHER
    reached = measured >= ladder.standard if is_higher else measured <= ladder.standard
    if reached and ladder.standard != ladder.goal:
        rise = omax.GOAL_LEVEL - omax.STANDARD_LEVEL
        return Step(ladder.standard, ladder.goal, omax.STANDARD_LEVEL, rise)
    return Step(ladder.worst, ladder.standard, omax.LOWEST_LEVEL, omax.STANDARD_LEVEL)


def _between_rungs(ladder: Ladder | CustomLadder, row: KPIRow, settings: Settings) -> Explanation:
    # Rungs that were given one by one are never rounded.
    rungs = ladder.rungs(row.decimals) if isinstance(ladder, Ladder) else ladder.rungs()
    below = int(row.level or 0)
    low, high = rungs[omax.GOAL_LEVEL - below], rungs[omax.GOAL_LEVEL - below - 1]
    step = Step(low, high, below, 1)
    # On rungs that rounding has put in one place there is nothing to interpolate between: that
    # is the standard, which has its level whatever stands beside it.
    if low == high or (row.on_standard and settings.level_mode == Scorecard.LevelMode.FLOOR):
        return Explanation("standard", step, row.decimals)
    if settings.level_mode != Scorecard.LevelMode.FLOOR:
        return Explanation("between", step, row.decimals)
    # Where levels have one value, whoever reaches it has the highest of them.
    above = int(ladder.level(high, settings.level_mode, row.decimals))
    return Explanation("reached" if below else "below", step, row.decimals, above=above)
