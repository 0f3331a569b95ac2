"""Where the rungs of an OMAX ladder stand in a drawing."""

from dataclasses import dataclass

from scorecards.methods.lights import OMAX_LIMITS, Light, Limits, light
from scorecards.methods.omax import GOAL_LEVEL, CustomLadder, Ladder

# In units of the drawing's viewBox.
TOP = 30.0
RUNG_GAP = 30.0
RAIL_MARGIN = 18.0


@dataclass(frozen=True, slots=True)
class Rung:
    level: int
    value: float
    y: float
    light: Light


@dataclass(frozen=True, slots=True)
class LadderDrawing:
    rungs: tuple[Rung, ...]
    marker_y: float
    rail_end: float
    height: float


def draw_ladder(
    ladder: Ladder | CustomLadder, level: float, limits: Limits = OMAX_LIMITS
) -> LadderDrawing:
    """Values of the eleven levels from 10 down to 0, and the place of one level among them."""
    rungs = tuple(
        Rung(GOAL_LEVEL - place, value, TOP + place * RUNG_GAP, light(GOAL_LEVEL - place, limits))
        for place, value in enumerate(ladder.rungs())
    )
    marker = TOP + (GOAL_LEVEL - level) * RUNG_GAP
    height = TOP * 2 + GOAL_LEVEL * RUNG_GAP
    return LadderDrawing(rungs, marker, height - RAIL_MARGIN, height)
