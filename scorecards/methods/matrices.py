"""Comparison matrices: how they are built, and the doors that check them."""

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scorecards.methods.errors import Elements, MethodError, gettext_noop

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

STRONGEST_JUDGEMENT = 9
RECIPROCITY_TOLERANCE = 0.02


def from_upper(upper: ArrayLike) -> FloatArray:
    """Build full reciprocal matrices from their upper triangles.

    Parameters
    ----------
    upper : array_like, shape (..., n (n - 1) / 2)
        Judgements row by row: (1,2), (1,3), ..., (2,3), ... A value v says that the row's
        element is v times as important as the column's. NaN is a pair without an answer.

    Returns
    -------
    ndarray, shape (..., n, n)
        With 1 on the diagonal and 1/v below it.

    Raises
    ------
    MethodError
        ``upper-length`` when no n fits the number of judgements, ``judgement-not-positive``
        when one is zero, negative or infinite.

    Examples
    --------
    >>> from_upper([4, 2, 0.2]).tolist()
    [[1.0, 4.0, 2.0], [0.25, 1.0, 0.2], [0.5, 5.0, 1.0]]
    >>> from_upper([]).tolist()
    [[1.0]]
    """
    judgements = np.asarray(upper, dtype=np.float64)
    count = judgements.shape[-1] if judgements.ndim else 1
    size = (1 + math.isqrt(1 + 8 * count)) // 2
    if not judgements.ndim or size * (size - 1) // 2 != count:
        raise MethodError(
            "upper-length",
            gettext_noop("%(count)s judgements are not the pairs of any number of elements."),
            count=count,
        )
    check_positive(judgements)
    matrices = np.ones((*judgements.shape[:-1], size, size))
    rows, columns = np.triu_indices(size, 1)
    matrices[..., rows, columns] = judgements
    matrices[..., columns, rows] = 1.0 / judgements
    return matrices


def check_positive(judgements: FloatArray) -> None:
    """Refuse zero, negative and infinite judgements; NaN stands for *not answered*."""
    wrong = (judgements <= 0) | np.isinf(judgements)
    if wrong.any():
        raise MethodError(
            "judgement-not-positive",
            gettext_noop("%(judgement)s is not a judgement: give a number above 0."),
            judgement=float(judgements[wrong][0]),
        )


def check_matrices(matrices: ArrayLike) -> FloatArray:
    """Return matrices as an array, or say what is wrong with them.

    Reciprocity is not asked for here: published matrices are rounded. Where a full matrix
    comes in from outside, call :func:`check_reciprocal` as well.

    Parameters
    ----------
    matrices : array_like, shape (..., n, n)
        Positive judgements, 1 on the diagonal, NaN in both cells of a missing pair.

    Raises
    ------
    MethodError
        ``matrix-not-square``, ``judgement-not-positive``, ``diagonal-not-one`` or
        ``pair-half-missing``.
    """
    checked = np.asarray(matrices, dtype=np.float64)
    if checked.ndim < 2 or checked.shape[-1] != checked.shape[-2] or checked.shape[-1] == 0:
        raise MethodError(
            "matrix-not-square",
            gettext_noop("A comparison matrix needs as many rows as columns, at least one."),
        )
    check_positive(checked)
    diagonal = np.diagonal(checked, axis1=-2, axis2=-1)
    if not (diagonal == 1).all():
        element = int(np.argwhere(diagonal != 1)[0][-1])
        raise MethodError(
            "diagonal-not-one",
            gettext_noop("An element is as important as itself: %(element)s against itself is 1."),
            element=Elements((element,)),
        )
    missing = np.isnan(checked)
    half = missing & ~missing.swapaxes(-1, -2)
    if half.any():
        row, column = np.argwhere(half)[0][-2:].tolist()
        raise MethodError(
            "pair-half-missing",
            gettext_noop("%(column)s against %(row)s is answered, the other way round is not."),
            row=Elements((row,)),
            column=Elements((column,)),
        )
    return checked


