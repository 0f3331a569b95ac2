"""Student's t, for any positive number of degrees of freedom."""

import math

from scorecards.methods.errors import MethodError, gettext_noop

# Of the continued fraction; it needs some thirty steps.
STEPS = 500
TINY = 1e-300
EXACT = 1e-15


def t_quantile(probability: float, freedom: float) -> float:
    """Find the value below which t lies with a probability.

    Parameters
    ----------
    probability : float
        Strictly between 0 and 1.
    freedom : float
        Degrees of freedom, above 0; need not be whole.

    Raises
    ------
    MethodError
        ``no-such-quantile``.

    Examples
    --------
    >>> round(t_quantile(0.95, 2), 6), round(t_quantile(0.95, 9), 6), t_quantile(0.5, 3)
    (2.919986, 1.833113, 0.0)
    """
    if not 0 < probability < 1 or not freedom > 0:
        raise MethodError(
            "no-such-quantile",
            gettext_noop("A probability lies between 0 and 1, and degrees of freedom above 0."),
        )
    if probability == 0.5:
        return 0.0
    if probability < 0.5:
        return -t_quantile(1 - probability, freedom)
    low, high = 0.0, 1.0
    while t_below(high, freedom) < probability:
        low, high = high, 2 * high
    while (middle := (low + high) / 2) not in (low, high):
        if t_below(middle, freedom) < probability:
            low = middle
        else:
            high = middle
    return high


def t_below(value: float, freedom: float) -> float:
    """Give the probability that t lies below a value.

    Examples
    --------
    >>> t_below(0.0, 4), round(t_below(2.131847, 4), 6)
    (0.5, 0.95)
    """
    tail = 0.5 * _beta_share(freedom / (freedom + value * value), freedom / 2, 0.5)
    return 1 - tail if value > 0 else tail


def _beta_share(place: float, first: float, second: float) -> float:
    """The regularised incomplete beta function: DLMF 8.17.22, by the modified Lentz method."""
    if place <= 0 or place >= 1:
        return float(place >= 1)
    if place > (first + 1) / (first + second + 2):
        return 1 - _beta_share(1 - place, second, first)
    scale = math.lgamma(first + second) - math.lgamma(first) - math.lgamma(second)
    front = math.exp(scale + first * math.log(place) + second * math.log1p(-place)) / first
    return front / _fraction(place, first, second)


def _fraction(place: float, first: float, second: float) -> float:
    value, c, d = 1.0, 1.0, 0.0
    for step in range(1, STEPS):
        d = 1 + _term(step, place, first, second) * d
        d = 1 / (d if abs(d) > TINY else TINY)
        c = 1 + _term(step, place, first, second) / c
        c = c if abs(c) > TINY else TINY
        value *= c * d
        if abs(c * d - 1) < EXACT:
            break
    return value


def _term(step: int, place: float, first: float, second: float) -> float:
    half = step // 2
    if step % 2 == 0:
        top = half * (second - half)
        return top * place / ((first + 2 * half - 1) * (first + 2 * half))
    top = (first + half) * (first + second + half)
    return -top * place / ((first + 2 * half) * (first + 2 * half + 1))
