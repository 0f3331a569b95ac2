"""An interval for a weight from few experts: jackknife-t on the logit."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from scorecards.methods.errors import MethodError, gettext_noop
from scorecards.methods.group import check_expert_weights
from scorecards.methods.matrices import FloatArray
from surveys.methods.student import t_quantile

LEAST_EXPERTS = 3
CONFIDENCE = 0.90
# Spreads below this come of computing, not of people.
NO_SPREAD = 1e-9
FARTHEST = 700.0


@dataclass(frozen=True, slots=True)
class WeightIntervals:
    """Where the weights of all experts of this kind lie, as far as these tell.

    Attributes
    ----------
    low, high : tuple of n floats
        Between 0 and 1; equal to the weight where all experts agree exactly.
    freedom : tuple of n floats
        Degrees of freedom of t: the number of experts less one, where all weigh the same.
    """

    low: tuple[float, ...]
    high: tuple[float, ...]
    freedom: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Losses:
    """What weights lose on the logit without each expert of one matrix.

    Attributes
    ----------
    each : ndarray, shape (m, n)
        Scaled so that the squares of a column sum to the variance of that weight's logit. 0 for
        who weighs 0.
    freedom : float
        Degrees of freedom of that variance.
    """

    each: FloatArray
    freedom: float


def jackknife_intervals(
    weights: ArrayLike,
    left_out: ArrayLike,
    *,
    expert_weights: ArrayLike | None = None,
    confidence: float = CONFIDENCE,
) -> WeightIntervals:
    """Put an interval around each weight of one matrix from what it is without each expert.

    Parameters
    ----------
    weights : array_like, shape (n,)
        Of the whole group.
    left_out : array_like, shape (m, n)
        The weights without each of the m experts.
    expert_weights : array_like, shape (m,), optional
        Of the experts. Who weighs 0 isn't counted, and his row isn't looked at.
    confidence : float
        Strictly between 0 and 1.

    Returns
    -------
    WeightIntervals

    Raises
    ------
    MethodError
        What :func:`losses` refuses.

    Examples
    --------
    >>> found = jackknife_intervals([0.8, 0.2], [[0.85, 0.15], [0.8, 0.2], [0.74, 0.26]])
    >>> [round(low, 2) for low in found.low], [round(high, 2) for high in found.high]
    ([0.56, 0.07], [0.93, 0.44])
    """
    one = losses(weights, left_out, expert_weights=expert_weights)
    return combined_intervals(weights, [one], confidence=confidence)


def losses(
    weights: ArrayLike, left_out: ArrayLike, *, expert_weights: ArrayLike | None = None
) -> Losses:
    """Say what weights lose without each expert of one matrix.

    The weights may be its own or global ones; these with every other matrix as it is.

    Parameters
    ----------
    weights : array_like, shape (n,)
    left_out : array_like, shape (m, n)
    expert_weights : array_like, shape (m,), optional
        As in :func:`jackknife_intervals`.

    Raises
    ------
    MethodError
        ``too-few-experts`` below three, ``not-left-out`` where a group without one of them has
        no weights, and what :func:`scorecards.methods.group.check_expert_weights` refuses.

    Notes
    -----
    With d_k what the logit of a weight loses without expert k, and v_k his share of all experts'
    weights, the variance is ``sum (1 - v_k)^2 d_k^2 / (1 - sum v_k^2)``: for equal shares the
    jackknife's, else its analogue for a weighted mean. It has ``1 / sum v_k^2 - 1`` degrees of
    freedom, Kish's effective number of experts less one. Of the forms that agree for equal shares
    this one was chosen because its intervals hold what they promise; ``python -m
    benchmarks.intervals`` measures it.

    References
    ----------
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 11; Kish (1965), Survey
    Sampling; Hesterberg (2015), The American Statistician 69(4), 371-386.
    """
    own = np.asarray(weights, dtype=np.float64)
    without = np.asarray(left_out, dtype=np.float64)
    shares = check_expert_weights(expert_weights, len(without))
    counted = shares > 0
    if (experts := int(np.count_nonzero(counted))) < LEAST_EXPERTS:
        raise MethodError(
            "too-few-experts",
            gettext_noop("An interval needs at least %(least)s experts; these are %(given)s."),
            least=LEAST_EXPERTS,
            given=experts,
        )
    if np.isnan(without[counted]).any():
        raise MethodError(
            "not-left-out",
            gettext_noop("Without one of the experts the answers don't compare all elements."),
        )
    shares = shares / shares.sum()
    concentration = float(np.square(shares).sum())
    lost = _logit(own) - _logit(np.where(counted[:, None], without, own))
    each = lost * (1 - shares)[:, None] / np.sqrt(1 - concentration)
    return Losses(each, 1 / concentration - 1)


def combined_intervals(
    weights: ArrayLike, matrices: Sequence[Losses], *, confidence: float = CONFIDENCE
) -> WeightIntervals:
    """Put an interval around each weight that one or more matrices decide together.

    Parameters
    ----------
    weights : array_like, shape (n,)
        Of the whole group.
    matrices : sequence of Losses
        One for each matrix, with the same m experts in the same order. Who didn't judge one of
        them has the weight 0 there.
    confidence : float
        Strictly between 0 and 1.

    Notes
    -----
    An expert's losses in all matrices are added before they are squared: who leans the same way
    twice counts as that. A matrix that few experts judged is as unsure as these few make it,
    whoever judged the others: the reciprocal degrees of freedom are the mean of the matrices',
    weighted by their shares of the variance. Where the same experts judged everything these are
    the same everywhere; else it is more careful than Satterthwaite's, which squares the shares.

    References
    ----------
    Satterthwaite (1946), Biometrics Bulletin 2(6), 110-114, doi 10.2307/3002019.

    Examples
    --------
    >>> part = losses([0.8, 0.2], [[0.85, 0.15], [0.8, 0.2], [0.74, 0.26]])
    >>> combined_intervals([0.8, 0.2], [part]).freedom[0]
    2.0
    """
    own = np.asarray(weights, dtype=np.float64)
    centre = _logit(own)
    error = np.sqrt(np.square(sum(part.each for part in matrices)).sum(axis=0))
    error = np.where(error < NO_SPREAD, 0.0, error)
    freedom = _freedom(matrices)
    reach = error * [t_quantile((1 + confidence) / 2, each) for each in freedom]
    low, high = _expit(centre - reach), _expit(centre + reach)
    return WeightIntervals(
        low=tuple(np.where(error, low, own).tolist()),
        high=tuple(np.where(error, high, own).tolist()),
        freedom=tuple(freedom.tolist()),
    )


def _freedom(matrices: Sequence[Losses]) -> FloatArray:
    """Of each weight (n,). Where nothing varies all matrices count alike."""
    parts = np.array([np.square(part.each).sum(axis=0) for part in matrices])
    total = parts.sum(axis=0)
    shares = np.where(total > 0, parts / np.where(total > 0, total, 1.0), 1 / len(matrices))
    reciprocal = 1 / np.array([part.freedom for part in matrices])
    found: FloatArray = 1 / (reciprocal @ shares)
    return found


def _logit(weights: FloatArray) -> FloatArray:
    inside = np.clip(weights, math.ulp(1.0), 1 - math.ulp(1.0))
    found: FloatArray = np.log(inside) - np.log1p(-inside)
    return found


def _expit(values: FloatArray) -> FloatArray:
    # Beyond it nothing is left between a weight and 0 or 1: almost all hangs on one expert.
    found: FloatArray = 1 / (1 + np.exp(-np.clip(values, -FARTHEST, FARTHEST)))
    return found
