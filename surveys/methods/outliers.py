"""Judgements that stand apart from what the other experts said of the same pair."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from scorecards.methods.errors import MethodError, gettext_noop
from scorecards.methods.matrices import STRONGEST_JUDGEMENT, FloatArray, check_matrices

# Below four answers the median and the deviations from it are nearly the answers themselves.
LEAST_ANSWERS = 4
FARTHEST = 3.5
# The median absolute deviation of a normal distribution, in standard deviations.
NORMAL_MAD = 0.6745
# A step of the scale from 1 to 9 on the scale of logarithms, on average.
SCALE_STEP = math.log(STRONGEST_JUDGEMENT) / (STRONGEST_JUDGEMENT - 1)


@dataclass(frozen=True, slots=True)
class Outlier:
    """One judgement that stands apart.

    Attributes
    ----------
    expert, row, column : int
        Positions from 0, row < column.
    judged, median : float
        What the expert said, and the median of all who answered, as ratios.
    score : float
        The modified z-score, with the sign of its direction.
    """

    expert: int
    row: int
    column: int
    judged: float
    median: float
    score: float


def judgement_scores(matrices: ArrayLike) -> FloatArray:
    """Measure how far each judgement is from those of the others: modified z-scores.

    The distance from the median, in units of the median absolute deviation (MAD), of the
    logarithms, since ratios are averaged by the geometric mean. The MAD counts at least as one
    step of the scale (ln 9 / 8): where most experts agree to the point, one step beside them
    is no sign of anything.

    Parameters
    ----------
    matrices : array_like, shape (m, n, n)
        One matrix for each expert. NaN marks missing pairs.

    Returns
    -------
    ndarray, shape (m, n, n)
        0.6745 (x - median) / MAD; NaN where the expert didn't answer, and for pairs that fewer
        than four experts answered.

    Raises
    ------
    MethodError
        ``no-experts``, and what :func:`scorecards.methods.matrices.check_matrices` refuses.

    References
    ----------
    Iglewicz and Hoaglin (1993), How to Detect and Handle Outliers, ASQC Quality Press: beyond
    3.5 a value may be an outlier.

    Examples
    --------
    >>> from scorecards.methods.ahp import from_upper
    >>> judgement_scores(from_upper([[3], [3], [4], [1 / 7]]))[:, 0, 1].round(2).tolist()
    [0.0, 0.0, 0.71, -7.48]
    """
    checked = _check_experts(matrices)
    logs = np.log(checked)
    median = _median(logs)
    spread = np.maximum(_median(np.abs(logs - median)), SCALE_STEP)
    enough = (~np.isnan(logs)).sum(axis=0) >= LEAST_ANSWERS
    return np.where(enough, NORMAL_MAD * (logs - median) / spread, np.nan)


def outliers(matrices: ArrayLike) -> list[Outlier]:
    """List the judgements whose modified z-score is beyond 3.5.

    An outlier is a question and no fault: the expert may know something that the others don't.

    Parameters
    ----------
    matrices : array_like, shape (m, n, n)
        One matrix for each expert. NaN marks missing pairs.

    Returns
    -------
    list of Outlier
        The farthest first; equally far ones in the order of experts and pairs.

    Raises
    ------
    MethodError
        What :func:`judgement_scores` refuses.

    Examples
    --------
    >>> from scorecards.methods.ahp import from_upper
    >>> [found] = outliers(from_upper([[3], [3], [4], [1 / 7]]))
    >>> found.expert, found.row, found.column, round(found.median, 2), round(found.score, 2)
    (3, 0, 1, 3.0, -7.48)
    """
    checked = _check_experts(matrices)
    scores = judgement_scores(checked)
    rows, columns = np.triu_indices(checked.shape[-1], 1)
    medians = np.exp(_median(np.log(checked)))
    experts, pairs = np.nonzero(np.abs(scores[:, rows, columns]) > FARTHEST)
    found = [
        Outlier(
            expert,
            row,
            column,
            float(checked[expert, row, column]),
            float(medians[row, column]),
            float(scores[expert, row, column]),
        )
        for expert, row, column in zip(
            experts.tolist(), rows[pairs].tolist(), columns[pairs].tolist(), strict=True
        )
    ]
    return sorted(found, key=lambda outlier: -abs(round(outlier.score, 12)))


def geometric_spread(matrices: ArrayLike) -> FloatArray:
    """Measure how far the answers to each pair lie apart: their geometric standard deviation.

    Parameters
    ----------
    matrices : array_like, shape (m, n, n)
        One matrix for each expert. NaN marks missing pairs.

    Returns
    -------
    ndarray, shape (n, n)
        A factor: 1 is full agreement; 2 says that the answers typically lie at twice or half
        their geometric mean. NaN for a pair with fewer than two answers.

    Raises
    ------
    MethodError
        What :func:`judgement_scores` refuses.

    References
    ----------
    Kirkwood (1979), Biometrics 35(4): the exponential of the logarithms' standard deviation.

    Examples
    --------
    >>> from scorecards.methods.ahp import from_upper
    >>> geometric_spread(from_upper([[2, 1, 1], [2, 4, 1]]))[0].round(4).tolist()
    [1.0, 1.0, 2.6651]
    """
    logs = np.log(_check_experts(matrices))
    answered = ~np.isnan(logs)
    count = answered.sum(axis=0)
    values = np.where(answered, logs, 0.0)
    means = values.sum(axis=0) / np.maximum(count, 1)
    squares = (np.where(answered, values - means, 0.0) ** 2).sum(axis=0)
    deviation = np.sqrt(squares / np.maximum(count - 1, 1))
    return np.where(count > 1, np.exp(deviation), np.nan)


def _check_experts(matrices: ArrayLike) -> FloatArray:
    checked = check_matrices(matrices)
    if checked.ndim != 3 or not len(checked):
        raise MethodError(
            "no-experts",
            gettext_noop("Give the answers of at least one expert, one set for each."),
        )
    return checked


def _median(logs: FloatArray) -> FloatArray:
    """The median over the experts (m, n, n); NaN where nobody answered, without a warning."""
    ordered = np.sort(logs, axis=0)  # NaN comes last
    count = (~np.isnan(logs)).sum(axis=0)
    low, high = np.maximum(count - 1, 0) // 2, count // 2
    high = np.minimum(high, len(logs) - 1)
    ends = [np.take_along_axis(ordered, place[None], axis=0)[0] for place in (low, high)]
    return np.where(count > 0, (ends[0] + ends[1]) / 2, np.nan)
