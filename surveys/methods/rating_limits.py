"""From where on ratings say more than chance: the interval of V, and the limit of CVR."""

import math
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

from scorecards.methods.errors import MethodError, gettext_noop
from surveys.methods.screening import MOST_POINTS, MOST_RATERS


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the figure of the whole population of raters may lie."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CvrLimit:
    """The smallest CVR that is more than chance.

    Attributes
    ----------
    cvr : float
    essential : int
        How many raters have to call the candidate essential.
    p : float
        Exact, one-sided: P(so many or more) where each rater says essential or not at random.
    """

    cvr: float
    essential: int
    p: float


def aiken_interval(v: float, raters: int, points: int = 5, confidence: float = 0.95) -> Interval:
    """Give Aiken's V its score interval.

    With N = m (c - 1) and z the normal quantile: (2NV + z² ± z √(4NV(1 - V) + z²)) / (2(N + z²)).

    Parameters
    ----------
    v : float
        Aiken's V, from 0 to 1; NaN, of a candidate that nobody rated, gives NaN.
    raters, points : int
        m who rated it, and c categories of the scale.
    confidence : float
        Between 0 and 1.

    Returns
    -------
    Interval
        Within 0 and 1, and not of one width on both sides of V.

    Raises
    ------
    MethodError
        ``validity-range``, ``ratings-raters``, ``scale-points``; ``confidence-range``.

    References
    ----------
    Penfield and Giacobbi (2004), Measurement in Physical Education and Exercise Science 8(4),
    213-225, doi 10.1207/s15327841mpee0804_3.

    Examples
    --------
    >>> found = aiken_interval(0.8, raters=5)
    >>> round(found.low, 3), round(found.high, 3)
    (0.584, 0.919)
    """
    if math.isnan(v):
        return Interval(math.nan, math.nan)
    if not 0 <= v <= 1:
        raise MethodError("validity-range", gettext_noop("Aiken's V lies between 0 and 1."))
    _check_raters(raters)
    if not 2 <= points <= MOST_POINTS:
        raise MethodError(
            "scale-points",
            gettext_noop("A scale has 2 to %(most)s points."),
            most=MOST_POINTS,
        )
    if not 0 < confidence < 1:
        raise MethodError("confidence-range", gettext_noop("Confidence lies between 0 and 1."))
    steps = raters * (points - 1)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    middle, reach = 2 * steps * v + z**2, z * math.sqrt(4 * steps * v * (1 - v) + z**2)
    whole = 2 * (steps + z**2)
    # V itself where rounding would put an end beyond it, at 0 and at 1.
    low, high = (middle - reach) / whole, (middle + reach) / whole
    return Interval(max(0.0, min(v, low)), min(1.0, max(v, high)))


@lru_cache(maxsize=256)
def cvr_limit(raters: int, alpha: float = 0.05) -> CvrLimit | None:
    """Find the smallest CVR that chance reaches with a probability of at most ``alpha``.

    Counted from the binomial distribution, not copied from Lawshe's table, of which it is not
    told how it was computed.

    Parameters
    ----------
    raters : int
    alpha : float
        Between 0 and 1.

    Returns
    -------
    CvrLimit or None
        None where even "all call it essential" is likelier than that: of three or four raters.

    Raises
    ------
    MethodError
        ``ratings-raters``; ``alpha-range``.

    References
    ----------
    Ayre and Scally (2014), Measurement and Evaluation in Counseling and Development 47(1),
    79-86, doi 10.1177/0748175613513808; Lawshe (1975), Personnel Psychology 28(4), 563-575.

    Examples
    --------
    >>> cvr_limit(raters=10)
    CvrLimit(cvr=0.8, essential=9, p=0.0107421875)
    >>> cvr_limit(raters=4) is None
    True
    """
    _check_raters(raters)
    if not 0 < alpha < 1:
        raise MethodError("alpha-range", gettext_noop("Alpha lies between 0 and 1."))
    ways, found = 0, None
    for essential in range(raters, -1, -1):
        ways += math.comb(raters, essential)
        chance = ways / 2**raters
        if chance > alpha:
            break
        found = CvrLimit((2 * essential - raters) / raters, essential, chance)
    return found


def _check_raters(raters: int) -> None:
    if not 1 <= raters <= MOST_RATERS:
        raise MethodError(
            "ratings-raters", gettext_noop("Give 1 to %(most)s raters."), most=MOST_RATERS
        )
