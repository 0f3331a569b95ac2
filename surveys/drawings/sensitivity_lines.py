"""Lines of sensitivity: every KPI's global weight, for any weight of one perspective."""

from collections.abc import Sequence
from dataclasses import dataclass

from surveys.drawings.axis import Axis, weight_axis
from surveys.drawings.labels import NARROW, shortened

# The present weight stands above the highest level's figure.
HEAD_HEIGHT = 36.0
FIELD_HEIGHT = 280.0
AXIS_HEIGHT = 28.0
LABEL_STEP = 14.0
# How far a name may stand from its line.
FARTHEST = 2 * LABEL_STEP
# The field of the lines, in per cent of the width; codes stand at both sides.
LEFT, FIELD = 16.0, 68.0
LEAD = 2.5
CODE_WIDTH = NARROW * (LEFT - LEAD - 0.6) / 100
EDGE = 20.0


@dataclass(frozen=True, slots=True)
class KPILine:
    """A straight line: the global weight where the perspective weighs 0, and where it weighs 1.

    ``own``: it belongs to the perspective whose weight is varied.
    """

    code: str
    label: str
    start: float
    end: float
    own: bool


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where one KPI overtakes another; ``leads`` where it takes the first place."""

    weight: float
    height: float
    title: str
    leads: bool = False


@dataclass(frozen=True, slots=True)
class PlacedLine:
    own: bool
    start_y: float
    end_y: float
    title: str


@dataclass(frozen=True, slots=True)
class Name:
    """A code beside the field; the tick leads from its line to where there was room for it."""

    text: str
    y: float
    line_y: float


@dataclass(frozen=True, slots=True)
class PlacedCrossing:
    x: float
    y: float
    leads: bool
    title: str


@dataclass(frozen=True, slots=True)
class Level:
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class SensitivityLines:
    """Inside the field x is in per cent of the field; names stand outside of it."""

    height: float
    bottom: float
    current_x: float
    current_text: str
    lines: tuple[PlacedLine, ...]
    falling: tuple[Name, ...]
    rising: tuple[Name, ...]
    crossings: tuple[PlacedCrossing, ...]
    levels: tuple[Level, ...]
    axis: Axis
    left: float = LEFT
    field: float = FIELD
    top: float = HEAD_HEIGHT

    @property
    def right(self) -> float:
        return self.left + self.field

    @property
    def falling_lead(self) -> float:
        """Where the line that leads from a code at the left to its KPI begins."""
        return self.left - LEAD

    @property
    def falling_x(self) -> float:
        return self.falling_lead - 0.6

    @property
    def rising_lead(self) -> float:
        return self.right + LEAD

    @property
    def rising_x(self) -> float:
        return self.rising_lead + 0.6

    @property
    def tick_y(self) -> float:
        return self.bottom + 5

    @property
    def text_y(self) -> float:
        return self.bottom + 20

    @property
    def current_anchor(self) -> str:
        """The text above the present weight stays inside the drawing."""
        if self.current_x < EDGE:
            return "start"
        return "end" if self.current_x > 100 - EDGE else "middle"


def draw_sensitivity(
    lines: Sequence[KPILine], crossings: Sequence[Crossing], current: float, current_text: str
) -> SensitivityLines:
    """Lay out the lines of one perspective; ``current`` is its weight now."""
    own = [line for line in lines if line.own]
    others = [line for line in lines if not line.own]
    bottom = HEAD_HEIGHT + FIELD_HEIGHT
    upright = weight_axis(max((max(line.start, line.end) for line in lines), default=1.0))

    def y(weight: float) -> float:
        return bottom - (bottom - HEAD_HEIGHT) * upright.place(weight) / 100

    placed = (PlacedLine(each.own, y(each.start), y(each.end), each.label) for each in lines)
    return SensitivityLines(
        height=bottom + AXIS_HEIGHT,
        bottom=bottom,
        current_x=100 * min(max(current, 0.0), 1.0),
        current_text=current_text,
        lines=tuple(sorted(placed, key=lambda line: line.own)),
        falling=_names([(line.code, y(line.start)) for line in others], bottom),
        rising=_names([(line.code, y(line.end)) for line in own], bottom),
        crossings=tuple(
            PlacedCrossing(100 * each.weight, y(each.height), each.leads, each.title)
            for each in sorted(crossings, key=lambda each: each.leads)
        ),
        levels=tuple(
            Level(bottom - (bottom - HEAD_HEIGHT) * mark.x / 100, mark.text)
            for mark in upright.marks
        ),
        axis=weight_axis(1.0),
    )


def _names(places: Sequence[tuple[str, float]], bottom: float) -> tuple[Name, ...]:
    """Names beside their lines, from the heaviest down; none covers another.

    Where lines crowd, the lighter ones stay without a name: the table has them all.
    """
    names: list[Name] = []
    for code, line_y in sorted(places, key=lambda place: place[1]):
        y = max(line_y, names[-1].y + LABEL_STEP) if names else line_y
        if y - line_y <= FARTHEST and y <= bottom + LABEL_STEP / 2:
            names.append(Name(shortened(code, CODE_WIDTH), y, line_y))
    return tuple(names)
