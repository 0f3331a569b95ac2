"""The group's weights of one matrix: from joined judgements, and from joined weights."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from scorecards.consistency_figures import ConsistencyFigures, consistency_figures
from scorecards.methods import ahp
from scorecards.methods.consistency import count_circular
from scorecards.methods.errors import MethodError
from surveys.models import GroupMatrix
from surveys.selectors.expert_results import Flags, Floats, JudgedStack
from surveys.selectors.rules import Rules


@dataclass(frozen=True)
class Aggregate:
    """The group's matrix by geometric mean, and what follows from it.

    ``judgements`` has NaN where nobody answered a pair. ``weights`` are those by the
    scorecard's method, and ``consistency`` is taken at them: None below three elements, above
    what a random index is known for, and where pairs are missing. ``experts`` is how many
    answered and weigh something, or, ``is_printed``, how many a group matrix joins that came
    from a file.
    """

    judgements: tuple[tuple[float, ...], ...]
    method: str
    weights: tuple[float, ...]
    consistency: ConsistencyFigures | None
    gci: float | None
    triads: int
    within_limit: bool | None
    experts: int
    is_printed: bool = False

    @property
    def cr(self) -> float | None:
        return self.consistency.cr if self.consistency else None

    @cached_property
    def weights_by_method(self) -> dict[str, tuple[float, ...]]:
        """By every method; the overview of many matrices shows one."""
        others = {m: floats(ahp.priorities(self.judgements, m)) for m in ahp.METHODS}
        return others | {self.method: self.weights}


def aggregate(
    judged: JudgedStack, chosen: Flags, rules: Rules
) -> tuple[Aggregate | None, MethodError | None]:
    """Join the chosen experts' judgements, or say why that gives no weights."""
    answering = chosen & judged.has_answers
    if not answering.any():
        return None, None
    try:
        joined = ahp.aggregate_judgements(
            judged.matrices[answering], judged.expert_weights[answering]
        )
        experts = int(np.count_nonzero(answering & judged.weighs))
        return weigh_matrix(joined, rules, experts), None
    except MethodError as fault:
        return None, fault


def weigh_matrix(joined: Floats, rules: Rules, experts: int) -> Aggregate:
    """What one matrix (n, n) amounts to; raises MethodError where it gives no weights."""
    weights = floats(ahp.priorities(joined, rules.method))
    consistency = consistency_figures(
        joined, weights=weights, random_index=rules.random_index, limits=rules.limits
    )
    cr = consistency.cr if consistency else None
    return Aggregate(
        judgements=tuple(floats(row) for row in joined),
        method=rules.method,
        weights=weights,
        consistency=consistency,
        gci=_gci(joined),
        triads=int(count_circular(joined)),
        within_limit=None if cr is None else ahp.is_within_limit(cr, len(joined), rules.limits),
        experts=experts,
    )


def printed_aggregate(printed: GroupMatrix, size: int, rules: Rules) -> Aggregate:
    """A group matrix that came joined from a file: nobody's own answers stand behind it here."""
    joined = matrix_of(printed.ratios, size)
    return replace(weigh_matrix(joined, rules, printed.experts), is_printed=True)


def matrix_of(ratios: Sequence[float], size: int) -> Floats:
    """The reciprocal matrix (n, n) of an upper triangle, row by row."""
    matrix = np.ones((size, size))
    rows, columns = np.triu_indices(size, 1)
    matrix[rows, columns] = ratios
    matrix[columns, rows] = 1 / matrix[rows, columns]
    return matrix


def _gci(joined: Floats) -> float | None:
    """None where there is no random index for so many elements."""
    return None if len(joined) > ahp.LARGEST_MATRIX else number(ahp.consistency(joined).gci)


def join_priorities(judged: JudgedStack, chosen: Flags) -> tuple[float, ...] | None:
    """Join the chosen experts' own weights; None without a single one that counts."""
    if not judged.expert_weights[chosen].any():
        return None
    weights = judged.weights[chosen]
    return floats(ahp.aggregate_priorities(weights, judged.expert_weights[chosen]))


def floats(values: Floats) -> tuple[float, ...]:
    return tuple(values.tolist())


def number(value: Any) -> float | None:
    """A plain number; None for NaN."""
    return None if np.isnan(value) else float(value)
