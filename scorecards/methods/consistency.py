"""How far judgements contradict each other."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scorecards.methods.consistency_limits import LARGEST_MATRIX, random_indices
from scorecards.methods.errors import MethodError, gettext_noop
from scorecards.methods.matrices import (
    FloatArray,
    check_connected,
    check_matrices,
    check_one_matrix,
    unstacked,
)
from scorecards.methods.weights import METHODS, blocks, harker, priorities


@dataclass(frozen=True, slots=True)
class Consistency:
    """Figures of consistency: plain numbers for one matrix, arrays (...) for a stack.

    Attributes
    ----------
    lambda_max : float or ndarray
        Mean of (A w)_i / w_i at the weights in use; n for consistent judgements. Of the
        eigenvector it is the principal eigenvalue.
    ci : float or ndarray
        (lambda_max - n) / (n - 1), at least 0; NaN for an incomplete matrix.
    cr : float or ndarray
        ci over the random index; may exceed 1. NaN, shown as "-", for fewer than three
        elements and for an incomplete matrix.
    gci : float or ndarray
        Geometric consistency index of the row geometric means; NaN where cr is.
    triads : int or ndarray of int
        Number of circular triads among the answered pairs.
    """

    lambda_max: float | FloatArray
    ci: float | FloatArray
    cr: float | FloatArray
    gci: float | FloatArray
    triads: int | NDArray[np.int64]


def consistency(
    matrices: ArrayLike,
    random_index: str = "saaty",
    *,
    method: str = "eigenvector",
    weights: ArrayLike | None = None,
) -> Consistency:
    """Measure how consistent judgements are, at the weights in use.

    Parameters
    ----------
    matrices : array_like, shape (..., n, n)
        Comparison matrices, n at most 15. NaN marks a missing pair.
    random_index : {"saaty", "saaty-2008", "alonso-lamata"}
        Table of random indices that CR is measured by.
    method : {"eigenvector", "row_geometric_mean", "column_mean"}
        How the weights in use are computed: lambda_max is measured at them.
    weights : array_like, shape (..., n), optional
        The weights in use, where they are at hand: saves computing them again.

    Returns
    -------
    Consistency
        Of plain numbers for one matrix, of arrays of shape (...) for a stack.

    Raises
    ------
    MethodError
        ``random-index-unknown``, ``too-many-elements``, ``weights-shape``, and what
        :func:`scorecards.methods.weights.priorities` refuses.

    Notes
    -----
    Of an incomplete matrix lambda_max is the mean over Harker's matrix, with a missing pair as
    0 off the diagonal and 1 on it; there is no CI and no CR.

    References
    ----------
    Saaty (1980, 2008); Alonso and Lamata (2006); Aguaron and Moreno-Jimenez (2003), European
    Journal of Operational Research 147(1), for the GCI.

    Examples
    --------
    >>> found = consistency([[1, 4, 2], [0.25, 1, 0.2], [0.5, 5, 1]])
    >>> round(found.lambda_max, 4), round(found.cr, 4), found.triads
    (3.094, 0.081, 0)
    >>> round(consistency([[1, 4, 2], [0.25, 1, 0.2], [0.5, 5, 1]], method="column_mean").cr, 4)
    0.0817
    >>> consistency([[1, 3], [1 / 3, 1]]).cr
    nan
    """
    checked = check_matrices(matrices)
    table = random_indices(random_index)
    size = checked.shape[-1]
    if size > LARGEST_MATRIX:
        raise MethodError(
            "too-many-elements",
            gettext_noop("Compare at most %(largest)s elements at once; these are %(size)s."),
            largest=LARGEST_MATRIX,
            size=size,
        )
    check_connected(checked)
    flat = checked.reshape(-1, size, size)
    vectors = priorities(checked, method) if weights is None else _check_weights(weights, checked)
    parts = [_figures(*block) for block in blocks(flat, vectors.reshape(-1, size))]
    lambda_max, gci, triads, incomplete = (
        np.concatenate(each).reshape(checked.shape[:-2]) for each in zip(*parts, strict=True)
    )
    ci = np.where(incomplete, np.nan, consistency_index(lambda_max, size))
    undefined = incomplete | (size < 3)
    return Consistency(
        lambda_max=unstacked(lambda_max),
        ci=unstacked(ci),
        cr=unstacked(np.where(undefined, np.nan, ci / (table[size - 1] or 1.0))),
        gci=unstacked(np.where(undefined, np.nan, gci)),
        triads=unstacked(triads),
    )


def _figures(matrices: FloatArray, weights: FloatArray) -> tuple[NDArray[Any], ...]:
    """lambda_max, GCI, number of circular triads, and whether incomplete, of (m, n, n)."""
    return (
        eigenvalue_at(matrices, weights),
        _geometric_index(matrices),
        count_circular(matrices),
        np.asarray(np.isnan(matrices).any(axis=(-2, -1))),
    )


def _check_weights(weights: ArrayLike, matrices: FloatArray) -> FloatArray:
    given = np.asarray(weights, dtype=np.float64)
    if given.shape != matrices.shape[:-1] or not (given > 0).all():
        raise MethodError(
            "weights-shape", gettext_noop("Give every compared element a weight above 0.")
        )
    return given


def eigenvalue_at(matrices: FloatArray, weights: FloatArray) -> FloatArray:
    """Kernel: lambda_max, the mean of (A w)_i / w_i, on (..., n, n)."""
    images = (harker(matrices) @ weights[..., None])[..., 0]
    lambda_max: FloatArray = (images / weights).mean(axis=-1)
    return lambda_max


def consistency_index(lambda_max: FloatArray, size: int) -> FloatArray:
    """Kernel: (lambda_max - n) / (n - 1), clamped at 0 from below; 0 for one element."""
    index: FloatArray = np.maximum(0.0, (lambda_max - size) / max(1, size - 1))
    return index


def consistency_ratio(
    matrices: FloatArray, random_index: str = "saaty", method: str = "eigenvector"
) -> FloatArray:
    """Kernel: CR of complete matrices (..., n, n) with 3 <= n <= 15, at the method's weights."""
    size = matrices.shape[-1]
    index = consistency_index(eigenvalue_at(matrices, METHODS[method](matrices)), size)
    ratio: FloatArray = index / random_indices(random_index)[size - 1]
    return ratio


