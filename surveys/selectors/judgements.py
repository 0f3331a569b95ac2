"""From stored judgements to the matrix that the methods compute with."""

from collections.abc import Iterable, Sequence

import numpy as np

from surveys.models import Criterion, Judgement


def current_judgements(judgements: Iterable[Judgement]) -> list[Judgement]:
    """One expert's answers in force: the highest sequence number of each pair."""
    newest: dict[tuple[int, int], Judgement] = {}
    for judgement in judgements:
        pair = (judgement.row_id, judgement.column_id)
        if pair not in newest or judgement.seq > newest[pair].seq:
            newest[pair] = judgement
    return list(newest.values())


def judged_matrix(criteria: Sequence[Criterion], judgements: Iterable[Judgement]) -> np.ndarray:
    """The comparison matrix (n, n) of one expert; NaN marks a pair without an answer."""
    place = {criterion.pk: index for index, criterion in enumerate(criteria)}
    matrix = np.full((len(place), len(place)), np.nan)
    np.fill_diagonal(matrix, 1.0)
    for judgement in current_judgements(judgements):
        row, column = place[judgement.row_id], place[judgement.column_id]
        matrix[row, column] = judgement.ratio
        matrix[column, row] = 1 / judgement.ratio
    return matrix
