"""One set of weights from several experts."""

import numpy as np
from numpy.typing import ArrayLike

from scorecards.methods.errors import MethodError, gettext_noop
from scorecards.methods.matrices import FloatArray, check_matrices, check_one_matrix
from scorecards.methods.weights import normalised


def check_expert_weights(expert_weights: ArrayLike | None, experts: int) -> FloatArray:
    """Return the experts' weights with the sum 1, equal ones for None.

    Raises
    ------
    MethodError
        ``expert-weights-length`` or ``expert-weights-not-positive``.
    """
    if expert_weights is None:
        return np.full(experts, 1.0 / experts)
    weights = np.asarray(expert_weights, dtype=np.float64)
    if weights.shape != (experts,):
        raise MethodError(
            "expert-weights-length",
            gettext_noop("Give one weight for each of the %(experts)s experts."),
            experts=experts,
        )
    if not np.isfinite(weights).all() or (weights < 0).any() or weights.sum() <= 0:
        raise MethodError(
            "expert-weights-not-positive",
            gettext_noop("Experts' weights are 0 or more, and at least one is above 0."),
        )
    return normalised(weights)


def aggregate_judgements(
    matrices: ArrayLike, expert_weights: ArrayLike | None = None
) -> FloatArray:
    """Join the experts' judgements into one matrix (AIJ).

    Parameters
    ----------
    matrices : array_like, shape (m, n, n)
        One matrix for each expert. NaN marks a pair that the expert did not answer.
    expert_weights : array_like, shape (m,), optional
        At least 0, normalised here. Equal when left out.

    Returns
    -------
    ndarray, shape (n, n)
        Weighted geometric means over the experts who answered a pair; NaN where nobody (of a
        weight above 0) did.

    Raises
    ------
    MethodError
        ``no-experts``; what :func:`check_expert_weights` and
        :func:`scorecards.methods.matrices.check_matrices` refuse.

    References
    ----------
    Aczel and Saaty (1983), Journal of Mathematical Psychology 27(1): only the geometric mean
    keeps a_ji = 1/a_ij.

    Examples
    --------
    >>> aggregate_judgements([[[1, 2], [0.5, 1]], [[1, 8], [0.125, 1]]]).round(6).tolist()
    [[1.0, 4.0], [0.25, 1.0]]
    """
    checked = check_matrices(matrices)
    if checked.ndim != 3 or not len(checked):
        raise _no_experts()
    weights = check_expert_weights(expert_weights, len(checked))
    missing = np.isnan(checked)
    logs = np.where(missing, 0.0, np.log(checked))
    shares = np.where(missing, 0.0, weights[:, None, None])
    total = shares.sum(axis=0)
    answered = total > 0
    means = (logs * shares).sum(axis=0) / np.where(answered, total, 1.0)
    return np.where(answered, np.exp(means), np.nan)


def aggregate_priorities(
    priorities: ArrayLike, expert_weights: ArrayLike | None = None
) -> FloatArray:
    """Join the experts' weights into one set (AIP).

    Parameters
    ----------
    priorities : array_like, shape (m, n)
        Weights of each expert, all above 0.
    expert_weights : array_like, shape (m,), optional
        At least 0, normalised here. Equal when left out.

    Returns
    -------
    ndarray, shape (n,)
        Weighted geometric means, renormalised to the sum 1.

    Raises
    ------
    MethodError
        ``no-experts``, ``priority-not-positive``, and what :func:`check_expert_weights`
        refuses.

    References
    ----------
    Forman and Peniwati (1998), European Journal of Operational Research 108(1).

    Examples
    --------
    >>> aggregate_priorities([[0.8, 0.2], [0.5, 0.5]]).round(4).tolist()
    [0.6667, 0.3333]
    """
    values = np.asarray(priorities, dtype=np.float64)
    if values.ndim != 2 or not values.size:
        raise _no_experts()
    if not (np.isfinite(values) & (values > 0)).all():
        raise MethodError(
            "priority-not-positive",
            gettext_noop("A geometric mean needs weights above 0 from every expert."),
        )
    weights = check_expert_weights(expert_weights, len(values))
    return normalised(np.exp((np.log(values) * weights[:, None]).sum(axis=0)))


def distances(matrices: ArrayLike, group: ArrayLike) -> FloatArray:
    """Measure how far each expert's judgements are from the group's.

    Parameters
    ----------
    matrices : array_like, shape (m, n, n)
        The experts' matrices, NaN for missing pairs.
    group : array_like, shape (n, n)
        The group's matrix, from :func:`aggregate_judgements`.

    Returns
    -------
    ndarray, shape (m,)
        A factor: 1 is full agreement, 2 says that a judgement is on average twice or half the
        group's. The geometric mean of max(a/g, g/a) over the pairs that both have; NaN for an
        expert without any, 1 for a single element.

    Examples
    --------
    >>> experts = [[[1, 2], [0.5, 1]], [[1, 8], [0.125, 1]]]
    >>> distances(experts, [[1, 4], [0.25, 1]]).round(6).tolist()
    [2.0, 2.0]
    """
    checked = check_matrices(matrices)
    common = check_one_matrix(group)
    if checked.ndim != 3 or not len(checked):
        raise _no_experts()
    if checked.shape[1:] != common.shape:
        raise MethodError(
            "group-size",
            gettext_noop("The experts and the group did not compare the same elements."),
        )
    rows, columns = np.triu_indices(len(common), 1)
    if not len(rows):
        return np.ones(len(checked))
    gaps = np.abs(np.log(checked / common))[:, rows, columns]
    both = ~np.isnan(gaps)
    pairs = both.sum(axis=1)
    means = np.where(both, gaps, 0.0).sum(axis=1) / np.maximum(pairs, 1)
    return np.where(pairs > 0, np.exp(means), np.nan)


def _no_experts() -> MethodError:
    return MethodError(
        "no-experts", gettext_noop("Give the answers of at least one expert, one set for each.")
    )
