"""What the answers to one matrix amount to: for each expert, and for the group."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from django.utils.translation import gettext as _

from scorecards.methods import ahp
from scorecards.methods.errors import MethodError
from scorecards.models import Scorecard
from surveys.models import Criterion, GroupMatrix, Matrix
from surveys.selectors import pair_results
from surveys.selectors.beside_chance import PanelAgreement, panel_agreement
from surveys.selectors.expert_results import (
    ExpertResult,
    Flags,
    Floats,
    JudgedStack,
    expert_results,
)
from surveys.selectors.group_results import (
    Aggregate,
    aggregate,
    join_priorities,
    printed_aggregate,
)
from surveys.selectors.pair_results import ElementDots, OutlyingJudgement, PairResult
from surveys.selectors.result_intervals import (
    ExpertDraws,
    ExpertIntervals,
    Intervals,
    LeftOut,
    WhyNot,
    bootstrap_intervals,
    expert_intervals,
    perturbation_intervals,
)
from surveys.selectors.rules import Rules
from surveys.selectors.sources import Sources, count_sources
from surveys.wording import question_of


def method_names() -> tuple[str, ...]:
    """The three methods in the order of ``ElementResult.by_method``, in words."""
    return tuple(Scorecard.PriorityMethod(method).label for method in ahp.METHODS)


@dataclass(frozen=True)
class ElementResult:
    """One element's weight in the group: as used, by each method, and from the experts' weights.

    ``alternative`` is the weight under the other exclusion policy, ``by_priorities`` that of
    the experts' own weights (AIP); None where there is none.
    """

    criterion: Criterion
    weight: float
    by_method: tuple[float, ...]
    alternative: float | None
    by_priorities: float | None

    @property
    def named(self) -> tuple[tuple[str, float], ...]:
        """Each method in words, with its weight."""
        return tuple(zip(method_names(), self.by_method, strict=True))


@dataclass(frozen=True)
class MatrixResult:
    """One matrix: the group by geometric mean (AIJ) and everything to judge it by.

    ``by_priorities`` are the weights by AIP: the geometric mean of the experts' own weights,
    renormalised. Only experts whose answers connect all elements have weights of their own;
    ``priorities_experts`` says how many that are. ``fault`` says why there are answers and no
    weights.
    """

    matrix: Matrix
    method: str
    criteria: tuple[Criterion, ...]
    limit: float | None
    experts: tuple[ExpertResult, ...]
    group: Aggregate | None
    only_consistent_count: bool
    by_priorities: tuple[float, ...] | None
    priorities_experts: int
    fault: MethodError | None
    rules: Rules = field(repr=False, compare=False)
    judged: JudgedStack = field(repr=False, compare=False)
    counted: Flags = field(repr=False, compare=False)
    draws: ExpertDraws = field(repr=False, compare=False)

    @property
    def title(self) -> str:
        return self.matrix.title or _("The perspectives against each other")

    @property
    def question(self) -> str:
        """What experts were asked about each of its pairs."""
        return question_of(self.matrix.question)

    @property
    def reason(self) -> str:
        """Why there are answers and yet no weights, in words."""
        if self.fault:
            names = [criterion.label for criterion in self.criteria]
            return self.fault.render(translate=_, names=names)
        if self.group is None and self.only_consistent_count and self.alternative:
            return _(
                "Everybody who answered this part is over the limit, and the scorecard counts only "
                "experts within it. Ask them again, or let all experts count."
            )
        return ""

    @property
    def printed(self) -> GroupMatrix | None:
        """Where the group's matrix came joined from a file: no expert's own answers are here."""
        return self.matrix.printed

    @property
    def size(self) -> int:
        return len(self.criteria)

    @property
    def gci_limit(self) -> float | None:
        return ahp.gci_limit(self.size)

    @property
    def comparisons(self) -> int:
        return self.size * (self.size - 1) // 2

    @property
    def sources(self) -> Sources:
        """Of those who count here: who answered otherwise than online."""
        return count_sources(
            expert.sources for expert in self.experts if expert.counts and expert.answered
        )

    @cached_property
    def beside_chance(self) -> PanelAgreement | None:
        """How far those who count agree, and how far they would by chance."""
        return panel_agreement(
            self.judged.weights[self.counted & self.judged.has_weights], self.method
        )

    @property
    def agreement(self) -> float | None:
        """S* of those who count."""
        return self.beside_chance.consensus.value if self.beside_chance else None

    @property
    def concordance(self) -> float | None:
        """Kendall's W of those who count."""
        found = self.beside_chance and self.beside_chance.concordance
        return found.value if found else None

    @property
    def weights(self) -> tuple[float, ...] | None:
        """The group's weights by the scorecard's method."""
        return self.group.weights if self.group else None

    @cached_property
    def alternative(self) -> Aggregate | None:
        """The group with the other exclusion policy; None where it makes no difference."""
        others = counted_experts(self.judged, self.rules)[1]
        if np.count_nonzero(others & self.judged.weighs) == np.count_nonzero(self.counted):
            return None
        return aggregate(self.judged, others, self.rules)[0]

    @property
    def largest_weight(self) -> float:
        """What fills a bar."""
        return max(self.weights or (1.0,))

    @cached_property
    def elements(self) -> tuple[ElementResult, ...]:
        """One row for each element, in the order of the matrix; none without weights."""
        if self.group is None:
            return ()
        by_method = zip(*(self.group.weights_by_method[m] for m in ahp.METHODS), strict=True)
        nothing: tuple[float | None, ...] = (None,) * self.size
        others = self.alternative.weights if self.alternative else nothing
        by_priorities = self.by_priorities or nothing
        columns = (self.criteria, self.group.weights, by_method, others, by_priorities)
        return tuple(ElementResult(*row) for row in zip(*columns, strict=True))

    @property
    def over_limit(self) -> int:
        return sum(expert.within_limit is False for expert in self.experts)

    def expert(self, invitation: int) -> ExpertResult | None:
        """The row of one expert by the id of his invitation."""
        return next((each for each in self.experts if each.invitation.pk == invitation), None)

    @cached_property
    def pairs(self) -> tuple[PairResult, ...]:
        """The heat map: every pair with the group's judgement and how the answers lie."""
        return pair_results.pair_results(self.criteria, self.judged, self._joined)

    @cached_property
    def outliers(self) -> tuple[OutlyingJudgement, ...]:
        """Judgements that stand apart, the farthest first; pairs with four answers or more."""
        return pair_results.outlying_judgements(self.criteria, self.judged)

    @cached_property
    def dots(self) -> tuple[ElementDots, ...]:
        """The dot plot: each element's weight for the group and for each expert who has one."""
        return pair_results.element_dots(self.criteria, self.experts, self.weights)

    @cached_property
    def drawn_weights(self) -> Floats | None:
        """Weights (draws, n) with the experts of each draw; None for fewer than five experts."""
        if self.group is None or self.group.is_printed:
            return None
        return self.draws.weights(self.judged.matrices, self.shares, self.method)

    @cached_property
    def left_out(self) -> LeftOut | None:
        """What the weights are without each expert; None of a group that came joined."""
        if self.group is None or self.group.is_printed:
            return None
        return self.draws.left_out(self.judged.matrices, self.shares, self.method)

    @property
    def shares(self) -> Floats:
        """The expert weights of everybody who sent; 0 of who doesn't count here."""
        return self.judged.expert_weights * self.counted * self.judged.has_answers

    @cached_property
    def interval(self) -> ExpertIntervals | None:
        """Where the weights of all experts of this kind lie; None where ``why_no_interval``."""
        if self.weights is None or self.left_out is None or self.why_no_interval:
            return None
        counted = self.left_out.weights[self.left_out.shares > 0]
        return expert_intervals(self._names, self.weights, [self.left_out], counted)

    @property
    def why_no_interval(self) -> WhyNot | None:
        if self.group is None:
            return "few"
        return "printed" if self.left_out is None else self.left_out.why_not

    @cached_property
    def bootstrap(self) -> Intervals | None:
        """How often another element comes first with other experts; None for fewer than five."""
        if self.weights is None or self.drawn_weights is None:
            return None
        return bootstrap_intervals(self._names, self.weights, self.drawn_weights, self.draws.seed)

    @cached_property
    def perturbation(self) -> Intervals | None:
        """How the weights vary when every judgement is a step beside what was said.

        None of a printed group matrix: what each expert said is not known.
        """
        if self.group is None or self.group.is_printed:
            return None
        chosen = self.counted & self.judged.has_answers
        stack, shares = self.judged.matrices[chosen], self.judged.expert_weights[chosen]
        return perturbation_intervals(self._names, stack, shares, self.method, self.draws.seed)

    @property
    def _names(self) -> list[tuple[str, str]]:
        return [(criterion.code, criterion.label) for criterion in self.criteria]

    @cached_property
    def _joined(self) -> Floats | None:
        return None if self.group is None else np.array(self.group.judgements)


