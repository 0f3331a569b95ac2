"""What a target means, in words, as a ladder, and for one value."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from organizations import figures
from scorecards.ladder_drawing import RUNG_GAP, TOP, LadderDrawing, draw_ladder
from scorecards.methods.lights import Light, light, shown_decimals
from scorecards.methods.likert import CutPoints
from scorecards.methods.omax import BEST_LEVEL, AnyLadder, CustomLadder, Direction, RangeLadder
from scorecards.models import Scorecard, Target
from scorecards.numbers import UnitKind, unit_kind_of
from scorecards.selectors.report.levels import level_of, scale_of
from scorecards.target_scale import LIKERT_KINDS, RANGE, Kind, Scale, goals, points_of, read_scale

# Of the way from the target to the best value: an example that is easy to follow.
EXAMPLE_SHARE = Decimal(1) / 3


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


@dataclass(frozen=True)
class Meaning:
    """What one value is worth."""

    sentence: str
    level: float
    light: str


@dataclass(frozen=True)
class TargetView:
    """A target in words and as a ladder. A mean of a questionnaire has no rungs, and only OMAX
    has a drawing."""

    sentence: str
    rungs: tuple[Rung, ...]
    points: tuple[tuple[str, str], ...]
    is_range: bool
    example: Meaning
    note: str
    drawing: LadderDrawing | None

    @property
    def has_scores(self) -> bool:
        """Scores of Likert instead of levels."""
        return self.drawing is None


def describe_target(
    target: Target, scorecard: Scorecard, tried: Decimal | None = None
) -> TargetView:
    """Say what a valid target means; ``target.kpi`` gives the unit.

    The drawing marks the value that was tried, else that of the example.
    """
    scale = read_scale(target)
    example = explain_value(target, scorecard, _example_value(target))
    marked = example if tried is None else explain_value(target, scorecard, tried)
    return TargetView(
        sentence=_sentence(target, scorecard, scale),
        rungs=_rungs(target, scorecard, scale),
        points=named_points(target),
        is_range=isinstance(scale, RangeLadder),
        example=example,
        note=_note_on_mode(target, scorecard),
        drawing=_drawing(scale, marked.level, scorecard),
    )


def explain_value(target: Target, scorecard: Scorecard, value: Decimal) -> Meaning:
    """What a value would be worth by this target and the scorecard's way of reading levels."""
    result = level_of(value, target, target.kpi, scorecard)
    limits = scale_of(scorecard)[0].limits
    level = result.level or 0.0
    colour = light(level, limits)
    text = _("%(value)s gives score %(level)s, %(light)s.")
    if target.kind not in LIKERT_KINDS:
        text = _("%(value)s gives level %(level)s, %(light)s.")
    words = {
        "value": figures.measure(value, target.kpi.unit),
        "level": figures.trimmed(level, shown_decimals(level, limits)),
        "light": _light_words()[colour],
    }
    said = text % words
    if result.clamped:
        said += " " + _("It lies beyond the ends of the ladder.")
    return Meaning(said, level, colour.value)


def named_points(target: Target) -> tuple[tuple[str, str], ...]:
    """Each point with its name, as the page reads it back."""
    return tuple(
        (name, figures.measure(point, target.kpi.unit))
        for name, point in zip(_names(target.kind), points_of(target), strict=True)
    )


def short_points(target: Target) -> str:
    """All points on one line: 5 · 10 · 25 %."""
    kind = target.kind
    if kind == Kind.MEAN:
        return str(Kind(kind).label)
    points, unit = points_of(target), target.kpi.unit
    if kind == Kind.LADDER:
        ends = {"low": figures.trimmed(points[0]), "high": figures.measure(points[-1], unit)}
        return _("own ladder, %(low)s to %(high)s") % ends
    *first, last = points
    return " · ".join([*map(figures.trimmed, first), figures.measure(last, unit)])


def _names(kind: str) -> list[str]:
    if kind == Kind.LADDER:
        return [_("level %(level)s") % {"level": level} for level in range(BEST_LEVEL + 1)]
    names = {Kind.ANCHORS: RANGE[:3], Kind.RANGE: RANGE}.get(kind, ())
    if kind == Kind.CUT_POINTS:
        names = ("cut_1", "cut_2", "cut_3", "cut_4")
    return [str(Target._meta.get_field(name).verbose_name) for name in names]


