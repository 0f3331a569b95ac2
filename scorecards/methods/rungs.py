"""Levels read off eleven rungs, and the ladder whose rungs are given one by one."""

import math
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from scorecards.methods.errors import MethodError, gettext_noop
from scorecards.methods.lights import round_half_up

LOWEST_LEVEL = 0
STANDARD_LEVEL = 3
GOAL_LEVEL = 10
LEVEL_MODES = ("exact", "rung", "floor")
RUNG_COUNT = 11
# A rung that is reached but for binary rounding is reached.
ON_THE_RUNG = 1e-9


class Direction(StrEnum):
    """Which values are good. RANGE: those in the middle."""

    HIGHER = "higher"
    LOWER = "lower"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class LevelResult:
    """A level (0 to 10), and whether the value lay beyond the ends of its ladder."""

    level: float
    clamped: bool


def check_value(value: float) -> float:
    """Return a measured value as a float; refuse NaN and infinity (``value-not-finite``)."""
    value = float(value)
    if not math.isfinite(value):
        raise MethodError(
            "value-not-finite", gettext_noop("The measured value has to be an ordinary number.")
        )
    return value


def check_mode(mode: str) -> None:
    """Refuse a level mode that does not exist (``level-mode-unknown``)."""
    if mode not in LEVEL_MODES:
        raise MethodError(
            "level-mode-unknown",
            gettext_noop("There is no level mode “%(mode)s”. Choose one of: %(known)s."),
            mode=mode,
            known=", ".join(LEVEL_MODES),
        )


def _rising(rungs: tuple[float, ...]) -> tuple[float, ...]:
    """Rungs from level 0 to 10 with the sign that makes them rise."""
    return rungs[::-1] if rungs[0] >= rungs[-1] else tuple(-rung for rung in rungs[::-1])


def level_between(rungs: tuple[float, ...], value: float, mode: str) -> LevelResult:
    """Read a level off eleven rungs (10 to 0) that may repeat where rounding merged them.

    A value on rungs that coincide has reached the highest of them. But the worst value is level
    0 and the standard level 3, whatever rung rounding has put beside them.
    """
    rising = _rising(rungs)
    value = value if rungs[0] >= rungs[-1] else -value
    if value >= rising[-1]:
        return LevelResult(float(GOAL_LEVEL), value > rising[-1])
    if value <= rising[0]:
        return LevelResult(float(LOWEST_LEVEL), value < rising[0])
    if value == rising[STANDARD_LEVEL]:
        return LevelResult(float(STANDARD_LEVEL), False)
    below = bisect_right(rising, value) - 1
    level = below + (value - rising[below]) / (rising[below + 1] - rising[below])
    if mode == "floor":
        level = float(math.floor(level + ON_THE_RUNG))
    return LevelResult(level, False)


@dataclass(frozen=True, slots=True)
class CustomLadder:
    """Eleven given rungs, for a matrix that is not made of straight lines.

    Parameters
    ----------
    values : sequence of 11 floats
        From level 10 down to level 0, strictly falling or strictly rising.

    Raises
    ------
    MethodError
        ``rungs-count``, ``rungs-not-monotone``.

    Examples
    --------
    >>> ladder = CustomLadder((100, 90, 81, 73, 66, 60, 55, 51, 48, 46, 45))
    >>> ladder.level(57.5), ladder.level(57.5, "floor"), ladder.direction.value
    (4.5, 4.0, 'higher')
    """

    values: tuple[float, ...]

    def __post_init__(self) -> None:
        values = tuple(float(value) for value in self.values)
        object.__setattr__(self, "values", values)
        if len(values) != RUNG_COUNT:
            raise MethodError(
                "rungs-count",
                gettext_noop("Give %(needed)s values, from level 10 to 0; these are %(given)s."),
                needed=RUNG_COUNT,
                given=len(values),
            )
        steps = [after - before for before, after in pairwise(values)]
        if not all(0 < step < math.inf for step in steps) and not all(
            -math.inf < step < 0 for step in steps
        ):
            raise MethodError(
                "rungs-not-monotone",
                gettext_noop(
                    "From level 10, %(goal)s, to level 0, %(worst)s, every value has to be smaller "
                    "than the one before, or every one larger."
                ),
                goal=values[0],
                worst=values[-1],
            )

    @property
    def direction(self) -> Direction:
        """HIGHER when level 10 stands at the largest value, else LOWER."""
        return Direction.HIGHER if self.values[0] > self.values[-1] else Direction.LOWER

    def rungs(self, decimals: int | None = None) -> tuple[float, ...]:
        """Give the eleven values from level 10 down to 0, rounded half up if asked."""
        if decimals is None:
            return self.values
        return tuple(round_half_up(rung, decimals) for rung in self.values)

    def score(self, value: float, mode: str = "exact", decimals: int = 2) -> LevelResult:
        """Find the level of a value; the rungs are taken as given, so "rung" equals "exact"."""
        value = check_value(value)
        check_mode(mode)
        return level_between(self.values, value, mode)

    def level(self, value: float, mode: str = "exact", decimals: int = 2) -> float:
        """Find the level of a measured value; see :meth:`score`."""
        return self.score(value, mode, decimals).level
