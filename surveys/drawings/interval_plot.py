"""An interval plot: weights, and how far they move with other experts or other judgements."""

from collections.abc import Sequence
from dataclasses import dataclass

from surveys.drawings.axis import Axis, weight_axis
from surveys.drawings.labels import Label, lane_label

LANE_HEIGHT = 26.0
LANE_GAP = 8.0
AXIS_HEIGHT = 22.0
FIGURE_WIDTH = 56.0
# How far the two whiskers of a lane stand from its middle.
ASIDE = 5.0


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """A weight with up to two intervals: of all experts of this kind, and by moving judgements."""

    code: str
    label: str
    weight: float
    weight_text: str
    experts: tuple[float, float] | None
    judgements: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Whisker:
    """``kind`` names the class: experts or judgements."""

    kind: str
    low: float
    high: float
    y: float


@dataclass(frozen=True, slots=True)
class IntervalLane:
    label: Label
    x: float
    text: str
    middle: float
    whiskers: tuple[Whisker, ...]

    @property
    def bottom(self) -> float:
        return self.middle + LANE_HEIGHT / 2


@dataclass(frozen=True, slots=True)
class IntervalPlot:
    height: float
    axis: Axis
    axis_y: float
    lanes: tuple[IntervalLane, ...]

    @property
    def text_y(self) -> float:
        return self.axis_y + 16

    @property
    def kinds(self) -> frozenset[str]:
        """Which whiskers there are, for the key."""
        return frozenset(whisker.kind for lane in self.lanes for whisker in lane.whiskers)


def draw_intervals(rows: Sequence[IntervalRow]) -> IntervalPlot:
    """Lay out one lane for each element."""
    highest = [row.weight for row in rows]
    highest += [each[1] for row in rows for each in (row.experts, row.judgements) if each]
    axis = weight_axis(max(highest, default=1.0))
    lanes: list[IntervalLane] = []
    top = 0.0
    for row in rows:
        lane = _lane(row, axis, top)
        lanes.append(lane)
        top = lane.bottom + LANE_GAP
    return IntervalPlot(top + AXIS_HEIGHT, axis, top, tuple(lanes))


def _lane(row: IntervalRow, axis: Axis, top: float) -> IntervalLane:
    label = lane_label(row.code, row.label, top, beside=FIGURE_WIDTH)
    middle = label.bottom + LANE_HEIGHT / 2
    given = (("experts", row.experts, -ASIDE), ("judgements", row.judgements, ASIDE))
    whiskers = tuple(
        Whisker(kind, axis.place(interval[0]), axis.place(interval[1]), middle + aside)
        for kind, interval, aside in given
        if interval
    )
    return IntervalLane(label, axis.place(row.weight), row.weight_text, middle, whiskers)