def check_one_matrix(matrix: ArrayLike) -> FloatArray:
    """:func:`check_matrices` for exactly one matrix, not a stack."""
    checked = check_matrices(matrix)
    if checked.ndim != 2:
        raise MethodError("matrix-stacked", gettext_noop("Give one matrix at a time."))
    return checked


def check_reciprocal(matrix: ArrayLike, tolerance: float = RECIPROCITY_TOLERANCE) -> FloatArray:
    """Refuse a full matrix whose lower triangle contradicts its upper one.

    Parameters
    ----------
    matrix : array_like, shape (n, n)
        One full matrix, as imported. Its two cells of a pair may differ from reciprocals by
        rounding.
    tolerance : float
        How far the product of two mirrored cells may be from 1.

    Returns
    -------
    ndarray, shape (n, n)

    Raises
    ------
    MethodError
        ``not-reciprocal``, naming the worst two cells, beside those of
        :func:`check_matrices`.

    Examples
    --------
    >>> check_reciprocal([[1, 1.89], [0.53, 1]]).tolist()
    [[1.0, 1.89], [0.53, 1.0]]
    >>> check_reciprocal([[1, 3], [0.5, 1]])
    Traceback (most recent call last):
    ...
    scorecards.methods.errors.MethodError: 1 against 2 is 3, but 2 against 1 is 0.5: the second \
should be 0.333333333333. Correct one of the two cells.
    """
    checked = check_one_matrix(matrix)
    gaps = np.abs(np.nan_to_num(checked * checked.T, nan=1.0) - 1.0)
    if gaps.max() > tolerance + 1e-12:
        worst = np.unravel_index(int(np.argmax(np.triu(gaps, 1))), gaps.shape)
        row, column = int(worst[0]), int(worst[1])
        raise MethodError(
            "not-reciprocal",
            gettext_noop(
                "%(row)s against %(column)s is %(judged)s, but %(column)s against %(row)s is "
                "%(mirrored)s: the second should be %(expected)s. Correct one of the two cells."
            ),
            row=Elements((row,)),
            column=Elements((column,)),
            judged=float(checked[row, column]),
            mirrored=float(checked[column, row]),
            expected=float(1 / checked[row, column]),
        )
    return checked


def reached_elements(matrices: FloatArray) -> BoolArray:
    """Kernel: which elements answered pairs join with the first, (m, n, n) to (m, n)."""
    links = ~np.isnan(matrices)
    if links.all():
        return np.ones(matrices.shape[:-1], dtype=np.bool_)
    reached: BoolArray = links[:, 0, :]
    for _ in range(matrices.shape[-1] - 1):
        reached = np.asarray((reached[:, :, None] & links).any(axis=1))
    return reached


def check_connected(matrices: FloatArray) -> None:
    """Refuse matrices whose answered pairs leave an element without a path to the first.

    Raises
    ------
    MethodError
        ``not-connected`` with the cut-off elements of the first such matrix.
    """
    if not np.isnan(matrices).any():
        return
    reached = reached_elements(matrices.reshape(-1, *matrices.shape[-2:]))
    if not reached.all():
        first = reached[~reached.all(axis=1)][0]
        raise MethodError(
            "not-connected",
            gettext_noop(
                "Not compared with the rest yet: %(elements)s. Answer at least one comparison "
                "that joins them."
            ),
            elements=Elements(np.flatnonzero(~first).tolist()),
        )


def without_pair(matrix: FloatArray, row: int, column: int) -> FloatArray:
    """Return a copy of one matrix in which a pair counts as not answered."""
    return with_pair(matrix, row, column, math.nan)


def with_pair(matrix: FloatArray, row: int, column: int, judgement: float) -> FloatArray:
    """Return a copy of one matrix with another judgement for a pair."""
    changed = matrix.copy()
    changed[row, column] = judgement
    changed[column, row] = 1.0 / judgement
    return changed


def unstacked(values: NDArray[Any]) -> Any:
    """Give a plain Python number for one matrix, the array for a stack."""
    return values if values.ndim else values.item()
