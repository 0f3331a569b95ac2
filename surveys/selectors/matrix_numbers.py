"""The group's matrix in numbers: its judgements, and its columns normalised."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import isnan

import numpy as np

from surveys.models import Criterion
from surveys.selectors.matrix_results import MatrixResult

DECIMALS = (2, 3, 4)
USUAL_DECIMALS = 3

Cells = tuple[float | None, ...]


@dataclass(frozen=True)
class NumbersRow:
    criterion: Criterion
    cells: Cells


@dataclass(frozen=True)
class MatrixNumbers:
    """``normalised`` is each cell over the sum of its column; empty while pairs are missing."""

    decimals: int
    criteria: tuple[Criterion, ...]
    judgements: tuple[NumbersRow, ...]
    normalised: tuple[NumbersRow, ...]

    @property
    def choices(self) -> tuple[int, ...]:
        return DECIMALS


def matrix_numbers(result: MatrixResult, decimals: str = "") -> MatrixNumbers | None:
    """With as many decimals as were chosen in the address; None without the group's matrix."""
    if result.group is None or result.size < 2:
        return None
    judged = np.array(result.group.judgements)
    shares = judged / judged.sum(axis=0)
    is_whole = not np.isnan(judged).any()
    return MatrixNumbers(
        decimals=_chosen(decimals),
        criteria=result.criteria,
        judgements=_rows(result, judged.tolist()),
        normalised=_rows(result, shares.tolist()) if is_whole else (),
    )


def _chosen(decimals: str) -> int:
    """Whatever no page of ours has offered shows the usual ones."""
    return next((each for each in DECIMALS if str(each) == decimals), USUAL_DECIMALS)


def _rows(result: MatrixResult, cells: Iterable[list[float]]) -> tuple[NumbersRow, ...]:
    return tuple(
        NumbersRow(criterion, tuple(None if isnan(value) else value for value in row))
        for criterion, row in zip(result.criteria, cells, strict=True)
    )
