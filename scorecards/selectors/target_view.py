"""What a target means, in words, as a ladder, and for one value."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from organizations import figures
from scorecards.anchor_words import anchor_words
from scorecards.ladder_drawing import LadderDrawing, draw_ladder
from scorecards.methods.lights import light, shown_decimals
from scorecards.methods.likert import CutPoints
from scorecards.methods.omax import (
    GOAL_LEVEL,
    Direction,
    RangeLadder,
)
from scorecards.models import Scorecard, Target
from scorecards.selectors.report.levels import level_of, scale_of
from scorecards.selectors.target_levels import Rung, rungs_of
from scorecards.states import State
from scorecards.target_scale import (
    CUTS,
    LIKERT_KINDS,
    POINTS,
    Kind,
    Scale,
    has_one_aim,
    points_of,
    read_scale,
    standards,
)

# Of the way from the standard to the goal: an example that is easy to follow.
EXAMPLE_SHARE = Decimal(1) / 3


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
        rungs=rungs_of(target, scorecard, scale),
        points=named_points(target),
        is_range=isinstance(scale, RangeLadder),
        example=example,
        note=f"{_note_on_aim(target)} {_note_on_mode(target, scorecard)}".strip(),
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
        "value": figures.measure(value, target.kpi.unit, target.kpi.decimals),
        "level": figures.trimmed(level, shown_decimals(level, limits)),
        "light": State(colour.value).in_text,
    }
    said = text % words
    if result.clamped:
        said += " " + _("It lies beyond the ends of the level scale.")
    return Meaning(said, level, colour.value)


def named_points(target: Target) -> tuple[tuple[str, str], ...]:
    """Each point with its name, as the page reads it back."""
    return tuple(
        (name, figures.measure(point, target.kpi.unit, target.kpi.decimals))
        for name, point in zip(_names(target), points_of(target), strict=True)
    )


def short_points(target: Target) -> str:
    """All points on one line, with the decimals of the KPI: 5 · 10 · 25%."""
    kind = target.kind
    if kind == Kind.MEAN:
        return str(Kind(kind).label)
    unit, decimals = target.kpi.unit, target.kpi.decimals
    *before, last = points_of(target)
    first = [figures.exactly(point, decimals) for point in before]
    if kind == Kind.LADDER:
        ends = {"low": first[0], "high": figures.measure(last, unit, decimals)}
        return _("own level scale, %(low)s to %(high)s") % ends
    return " · ".join([*first, figures.measure(last, unit, decimals)])


def _names(target: Target) -> list[str]:
    kind = target.kind
    if kind == Kind.LADDER:
        return [_("level %(level)s") % {"level": level} for level in range(GOAL_LEVEL + 1)]
    if kind == Kind.CUT_POINTS:
        return [str(Target._meta.get_field(name).verbose_name) for name in CUTS]
    levels = anchor_words(target.kpi.scorecard.anchor_words).levels
    return [levels[name][0] for name in POINTS[kind]]


def _sentence(target: Target, scorecard: Scorecard, scale: Scale | None) -> str:
    if scale is None:
        limits = scale_of(scorecard)[0].limits
        return _("A mean below %(red)s is red, from %(green)s on it is green.") % {
            "red": figures.trimmed(limits.red),
            "green": figures.trimmed(limits.green),
        }
    if isinstance(scale, RangeLadder):
        goal = figures.measure(target.goal, target.kpi.unit, target.kpi.decimals)
        return _("The nearer to %(goal)s, the better.") % {"goal": goal}
    higher = (
        scale.higher_is_better
        if isinstance(scale, CutPoints)
        else scale.direction is Direction.HIGHER
    )
    return _("Higher is better.") if higher else _("Lower is better.")


def _note_on_aim(target: Target) -> str:
    """Where level 3 and level 10 are one value, the levels between have none."""
    if not has_one_aim(target.kind, points_of(target)):
        return ""
    called = anchor_words(target.kpi.scorecard.anchor_words)
    text = _(
        "Where the %(standard)s and the %(goal)s are the same, whoever reaches them gets level "
        "%(level)s at once."
    )
    return text % {"standard": called.standard, "goal": called.goal, "level": GOAL_LEVEL}


def _note_on_mode(target: Target, scorecard: Scorecard) -> str:
    """Where the scorecard's way of reading levels makes no difference, or one worth knowing."""
    mode = Scorecard.LevelMode(scorecard.level_mode)
    if mode == Scorecard.LevelMode.EXACT or target.kind in LIKERT_KINDS:
        return ""
    if mode == Scorecard.LevelMode.FLOOR:
        return _("Only whole levels count here: a value gets the last one that it has reached.")
    if target.kind == Kind.LADDER:
        return _(
            "Values of levels that are given one by one are not rounded; levels lie exactly "
            "between."
        )
    return _("Levels lie between the rounded values that you see here.")


def _example_value(target: Target) -> Decimal:
    """A third of the way from standard to goal, with as few decimals as still lie in between."""
    points = points_of(target)
    if target.kind == Kind.MEAN:
        return Decimal(3)
    if target.kind == Kind.CUT_POINTS:
        low, high = points[1:3]
    else:
        [low, *_rest] = standards(target.kind, points)
        high = points[-1] if target.kind == Kind.LADDER else target.goal
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