def counted_experts(judged: JudgedStack, rules: Rules) -> tuple[Flags, Flags]:
    """Who counts under the scorecard's exclusion policy, and who would under the other one.

    Their weights are another matter: of somebody who weighs 0 nothing counts under either.
    """
    consistent = judged.is_asked & ~judged.over_limit
    if rules.experts_counted == Scorecard.Experts.CONSISTENT:
        return consistent, judged.is_asked
    return judged.is_asked, consistent


def matrix_result(
    matrix: Matrix, judged: JudgedStack, rules: Rules, draws: ExpertDraws
) -> MatrixResult:
    """Join the answers of those who sent them."""
    chosen = counted_experts(judged, rules)[0]
    group, fault = _group(matrix, judged, chosen, rules)
    counted = chosen & judged.weighs
    joined = None if group is None else np.array(group.judgements)
    return MatrixResult(
        matrix=matrix,
        method=rules.method,
        criteria=tuple(matrix.criteria.all()),
        limit=ahp.limit(judged.matrices.shape[1], rules.limits),
        experts=expert_results(judged, counted, joined),
        group=group,
        only_consistent_count=rules.experts_counted == Scorecard.Experts.CONSISTENT,
        by_priorities=join_priorities(judged, counted & judged.has_weights),
        priorities_experts=int(np.count_nonzero(counted & judged.has_weights)),
        fault=fault,
        rules=rules,
        judged=judged,
        counted=counted,
        draws=draws,
    )


def _group(
    matrix: Matrix, judged: JudgedStack, chosen: Flags, rules: Rules
) -> tuple[Aggregate | None, MethodError | None]:
    """From a group matrix that was printed elsewhere, or else from the experts' answers."""
    if matrix.printed is None:
        return aggregate(judged, chosen, rules)
    return printed_aggregate(matrix.printed, judged.matrices.shape[1], rules), None
