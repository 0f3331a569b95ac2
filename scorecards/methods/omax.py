"""OMAX, the objective matrix: from a measured value to a level between 0 and 10."""

import math
from dataclasses import dataclass, field

from scorecards.methods.errors import MethodError, gettext_noop
from scorecards.methods.lights import round_half_up
from scorecards.methods.rungs import (
    GOAL_LEVEL,
    LEVEL_MODES,
    LOWEST_LEVEL,
    STANDARD_LEVEL,
    CustomLadder,
    Direction,
    LevelResult,
    check_mode,
    check_value,
    level_between,
)

__all__ = [
    "GOAL_LEVEL",
    "LEVEL_MODES",
    "LOWEST_LEVEL",
    "STANDARD_LEVEL",
    "AnyLadder",
    "CustomLadder",
    "Direction",
    "Ladder",
    "LevelResult",
    "RangeLadder",
]


@dataclass(frozen=True, slots=True)
class Ladder:
    """Three anchors and the straight lines between them.

    Parameters
    ----------
    worst, standard, goal : float
        Values of level 0 (the worst that is conceivable), level 3 (what was usual when measuring
        began) and level 10 (what is aimed at), in the KPI's own unit. Their order says which
        values are good. The standard may equal the goal: reaching it is level 10, below it lie
        0 to 3.

    Raises
    ------
    MethodError
        ``anchors-not-finite``, ``anchors-equal`` (worst = standard), ``anchors-not-monotone``,
        ``anchors-too-far-apart``; each names the anchors.

    References
    ----------
    Felix and Riggs (1983), National Productivity Review 2(4), 386-393: levels 0, 3 and 10.
    The Lasem study (Mahmudi and Ngadenan 2017) calls level 3 the target and level 10 the best
    value.

    Examples
    --------
    >>> ladder = Ladder(worst=0.10, standard=0.15, goal=0.25)
    >>> ladder.direction.value, round(ladder.level(0.2), 6)
    ('higher', 6.5)
    >>> Ladder(25, 15, 5).score(30)
    LevelResult(level=0.0, clamped=True)
    >>> Ladder(10, 10, 20)
    Traceback (most recent call last):
    ...
    scorecards.methods.errors.MethodError: The values of level 0 and level 3 are both 10. \
Give level 0 another value.
    """

    worst: float
    standard: float
    goal: float

    def __post_init__(self) -> None:
        anchors = (float(self.worst), float(self.standard), float(self.goal))
        for name, anchor in zip(("worst", "standard", "goal"), anchors, strict=True):
            object.__setattr__(self, name, anchor)
        _check_anchors(*anchors)

    @property
    def direction(self) -> Direction:
        """HIGHER when the standard lies above the worst value, else LOWER."""
        return Direction.HIGHER if self.worst < self.standard else Direction.LOWER

    def value_at(self, level: float) -> float:
        """Give the measured value that has a level (0 to 10), unrounded."""
        if level in (LOWEST_LEVEL, STANDARD_LEVEL, GOAL_LEVEL):
            return {LOWEST_LEVEL: self.worst, STANDARD_LEVEL: self.standard}.get(
                int(level), self.goal
            )
        if level < STANDARD_LEVEL:
            return self.worst + (self.standard - self.worst) * (level / STANDARD_LEVEL)
        share = (level - STANDARD_LEVEL) / (GOAL_LEVEL - STANDARD_LEVEL)
        return self.standard + (self.goal - self.standard) * share

    def rungs(self, decimals: int | None = None) -> tuple[float, ...]:
        """Give the eleven values from level 10 down to 0; rounded half up between the anchors if
        asked.

        The anchors themselves are what was given, and no rung goes past them. Rounding that
        would merge two anchors is not done. Rungs between them may coincide.

        Examples
        --------
        >>> Ladder(0.10, 0.15, 0.25).rungs(2)
        (0.25, 0.24, 0.22, 0.21, 0.19, 0.18, 0.16, 0.15, 0.13, 0.12, 0.1)
        >>> Ladder(0, 1, 2).rungs(0)
        (2.0, 2.0, 2.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0)
        """
        exact = tuple(self.value_at(level) for level in range(GOAL_LEVEL, -1, -1))
        if decimals is None or self._would_merge(decimals):
            return exact
        return tuple(
            self._rounded(level, rung, decimals)
            for level, rung in zip(range(GOAL_LEVEL, -1, -1), exact, strict=True)
        )

    def _would_merge(self, decimals: int) -> bool:
        anchors = (self.worst, self.standard, self.goal)
        worst, standard, goal = (round_half_up(anchor, decimals) for anchor in anchors)
        return worst == standard or (standard == goal and self.standard != self.goal)

    def _rounded(self, level: int, rung: float, decimals: int) -> float:
        if level in (LOWEST_LEVEL, STANDARD_LEVEL, GOAL_LEVEL):
            return rung
        ends = (self.worst, self.standard) if level < STANDARD_LEVEL else (self.standard, self.goal)
        return min(max(round_half_up(rung, decimals), min(ends)), max(ends))

    def score(self, value: float, mode: str = "exact", decimals: int = 2) -> LevelResult:
        """Find the level of a measured value, and whether it was clamped.

        Parameters
        ----------
        value : float
            In the KPI's unit.
        mode : {"exact", "rung", "floor"}
            Straight lines between the anchors; or between the rounded rungs, as by hand; or
            the rung that was reached (Riggs).
        decimals : int
            Of the rungs in the modes "rung" and "floor": the KPI's own.

        In every mode the worst value is level 0, the standard 3 and the goal 10, and a better
        value never gets a lower level. Where other rungs coincide, their value has reached the
        highest of them.

        Raises
        ------
        MethodError
            ``value-not-finite``, ``level-mode-unknown``.

        Examples
        --------
        >>> ladder = Ladder(0.05, 0.10, 0.25)
        >>> [round(ladder.score(0.15, mode).level, 3) for mode in LEVEL_MODES]
        [5.333, 5.5, 5.0]
        """
        value = check_value(value)
        check_mode(mode)
        if mode == "exact":
            return self._exact(value)
        return level_between(self.rungs(decimals), value, mode)

    def level(self, value: float, mode: str = "exact", decimals: int = 2) -> float:
        """Find the level of a measured value; see :meth:`score`."""
        return self.score(value, mode, decimals).level

    def _exact(self, value: float) -> LevelResult:
        sign = 1.0 if self.direction is Direction.HIGHER else -1.0
        worst, standard, goal = sign * self.worst, sign * self.standard, sign * self.goal
        value = sign * value
        if value >= goal:
            return LevelResult(float(GOAL_LEVEL), value > goal)
        if value < worst:
            return LevelResult(float(LOWEST_LEVEL), True)
        if value < standard:
            return LevelResult(STANDARD_LEVEL * ((value - worst) / (standard - worst)), False)
        share = (value - standard) / (goal - standard)
        return LevelResult(STANDARD_LEVEL + (GOAL_LEVEL - STANDARD_LEVEL) * share, False)