def _light_words() -> dict[Light, str]:
    return {
        Light.RED: _("red"),
        Light.AMBER: _("amber"),
        Light.GREEN: _("green"),
        Light.NONE: _("no data"),
    }


def _sentence(target: Target, scorecard: Scorecard, scale: Scale | None) -> str:
    if scale is None:
        limits = scale_of(scorecard)[0].limits
        return _("A mean below %(red)s is red, from %(green)s on it is green.") % {
            "red": figures.trimmed(limits.red),
            "green": figures.trimmed(limits.green),
        }
    if isinstance(scale, RangeLadder):
        best = figures.measure(target.best, target.kpi.unit)
        return _("The nearer to %(best)s, the better.") % {"best": best}
    higher = (
        scale.higher_is_better
        if isinstance(scale, CutPoints)
        else scale.direction is Direction.HIGHER
    )
    return _("Higher is better.") if higher else _("Lower is better.")


def _note_on_mode(target: Target, scorecard: Scorecard) -> str:
    """Where the scorecard's way of reading levels makes no difference, or one worth knowing."""
    mode = Scorecard.LevelMode(scorecard.level_mode)
    if mode == Scorecard.LevelMode.EXACT or target.kind in LIKERT_KINDS:
        return ""
    if mode == Scorecard.LevelMode.FLOOR:
        return _("Only whole levels count here: a value gets the rung that it has reached.")
    if target.kind == Kind.LADDER:
        return _("Rungs that are given one by one are not rounded; levels lie exactly between.")
    return _("Levels lie between the rounded rungs that you see here.")


def _example_value(target: Target) -> Decimal:
    """A third of the way from target to best, with as few decimals as still lie in between."""
    points = points_of(target)
    if target.kind == Kind.MEAN:
        return Decimal(3)
    if target.kind == Kind.CUT_POINTS:
        low, high = points[1:3]
    else:
        [low, *_rest] = goals(target.kind, points)
        high = points[-1] if target.kind == Kind.LADDER else target.best
        if low == high:
            low = points[0]
    exact = low + (high - low) * EXAMPLE_SHARE
    for decimals in range(target.kpi.decimals, figures.MOST_DECIMALS):
        value = figures.rounded(exact, decimals)
        if min(low, high) < value < max(low, high):
            return value
    return figures.rounded(exact, figures.MOST_DECIMALS)


def _drawing(scale: Scale | None, level: float, scorecard: Scorecard) -> LadderDrawing | None:
    if scale is None or isinstance(scale, CutPoints):
        return None
    limits = scale_of(scorecard)[0].limits
    return draw_ladder(scale.low if isinstance(scale, RangeLadder) else scale, level, limits)


def _rungs(target: Target, scorecard: Scorecard, scale: Scale | None) -> tuple[Rung, ...]:
    if scale is None:
        return ()
    return _scores(target) if isinstance(scale, CutPoints) else _ladder(target, scorecard, scale)


def _ladder(target: Target, scorecard: Scorecard, ladder: AnyLadder) -> tuple[Rung, ...]:
    limits = scale_of(scorecard)[0].limits
    unit = target.kpi.unit
    marked_unit = unit if unit_kind_of(unit) in (UnitKind.MONEY, UnitKind.PERCENT) else ""
    decimals = max(target.kpi.decimals, *map(figures.count_decimals, points_of(target)))
    low, high = _sides(ladder, decimals)
    levels = range(BEST_LEVEL, -1, -1)
    return tuple(
        Rung(
            level=level,
            value=figures.measure(value, unit, decimals),
            light=light(level, limits).value,
            high_value=figures.measure(other, unit, decimals) if high else "",
            mark=figures.measure(value, marked_unit, decimals),
            high_mark=figures.measure(other, marked_unit, decimals) if high else "",
            y=TOP + (BEST_LEVEL - level) * RUNG_GAP,
        )
        for level, value, other in zip(levels, low, high or low, strict=True)
    )


def _sides(ladder: AnyLadder, decimals: int) -> tuple[Sequence[float], Sequence[float]]:
    """The rungs from level 10 down, and those of the high side where there is one."""
    if isinstance(ladder, RangeLadder):
        return ladder.low.rungs(decimals), ladder.high.rungs(decimals)
    return ladder.rungs() if isinstance(ladder, CustomLadder) else ladder.rungs(decimals), ()


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
