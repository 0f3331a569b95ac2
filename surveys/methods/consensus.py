"""How far experts agree with each other."""

import math

import numpy as np
from numpy.typing import ArrayLike

from scorecards.methods.errors import MethodError, gettext_noop
from scorecards.methods.matrices import STRONGEST_JUDGEMENT, FloatArray

# Weights that differ by less are one rank.
SAME_RANK_DECIMALS = 12


def check_priorities(priorities: ArrayLike) -> FloatArray:
    """Return the experts' weights as an array (m, n), or say what is wrong with them.

    Raises
    ------
    MethodError
        ``priorities-shape``; ``priorities-sum`` unless each expert's weights are at least 0
        and sum to 1.
    """
    values = np.asarray(priorities, dtype=np.float64)
    if values.ndim != 2 or not values.size:
        raise MethodError(
            "priorities-shape",
            gettext_noop("Give the weights of at least one expert, one row for each."),
        )
    if not (values >= 0).all() or not np.allclose(values.sum(axis=1), 1.0, rtol=0, atol=1e-6):
        raise MethodError(
            "priorities-sum",
            gettext_noop("The weights of each expert are 0 or more and add up to 1."),
        )
    return values


def consensus(priorities: ArrayLike) -> float:
    """Measure the experts' consensus S*.

    Shannon's entropy of each expert's weights (alpha) and of their mean (gamma) give the
    entropy between the experts (beta = gamma - alpha). 1/exp(beta) is then stretched to 0..1 by
    the least that weights on Saaty's scale up to 9 allow.

    Parameters
    ----------
    priorities : array_like, shape (m, n)
        Weights of each expert, summing to 1.

    Returns
    -------
    float
        From 0 (no consensus) to 1 (equal weights). NaN, shown as "-", for fewer than two
        experts or two elements.

    Raises
    ------
    MethodError
        What :func:`check_priorities` refuses.

    References
    ----------
    Goepel (2013), Proceedings of the ISAHP, Kuala Lumpur; Goepel (2018), International Journal
    of the Analytic Hierarchy Process 10(3), with ln n as the largest gamma entropy.

    Examples
    --------
    >>> consensus([[0.6, 0.3, 0.1], [0.6, 0.3, 0.1]])
    1.0
    >>> round(consensus([[0.6, 0.3, 0.1], [0.3, 0.6, 0.1]]), 4)
    0.8734
    """
    values = check_priorities(priorities)
    experts, elements = values.shape
    if experts < 2 or elements < 2:
        return math.nan
    alpha = float(_entropy(values).mean())
    beta = float(_entropy(values.mean(axis=0))) - alpha
    # The most one-sided expert: one element 9 times as important as each of the others.
    total = elements + STRONGEST_JUDGEMENT - 1
    sharpest = np.array([STRONGEST_JUDGEMENT / total] + [1 / total] * (elements - 1))
    floor = math.exp(float(_entropy(sharpest))) / elements
    stretched: float = (math.exp(-beta) - floor) / (1.0 - floor)
    return min(1.0, max(0.0, stretched))


def _entropy(shares: FloatArray) -> FloatArray:
    """Shannon's entropy (natural logarithm) over the last axis; 0 ln 0 is 0."""
    terms = np.where(shares > 0, shares * np.log(np.where(shares > 0, shares, 1.0)), 0.0)
    entropy: FloatArray = -terms.sum(axis=-1)
    return entropy


def kendall_w(priorities: ArrayLike) -> float:
    """Measure how far the experts rank the elements alike: Kendall's W.

    Parameters
    ----------
    priorities : array_like, shape (m, n)
        Weights of each expert; equal weights share a mean rank.

    Returns
    -------
    float
        From 0 (no agreement) to 1 (the same ranking). NaN, shown as "-", for fewer than two
        experts or two elements, and when every expert ties all elements.

    Raises
    ------
    MethodError
        What :func:`check_priorities` refuses.

    References
    ----------
    Kendall and Babington Smith (1939), Annals of Mathematical Statistics 10(3); the correction
    for ties: Siegel and Castellan (1988), section 9.7.

    Examples
    --------
    >>> kendall_w([[0.5, 0.3, 0.2], [0.4, 0.35, 0.25]])
    1.0
    >>> kendall_w([[0.5, 0.3, 0.2], [0.2, 0.3, 0.5]])
    0.0
    """
    values = check_priorities(priorities)
    experts, elements = values.shape
    if experts < 2 or elements < 2:
        return math.nan
    rounded = values.round(SAME_RANK_DECIMALS)
    below = (rounded[:, :, None] > rounded[:, None, :]).sum(axis=2)
    alike = (rounded[:, :, None] == rounded[:, None, :]).sum(axis=2)
    ranks = below + (alike + 1) / 2
    # Each of t tied elements counts t squared less one: together t cubed less t.
    ties = int((alike**2 - 1).sum())
    sums = ranks.sum(axis=0)
    spread = float(((sums - sums.mean()) ** 2).sum())
    possible = experts**2 * (elements**3 - elements) - experts * ties
    return 12 * spread / possible if possible else math.nan
