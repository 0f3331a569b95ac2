"""What S* and W are made of, for one panel or for a stack of panels. Callers take `consensus`."""

import math

import numpy as np
from numpy.typing import NDArray

from scorecards.methods.matrices import STRONGEST_JUDGEMENT, FloatArray

# Weights that differ by less are one rank.
SAME_RANK_DECIMALS = 12


def entropy(shares: FloatArray) -> FloatArray:
    """Shannon's entropy (natural logarithm) over the last axis; 0 ln 0 is 0."""
    terms = np.where(shares > 0, shares * np.log(np.where(shares > 0, shares, 1.0)), 0.0)
    found: FloatArray = -terms.sum(axis=-1)
    return found


def stretched(beta: FloatArray, elements: int) -> FloatArray:
    """1/exp(beta), stretched to 0..1 by the least that weights on Saaty's scale allow."""
    # The most one-sided expert: one element 9 times as important as each of the others.
    total = elements + STRONGEST_JUDGEMENT - 1
    sharpest = np.array([STRONGEST_JUDGEMENT / total] + [1 / total] * (elements - 1))
    floor = math.exp(float(entropy(sharpest))) / elements
    found: FloatArray = np.clip((np.exp(-beta) - floor) / (1.0 - floor), 0.0, 1.0)
    return found


def doubled_ranks(priorities: FloatArray) -> NDArray[np.int64]:
    """Twice the rank of each weight in its row, so that a shared mean rank is whole too."""
    rounded = priorities.round(SAME_RANK_DECIMALS)
    below = (rounded[..., :, None] > rounded[..., None, :]).sum(axis=-1)
    alike = (rounded[..., :, None] == rounded[..., None, :]).sum(axis=-1)
    found: NDArray[np.int64] = 2 * below + alike + 1
    return found


def ties(ranks: NDArray[np.int64]) -> NDArray[np.int64]:
    """The sum of t cubed less t over each row's groups of t equal ranks."""
    alike = (ranks[..., :, None] == ranks[..., None, :]).sum(axis=-1)
    found: NDArray[np.int64] = (alike**2 - 1).sum(axis=-1)
    return found


def concordance(
    sums: NDArray[np.int64], tied: NDArray[np.int64], experts: int, elements: int
) -> FloatArray:
    """W from the sums of doubled ranks (..., n) and of `ties`; NaN where every rank is tied."""
    # Doubled ranks: their squared deviations are four times those of ranks.
    deviations = sums - experts * (elements + 1)
    possible = np.asarray(experts**2 * (elements**3 - elements) - experts * tied, dtype=np.float64)
    possible[possible == 0] = math.nan
    found: FloatArray = 3 * (deviations**2).sum(axis=-1) / possible
    return found
