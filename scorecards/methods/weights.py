"""Weights from pairwise comparisons: three methods, on one matrix or on a stack."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from scorecards.methods.errors import MethodError, gettext_noop
from scorecards.methods.matrices import FloatArray, check_connected, check_matrices

# Power iteration works on blocks that fit a processor's cache.
BLOCK = 1024
CONVERGED = 1e-15
MOST_STEPS = 200


def harker(matrices: FloatArray) -> FloatArray:
    """Replace missing pairs as Harker (1987): 0 off the diagonal, 1 added on it for each."""
    missing = np.isnan(matrices)
    replaced = np.where(missing, 0.0, matrices)
    diagonal = np.arange(matrices.shape[-1])
    replaced[..., diagonal, diagonal] += missing.sum(axis=-1)
    return replaced


def normalised(vectors: FloatArray) -> FloatArray:
    """Scale the last axis to the sum 1."""
    scaled: FloatArray = vectors / vectors.sum(axis=-1, keepdims=True)
    return scaled


def row_geometric_mean(matrices: FloatArray) -> FloatArray:
    """Kernel: row geometric means, or logarithmic least squares where pairs are missing.

    The two are the same for a complete matrix (Crawford and Williams 1985); for an incomplete
    one the least squares are those over the answered pairs (Bozoki, Fulop and Ronyai 2010).
    """
    logs = np.log(matrices)
    missing = np.isnan(logs)
    if not missing.any():
        return _from_logs(logs.mean(axis=-1))
    size = matrices.shape[-1]
    answered = np.where(missing, 0.0, 1.0)
    # The Laplacian of the answered pairs; adding 1 everywhere fixes the free sum at 0.
    laplacian = answered.sum(axis=-1)[..., None] * np.eye(size) - answered + 1.0
    sums = np.where(missing, 0.0, logs).sum(axis=-1)
    return _from_logs(np.linalg.solve(laplacian, sums[..., None])[..., 0])


def _from_logs(logs: FloatArray) -> FloatArray:
    return normalised(np.exp(logs - logs.max(axis=-1, keepdims=True)))


def eigenvector(matrices: FloatArray) -> FloatArray:
    """Kernel: principal right eigenvectors.

    The matrices are first divided by the ratios of their row geometric means, which leaves
    all ones for a consistent matrix, so that the iteration starts next to its end.
    """
    start = row_geometric_mean(matrices)
    shape = start.shape
    balanced = harker(matrices) * (start[..., None, :] / start[..., :, None])
    flat = balanced.reshape(-1, shape[-1], shape[-1])
    vectors = np.empty((len(flat), shape[-1]))
    for first in range(0, len(flat), BLOCK):
        vectors[first : first + BLOCK] = _perron(flat[first : first + BLOCK])
    return normalised(vectors.reshape(shape) * start)


def _perron(matrices: FloatArray) -> FloatArray:
    """Power iteration over a block (m, n, n); whatever does not converge goes to eig."""
    count, size = matrices.shape[:2]
    vectors = np.full((count, size), 1.0 / size)
    active = np.arange(count)
    # The stack goes last, so that every step runs over contiguous numbers.
    columns = np.ascontiguousarray(matrices.transpose(2, 1, 0))
    current = np.full((size, count), 1.0 / size)
    for _ in range(MOST_STEPS):
        following = columns[0] * current[0]
        for j in range(1, size):
            following += columns[j] * current[j]
        following /= following.sum(axis=0)
        moved = np.abs(following - current).max(axis=0)
        current = following
        done = moved <= CONVERGED
        if done.any():
            vectors[active[done]] = current.T[done]
            active = active[~done]
            if not len(active):
                return vectors
            columns = np.ascontiguousarray(columns[:, :, ~done])
            current = np.ascontiguousarray(current[:, ~done])
    vectors[active] = _perron_by_eig(matrices[active])
    return vectors


def _perron_by_eig(matrices: FloatArray) -> FloatArray:
    values, vectors = np.linalg.eig(matrices)
    largest = np.argmax(values.real, axis=-1)
    chosen = np.take_along_axis(vectors, largest[:, None, None], axis=2)[..., 0]
    return normalised(np.abs(chosen))


def column_mean(matrices: FloatArray) -> FloatArray:
    """Kernel: mean of the normalised columns; missing pairs filled from the eigenvector."""
    missing = np.isnan(matrices)
    if missing.any():
        weights = eigenvector(matrices)
        ratios = weights[..., :, None] / weights[..., None, :]
        matrices = np.where(missing, ratios, matrices)
    columns: FloatArray = matrices / matrices.sum(axis=-2, keepdims=True)
    return normalised(columns.mean(axis=-1))


METHODS: dict[str, Callable[[FloatArray], FloatArray]] = {
    "eigenvector": eigenvector,
    "row_geometric_mean": row_geometric_mean,
    "column_mean": column_mean,
}


def priorities(matrices: ArrayLike, method: str = "eigenvector") -> FloatArray:
    """Compute the weights of the elements that were compared.

    Parameters
    ----------
    matrices : array_like, shape (..., n, n)
        Comparison matrices. NaN marks a missing pair, in both of its cells.
    method : {"eigenvector", "row_geometric_mean", "column_mean"}
        The principal right eigenvector (Saaty 1980; what Expert Choice does), normalised row
        geometric means (Crawford and Williams 1985), or the mean of normalised columns (as by
        hand). With missing pairs they become Harker's (1987) eigenvector, logarithmic least
        squares over the answered pairs, and column means with the missing pairs filled in from
        the eigenvector: on consistent answers all agree.

    Returns
    -------
    ndarray, shape (..., n)
        Weights, none negative, with the sum 1. The same matrix gives the same weights to 1e-12
        wherever it stands in a stack.

    Raises
    ------
    MethodError
        ``method-unknown``; ``not-connected`` when answered pairs leave elements cut off; and
        what :func:`scorecards.methods.matrices.check_matrices` refuses.

    References
    ----------
    Saaty (1980), The Analytic Hierarchy Process, McGraw-Hill. Harker (1987), Mathematical
    Modelling 9(11).

    Examples
    --------
    >>> priorities([[1, 4, 2], [0.25, 1, 0.2], [0.5, 5, 1]]).round(4).tolist()
    [0.5368, 0.0989, 0.3643]
    >>> priorities([[1]]).tolist()
    [1.0]
    """
    checked = check_matrices(matrices)
    try:
        kernel = METHODS[method]
    except KeyError:
        raise MethodError(
            "method-unknown",
            gettext_noop("There is no priority method “%(method)s”. Choose one of: %(known)s."),
            method=method,
            known=", ".join(METHODS),
        ) from None
    check_connected(checked)
    return kernel(checked)


def global_weights(
    perspectives: Sequence[float] | None, local: Sequence[Sequence[float]]
) -> list[list[float]]:
    """Multiply the weights within perspectives by those of the perspectives.

    Parameters
    ----------
    perspectives : sequence of p floats, or None
        Weights of the perspectives. None: all count equally.
    local : sequence of p sequences
        For each perspective the weights of its KPIs. A perspective with one KPI gives it 1.

    Returns
    -------
    list of p lists of float
        Global weights. They sum to 1 when every perspective has a KPI and both kinds of
        weights sum to 1.

    Raises
    ------
    MethodError
        ``hierarchy-length`` when the two do not have the same number of perspectives.

    Examples
    --------
    >>> global_weights([0.75, 0.25], [[1.0], [0.5, 0.5]])
    [[0.75], [0.125, 0.125]]
    >>> global_weights(None, [[1.0], [0.5, 0.5]])
    [[0.5], [0.25, 0.25]]
    """
    above = [1 / len(local)] * len(local) if perspectives is None else list(perspectives)
    if len(above) != len(local):
        raise MethodError(
            "hierarchy-length",
            gettext_noop("%(weights)s weights do not fit %(perspectives)s perspectives."),
            weights=len(above),
            perspectives=len(local),
        )
    return [
        [float(parent) * float(weight) for weight in weights]
        for parent, weights in zip(above, local, strict=True)
    ]
