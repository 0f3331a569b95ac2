"""The axis of weights that the drawings share: from 0 to a round number, in per cent of the width.

The drawings have no fixed width. Heights are in pixels and everything sideways in per cent, so
that text keeps its size on a phone, on a laptop and on paper.
"""

from dataclasses import dataclass
from math import ceil

from organizations import figures

# Distance of the marks, the first that leaves at most so many of them.
STEPS = (0.05, 0.1, 0.2, 0.25, 0.5)
MOST_MARKS = 6


@dataclass(frozen=True, slots=True)
class Mark:
    x: float
    text: str
    # How the text stands to its mark: the outer two stay inside the drawing.
    anchor: str


@dataclass(frozen=True, slots=True)
class Axis:
    """``end`` is the weight at the right edge."""

    end: float
    marks: tuple[Mark, ...]

    def place(self, weight: float) -> float:
        """Where a weight stands, in per cent; what lies outside stands at the edge."""
        return min(max(100 * weight / self.end, 0.0), 100.0)


def weight_axis(highest: float) -> Axis:
    """An axis from 0 that holds ``highest``, a weight of at most 1."""
    step = next((s for s in STEPS if _count(highest, s) <= MOST_MARKS), STEPS[-1])
    count = max(1, _count(highest, step))
    marks = (_mark(number, count, step) for number in range(count + 1))
    return Axis(end=count * step, marks=tuple(marks))


def _count(highest: float, step: float) -> int:
    """How many steps reach as far; the guard keeps 0.3 from needing four steps of 0.1."""
    return ceil(min(highest, 1.0) / step - 1e-9)


def _mark(number: int, count: int, step: float) -> Mark:
    anchor = {0: "start", count: "end"}.get(number, "middle")
    return Mark(100 * number / count, figures.trimmed(number * step, 2), anchor)
