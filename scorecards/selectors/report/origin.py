"""Where a report's weights came from, as plain values to be frozen."""

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ExpertRow:
    """One expert's consistency in one matrix; without a name where experts stay unnamed."""

    code: str
    name: str | None
    cr: float | None
    within: bool | None
    complete: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    code: str
    title: str
    size: int
    cr: float | None
    limit: float | None
    within: bool | None
    experts: tuple[ExpertRow, ...]


@dataclass(frozen=True, slots=True)
class WeightsOrigin:
    """Where the weights came from, as kept with them. ``origin`` is "" when there are none."""

    origin: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    survey: str = ""
    provenance: str = ""
    method: str = ""
    # By which method the weights are that CR was taken at; "" of before: the eigenvector.
    consistency_at: str = ""
    random_index: str = ""
    experts_counted: str = ""
    experts: int | None = None
    matrices: tuple[MatrixRow, ...] = ()

    @property
    def is_collected(self) -> bool:
        """Whether experts pressed these answers themselves, as far as anything was answered."""
        return self.provenance in ("", "collected")

    @property
    def highest_cr(self) -> float | None:
        return max((row.cr for row in self.matrices if row.cr is not None), default=None)

    @property
    def over_limit(self) -> tuple[MatrixRow, ...]:
        return tuple(row for row in self.matrices if row.within is False)

    @property
    def without_names(self) -> "WeightsOrigin":
        """For who may read how many experts were over their limit, and not who nor by how much."""
        return replace(self, matrices=tuple(_unnamed(matrix) for matrix in self.matrices))


def _unnamed(matrix: MatrixRow) -> MatrixRow:
    rows = [replace(expert, code="", name=None, cr=None) for expert in matrix.experts]
    # Sorted, so that their order doesn't say who is who either.
    in_order = sorted(rows, key=lambda row: (row.within is not False, not row.complete))
    return replace(matrix, experts=tuple(in_order))
