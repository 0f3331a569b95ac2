"""How far experts agree with each other."""

import math

import numpy as np
from numpy.typing import ArrayLike

from scorecards.methods.errors import MethodError, gettext_noop
from scorecards.methods.matrices import FloatArray
from surveys.methods.agreement_parts import (
    concordance,
    doubled_ranks,
    entropy,
    stretched,
    ties,
)

# Goepel (2018), table 2: up to which S* each word goes; the last one above.
CONSENSUS_WORDS = ((0.50, "very-low"), (0.65, "low"), (0.75, "moderate"), (0.85, "high"))
HIGHEST_WORD = "very-high"


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
        From 0 to 1 (equal weights). Chance is not taken out: see :mod:`surveys.methods.chance`.
        NaN, shown as "-", for fewer than two experts or two elements.

    Raises
    ------
    MethodError
        What :func:`check_priorities` refuses.

    References
    ----------
    Goepel (2018), International Journal of the Analytic Hierarchy Process 10(3), 469-487, doi
    10.13033/ijahp.v10i3.590, and AHP-OS: ln n is the largest gamma entropy. Goepel (2013) has
    another one, which depends on the number of experts.

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
    beta = entropy(values.mean(axis=0)) - entropy(values).mean()
    return float(stretched(beta, elements))


def consensus_word(value: float) -> str | None:
    """Call S* by the words of Goepel (2018), table 2.

    Parameters
    ----------
    value : float
        S*, from 0 to 1.

    Returns
    -------
    {"very-low", "low", "moderate", "high", "very-high"} or None
        None for NaN. An S* of 0.85 is already very high.

    References
    ----------
    Goepel (2018), International Journal of the Analytic Hierarchy Process 10(3), table 2. Other
    texts of his have other limits: 0.50, 0.625, 0.75 and 0.875 in AHP-OS as it is now. None of
    them takes out what chance gives.

    Examples
    --------
    >>> consensus_word(0.64), consensus_word(0.65), consensus_word(0.85)
    ('low', 'low', 'very-high')
    """
    if math.isnan(value):
        return None
    if value >= CONSENSUS_WORDS[-1][0]:
        return HIGHEST_WORD
    return next(word for highest, word in CONSENSUS_WORDS if value <= highest)


def kendall_w(priorities: ArrayLike) -> float:
    """Measure how far the experts rank the elements alike: Kendall's W.

    Parameters
    ----------
    priorities : array_like, shape (m, n)
        Weights of each expert; equal weights share a mean rank.

    Returns
    -------
    float
        From 0 to 1 (the same ranking); unrelated rankings give 1/m on average. NaN, shown as
        "-", for fewer than two experts or two elements, and when every expert ties all elements.

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
    ranks = doubled_ranks(values)
    return float(concordance(ranks.sum(axis=0), ties(ranks).sum(), experts, elements))
