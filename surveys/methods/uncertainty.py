"""How sure a group's weights are: other experts, or slightly other judgements."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from scorecards.methods.ahp import aggregate_judgements, priorities
from scorecards.methods.errors import MethodError, gettext_noop
from scorecards.methods.group import check_expert_weights
from scorecards.methods.matrices import (
    STRONGEST_JUDGEMENT,
    FloatArray,
    check_matrices,
    from_upper,
    reached_elements,
)

DEFAULT_DRAWS = 1000
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
    group = aggregate_judgements(matrices, expert_weights)
    _check_draws(draws)
    checked = check_matrices(matrices)
    experts, size = checked.shape[:2]
    if experts < LEAST_EXPERTS:
        raise MethodError(
            "too-few-experts",
            gettext_noop(
                "A bootstrap over experts needs at least %(least)s of them; these are %(given)s."
            ),
            least=LEAST_EXPERTS,
            given=experts,
        )
    random = np.random.default_rng(seed)
    counts = random.multinomial(experts, np.full(experts, 1 / experts), draws)
    shares = counts * check_expert_weights(expert_weights, experts)
    drawn = _joined(checked.reshape(experts, -1), shares).reshape(-1, size, size)
    return _summary(group, drawn, method, seed)


def perturbation(
    matrices: ArrayLike,
    *,
    seed: int,
    draws: int = DEFAULT_DRAWS,
    method: str = "eigenvector",
    expert_weights: ArrayLike | None = None,
) -> Uncertainty:
    """Move every judgement one step down the scale, not at all, or one step up, by chance.

    Parameters
    ----------
    matrices : array_like, shape (m, n, n)
        One matrix for each expert, one expert is enough. NaN marks missing pairs.
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
        ``too-few-draws``, and what :func:`scorecards.methods.ahp.aggregate_judgements` and
        :func:`scorecards.methods.ahp.priorities` refuse.

    Examples
    --------
    >>> from scorecards.methods.ahp import from_upper
    >>> found = perturbation(from_upper([[1]]), seed=1)
    >>> [round(weight, 4) for weight in found.low], [round(weight, 4) for weight in found.high]
    ([0.3333, 0.3333], [0.6667, 0.6667])
    """
    group = aggregate_judgements(matrices, expert_weights)
    _check_draws(draws)
    checked = check_matrices(matrices)
    experts, size = checked.shape[:2]
    rows, columns = np.triu_indices(size, 1)
    steps = _to_steps(checked[:, rows, columns])
    random = np.random.default_rng(seed)
    moved = steps + random.integers(-1, 2, (draws, *steps.shape))
    judged = _from_steps(np.clip(moved, 1 - STRONGEST_JUDGEMENT, STRONGEST_JUDGEMENT - 1))
    weights = check_expert_weights(expert_weights, experts)
    drawn = np.array([_joined(each, weights[None, :])[0] for each in judged])
    return _summary(group, from_upper(drawn), method, seed)


def _check_draws(draws: int) -> None:
    if draws < 1:
        raise MethodError("too-few-draws", gettext_noop("Give %(least)s or more draws."), least=1)


def _to_steps(judgements: FloatArray) -> FloatArray:
    """Steps from equal importance: 3 is 2, 1/3 is -2."""
    return np.where(judgements >= 1, judgements - 1, 1 - 1 / judgements)


def _from_steps(steps: FloatArray) -> FloatArray:
    return np.where(steps >= 0, steps + 1, 1 / (1 - np.minimum(steps, 0)))


def _joined(judgements: FloatArray, shares: FloatArray) -> FloatArray:
    """Weighted geometric means (draws, pairs) of judgements (m, pairs), shares (draws, m)."""
    missing = np.isnan(judgements)
    total = shares @ (~missing).astype(np.float64)
    sums = shares @ np.where(missing, 0.0, np.log(judgements))
    return np.where(total > 0, np.exp(sums / np.where(total > 0, total, 1.0)), np.nan)


def _summary(group: FloatArray, drawn: FloatArray, method: str, seed: int) -> Uncertainty:
    weights = priorities(group, method)
    usable = drawn[reached_elements(drawn).all(axis=1)]
    if not len(usable):
        raise MethodError(
            "no-usable-draw",
            gettext_noop("Too few pairs are answered: no draw of experts compares all elements."),
        )
    found = priorities(usable, method)
    first = int(np.argmax(weights))
    overtaken = found.max(axis=1) > found[:, first] + SAME_PLACE
    low, high = np.quantile(found, QUANTILES, axis=0)
    return Uncertainty(
        weights=tuple(weights.tolist()),
        low=tuple(low.tolist()),
        high=tuple(high.tolist()),
        first_place_changes=float(overtaken.mean()),
        draws=len(usable),
        seed=seed,
    )
