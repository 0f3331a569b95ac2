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
    """``kind``: between (``step`` is the piece it lies on), rung (the rung reached), best,
    worst (``end`` is that value), cuts, mean, or none."""

    kind: str
    step: Step | None = None
    decimals: int = 0
    end: float | None = None


def explain_level(row: KPIRow, settings: Settings) -> Explanation:
    if row.level is None or row.measured is None:
        return Explanation("none")
    if row.target_kind == Target.Kind.MEAN:
        return Explanation("mean")
    if row.target_kind == Target.Kind.CUT_POINTS:
        return Explanation("cuts")
    ladder = _ladder(row)
    rungs = ladder.rungs()
    if row.level == omax.LOWEST_LEVEL:
        return Explanation("worst", end=rungs[-1])
    if row.level == omax.BEST_LEVEL:
        return Explanation("best", end=rungs[0])
    if settings.level_mode == Scorecard.LevelMode.EXACT and isinstance(ladder, Ladder):
        return Explanation("between", _exact_step(ladder, float(row.measured)), row.decimals)
    return _between_rungs(ladder, row, settings)


def _ladder(row: KPIRow) -> Ladder | CustomLadder:
    """The ladder that the value stands on; of a range the one on the value's side."""
    scale = make_scale(row.target_kind, row.points)
    return scale.side(float(row.measured)) if isinstance(scale, RangeLadder) else scale


def _exact_step(ladder: Ladder, measured: float) -> Step:
    # The side that the measured value itself lies on; a level of 3 belongs to the upper one.
    is_higher = ladder.direction is Direction.HIGHER
    reached = measured >= ladder.target if is_higher else measured <= ladder.target
    if reached and ladder.target != ladder.best:
        rise = omax.BEST_LEVEL - omax.TARGET_LEVEL
        return Step(ladder.target, ladder.best, omax.TARGET_LEVEL, rise)
    return Step(ladder.worst, ladder.target, omax.LOWEST_LEVEL, omax.TARGET_LEVEL)


def _between_rungs(ladder: Ladder | CustomLadder, row: KPIRow, settings: Settings) -> Explanation:
    # Rungs that were given one by one are never rounded.
    rungs = ladder.shown_rungs(row.decimals) if isinstance(ladder, Ladder) else ladder.rungs()
    below = int(row.level or 0)
    low, high = rungs[omax.BEST_LEVEL - below], rungs[omax.BEST_LEVEL - below - 1]
    kind = "rung" if settings.level_mode == Scorecard.LevelMode.FLOOR else "between"
    return Explanation(kind, Step(low, high, below, 1), row.decimals)
