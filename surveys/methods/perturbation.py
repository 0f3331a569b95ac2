"""How sure a group's weights are, were judgements slightly other ones."""

import numpy as np
from numpy.typing import ArrayLike

from scorecards.methods.ahp import aggregate_judgements, priorities
from scorecards.methods.group import check_expert_weights
from scorecards.methods.matrices import (
    STRONGEST_JUDGEMENT,
    FloatArray,
    check_matrices,
    from_upper,
)
from surveys.methods.scale import from_steps, to_steps
from surveys.methods.uncertainty import DEFAULT_DRAWS, Uncertainty, check_draws, summarise

MOVES = (-1, 0, 1)
# Experts whose moves are drawn as one number: 3^5 is the largest power that a byte holds.
DRAWN_TOGETHER = 5


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
    group = priorities(aggregate_judgements(matrices, expert_weights), method)
    check_draws(draws)
    checked = check_matrices(matrices)
    experts, size = checked.shape[:2]
    rows, columns = np.triu_indices(size, 1)
    shares = check_expert_weights(expert_weights, experts)
    logs = _moved(checked[:, rows, columns], shares, np.random.default_rng(seed), draws)
    return summarise(group, priorities(from_upper(np.exp(logs)), method), seed=seed)


def _moved(
    judgements: FloatArray, shares: FloatArray, random: np.random.Generator, draws: int
) -> FloatArray:
    """Logarithms (draws, pairs) of the group's judgements after each expert's (m, pairs) moved.

    The three moves of five experts are the digits of one number below 3^5, so that one number is
    drawn for five experts and one look into a table adds up what their moves change.
    """
    missing = np.isnan(judgements)
    weights = np.where(missing, 0.0, shares[:, None])
    total = weights.sum(axis=0)
    weights = weights / np.where(total > 0, total, 1.0)
    steps = to_steps(np.where(missing, 1.0, judgements))
    here = (weights * np.log(from_steps(steps))).sum(axis=0)
    moved = np.zeros((draws, judgements.shape[1]))
    # A table at a time: what is drawn for five experts stays in the processor's cache.
    for table in _changes(steps, weights):
        pairs, codes = table.shape
        drawn = random.integers(codes, size=(draws, pairs), dtype=np.uint8)
        moved += np.take(table, codes * np.arange(pairs) + drawn)
    return np.where(total > 0, moved + here, np.nan)


def _changes(steps: FloatArray, weights: FloatArray) -> FloatArray:
    """What the moves of each five experts add to the logarithm: (groups, pairs, 3^5)."""
    end = STRONGEST_JUDGEMENT - 1
    moved = np.stack([np.clip(steps + move, -end, end) for move in MOVES])
    changes = weights * (np.log(from_steps(moved)) - np.log(from_steps(steps)))
    experts, pairs = steps.shape
    spare = -experts % DRAWN_TOGETHER
    padded = np.pad(changes, ((0, 0), (0, spare), (0, 0)))
    grouped = padded.reshape(len(MOVES), -1, DRAWN_TOGETHER, pairs)
    codes = np.arange(len(MOVES) ** DRAWN_TOGETHER)
    table = np.zeros((len(codes), *grouped.shape[1::2]))
    for place in range(DRAWN_TOGETHER):
        digits = codes // len(MOVES) ** place % len(MOVES)
        table += grouped[digits, :, place, :]
    return np.ascontiguousarray(table.transpose(1, 2, 0))
