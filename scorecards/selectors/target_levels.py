"""From which value on each level or score is reached, as a target's table and drawing show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from organizations import figures
from scorecards.ladder_drawing import RUNG_GAP, TOP
from scorecards.methods.lights import light
from scorecards.methods.likert import CutPoints
from scorecards.methods.omax import (
    GOAL_LEVEL,
    STANDARD_LEVEL,
    AnyLadder,
    CustomLadder,
    Ladder,
    RangeLadder,
)
from scorecards.models import Scorecard, Target
from scorecards.numbers import UnitKind, unit_kind_of
from scorecards.selectors.report.levels import scale_of
from scorecards.target_scale import Scale, points_of

Values = Sequence[float | None]


@dataclass(frozen=True)
class Rung:
    """From this value on, this level, and the light that the level has. In a range, also from
    ``high_value`` down. The marks are the same without a long unit, for the drawing."""

    level: int
    value: str
    light: str
    high_value: str = ""
    mark: str = ""
    high_mark: str = ""
    y: float = 0.0


def rungs_of(target: Target, scorecard: Scorecard, scale: Scale | None) -> tuple[Rung, ...]:
    """What the table and the drawing show, the best first; a mean has none."""
    if scale is None:
        return ()
    return _scores(target) if isinstance(scale, CutPoints) else _ladder(target, scorecard, scale)


def _ladder(target: Target, scorecard: Scorecard, ladder: AnyLadder) -> tuple[Rung, ...]:
    limits = scale_of(scorecard)[0].limits
    unit = target.kpi.unit
    marked_unit = unit if unit_kind_of(unit) in (UnitKind.MONEY, UnitKind.PERCENT) else ""
    decimals = shown_decimals_of(target)
    low, high = _sides(ladder, target.kpi.decimals if is_rounded(scorecard) else decimals)
    levels = range(GOAL_LEVEL, -1, -1)
    made = (
        Rung(
            level=level,
            value=_said(value, unit, decimals),
            light=light(level, limits).value,
            high_value=_said(other, unit, decimals),
            mark=_said(value, marked_unit, decimals),
            high_mark=_said(other, marked_unit, decimals),
            y=TOP + (GOAL_LEVEL - level) * RUNG_GAP,
        )
        for level, value, other in zip(levels, low, high, strict=True)
    )
    return tuple(rung for rung in made if rung.value or rung.high_value)


def is_rounded(scorecard: Scorecard) -> bool:
    """Whether levels are read off rounded rungs."""
    return scorecard.level_mode != Scorecard.LevelMode.EXACT


def shown_decimals_of(target: Target) -> int:
    return max(target.kpi.decimals, *map(figures.count_decimals, points_of(target)))


def _said(value: float | None, unit: str, decimals: int) -> str:
    return "" if value is None else figures.measure(value, unit, decimals)


def _sides(ladder: AnyLadder, decimals: int) -> tuple[Values, Values]:
    """The rungs from level 10 down, and those of the high side; None where there is none."""
    if isinstance(ladder, RangeLadder):
        return _values(ladder.low, decimals), _values(ladder.high, decimals)
    return _values(ladder, decimals), (None,) * (GOAL_LEVEL + 1)


def _values(ladder: Ladder | CustomLadder, decimals: int) -> Values:
    """The rungs from level 10 down. Where the standard is the goal, nothing has levels 3 to 9."""
    if isinstance(ladder, CustomLadder):
        return ladder.rungs()
    rungs = ladder.rungs(decimals)
    if ladder.standard != ladder.goal:
        return rungs
    below = GOAL_LEVEL - STANDARD_LEVEL + 1
    return rungs[0], *(None,) * (below - 1), *rungs[below:]


def _scores(target: Target) -> tuple[Rung, ...]:
    """Scores 5 down to 2 with the value that reaches each, and 1 for all that reaches none."""
    limits = scale_of(target.kpi.scorecard)[0].limits
    cuts = points_of(target)
    texts = [figures.measure(cut, target.kpi.unit, target.kpi.decimals) for cut in cuts]
    reached, missed = _("%(value)s or more"), _("less than %(value)s")
    if cuts[0] > cuts[-1]:
        reached, missed = _("%(value)s or less"), _("more than %(value)s")
    named = [missed % {"value": texts[0]}, *(reached % {"value": text} for text in texts)]
    return tuple(
        Rung(score, named[score - 1], light(score, limits).value)
        for score in range(len(named), 0, -1)
    )
