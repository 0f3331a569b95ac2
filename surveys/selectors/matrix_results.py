"""What the answers to one matrix amount to: for each expert, and for the group."""

from dataclasses import dataclass
from math import isnan

import numpy as np
from django.utils.translation import gettext as _

from scorecards.methods import ahp
from scorecards.methods.errors import MethodError
from scorecards.models import Scorecard
from surveys.methods.consensus import consensus, kendall_w
from surveys.models import Criterion, Invitation, Judgement, Matrix
from surveys.selectors.judgements import judged_matrix
from surveys.selectors.rules import Rules

# Agreement among fewer experts than two is not a figure.
FEWEST_FOR_AGREEMENT = 2


def method_names() -> tuple[str, ...]:
    """The three methods in the order of ``ElementResult.by_method``, in words."""
    return tuple(Scorecard.PriorityMethod(method).label for method in ahp.METHODS)


@dataclass(frozen=True)
class ExpertResult:
    """One expert's answers to one matrix."""

    invitation: Invitation
    answered: int
    weights: tuple[float, ...] | None
    cr: float | None
    within_limit: bool | None
    triads: int
    distance: float | None
    counts: bool


@dataclass(frozen=True)
class Aggregate:
    """The group's matrix by geometric mean, and what follows from it."""

    judgements: tuple[tuple[float, ...], ...]
    weights_by_method: dict[str, tuple[float, ...]]
    cr: float | None
    within_limit: bool | None
    experts: int


@dataclass(frozen=True)
class ElementResult:
    """One element's weight in the group: as used, and by each method."""

    criterion: Criterion
    weight: float
    by_method: tuple[float, ...]
    alternative: float | None

    @property
    def named(self) -> tuple[tuple[str, float], ...]:
        """Each method in words, with its weight."""
        return tuple(zip(method_names(), self.by_method, strict=True))


@dataclass(frozen=True)
class MatrixResult:
    matrix: Matrix
    method: str
    criteria: tuple[Criterion, ...]
    limit: float | None
    experts: tuple[ExpertResult, ...]
    group: Aggregate | None
    # The same with the other exclusion policy; None where it makes no difference.
    alternative: Aggregate | None
    agreement: float | None
    concordance: float | None
    fault: MethodError | None

    @property
    def reason(self) -> str:
        """Why there are answers and yet no weights, in words."""
        names = [criterion.label for criterion in self.criteria]
        return self.fault.render(translate=_, names=names) if self.fault else ""

    @property
    def size(self) -> int:
        return len(self.criteria)

    @property
    def comparisons(self) -> int:
        return self.size * (self.size - 1) // 2

    @property
    def weights(self) -> tuple[float, ...] | None:
        """The group's weights by the scorecard's method."""
        return self.group.weights_by_method[self.method] if self.group else None

    @property
    def elements(self) -> tuple[ElementResult, ...]:
        """One row for each element, in the order of the matrix; none without weights."""
        if self.group is None:
            return ()
        by_method = zip(*(self.group.weights_by_method[m] for m in ahp.METHODS), strict=True)
        others: tuple[float | None, ...] = (None,) * self.size
        if self.alternative is not None:
            others = self.alternative.weights_by_method[self.method]
        return tuple(
            ElementResult(*row)
            for row in zip(self.criteria, self.weights, by_method, others, strict=True)
        )

    @property
    def over_limit(self) -> int:
        return sum(expert.within_limit is False for expert in self.experts)


def matrix_result(
    matrix: Matrix,
    sent: list[Invitation],
    answers: dict[tuple[int, int], list[Judgement]],
    rules: Rules,
) -> MatrixResult:
    """Join the answers of those who sent them; ``answers`` by matrix and invitation."""
    criteria = tuple(matrix.criteria.all())
    stack = [judged_matrix(criteria, answers[matrix.pk, invitation.pk]) for invitation in sent]
    judged = [
        _Judged(invitation, judgements, rules)
        for invitation, judgements in zip(sent, stack, strict=True)
    ]
    consistent = [expert for expert in judged if expert.within_limit is not False]
    strict = rules.experts_counted == Scorecard.Experts.CONSISTENT
    counted, others = (consistent, judged) if strict else (judged, consistent)
    group, fault = _aggregate(counted, rules)
    alternative = _aggregate(others, rules)[0] if len(others) != len(counted) else None
    complete = [expert.weights for expert in counted if expert.weights is not None]
    enough = len(complete) >= FEWEST_FOR_AGREEMENT
    return MatrixResult(
        matrix=matrix,
        method=rules.method,
        criteria=criteria,
        limit=ahp.limit(len(criteria), rules.limits),
        experts=tuple(expert.result(group, expert in counted) for expert in judged),
        group=group,
        alternative=alternative,
        agreement=float(consensus(np.array(complete))) if enough else None,
        concordance=float(kendall_w(np.array(complete))) if enough else None,
        fault=fault,
    )


class _Judged:
    """One expert's matrix with its own weights and consistency."""

    def __init__(self, invitation: Invitation, judgements: np.ndarray, rules: Rules) -> None:
        self.invitation = invitation
        self.judgements = judgements
        self.answered = int(np.isfinite(judgements[np.triu_indices(len(judgements), 1)]).sum())
        self.weights: tuple[float, ...] | None = None
        self.cr: float | None = None
        self.triads = len(ahp.circular_triads(judgements))
        try:
            self.weights = _floats(ahp.priorities(judgements, rules.method))
            self.cr = _number(ahp.consistency(judgements, rules.random_index).cr)
        except MethodError:
            pass  # not enough answers to connect all elements: no weights, and none are shown
        self.within_limit = (
            None if self.cr is None else ahp.is_within_limit(self.cr, len(judgements), rules.limits)
        )

    def result(self, group: Aggregate | None, counts: bool) -> ExpertResult:
        distance = None
        if group is not None and self.answered:
            distance = _number(ahp.distances([self.judgements], group.judgements)[0])
        return ExpertResult(
            invitation=self.invitation,
            answered=self.answered,
            weights=self.weights,
            cr=self.cr,
            within_limit=self.within_limit,
            triads=self.triads,
            distance=distance,
            counts=counts,
        )


def _aggregate(experts: list[_Judged], rules: Rules) -> tuple[Aggregate | None, MethodError | None]:
    answering = [expert for expert in experts if expert.answered]
    if not answering:
        return None, None
    try:
        joined = ahp.aggregate_judgements(
            np.array([expert.judgements for expert in answering]),
            [expert.invitation.weight for expert in answering],
        )
        weights = {method: _floats(ahp.priorities(joined, method)) for method in ahp.METHODS}
    except MethodError as fault:
        return None, fault
    cr = _number(ahp.consistency(joined, rules.random_index).cr)
    return (
        Aggregate(
            judgements=tuple(_floats(row) for row in joined),
            weights_by_method=weights,
            cr=cr,
            within_limit=(
                None if cr is None else ahp.is_within_limit(cr, len(joined), rules.limits)
            ),
            experts=len(answering),
        ),
        None,
    )


def _floats(values: np.ndarray) -> tuple[float, ...]:
    return tuple(float(value) for value in values)


def _number(value: float) -> float | None:
    return None if isnan(value) else float(value)
