"""How a level came about, with its own numbers filled in: what "how is this computed" shows."""

from dataclasses import dataclass
from decimal import Decimal

from scorecards.methods import omax
from scorecards.models import Scorecard, Target
from scorecards.selectors.report.model import KPIRow, Settings


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
    worst, cuts, mean, or none."""

    kind: str
    step: Step | None = None
    decimals: int = 0


def explain_level(row: KPIRow, settings: Settings) -> Explanation:
    if row.level is None:
        return Explanation("none")
    if row.target_kind == Target.Kind.MEAN:
        return Explanation("mean")
    if row.target_kind == Target.Kind.CUT_POINTS:
        return Explanation("cuts")
    if row.level in (omax.LOWEST_LEVEL, omax.BEST_LEVEL):
        return Explanation("worst" if row.level == omax.LOWEST_LEVEL else "best")
    if settings.level_mode == Scorecard.LevelMode.EXACT:
        return Explanation("between", _exact_step(row), row.decimals)
    return _between_rungs(row, settings)


def _exact_step(row: KPIRow) -> Step:
    worst, target, best = row.points
    # The side that the measured value itself lies on; a level of 3 belongs to the upper one.
    if _reaches(row, target) and target != best:
        return Step(float(target), float(best), omax.TARGET_LEVEL, 10 - omax.TARGET_LEVEL)
    return Step(float(worst), float(target), omax.LOWEST_LEVEL, omax.TARGET_LEVEL)


def _reaches(row: KPIRow, target: Decimal) -> bool:
    if row.measured is None:
        return False
    return row.measured >= target if row.higher_is_better else row.measured <= target


def _between_rungs(row: KPIRow, settings: Settings) -> Explanation:
    ladder = omax.Ladder(*map(float, row.points))
    rungs = ladder.shown_rungs(row.decimals)
    below = int(row.level or 0)
    low, high = rungs[omax.BEST_LEVEL - below], rungs[omax.BEST_LEVEL - below - 1]
    kind = "rung" if settings.level_mode == Scorecard.LevelMode.FLOOR else "between"
    return Explanation(kind, Step(low, high, below, 1), row.decimals)