def judgement_errors(matrices: FloatArray, weights: FloatArray) -> FloatArray:
    """Kernel: e_ij = a_ij w_j / w_i, which is 1 where a judgement agrees with the weights."""
    errors: FloatArray = matrices * (weights[..., None, :] / weights[..., :, None])
    return errors


def _geometric_index(matrices: FloatArray) -> FloatArray:
    """2 / ((n - 1)(n - 2)) times the sum of log(e_ij) squared over the pairs, of complete matrices.

    Both triangles are summed and halved: the same for reciprocal matrices.
    """
    size = matrices.shape[-1]
    if size < 3:
        return np.zeros(matrices.shape[:-2])
    logs = np.log(matrices)
    means = logs.mean(axis=-1)
    errors = logs - means[..., :, None] + means[..., None, :]
    squares = np.einsum("...ij,...ij->...", errors, errors)
    index: FloatArray = squares / ((size - 1) * (size - 2))
    return index


def count_circular(matrices: FloatArray) -> NDArray[np.int64]:
    """Kernel: count i > j > k > i; a tie or a missing pair closes no circle."""
    preferred = (matrices > 1).astype(np.float64)  # a missing pair, NaN, is preferred to none
    closed = np.einsum("...ij,...ji->...", preferred @ preferred, preferred) / 3
    count: NDArray[np.int64] = np.rint(closed).astype(np.int64)
    return count


def circular_triads(matrix: ArrayLike) -> list[tuple[int, int, int]]:
    """List the circular triads of one matrix, to be said in words.

    Parameters
    ----------
    matrix : array_like, shape (n, n)

    Returns
    -------
    list of (i, j, k)
        Positions from 0: i is preferred to j, j to k, but k to i. The smallest comes first;
        equal importance and missing pairs close no circle.

    Examples
    --------
    >>> circular_triads([[1, 2, 0.5], [0.5, 1, 2], [2, 0.5, 1]])
    [(0, 1, 2)]
    """
    checked = check_one_matrix(matrix)
    preferred = np.nan_to_num(checked, nan=1.0) > 1
    found = []
    for i, j, k in combinations(range(len(checked)), 3):
        if preferred[i, j] and preferred[j, k] and preferred[k, i]:
            found.append((i, j, k))
        elif preferred[i, k] and preferred[k, j] and preferred[j, i]:
            found.append((i, k, j))
    return found
