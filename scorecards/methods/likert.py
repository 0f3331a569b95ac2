"""Scores on a Likert scale: classes of a mean, and cut points for measured values."""

import math
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from scorecards.methods.errors import MethodError, gettext_noop

POINTS = 5
# A mean that reaches a class but for binary rounding is in it.
ON_THE_EDGE = 1e-9
FIVE_KEYS = ("very-poor", "poor", "fair", "good", "very-good")


@dataclass(frozen=True, slots=True)
class LikertClass:
    """One class of means.

    Attributes
    ----------
    index : int
        From 1, the worst, to the number of points.
    key : str
        Stable name: very-poor, poor, fair, good, very-good on five points, else class-1 ...
    low, high : float
        ``high`` belongs to the next class, except in the last.
    """

    index: int
    key: str
    low: float
    high: float


def classes(points: int = POINTS) -> tuple[LikertClass, ...]:
    """Part a scale from 1 to ``points`` into as many classes of equal width.

    Parameters
    ----------
    points : int
        At least 2.

    Returns
    -------
    tuple of LikertClass
        Worst first, each (points - 1) / points wide.

    Raises
    ------
    MethodError
        ``likert-points``.

    Examples
    --------
    >>> [(found.key, round(found.low, 2), round(found.high, 2)) for found in classes()][:2]
    [('very-poor', 1.0, 1.8), ('poor', 1.8, 2.6)]
    """
    if points < 2:
        raise MethodError("likert-points", gettext_noop("A scale needs at least two points."))
    keys = FIVE_KEYS if points == POINTS else tuple(f"class-{i + 1}" for i in range(points))
    edges = [1 + i * (points - 1) / points for i in range(points)] + [float(points)]
    return tuple(
        LikertClass(i + 1, keys[i], low, high) for i, (low, high) in enumerate(pairwise(edges))
    )


def classify(mean: float, points: int = POINTS) -> LikertClass:
    """Find the class of a mean.

    Parameters
    ----------
    mean : float
        From 1 to ``points``. Exactly on an edge it belongs to the better class.
    points : int

    Returns
    -------
    LikertClass

    Raises
    ------
    MethodError
        ``mean-outside-scale``, ``likert-points``.

    Examples
    --------
    >>> found = classify(2.45)
    >>> found.index, found.key
    (2, 'poor')
    """
    if not 1 - ON_THE_EDGE <= mean <= points + ON_THE_EDGE:  # also true for NaN
        raise MethodError(
            "mean-outside-scale",
            gettext_noop("%(mean)s is not on the scale from 1 to %(points)s."),
            mean=float(mean),
            points=points,
        )
    found = classes(points)
    place = bisect_right([each.low for each in found], mean + ON_THE_EDGE)
    return found[max(place, 1) - 1]


@dataclass(frozen=True, slots=True)
class CutPoints:
    """Values that part measured values into scores from 1 to 5.

    Parameters
    ----------
    cuts : sequence of 4 floats
        From which value on the score is 2, 3, 4 and 5. Rising: higher is better. Falling:
        lower is better.

    Raises
    ------
    MethodError
        ``cut-points-count``, ``cut-points-not-monotone``.

    Examples
    --------
    >>> growth = CutPoints((2, 5, 10, 20))
    >>> [growth.score(value) for value in (1.9, 2, 9, 10, 50)]
    [1, 2, 3, 4, 5]
    >>> CutPoints((20, 10, 5, 2)).score(2)
    5
    """

    cuts: tuple[float, ...]

    def __post_init__(self) -> None:
        cuts = tuple(float(cut) for cut in self.cuts)
        object.__setattr__(self, "cuts", cuts)
        if len(cuts) != POINTS - 1:
            raise MethodError(
                "cut-points-count",
                gettext_noop("Give %(needed)s cut points; these are %(given)s."),
                needed=POINTS - 1,
                given=len(cuts),
            )
        rising = all(before < after for before, after in pairwise(cuts))
        falling = all(before > after for before, after in pairwise(cuts))
        if not (rising or falling) or not all(map(math.isfinite, cuts)):
            raise MethodError(
                "cut-points-not-monotone",
                gettext_noop(
                    "The cut points %(first)s, %(second)s, %(third)s and %(fourth)s have to rise "
                    "from one to the next, or to fall."
                ),
                first=cuts[0],
                second=cuts[1],
                third=cuts[2],
                fourth=cuts[3],
            )

    @property
    def higher_is_better(self) -> bool:
        """Whether the cut points rise."""
        return self.cuts[0] < self.cuts[-1]

    def score(self, value: float) -> int:
        """Find the score of a measured value, 1 to 5; a value on a cut has reached it.

        Raises
        ------
        MethodError
            ``value-not-finite``.
        """
        if not math.isfinite(value):
            raise MethodError(
                "value-not-finite",
                gettext_noop("The measured value has to be an ordinary number."),
            )
        if self.higher_is_better:
            return 1 + bisect_right(self.cuts, value)
        return 1 + bisect_right([-cut for cut in self.cuts], -value)
