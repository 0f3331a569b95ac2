"""Over the whole hierarchy: from the weights of each matrix to the weight of every KPI.

What was not compared counts equally, as it does once the weights are adopted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorecards.methods.weights import normalised
from scorecards.models import KPI
from scorecards.selectors.weights import Group
from surveys.models import Criterion, Matrix

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Branch:
    """A perspective in the hierarchy: where its weight and those of its KPIs stand.

    ``top`` is its place in the matrix of the perspectives, None where perspectives count
    equally. ``part`` is the place of the matrix that compares its KPIs, None where these count
    equally.
    """

    code: str
    label: str
    top: int | None
    part: int | None
    leaves: tuple[Criterion | KPI, ...]


@dataclass(frozen=True)
class Hierarchy:
    """The branches in order, and which of the matrices compares the perspectives."""

    branches: tuple[Branch, ...]
    top: int | None

    @property
    def needed(self) -> tuple[int, ...]:
        """The places of the matrices without whose weights there are no global ones."""
        parts = [branch.part for branch in self.branches if branch.part is not None]
        return tuple(parts if self.top is None else [self.top, *parts])

    def shares(self, weights: Sequence[Floats | None]) -> Floats:
        """The weights of the branches (..., branches).

        A perspective that was compared and has no KPI is no branch: the others divide its
        weight in proportion, as they do in reports.
        """
        count = len(self.branches)
        if self.top is None:
            shape = self._shape(weights)
            return np.full((*shape, count), 1 / count)
        top = self._of(weights, self.top)
        places = [branch.top for branch in self.branches if branch.top is not None]
        return normalised(top[..., places])

    def local(self, weights: Sequence[Floats | None]) -> list[Floats]:
        """For each branch the weights of its leaves (..., leaves)."""
        shape = self._shape(weights)
        return [
            np.full((*shape, len(branch.leaves)), 1 / len(branch.leaves))
            if branch.part is None
            else self._of(weights, branch.part)
            for branch in self.branches
        ]

    def overall(self, weights: Sequence[Floats | None]) -> Floats:
        """The global weights of all leaves, branch by branch (..., leaves).

        ``weights`` are those of each matrix (..., n), for one group or for a stack of experts
        or draws.
        """
        shares = self.shares(weights)
        parts = [own * shares[..., [i]] for i, own in enumerate(self.local(weights))]
        return np.concatenate(parts, axis=-1)

    def _shape(self, weights: Sequence[Floats | None]) -> tuple[int, ...]:
        return self._of(weights, self.needed[0]).shape[:-1] if self.needed else ()

    def _of(self, weights: Sequence[Floats | None], place: int) -> Floats:
        found = weights[place]
        if found is None:
            raise ValueError("a matrix without weights stands in the hierarchy")
        return found


def hierarchy_of(matrices: Sequence[Matrix], groups: Sequence[Group]) -> Hierarchy | None:
    """Lay the matrices and what they don't compare out as one tree; None where it has no leaf,
    or where nothing at all is compared.

    ``groups`` are the scorecard's perspectives with their adopted KPIs, as they are now.
    """
    top = next((i for i, matrix in enumerate(matrices) if matrix.compares_perspectives), None)
    places = _Places(matrices[top] if top is not None else None)
    branches = [
        Branch(
            code=matrix.code,
            label=matrix.title,
            top=places.of(matrix.perspective_id, matrix.code),
            part=place,
            leaves=tuple(matrix.criteria.all()),
        )
        for place, matrix in enumerate(matrices)
        if not matrix.compares_perspectives
    ]
    compared = {matrix.perspective_id for matrix in matrices}
    branches += [
        Branch(
            code=perspective.code,
            label=perspective.name,
            top=places.of(perspective.pk, None),
            part=None,
            leaves=tuple(kpis),
        )
        for perspective, kpis in groups
        if perspective.pk not in compared
    ]
    if top is not None:
        # A perspective that came after the experts compared them has no weight.
        branches = [branch for branch in branches if branch.top is not None]
    return Hierarchy(tuple(branches), top) if branches and matrices else None


def leaf_label(leaf: Criterion | KPI) -> str:
    """The name of a KPI, in the words that the experts saw where it was compared."""
    return leaf.label if isinstance(leaf, Criterion) else leaf.name


class _Places:
    """Where a perspective stands in the matrix of the perspectives."""

    def __init__(self, matrix: Matrix | None) -> None:
        criteria = list(matrix.criteria.all()) if matrix else []
        self.by_id = {each.perspective_id: i for i, each in enumerate(criteria)}
        self.by_code = {each.code: i for i, each in enumerate(criteria)}

    def of(self, perspective: int | None, code: str | None) -> int | None:
        """By its id; a perspective that was deleted since by the code that it had."""
        if perspective is not None and perspective in self.by_id:
            return self.by_id[perspective]
        return self.by_code.get(code) if code else None
