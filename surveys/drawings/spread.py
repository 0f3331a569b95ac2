"""How a group's answers to one pair spread over the seventeen places of the scale.

Like the other drawings it has no fixed width: sideways everything is in per cent.
"""

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 240.0
# Under the columns: the digits of the scale.
FOOT = 30.0
# Above the highest column: its figure, and above that the group's mark.
HEAD = 52.0
GAP = 0.15


@dataclass(frozen=True, slots=True)
class Column:
    """One place: ``digit`` as it stands on the scale, ``count`` people who chose it."""

    x: float
    width: float
    y: float
    height: float
    digit: int
    count: int

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def figure_y(self) -> float:
        return self.y - 8


@dataclass(frozen=True, slots=True)
class Spread:
    columns: tuple[Column, ...]
    # None where the group has no judgement yet.
    group_x: float | None
    height: float = HEIGHT
    floor: float = HEIGHT - FOOT

    @property
    def digits_y(self) -> float:
        return self.height - 8

    @property
    def middle(self) -> float:
        return 50.0


def draw_spread(counts: Sequence[int], group_step: float | None) -> Spread:
    """``counts`` from the row's side to the column's; ``group_step`` is positive on the row's."""
    places = len(counts)
    side = places // 2
    most = max(max(counts, default=0), 1)
    each = 100 / places
    room = HEIGHT - FOOT - HEAD
    columns = []
    for place, count in enumerate(counts):
        height = room * count / most
        columns.append(
            Column(
                x=each * (place + GAP / 2),
                width=each * (1 - GAP),
                y=HEIGHT - FOOT - height,
                height=height,
                digit=abs(place - side) + 1,
                count=count,
            )
        )
    group_x = None if group_step is None else each * (side - group_step + 0.5)
    return Spread(tuple(columns), group_x)
