"""Weights from pairwise comparisons: three methods, on one matrix or on a stack."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike

from scorecards.methods.errors import MethodError, gettext_noop
from scorecards.methods.matrices import FloatArray, check_connected, check_matrices

# Stacks are worked through in blocks that fit a processor's cache.
BLOCK = 512
# Squaring squares the distance to the end as well: 1e-8 before it is 1e-16 after it.
CLOSE = 1e-8
MOST_SQUARINGS = 6  # after the first two
POLISHING_STEPS = 2


def blocks(*stacks: FloatArray) -> Iterator[tuple[FloatArray, ...]]:
    """Cut stacks of the same length into blocks, together; an empty stack is one block."""
    for first in range(0, max(1, len(stacks[0])), BLOCK):
        yield tuple(stack[first : first + BLOCK] for stack in stacks)


def harker(matrices: FloatArray) -> FloatArray:
    """Replace missing pairs as Harker (1987): 0 off the diagonal, 1 added on it for each."""
    missing = np.isnan(matrices)
    if not missing.any():
        return matrices
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

    The matrices are first divided by the ratios of their row geometric means. That leaves all
    ones for a consistent matrix, so the iteration starts next to its end.
    """
    start = row_geometric_mean(matrices)
    balanced = harker(matrices) * (start[..., None, :] / start[..., :, None])
    size = start.shape[-1]
    return normalised(_perron(balanced.reshape(-1, size, size)).reshape(start.shape) * start)


def _perron(matrices: FloatArray) -> FloatArray:
    """Principal eigenvectors of matrices (m, n, n); whatever converges slowly goes to eig.

    Power iteration with 2, 4, 8, ... 256 steps at once, by squaring the matrices. A few
    plain steps at the end take away what the squarings rounded.
    """
    vectors = np.ones(matrices.shape[:2])
    active = np.arange(len(matrices))
    powers = _squared(_squared(matrices))  # nothing but consistent matrices ends before this
    current = np.einsum("mij->mi", powers)
    for _ in range(MOST_SQUARINGS):
        powers = _squared(powers)
        following = np.einsum("mij->mi", powers)
        done = np.abs(following - current).max(axis=-1) <= CLOSE
        current = following
        if done.any():
            vectors[active[done]] = current[done]
            active, powers, current = active[~done], powers[~done], current[~done]
            if not len(active):
                break
    for _ in range(POLISHING_STEPS):
        vectors = normalised(np.einsum("mij,mj->mi", matrices, vectors))
    if len(active):
        vectors[active] = _perron_by_eig(matrices[active])
    return vectors


def _squared(matrices: FloatArray) -> FloatArray:
    """Squares (m, n, n) of matrices, scaled to the sum 1 so that nothing overflows."""
    squares: FloatArray = matrices @ matrices
    squares /= np.einsum("mij->m", squares)[:, None, None]
    return squares


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
    flat = checked.reshape(-1, *checked.shape[-2:])
    weights = np.concatenate([kernel(block) for (block,) in blocks(flat)])
    return weights.reshape(checked.shape[:-1])


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
