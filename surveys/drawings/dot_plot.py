"""A dot plot: every expert's weight of every element, and the group's."""

from collections.abc import Sequence
from dataclasses import dataclass

from surveys.drawings.axis import Axis, weight_axis
from surveys.drawings.labels import NARROW, Label, lane_label

LANE_HEIGHT = 34.0
# Below the dots, so that the group's diamond hides none: of a single expert both are equal.
FOOT_HEIGHT = 16.0
LANE_GAP = 8.0
AXIS_HEIGHT = 22.0
FIGURE_WIDTH = 56.0
# The more experts, the smaller their dots: up to so many, this radius.
RADII = ((12, 5.5), (40, 4.5), (90, 3.0))
SMALLEST_RADIUS = 2.25
# A dot says whose it is as long as one can be told from the other.
MOST_NAMED = 40


@dataclass(frozen=True, slots=True)
class ExpertDot:
    """One expert's weight of one element; ``hollow`` where the expert is over the limit."""

    name: str
    weight: float
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class DotRow:
    code: str
    label: str
    group: float
    group_text: str
    dots: tuple[ExpertDot, ...]


@dataclass(frozen=True, slots=True)
class PlacedDot:
    x: float
    y: float
    hollow: bool
    title: str


@dataclass(frozen=True, slots=True)
class Lane:
    label: Label
    group_x: float
    group_text: str
    top: float
    foot: float
    bottom: float
    dots: tuple[PlacedDot, ...]


@dataclass(frozen=True, slots=True)
class DotPlot:
    height: float
    axis: Axis
    axis_y: float
    radius: float
    lanes: tuple[Lane, ...]
    has_hollow: bool

    @property
    def is_crowd(self) -> bool:
        """So many dots that they can only be seen together."""
        return self.radius == SMALLEST_RADIUS

    @property
    def text_y(self) -> float:
        return self.axis_y + 16


def draw_dots(rows: Sequence[DotRow]) -> DotPlot:
    """Lay out one lane for each element, the dots of equal weights above each other."""
    experts = max((len(row.dots) for row in rows), default=0)
    radius = next((radius for most, radius in RADII if experts <= most), SMALLEST_RADIUS)
    weights = [dot.weight for row in rows for dot in row.dots] + [row.group for row in rows]
    axis = weight_axis(max(weights, default=1.0))
    lanes = []
    top = 0.0
    for row in rows:
        lanes.append(_lane(row, axis, radius, top, named=experts <= MOST_NAMED))
        top = lanes[-1].bottom + LANE_GAP
    return DotPlot(
        height=top + AXIS_HEIGHT,
        axis=axis,
        axis_y=top,
        radius=radius,
        lanes=tuple(lanes),
        has_hollow=any(dot.hollow for row in rows for dot in row.dots),
    )


def _lane(row: DotRow, axis: Axis, radius: float, top: float, *, named: bool) -> Lane:
    label = lane_label(row.code, row.label, top, beside=FIGURE_WIDTH)
    middle = label.bottom + LANE_HEIGHT / 2
    bottom = label.bottom + LANE_HEIGHT + FOOT_HEIGHT
    stacks: dict[int, list[ExpertDot]] = {}
    column = 100 * 2 * radius / NARROW
    for dot in sorted(row.dots, key=lambda dot: (dot.hollow, dot.weight)):
        stacks.setdefault(round(axis.place(dot.weight) / column), []).append(dot)
    return Lane(
        label=label,
        group_x=axis.place(row.group),
        group_text=row.group_text,
        top=label.bottom,
        foot=bottom - FOOT_HEIGHT / 2,
        bottom=bottom,
        dots=tuple(
            PlacedDot(axis.place(dot.weight), y, dot.hollow, dot.name if named else "")
            for stack in stacks.values()
            for dot, y in zip(stack, _heights(len(stack), middle, radius), strict=True)
        ),
    )


def _heights(count: int, middle: float, radius: float) -> list[float]:
    """Places of dots above each other around the middle of a lane, closer where many are."""
    if count == 1:
        return [middle]
    step = min(2 * radius + 0.5, (LANE_HEIGHT - 2 * radius) / (count - 1))
    return [middle + (place - (count - 1) / 2) * step for place in range(count)]
