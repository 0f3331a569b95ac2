"""Ratings of candidates by experts: sum, mean, Aiken's V and Lawshe's content validity ratio."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from scorecards.methods.errors import MethodError, gettext_noop
from scorecards.methods.matrices import FloatArray

MOST_POINTS = 10
# Beyond, an exact p is no help to anybody, and its integers have thousands of digits.
MOST_RATERS = 500


@dataclass(frozen=True, slots=True)
class AikenV:
    """Aiken's V of one candidate, and how likely ratings by chance reach it.

    Attributes
    ----------
    v : float
        From 0 (everybody gives the lowest rating) to 1 (everybody the highest).
    p : float
        Exact, one-sided: P(V >= v) where each rater picks a category at random.
    """

    v: float
    p: float


@dataclass(frozen=True, slots=True)
class RatingFigures:
    """What the ratings of several candidates amount to; one entry for each candidate.

    Attributes
    ----------
    raters : numpy.ndarray of int
        How many rated it.
    total, mean, v, p : numpy.ndarray of float
        NaN, shown as "-", where nobody did.
    """

    raters: np.ndarray
    total: FloatArray
    mean: FloatArray
    v: FloatArray
    p: FloatArray


def aiken_v(ratings: ArrayLike, points: int = 5) -> AikenV:
    """Measure how far experts hold one candidate for valid: Aiken's V.

    V = sum of (r - 1) / (m (points - 1)) over the m raters who rated it.

    Parameters
    ----------
    ratings : array_like, shape (m,)
        Whole numbers from 1 to ``points``; NaN marks a rater who didn't rate it.
    points : int
        Categories of the scale, at least 2.

    Returns
    -------
    AikenV
        Both NaN, shown as "-", where nobody rated it.

    Raises
    ------
    MethodError
        ``ratings-shape``, ``ratings-range``, ``ratings-raters``, ``scale-points``.

    References
    ----------
    Aiken (1980), Educational and Psychological Measurement 40(4), 955-959; Aiken (1985), the
    same 45(1), 131-142, with the table of right-tail probabilities.

    Examples
    --------
    >>> aiken_v([4, 4, 4, 4, 5])
    AikenV(v=0.8, p=0.04032)
    """
    values = np.asarray(ratings, dtype=np.float64)
    if values.ndim != 1:
        raise MethodError(
            "ratings-shape", gettext_noop("Give the ratings of one candidate, one of each rater.")
        )
    found = rating_figures(values[:, np.newaxis], points)
    return AikenV(float(found.v[0]), float(found.p[0]))


def rating_figures(ratings: ArrayLike, points: int = 5) -> RatingFigures:
    """Sum up the ratings of several candidates at once.

    Parameters
    ----------
    ratings : array_like, shape (m, k)
        One row for each rater, one column for each candidate; NaN marks a missing rating.
    points : int
        Categories of the scale, at least 2.

    Returns
    -------
    RatingFigures
        How many rated each candidate, with total, mean, V and p.

    Raises
    ------
    MethodError
        As :func:`aiken_v`.

    Examples
    --------
    >>> found = rating_figures([[5, 1], [4, float("nan")]])
    >>> found.total.tolist(), found.mean.tolist(), found.v.tolist()
    ([9.0, 1.0], [4.5, 1.0], [0.875, 0.0])
    """
    values = _checked(ratings, points)
    present = ~np.isnan(values)
    raters = present.sum(axis=0)
    divisor = np.where(raters, raters, np.nan)
    total = np.where(raters, np.where(present, values, 0.0).sum(axis=0), np.nan)
    above = total - raters
    chances = [
        _right_tail(int(m), points, int(s)) if m else math.nan
        for m, s in zip(raters, above, strict=True)
    ]
    return RatingFigures(
        raters=raters,
        total=total,
        mean=total / divisor,
        v=above / (divisor * (points - 1)),
        p=np.array(chances, dtype=np.float64),
    )


def aiken_limit(raters: int, points: int = 5, alpha: float = 0.05) -> AikenV | None:
    """Find the smallest V that chance reaches with a probability of at most ``alpha``.

    Parameters
    ----------
    raters, points : int
        How many rate, and on how many categories.
    alpha : float
        Between 0 and 1.

    Returns
    -------
    AikenV or None
        None where even V = 1 is likelier than that: so few raters can't show anything.

    Raises
    ------
    MethodError
        ``ratings-raters``, ``scale-points``; ``alpha-range`` for an alpha outside 0 and 1.

    Examples
    --------
    >>> aiken_limit(raters=5)
    AikenV(v=0.8, p=0.04032)
    >>> aiken_limit(raters=1) is None
    True
    """
    _check_points(points)
    if not 1 <= raters <= MOST_RATERS:
        raise _raters_error()
    if not 0 < alpha < 1:
        raise MethodError("alpha-range", gettext_noop("Alpha lies between 0 and 1."))
    highest = raters * (points - 1)
    for above in range(highest + 1):
        chance = _right_tail(raters, points, above)
        if chance <= alpha:
            return AikenV(above / highest, chance)
    return None


def lawshe_cvr(ratings: ArrayLike) -> float:
    """Measure content validity on three points: Lawshe's CVR.

    CVR = (e - m/2) / (m/2), where e of the m raters call the candidate essential.

    Parameters
    ----------
    ratings : array_like, shape (m,)
        1 not necessary, 2 useful but not essential, 3 essential; NaN marks a missing rating.

    Returns
    -------
    float
        From -1 (nobody calls it essential) over 0 (half of them) to 1 (everybody). NaN, shown
        as "-", where nobody rated it.

    Raises
    ------
    MethodError
        As :func:`aiken_v`.

    References
    ----------
    Lawshe (1975), Personnel Psychology 28(4), 563-575.

    Examples
    --------
    >>> lawshe_cvr([3, 3, 3, 2])
    0.5
    """
    values = np.asarray(ratings, dtype=np.float64)
    if values.ndim != 1:
        raise MethodError(
            "ratings-shape", gettext_noop("Give the ratings of one candidate, one of each rater.")
        )
    _checked(values[:, np.newaxis], 3)
    raters = int((~np.isnan(values)).sum())
    if not raters:
        return math.nan
    essential = int((values == 3).sum())
    return (2 * essential - raters) / raters


def _checked(ratings: ArrayLike, points: int) -> FloatArray:
    _check_points(points)
    values = np.asarray(ratings, dtype=np.float64)
    if values.ndim != 2 or not values.size:
        raise MethodError(
            "ratings-shape",
            gettext_noop("Give the ratings as a table: a row for each rater, at least one."),
        )
    if len(values) > MOST_RATERS:
        raise _raters_error()
    given = values[~np.isnan(values)]
    whole = np.isfinite(given).all() and (given == np.floor(given)).all()
    if not whole or not ((given >= 1) & (given <= points)).all():
        raise MethodError(
            "ratings-range",
            gettext_noop("A rating is a whole number from 1 to %(points)s."),
            points=points,
        )
    return values


def _check_points(points: int) -> None:
    if not 2 <= points <= MOST_POINTS:
        raise MethodError(
            "scale-points",
            gettext_noop("A scale has 2 to %(most)s points."),
            most=MOST_POINTS,
        )


def _raters_error() -> MethodError:
    return MethodError(
        "ratings-raters", gettext_noop("Give 1 to %(most)s raters."), most=MOST_RATERS
    )


def _right_tail(raters: int, points: int, above: int) -> float:
    """P(sum of (r - 1) >= above) where each rater picks a category at random."""
    chance: float = _tails(raters, points)[above] / points**raters
    return chance


@lru_cache(maxsize=64)
def _tails(raters: int, points: int) -> Sequence[int]:
    """In how many of the points ** raters ways the sum reaches each value, or exceeds it.

    Whole numbers, so that nothing is rounded before the one division at the end.
    """
    ways = [1]
    for _ in range(raters):
        # One more rater: the sum of the last ``points`` entries, carried along.
        longer, window = [], 0
        for place in range(len(ways) + points - 1):
            window += ways[place] if place < len(ways) else 0
            window -= ways[place - points] if place >= points else 0
            longer.append(window)
        ways = longer
    tails, more = [], 0
    for count in reversed(ways):
        more += count
        tails.append(more)
    return tails[::-1]
