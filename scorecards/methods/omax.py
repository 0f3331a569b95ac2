"""OMAX, the objective matrix: from a measured value to a level between 0 and 10."""

import math
from dataclasses import dataclass, field

from scorecards.methods.errors import MethodError, gettext_noop
from scorecards.methods.lights import round_half_up
from scorecards.methods.rungs import (
    BEST_LEVEL,
    LEVEL_MODES,
    LOWEST_LEVEL,
    TARGET_LEVEL,
    CustomLadder,
    Direction,
    LevelResult,
    check_mode,
    check_value,
    level_between,
)

__all__ = [
    "BEST_LEVEL",
    "LEVEL_MODES",
    "LOWEST_LEVEL",
    "TARGET_LEVEL",
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
    worst, target, best : float
        Values of level 0 (pessimistic), level 3 and level 10 (optimistic), in the KPI's own
        unit. Their order says which values are good. The target may equal the best value:
        reaching it is level 10, below it lie 0 to 3.

    Raises
    ------
    MethodError
        ``anchors-not-finite``, ``anchors-equal`` (worst = target), ``anchors-not-monotone``,
        ``anchors-too-far-apart``; each names the anchors.

    References
    ----------
    Riggs (1986), Industrial Engineering 18(1).

    Examples
    --------
    >>> ladder = Ladder(worst=0.10, target=0.15, best=0.25)
    >>> ladder.direction.value, round(ladder.level(0.2), 6)
    ('higher', 6.5)
    >>> Ladder(25, 15, 5).score(30)
    LevelResult(level=0.0, clamped=True)
    >>> Ladder(10, 10, 20)
    Traceback (most recent call last):
    ...
    scorecards.methods.errors.MethodError: The worst value and the target are both 10. Give a \
worst value that differs from the target.
    """

    worst: float
    target: float
    best: float

    def __post_init__(self) -> None:
        anchors = (float(self.worst), float(self.target), float(self.best))
        for name, anchor in zip(("worst", "target", "best"), anchors, strict=True):
            object.__setattr__(self, name, anchor)
        _check_anchors(*anchors)

    @property
    def direction(self) -> Direction:
        """HIGHER when the target lies above the worst value, else LOWER."""
        return Direction.HIGHER if self.worst < self.target else Direction.LOWER

    def value_at(self, level: float) -> float:
        """Give the measured value that has a level (0 to 10), unrounded."""
        if level in (LOWEST_LEVEL, TARGET_LEVEL, BEST_LEVEL):
            return {LOWEST_LEVEL: self.worst, TARGET_LEVEL: self.target}.get(int(level), self.best)
        if level < TARGET_LEVEL:
            return self.worst + (self.target - self.worst) * (level / TARGET_LEVEL)
        share = (level - TARGET_LEVEL) / (BEST_LEVEL - TARGET_LEVEL)
        return self.target + (self.best - self.target) * share

    def rungs(self, decimals: int | None = None) -> tuple[float, ...]:
        """Give the eleven values from level 10 down to 0, rounded half up if asked.

        Examples
        --------
        >>> Ladder(0.10, 0.15, 0.25).rungs(2)
        (0.25, 0.24, 0.22, 0.21, 0.19, 0.18, 0.16, 0.15, 0.13, 0.12, 0.1)
        """
        exact = tuple(self.value_at(level) for level in range(BEST_LEVEL, -1, -1))
        if decimals is None:
            return exact
        return tuple(round_half_up(rung, decimals) for rung in exact)

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
            Of the rungs in the modes "rung" and "floor": the KPI's own. Rounding that would
            merge the anchors is not done.

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
        return level_between(self.shown_rungs(decimals), value, mode)

    def level(self, value: float, mode: str = "exact", decimals: int = 2) -> float:
        """Find the level of a measured value; see :meth:`score`."""
        return self.score(value, mode, decimals).level

    def _exact(self, value: float) -> LevelResult:
        sign = 1.0 if self.direction is Direction.HIGHER else -1.0
        worst, target, best = sign * self.worst, sign * self.target, sign * self.best
        value = sign * value
        if value >= best:
            return LevelResult(float(BEST_LEVEL), value > best)
        if value < worst:
            return LevelResult(float(LOWEST_LEVEL), True)
        if value < target:
            return LevelResult(TARGET_LEVEL * ((value - worst) / (target - worst)), False)
        share = (value - target) / (best - target)
        return LevelResult(TARGET_LEVEL + (BEST_LEVEL - TARGET_LEVEL) * share, False)

    def shown_rungs(self, decimals: int) -> tuple[float, ...]:
        """Give the rungs that the modes "rung" and "floor" read: rounded, unless rounding
        would merge the anchors."""
        rounded = self.rungs(decimals)
        best, target, worst = rounded[0], rounded[BEST_LEVEL - TARGET_LEVEL], rounded[-1]
        merged = worst == target or (target == best and self.target != self.best)
        return self.rungs() if merged else rounded


def _check_anchors(worst: float, target: float, best: float) -> None:
    anchors = {"worst": worst, "target": target, "best": best}
    if not all(map(math.isfinite, anchors.values())):
        raise MethodError(
            "anchors-not-finite",
            gettext_noop(
                "Worst value, target and best value have to be ordinary numbers; these are "
                "%(worst)s, %(target)s and %(best)s."
            ),
            **anchors,
        )
    if worst == target:
        raise MethodError(
            "anchors-equal",
            gettext_noop(
                "The worst value and the target are both %(worst)s. Give a worst value that "
                "differs from the target."
            ),
            **anchors,
        )
    if not (worst < target <= best or worst > target >= best):
        raise MethodError(
            "anchors-not-monotone",
            gettext_noop(
                "Worst value %(worst)s, target %(target)s and best value %(best)s are not in "
                "order. The target has to lie between the worst and the best value."
            ),
            **anchors,
        )
    if not math.isfinite(best - worst):
        raise MethodError(
            "anchors-too-far-apart",
            gettext_noop(
                "The worst value %(worst)s and the best value %(best)s are too far apart."
            ),
            **anchors,
        )


@dataclass(frozen=True, slots=True)
class RangeLadder:
    """A best value in the middle (liquidity, stock): one ladder up to it, one down from it.

    Parameters
    ----------
    worst_low, target_low, best, target_high, worst_high : float
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
    target_low: float
    best: float
    target_high: float
    worst_high: float
    low: Ladder = field(init=False, repr=False, compare=False)
    high: Ladder = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        low = Ladder(self.worst_low, self.target_low, self.best)
        high = Ladder(self.worst_high, self.target_high, self.best)
        if low.direction is not Direction.HIGHER or high.direction is not Direction.LOWER:
            raise MethodError(
                "range-not-rising",
                gettext_noop(
                    "The values %(worst_low)s, %(target_low)s, %(best)s, %(target_high)s and "
                    "%(worst_high)s have to rise from the lower worst value to the upper one."
                ),
                worst_low=low.worst,
                target_low=low.target,
                best=low.best,
                target_high=high.target,
                worst_high=high.worst,
            )
        object.__setattr__(self, "low", low)
        object.__setattr__(self, "high", high)

    @property
    def direction(self) -> Direction:
        """Always RANGE."""
        return Direction.RANGE

    def side(self, value: float) -> Ladder:
        """Choose the ladder that a value stands on; the best value belongs to the lower one."""
        return self.low if value <= self.best else self.high

    def score(self, value: float, mode: str = "exact", decimals: int = 2) -> LevelResult:
        """Find the level of a measured value on its side; see :meth:`Ladder.score`."""
        value = check_value(value)
        return self.side(value).score(value, mode, decimals)

    def level(self, value: float, mode: str = "exact", decimals: int = 2) -> float:
        """Find the level of a measured value; see :meth:`score`."""
        return self.score(value, mode, decimals).level


AnyLadder = Ladder | CustomLadder | RangeLadder
