"""From a measured value and a target to a level, as a scorecard's settings say."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scorecards.methods import likert, omax
from scorecards.methods.errors import MethodError
from scorecards.methods.lights import LIKERT_LIMITS, OMAX_LIMITS, Limits
from scorecards.methods.scoring import Scale
from scorecards.models import KPI, Scorecard, Target

TOLERANCE = 1e-9


@dataclass(frozen=True)
class Level:
    level: float | None = None
    clamped: bool = False
    on_target: bool = False


def scale_of(scorecard: Scorecard) -> tuple[Scale, bool]:
    """The scale of a scorecard, and whether its limits fit on it (else the usual ones hold)."""
    is_omax = scorecard.scoring == Scorecard.Scoring.OMAX
    usual = OMAX_LIMITS if is_omax else LIKERT_LIMITS
    try:
        limits, fits = (
            Limits(
                red=float(scorecard.red_limit),
                green=float(scorecard.green_limit),
                red_inclusive=usual.red_inclusive,
                lowest=usual.lowest,
                highest=usual.highest,
            ),
            True,
        )
    except MethodError:
        # Limits of the other way of scoring: 8 isn't on a scale from 1 to 5.
        limits, fits = usual, False
    target = float(omax.TARGET_LEVEL) if is_omax else None
    return Scale(limits, target, float(scorecard.minimum_coverage)), fits


def target_in_force(targets: list[Target], day: date, scorecard: Scorecard) -> Target | None:
    """The newest of ``targets`` (oldest first) that holds on ``day`` and suits the scoring."""
    valid = [target for target in targets if target.valid_from <= day]
    if not valid:
        return None
    is_anchors = valid[-1].kind == Target.Kind.ANCHORS
    is_omax = scorecard.scoring == Scorecard.Scoring.OMAX
    return valid[-1] if is_anchors == is_omax else None


def points_of(target: Target | None) -> tuple[Decimal, ...]:
    if target is None or target.kind == Target.Kind.MEAN:
        return ()
    if target.kind == Target.Kind.ANCHORS:
        return (target.worst, target.target, target.best)
    return (target.cut_1, target.cut_2, target.cut_3, target.cut_4)


def level_of(value: Decimal | None, target: Target | None, kpi: KPI, scorecard: Scorecard) -> Level:
    """The level of a value; none without a value or a target."""
    if value is None or target is None:
        return Level()
    measured = float(value)
    if target.kind == Target.Kind.MEAN:
        level = min(max(measured, LIKERT_LIMITS.lowest), LIKERT_LIMITS.highest)
        return Level(level, clamped=level != measured)
    points = [float(point) for point in points_of(target)]
    if target.kind == Target.Kind.CUT_POINTS:
        return Level(float(likert.CutPoints(tuple(points)).score(measured)))
    result = omax.Ladder(*points).score(measured, scorecard.level_mode, kpi.decimals)
    on_target = value == target.target and abs(result.level - omax.TARGET_LEVEL) < TOLERANCE
    return Level(result.level, result.clamped, on_target)
