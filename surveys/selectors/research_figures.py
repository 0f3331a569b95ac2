"""What the answers to one part amount to: by all three methods, for each expert and the group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np

from scorecards.methods import ahp
from scorecards.methods.errors import MethodError
from scorecards.methods.matrices import FloatArray
from scorecards.models import Scorecard
from surveys.selectors.beside_chance import PanelAgreement, panel_agreement
from surveys.selectors.group_results import matrix_of
from surveys.selectors.research_rows import Expert, Part
from surveys.selectors.rules import Rules

Weights = dict[str, tuple[float, ...]]
# One expert's signed answers by row and column.
Judged = Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class Measured:
    """One matrix measured. ``weights`` by method; None throughout what can't be computed.

    ``lambda_max``, ``ci`` and ``cr`` are taken at the weights by the scorecard's method.
    """

    weights: Weights | None
    lambda_max: float | None
    ci: float | None
    cr: float | None
    gci: float | None
    triads: int


@dataclass(frozen=True)
class ExpertFigures:
    """``counts``: the group's matrix holds these answers, with ``expert.weight``."""

    expert: Expert
    judged: Judged
    measured: Measured
    within_limit: bool | None
    distance: float | None
    counts: bool

    @property
    def answered(self) -> int:
        return len(self.judged)


@dataclass(frozen=True)
class PartFigures:
    """``group`` is the geometric mean of those who count, None where nobody answered a pair."""

    part: Part
    method: str  # the scorecard's, of the weights in use
    experts: tuple[ExpertFigures, ...]
    group: tuple[tuple[float | None, ...], ...] | None
    measured: Measured | None
    within_limit: bool | None
    priorities: tuple[float, ...] | None  # AIP: the experts' weights joined, not their judgements
    beside_chance: PanelAgreement | None

    @property
    def agreement(self) -> float | None:
        return self.beside_chance.consensus.value if self.beside_chance else None

    @property
    def concordance(self) -> float | None:
        found = self.beside_chance and self.beside_chance.concordance
        return found.value if found else None

    @property
    def counted(self) -> int:
        """How many experts' judgements the group's matrix joins, wherever these were given."""
        if self.part.joined:
            return self.part.joined.experts
        return sum(each.counts for each in self.experts)

    @property
    def answered(self) -> int:
        """How many pairs of the group's matrix have an answer."""
        return sum(
            self.group is not None and self.group[row][column] is not None
            for row, column in self.part.pairs
        )

    @property
    def is_complete(self) -> bool:
        """Whether the group's matrix has all its cells."""
        return self.group is not None and all(None not in row for row in self.group)


def part_figures(part: Part, answers: Sequence[tuple[Expert, Judged]], rules: Rules) -> PartFigures:
    """Measure one part from the answers in force that were sent, as the results page does."""
    experts = [expert for expert, _judged in answers]
    given = [judged for _expert, judged in answers]
    stack = np.array([_matrix(judged, part.size) for judged in given])
    measured = _measure_all(stack, rules)
    within = [_within(each, part, rules) for each in measured]
    strict = rules.experts_counted == Scorecard.Experts.CONSISTENT
    counts = [
        bool(judged) and expert.weight > 0 and not (strict and fits is False)
        for expert, judged, fits in zip(experts, given, within, strict=True)
    ]
    group = matrix_of(part.joined.ratios, part.size) if part.joined else None
    if group is None:
        group = _group(stack, experts, counts)
    joined = _measure(group, rules) if group is not None else None
    distances = _distances(stack, given, group)
    joined_weights = [
        (each.weights[rules.method], expert.weight)
        for each, expert, counted in zip(measured, experts, counts, strict=True)
        if counted and each.weights
    ]
    return PartFigures(
        part=part,
        method=rules.method,
        experts=tuple(
            ExpertFigures(*each)
            for each in zip(experts, given, measured, within, distances, counts, strict=True)
        ),
        group=_plain(group),
        measured=joined,
        within_limit=_within(joined, part, rules) if joined else None,
        priorities=_priorities(joined_weights),
        beside_chance=panel_agreement([each for each, _share in joined_weights], rules.method),
    )


