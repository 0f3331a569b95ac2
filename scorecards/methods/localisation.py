"""Where one matrix is inconsistent, and what would help."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from scorecards.methods.consistency import consistency, consistency_ratio, judgement_errors
from scorecards.methods.consistency_limits import LARGEST_MATRIX
from scorecards.methods.matrices import (
    STRONGEST_JUDGEMENT,
    FloatArray,
    check_one_matrix,
    with_pair,
    without_pair,
)
from scorecards.methods.weights import METHODS

# A proposal must lower CR by more than the computation's own rounding.
NOTICEABLE = 1e-9


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another judgement for one pair.

    Attributes
    ----------
    row, column : int
        Positions from 0, row < column.
    judged, proposed : float
        How many times the row's element is as important as the column's: 1..9 or 1/9..1.
    cr : float
        Consistency ratio of the matrix with this one change, at the weights in use.
    """

    row: int
    column: int
    judged: float
    proposed: float
    cr: float


def proposals(
    matrix: ArrayLike,
    limit: int = 3,
    random_index: str = "saaty",
    *,
    method: str = "eigenvector",
) -> list[Proposal]:
    """Propose judgements that would make one expert's matrix more consistent.

    The pair that is farthest from the weights, by e_ij = a_ij w_j / w_i, comes first. What is
    proposed is what the other answers say of it: the pair is left out (Harker 1987) and the
    ratio of the weights without it is rounded to the scale, by its logarithm.

    Parameters
    ----------
    matrix : array_like, shape (n, n)
        One matrix. Below three elements, above 15, or while pairs are missing CR is undefined
        and nothing is proposed.
    limit : int
        At most so many.
    random_index : {"saaty", "saaty-2008", "alonso-lamata"}
        Table for the CR of each proposal.
    method : {"eigenvector", "row_geometric_mean", "column_mean"}
        How the weights in use are computed: errors, proposals and CRs are those at them.

    Returns
    -------
    list of Proposal
        Each lowers CR. The expert may keep any judgement.

    Raises
    ------
    MethodError
        What :func:`scorecards.methods.consistency.consistency` refuses.

    References
    ----------
    Saaty (2003), European Journal of Operational Research 145(1), for e_ij.

    Examples
    --------
    >>> [best] = proposals([[1, 9, 1 / 3], [1 / 9, 1, 3], [3, 1 / 3, 1]], limit=1)
    >>> best.row, best.column, round(best.judged, 3), round(best.proposed, 3), round(best.cr, 3)
    (0, 1, 9.0, 0.111, 0.0)
    """
    checked = check_one_matrix(matrix)
    size = len(checked)
    if size < 3 or size > LARGEST_MATRIX or np.isnan(checked).any():
        return []
    now = float(consistency(checked, random_index, method=method).cr)
    found: list[Proposal] = []
    for row, column in _by_error(checked, method):
        if len(found) >= limit:
            break
        proposed = _from_the_others(checked, row, column, method)
        changed = with_pair(checked, row, column, proposed)
        cr = float(consistency_ratio(changed, random_index, method))
        if cr < now - NOTICEABLE:
            judged = float(checked[row, column])
            found.append(Proposal(row, column, judged, proposed, cr))
    return found


def _by_error(matrix: FloatArray, method: str) -> list[tuple[int, int]]:
    """Pairs by max(e, 1/e), largest first; equal ones in the order of the questionnaire."""
    rows, columns = np.triu_indices(len(matrix), 1)
    errors = np.abs(np.log(judgement_errors(matrix, METHODS[method](matrix))[rows, columns]))
    order = np.argsort(-errors.round(12), kind="stable")
    return list(zip(rows[order].tolist(), columns[order].tolist(), strict=True))


def _from_the_others(matrix: FloatArray, row: int, column: int, method: str) -> float:
    weights = METHODS[method](without_pair(matrix, row, column))
    return round_to_scale(float(weights[row] / weights[column]))


def round_to_scale(ratio: float) -> float:
    """Round a ratio to 1..9 or 1/9..1, nearest by its logarithm.

    Examples
    --------
    >>> round_to_scale(2.4), round_to_scale(2.5), round_to_scale(40.0), round_to_scale(0.26)
    (2.0, 3.0, 9.0, 0.25)
    """
    strengths = np.arange(1, STRONGEST_JUDGEMENT + 1)
    distances = np.abs(np.log(strengths) - abs(np.log(ratio)))
    strength = float(strengths[int(np.argmin(distances))])
    return strength if ratio >= 1 else 1.0 / strength
