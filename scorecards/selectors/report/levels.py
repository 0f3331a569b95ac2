"""From a measured value and a target to a level, as a scorecard's settings say."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scorecards.methods import omax
from scorecards.methods.errors import MethodError
from scorecards.methods.lights import LIKERT_LIMITS, OMAX_LIMITS, Limits
from scorecards.methods.likert import CutPoints
from scorecards.methods.scoring import Scale
from scorecards.models import KPI, Scorecard, Target
from scorecards.target_scale import OMAX_KINDS, points_of, read_scale, standards

TOLERANCE = 1e-9


@dataclass(frozen=True)
class Level:
    level: float | None = None
    clamped: bool = False
    on_standard: bool = False


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
    standard = float(omax.STANDARD_LEVEL) if is_omax else None
    return Scale(limits, standard, float(scorecard.minimum_coverage)), fits


def target_in_force(targets: list[Target], day: date, scorecard: Scorecard) -> Target | None:
    """The newest of ``targets`` (oldest first) that holds on ``day`` and suits the scoring."""
    valid = [target for target in targets if target.valid_from <= day]
    if not valid:
        return None
    return valid[-1] if suits(valid[-1], scorecard) else None


def suits(target: Target, scorecard: Scorecard) -> bool:
    """Whether the target's kind belongs to the way in which the scorecard is scored."""
    return (target.kind in OMAX_KINDS) == (scorecard.scoring == Scorecard.Scoring.OMAX)


def level_of(value: Decimal | None, target: Target | None, kpi: KPI, scorecard: Scorecard) -> Level:
    """The level of a value; none without a value or a target."""
    if value is None or target is None:
        return Level()
    measured = float(value)
    scale = read_scale(target)
    if scale is None:
        level = min(max(measured, LIKERT_LIMITS.lowest), LIKERT_LIMITS.highest)
        return Level(level, clamped=level != measured)
    if isinstance(scale, CutPoints):
        return Level(float(scale.score(measured)))
    result = scale.score(measured, scorecard.level_mode, kpi.decimals)
    is_standard = value in standards(target.kind, points_of(target))
    on_standard = is_standard and abs(result.level - omax.STANDARD_LEVEL) < TOLERANCE
    return Level(result.level, result.clamped, on_standard)
