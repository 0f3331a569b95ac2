"""Lambda max, CI, RI and CR of one matrix, printed so that each follows from the ones before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isnan

from numpy.typing import ArrayLike

from organizations import figures
from organizations.arithmetic import Line, Shown, line
from scorecards.methods import ahp

EIGENVALUE_DECIMALS = 4
INDEX_DECIMALS = 4
FEWEST_DECIMALS_OF_RANDOM_INDEX = 2


@dataclass(frozen=True)
class ConsistencyFigures:
    """``random_index`` is the RI of this size from ``table``; ``limit`` the largest CR accepted."""

    size: int
    lambda_max: float
    ci: float
    table: str
    random_index: float
    cr: float
    limit: float | None

    @property
    def lines(self) -> dict[str, Line]:
        """CI and CR; CI has the digits that CR is computed from, RI all that its table has."""
        has = figures.count_decimals(figures.as_decimal(self.random_index) or Decimal(0))
        ratio = {
            "ci": Shown(self.ci, INDEX_DECIMALS),
            "random_index": Shown(self.random_index, max(FEWEST_DECIMALS_OF_RANDOM_INDEX, has)),
        }
        result = Shown(self.cr, figures.decimals_beside(self.cr, self.limit))
        cr = line("{ci} / {random_index}", ratio, result)
        eigenvalue = {
            "lambda": Shown(self.lambda_max, EIGENVALUE_DECIMALS),
            "size": Shown(self.size, 0),
        }
        pattern = "({lambda} − {size}) / ({size} − 1)"
        return {"cr": cr, "ci": line(pattern, eigenvalue, Shown(self.ci, cr["ci"].decimals))}


def consistency_figures(
    matrix: ArrayLike,
    *,
    weights: Sequence[float],
    random_index: str,
    limits: Mapping[int, float] = ahp.CR_LIMITS,
) -> ConsistencyFigures | None:
    """Of one matrix at the weights in use; None where CR is not defined."""
    size = len(weights)
    index = ahp.random_index_of(size, random_index)
    if index is None:
        return None
    found = ahp.consistency(matrix, random_index, weights=weights)
    if isnan(float(found.cr)):
        return None  # pairs are missing
    return ConsistencyFigures(
        size=size,
        lambda_max=float(found.lambda_max),
        ci=float(found.ci),
        table=random_index,
        random_index=index,
        cr=float(found.cr),
        limit=ahp.limit(size, limits),
    )