def _check_anchors(worst: float, standard: float, goal: float) -> None:
    anchors = {"worst": worst, "standard": standard, "goal": goal}
    if not all(map(math.isfinite, anchors.values())):
        raise MethodError(
            "anchors-not-finite",
            gettext_noop(
                "The values of levels 0, 3 and 10 have to be ordinary numbers; these are "
                "%(worst)s, %(standard)s and %(goal)s."
            ),
            **anchors,
        )
    if worst == standard:
        raise MethodError(
            "anchors-equal",
            gettext_noop(
                "The values of level 0 and level 3 are both %(worst)s. Give level 0 another value."
            ),
            **anchors,
        )
    if not (worst < standard <= goal or worst > standard >= goal):
        raise MethodError(
            "anchors-not-monotone",
            gettext_noop(
                "The values of levels 0, 3 and 10, %(worst)s, %(standard)s and %(goal)s, are not "
                "in order. That of level 3 has to lie between the other two."
            ),
            **anchors,
        )
    if not math.isfinite(goal - worst):
        raise MethodError(
            "anchors-too-far-apart",
            gettext_noop(
                "The values of level 0, %(worst)s, and level 10, %(goal)s, are too far apart."
            ),
            **anchors,
        )


@dataclass(frozen=True, slots=True)
class RangeLadder:
    """A goal in the middle (liquidity, stock): one ladder up to it, one down from it.

    Parameters
    ----------
    worst_low, standard_low, goal, standard_high, worst_high : float
        Rising; each side has its own level 0 and level 3, and both share level 10.

    Raises
    ------
    MethodError
        ``range-not-rising``, and what :class:`Ladder` refuses.

    Examples
    --------
    >>> liquidity = RangeLadder(75, 125, 175, 200, 300)
    >>> [liquidity.level(value) for value in (75, 125, 175, 200, 250, 400)]
    [0.0, 3.0, 10.0, 3.0, 1.5, 0.0]
    """

    worst_low: float
    standard_low: float
    goal: float
    standard_high: float
    worst_high: float
    low: Ladder = field(init=False, repr=False, compare=False)
    high: Ladder = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        low = Ladder(self.worst_low, self.standard_low, self.goal)
        high = Ladder(self.worst_high, self.standard_high, self.goal)
        if low.direction is not Direction.HIGHER or high.direction is not Direction.LOWER:
            raise MethodError(
                "range-not-rising",
                gettext_noop(
                    "The values %(worst_low)s, %(standard_low)s, %(goal)s, %(standard_high)s and "
                    "%(worst_high)s have to rise from the lower level 0 to the upper one."
                ),
                worst_low=low.worst,
                standard_low=low.standard,
                goal=low.goal,
                standard_high=high.standard,
                worst_high=high.worst,
            )
        object.__setattr__(self, "low", low)
        object.__setattr__(self, "high", high)

    @property
    def direction(self) -> Direction:
        """Always RANGE."""
        return Direction.RANGE

    def side(self, value: float) -> Ladder:
        """Choose the ladder that a value stands on; the goal belongs to the lower one."""
        return self.low if value <= self.goal else self.high

    def score(self, value: float, mode: str = "exact", decimals: int = 2) -> LevelResult:
        """Find the level of a measured value on its side; see :meth:`Ladder.score`."""
        value = check_value(value)
        return self.side(value).score(value, mode, decimals)

    def level(self, value: float, mode: str = "exact", decimals: int = 2) -> float:
        """Find the level of a measured value; see :meth:`score`."""
        return self.score(value, mode, decimals).level


AnyLadder = Ladder | CustomLadder | RangeLadder
