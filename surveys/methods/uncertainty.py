"""How sure a group's weights are, were other experts asked."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scorecards.methods.ahp import aggregate_judgements, priorities
from scorecards.methods.errors import MethodError, gettext_noop
from scorecards.methods.group import check_expert_weights
from scorecards.methods.matrices import (
    FloatArray,
    check_matrices,
    from_upper,
    reached_elements,
)

DEFAULT_DRAWS = 2000
LEAST_EXPERTS = 3
QUANTILES = (0.05, 0.95)
# A draw in which another element is ahead by less than this has the same first place.
SAME_PLACE = 1e-12


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """What many draws of the weights show.

    Attributes
    ----------
    weights : tuple of n floats
        The group's own.
    low, high : tuple of n floats
        5 % and 95 % of each weight over the draws.
    first_place_changes : float
        Share of the draws in which another element than the group's comes first.
    draws : int
        Draws that gave weights. Fewer than asked for where missing answers left a draw
        without connected pairs.
    seed : int
        The same seed gives the same draws.
    """

    weights: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    first_place_changes: float
    draws: int
    seed: int


def draw_experts(experts: int, *, seed: int, draws: int = DEFAULT_DRAWS) -> NDArray[np.int64]:
    """Draw as many experts as there are, with replacement, many times.

    Parameters
    ----------
    experts : int
        At least three: two give no more than three different groups.
    seed : int
    draws : int

    Returns
    -------
    ndarray of int, shape (draws, experts)
        How often each expert is in each draw.

    Raises
    ------
    MethodError
        ``too-few-experts``, ``too-few-draws``.

    Examples
    --------
    >>> draw_experts(4, seed=1, draws=3).sum(axis=1).tolist()
    [4, 4, 4]
    """
    check_draws(draws)
    if experts < LEAST_EXPERTS:
        raise MethodError(
            "too-few-experts",
            gettext_noop(
                "A bootstrap over experts needs at least %(least)s of them; these are %(given)s."
            ),
            least=LEAST_EXPERTS,
            given=experts,
        )
    picked = np.random.default_rng(seed).integers(experts, size=(draws, experts))
    places = picked + experts * np.arange(draws)[:, None]
    return np.bincount(places.ravel(), minlength=draws * experts).reshape(draws, experts)


def drawn_weights(
    matrices: ArrayLike,
    counts: ArrayLike,
    *,
    method: str = "eigenvector",
    expert_weights: ArrayLike | None = None,
) -> FloatArray:
    """Weigh anew with the experts of each draw.

    The same draws serve every matrix of a questionnaire, so that the weights of one draw can be
    multiplied over its hierarchy.

    Parameters
    ----------
    matrices : array_like, shape (m, n, n)
        One matrix for each expert. NaN marks missing pairs.
    counts : array_like, shape (draws, m)
        From :func:`draw_experts`.
    method : {"eigenvector", "row_geometric_mean", "column_mean"}
    expert_weights : array_like, shape (m,), optional
        An expert of weight 0 changes nothing.

    Returns
    -------
    ndarray, shape (draws, n)
        NaN for a draw whose answers leave elements unconnected.

    Raises
    ------
    MethodError
        ``draws-shape``, and what :func:`scorecards.methods.group.check_expert_weights`,
        :func:`scorecards.methods.matrices.check_matrices` and
        :func:`scorecards.methods.ahp.priorities` refuse.

    Examples
    --------
    >>> from scorecards.methods.ahp import from_upper
    >>> drawn_weights(from_upper([[1], [4], [4]]), [[3, 0, 0], [0, 2, 1]]).round(2).tolist()
    [[0.5, 0.5], [0.8, 0.2]]
    """
    checked = check_matrices(matrices)
    drawn = np.asarray(counts, dtype=np.float64)
    if checked.ndim != 3 or drawn.ndim != 2 or drawn.shape[1] != len(checked):
        raise MethodError(
            "draws-shape", gettext_noop("Give for each draw how often each expert is in it.")
        )
    experts, size = checked.shape[:2]
    shares = drawn * check_expert_weights(expert_weights, experts)
    rows, columns = np.triu_indices(size, 1)
    joined = from_upper(_joined(checked[:, rows, columns], shares))
    return _weighed(joined, method)


def summarise(weights: ArrayLike, drawn: ArrayLike, *, seed: int) -> Uncertainty:
    """Sum up draws of a set of weights.

    Parameters
    ----------
    weights : array_like, shape (n,)
        The group's own.
    drawn : array_like, shape (draws, n)
        Of each draw; NaN for a draw without weights, which isn't counted.
    seed : int
        Of the draws.

    Raises
    ------
    MethodError
        ``no-usable-draw``.

    Examples
    --------
    >>> found = summarise([0.6, 0.4], [[0.6, 0.4], [0.7, 0.3], [0.4, 0.6]], seed=1)
    >>> round(found.low[0], 2), round(found.high[0], 2), round(found.first_place_changes, 2)
    (0.42, 0.69, 0.33)
    """
    own = np.asarray(weights, dtype=np.float64)
    values = np.asarray(drawn, dtype=np.float64)
    usable = values[~np.isnan(values).any(axis=1)]
    if not len(usable):
        raise MethodError(
            "no-usable-draw",
            gettext_noop("Too few pairs are answered: no draw of experts compares all elements."),
        )
    first = int(np.argmax(own))
    overtaken = usable.max(axis=1) > usable[:, first] + SAME_PLACE
    low, high = np.quantile(usable, QUANTILES, axis=0)
    return Uncertainty(
        weights=tuple(own.tolist()),
        low=tuple(low.tolist()),
        high=tuple(high.tolist()),
        first_place_changes=float(overtaken.mean()),
        draws=len(usable),
        seed=seed,
    )


def bootstrap(
    matrices: ArrayLike,
    *,
    seed: int,
    draws: int = DEFAULT_DRAWS,
    method: str = "eigenvector",
    expert_weights: ArrayLike | None = None,
) -> Uncertainty:
    """Draw as many experts again and again, with replacement, and weigh anew.

    Parameters
    ----------
    matrices : array_like, shape (m, n, n)
        One matrix for each of at least three experts. NaN marks missing pairs.
    seed : int
        Kept with the result.
    draws : int
    method : {"eigenvector", "row_geometric_mean", "column_mean"}
    expert_weights : array_like, shape (m,), optional

    Returns
    -------
    Uncertainty

    Raises
    ------
    MethodError
        ``too-few-experts``, ``too-few-draws``, ``no-usable-draw``, and what
        :func:`scorecards.methods.ahp.aggregate_judgements` and
        :func:`scorecards.methods.ahp.priorities` refuse.

    References
    ----------
    Efron and Tibshirani (1993), An Introduction to the Bootstrap.

    Examples
    --------
    >>> from scorecards.methods.ahp import from_upper
    >>> found = bootstrap(from_upper([[2], [4], [8]]), seed=1)
    >>> [round(weight, 4) for weight in found.weights], found.first_place_changes
    ([0.8, 0.2], 0.0)
    >>> [round(weight, 2) for weight in found.low]
    [0.72, 0.14]
    """
    group = priorities(aggregate_judgements(matrices, expert_weights), method)
    counts = draw_experts(len(check_matrices(matrices)), seed=seed, draws=draws)
    drawn = drawn_weights(matrices, counts, method=method, expert_weights=expert_weights)
    return summarise(group, drawn, seed=seed)


def check_draws(draws: int) -> None:
    """Refuse less than one draw with ``too-few-draws``."""
    if draws < 1:
        raise MethodError("too-few-draws", gettext_noop("Give %(least)s or more draws."), least=1)


def _joined(judgements: FloatArray, shares: FloatArray) -> FloatArray:
    """Weighted geometric means (draws, pairs) of judgements (m, pairs), shares (draws, m)."""
    missing = np.isnan(judgements)
    # Where nothing is missing everybody's share counts for every pair.
    total = shares @ (~missing).astype(np.float64) if missing.any() else _row_sums(shares)
    sums = shares @ np.where(missing, 0.0, np.log(judgements))
    return np.where(total > 0, np.exp(sums / np.where(total > 0, total, 1.0)), np.nan)


def _row_sums(shares: FloatArray) -> FloatArray:
    sums: FloatArray = shares.sum(axis=1, keepdims=True)
    return sums


def _weighed(matrices: FloatArray, method: str) -> FloatArray:
    """Weights (draws, n); NaN where answered pairs leave elements unconnected."""
    usable = reached_elements(matrices).all(axis=1)
    weights = np.full(matrices.shape[:2], np.nan)
    if usable.any():
        weights[usable] = priorities(matrices[usable], method)
    return weights
