"""The group's weights of one matrix: from joined judgements, and from joined weights."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from scorecards.methods import ahp
from scorecards.methods.consistency import count_circular
from scorecards.methods.errors import MethodError
from surveys.selectors.expert_results import Flags, Floats, JudgedStack
from surveys.selectors.rules import Rules


@dataclass(frozen=True)
class Aggregate:
    """The group's matrix by geometric mean, and what follows from it.

    ``judgements`` has NaN where nobody answered a pair. ``weights`` are those by the
    scorecard's method. ``experts`` is how many answered and weigh something.
    """

    judgements: tuple[tuple[float, ...], ...]
    method: str
    weights: tuple[float, ...]
    cr: float | None
    gci: float | None
    triads: int
    within_limit: bool | None
    experts: int

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
        weights = floats(ahp.priorities(joined, rules.method))
    except MethodError as fault:
        return None, fault
    cr, gci = _consistency(joined, rules)
    return (
        Aggregate(
            judgements=tuple(floats(row) for row in joined),
            method=rules.method,
            weights=weights,
            cr=cr,
            gci=gci,
            triads=int(count_circular(joined)),
            within_limit=None if cr is None else ahp.is_within_limit(cr, len(joined), rules.limits),
            experts=int(np.count_nonzero(answering & judged.weighs)),
        ),
        None,
    )


def _consistency(joined: Floats, rules: Rules) -> tuple[float | None, float | None]:
    """CR and GCI; None each where there is no random index for so many elements."""
    if len(joined) > ahp.LARGEST_MATRIX:
        return None, None
    figures = ahp.consistency(joined, rules.random_index)
    return number(figures.cr), number(figures.gci)


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