def _matrix(judged: Judged, size: int) -> FloatArray:
    matrix = np.full((size, size), np.nan)
    np.fill_diagonal(matrix, 1.0)
    for (row, column), signed in judged.items():
        ratio = signed if signed > 0 else -1 / signed
        matrix[row, column], matrix[column, row] = ratio, 1 / ratio
    return matrix


def _measure_all(stack: FloatArray, rules: Rules) -> list[Measured]:
    """Complete matrices in one call; each incomplete one alone, since it may be unconnected."""
    whole = ~np.isnan(stack).any(axis=(1, 2)) if len(stack) else np.zeros(0, dtype=bool)
    found: list[Measured | None] = [None] * len(stack)
    if whole.any():
        complete = stack[whole]
        weights = {method: ahp.priorities(complete, method) for method in ahp.METHODS}
        figures = ahp.consistency(complete, rules.random_index, weights=weights[rules.method])
        for number, place in enumerate(np.flatnonzero(whole)):
            found[place] = Measured(
                weights={method: _floats(each[number]) for method, each in weights.items()},
                lambda_max=float(figures.lambda_max[number]),
                ci=_number(figures.ci[number]),
                cr=_number(figures.cr[number]),
                gci=_number(figures.gci[number]),
                triads=int(figures.triads[number]),
            )
    return [each or _measure(matrix, rules) for each, matrix in zip(found, stack, strict=True)]


def _measure(matrix: FloatArray, rules: Rules) -> Measured:
    try:
        weights = {method: _floats(ahp.priorities(matrix, method)) for method in ahp.METHODS}
    except MethodError:
        # Too few answers to connect all elements: there are no weights.
        return Measured(None, None, None, None, None, len(ahp.circular_triads(matrix)))
    figures = ahp.consistency(matrix, rules.random_index, weights=weights[rules.method])
    return Measured(
        weights=weights,
        lambda_max=_number(figures.lambda_max),
        ci=_number(figures.ci),
        cr=_number(figures.cr),
        gci=_number(figures.gci),
        triads=int(figures.triads),
    )


def _within(measured: Measured, part: Part, rules: Rules) -> bool | None:
    if measured.cr is None:
        return None
    return ahp.is_within_limit(measured.cr, part.size, rules.limits)


def _group(
    stack: FloatArray, experts: Sequence[Expert], counts: Sequence[bool]
) -> FloatArray | None:
    chosen = np.array(counts, dtype=bool)
    if not chosen.any():
        return None
    weights = [expert.weight for expert, counted in zip(experts, counts, strict=True) if counted]
    try:
        return ahp.aggregate_judgements(stack[chosen], weights)
    except MethodError:
        return None  # every expert who counts has the weight 0


def _distances(
    stack: FloatArray, given: Sequence[Judged], group: FloatArray | None
) -> list[float | None]:
    if group is None or not len(stack):
        return [None] * len(stack)
    found = ahp.distances(stack, group)
    return [_number(each) if judged else None for each, judged in zip(found, given, strict=True)]


def _priorities(joined: Sequence[tuple[Sequence[float], float]]) -> tuple[float, ...] | None:
    if not joined or not any(share for _weights, share in joined):
        return None
    weights, shares = zip(*joined, strict=True)
    return _floats(ahp.aggregate_priorities(weights, shares))


def _plain(matrix: FloatArray | None) -> tuple[tuple[float | None, ...], ...] | None:
    if matrix is None:
        return None
    return tuple(tuple(_number(value) for value in row) for row in matrix)


def _floats(values: FloatArray) -> tuple[float, ...]:
    return tuple(float(value) for value in values)


def _number(value: float) -> float | None:
    return None if isnan(value) else float(value)
