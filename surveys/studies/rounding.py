"""What a computation can give while its printed inputs stay within their rounding.

A printed 1.22 stands for anything from 1.215 to 1.225. The bounds of sums, cells and weights
treat every printed cell as free within that, which makes them outer bounds; those of a
consistency ratio come from matrices that were really tried, which makes them inner ones.
"""

import numpy as np

from scorecards.methods import ahp
from scorecards.methods.matrices import FloatArray
from scorecards.methods.omax import Ladder
from surveys.studies.comparison import half_unit

Bounds = tuple[float, float]
MATRIX_DECIMALS = 2
MOST_ROUNDS = 6


def matrix_bounds(matrix: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Lowest and highest cells; the diagonal is exact."""
    room = np.where(np.eye(len(matrix), dtype=bool), 0.0, half_unit(MATRIX_DECIMALS))
    return matrix - room, matrix + room


def reciprocal_bounds(value: float) -> Bounds:
    half = half_unit(MATRIX_DECIMALS)
    return 1 / (value + half), 1 / (value - half)


def sum_bounds(matrix: FloatArray) -> list[Bounds]:
    low, high = matrix_bounds(matrix)
    return list(zip(low.sum(axis=0).tolist(), high.sum(axis=0).tolist(), strict=True))


def share_bounds(matrix: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Bounds of the normalised columns: a cell's share grows with itself and no other cell."""
    low, high = matrix_bounds(matrix)
    others_low = low.sum(axis=0) - low
    others_high = high.sum(axis=0) - high
    return low / (low + others_high), high / (high + others_low)


def weight_bounds(matrix: FloatArray) -> list[Bounds]:
    """Bounds of the row means of the normalised columns."""
    low, high = share_bounds(matrix)
    return list(zip(low.mean(axis=1).tolist(), high.mean(axis=1).tolist(), strict=True))


def ratio_bounds(matrix: FloatArray) -> Bounds:
    """Lowest and highest CR among matrices that are printed like this one.

    Pairs are moved against each other (a times r, its mirror image divided by r), one at a
    time, as long as that leads further. Both ends are reached, so what lies between is too.
    """
    return _furthest(matrix, -1.0), _furthest(matrix, 1.0)


def _furthest(matrix: FloatArray, sign: float) -> float:
    pairs = list(zip(*np.triu_indices(len(matrix), 1), strict=True))
    ends = [_ratio_ends(matrix, row, column) for row, column in pairs]
    current, reached = matrix, _cr(matrix)
    for _ in range(MOST_ROUNDS):
        before = reached
        for (row, column), (low, high) in zip(pairs, ends, strict=True):
            for ratio in (low, 1.0, high):
                moved = current.copy()
                moved[row, column] = matrix[row, column] * ratio
                moved[column, row] = matrix[column, row] / ratio
                found = _cr(moved)
                if sign * found > sign * reached:
                    current, reached = moved, found
        if reached == before:
            break
    return reached


def _ratio_ends(matrix: FloatArray, row: int, column: int) -> Bounds:
    """How far a pair can be moved before one of its two cells would be printed otherwise."""
    half = half_unit(MATRIX_DECIMALS)
    above, below = float(matrix[row, column]), float(matrix[column, row])
    low = max((above - half) / above, below / (below + half))
    high = min((above + half) / above, below / (below - half))
    return low, high


def _cr(matrix: FloatArray) -> float:
    """At the weights that the Lasem paper computes: its columns normalised."""
    return float(ahp.consistency(matrix, method="column_mean").cr)


def level_bounds(ladder: Ladder, value: float, decimals: int) -> Bounds | None:
    """Bounds of a level read between two rungs that were rounded to so many decimals.

    None on a rung, where nothing is read in between.
    """
    sign = 1.0 if ladder.goal > ladder.worst else -1.0
    rising = [sign * rung for rung in reversed(ladder.rungs(decimals))]
    at, half = sign * value, half_unit(decimals)
    for level, (below, above) in enumerate(zip(rising, rising[1:], strict=False)):
        if below < at < above:
            return (
                level + _share(at, below + half, above + half),
                level + _share(at, below - half, above - half),
            )
    return None


def _share(at: float, below: float, above: float) -> float:
    return min(1.0, max(0.0, (at - below) / (above - below)))
