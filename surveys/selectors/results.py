"""What a questionnaire's answers amount to: per matrix, per expert, and over the hierarchy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from scorecards.methods.errors import MethodError, gettext_noop
from scorecards.methods.group import check_expert_weights
from scorecards.models import KPI
from surveys.models import Criterion, GroupMatrix, Invitation, Survey
from surveys.selectors.asked_again import AskedAgain
from surveys.selectors.beside_chance import BesideChance, overall_concordance
from surveys.selectors.expert_results import ExpertHierarchy, Floats, judge_stack
from surveys.selectors.hierarchy import Hierarchy, hierarchy_of, leaf_label
from surveys.selectors.matrix_results import (
    MatrixResult,
    counted_experts,
    matrix_result,
    method_names,
)
from surveys.selectors.result_intervals import (
    ExpertDraws,
    ExpertIntervals,
    Intervals,
    LeftOut,
    WhyNot,
    bootstrap_intervals,
    expert_intervals,
)
from surveys.selectors.rules import Rules
from surveys.selectors.sent_answers import SentAnswers, load_answers
from surveys.selectors.sources import Sources, count_sources, noted


@dataclass(frozen=True)
class GlobalWeight:
    """A KPI's weight within its perspective, and of the whole.

    ``criterion`` is None for a KPI that wasn't compared: it counts as much as the others of its
    perspective. ``by_priorities`` is the global weight from the experts' own weights (AIP).
    """

    code: str
    label: str
    perspective: str
    criterion: Criterion | None
    kpi: KPI | None
    local: float
    overall: float
    by_priorities: float | None

    @property
    def is_compared(self) -> bool:
        return self.criterion is not None


# With more parts than these a column or a tab for each is no help.
MOST_SIDE_BY_SIDE = 12


@dataclass(frozen=True)
class SurveyResults:
    """All results of a questionnaire.

    ``invitations`` are everybody's, ``experts`` those whose answers were sent, by id. ``round``
    is the last one that counts here, None for the newest. ``expert_weights`` by invitation are
    those that these results were computed with; ``is_what_if`` says that they are not the
    stored ones.
    """

    survey: Survey
    rules: Rules
    invitations: tuple[Invitation, ...]
    experts: tuple[Invitation, ...]
    matrices: tuple[MatrixResult, ...]
    round: int | None
    rounds: tuple[int, ...]
    asked_again: tuple[AskedAgain, ...]
    expert_weights: dict[int, float]
    is_what_if: bool
    # How many perspectives of the scorecard have KPIs to be weighed.
    perspectives: int
    tree: Hierarchy | None = field(repr=False, compare=False)
    draws: ExpertDraws = field(repr=False, compare=False)
    answers: SentAnswers = field(repr=False, compare=False)

    @property
    def sent(self) -> int:
        return len(self.experts)

    @property
    def printed(self) -> tuple[GroupMatrix, ...]:
        """The group matrices that came joined from a file, in the order of their parts."""
        return tuple(result.printed for result in self.matrices if result.printed)

    @property
    def joined(self) -> int:
        """How many experts' judgements the group's weights join, wherever these were given."""
        return max((each.experts for each in self.printed), default=self.sent)

    @property
    def expected(self) -> int:
        """Whose answers are there or may still come."""
        sent = {expert.pk for expert in self.experts}
        return sum(
            invitation.revoked_at is None
            and (invitation.declined_at is None or invitation.pk in sent)
            for invitation in self.invitations
        )

    @property
    def has_many_parts(self) -> bool:
        return len(self.matrices) > MOST_SIDE_BY_SIDE

    @property
    def listed(self) -> tuple[MatrixResult, ...]:
        """The matrices as a list has them: of many, those that need a look come first."""
        if not self.has_many_parts:
            return self.matrices
        over = {result.matrix.pk for result in self.over_limit}
        return tuple(sorted(self.matrices, key=lambda result: result.matrix.pk not in over))

    @property
    def over_limit(self) -> tuple[MatrixResult, ...]:
        """The matrices whose group is less consistent than its size allows."""
        return tuple(r for r in self.matrices if r.group and r.group.within_limit is False)

    @property
    def sources(self) -> Sources:
        """Of those who count in any matrix: who answered otherwise than online."""
        of_expert: dict[int, set[str]] = {}
        for result in self.matrices:
            for each in result.experts:
                if each.counts and each.answered:
                    of_expert.setdefault(each.invitation.pk, set()).update(each.sources)
        return count_sources(noted(found) for found in of_expert.values())

    def matrix(self, pk: int) -> MatrixResult | None:
        return next((result for result in self.matrices if result.matrix.pk == pk), None)

    @cached_property
    def hierarchy(self) -> tuple[GlobalWeight, ...]:
        """The KPIs by global weight, largest first; empty while a matrix has no weights."""
        return tuple(self._leaves[place] for place in self._order)

    @property
    def undivided(self) -> float:
        """The weight of perspectives whose KPIs were not compared; one KPI alone can't be."""
        if not self.hierarchy:
            return 1.0
        divided = (leaf for leaf in self.hierarchy if leaf.is_compared or leaf.local == 1)
        return max(0.0, 1 - sum(leaf.overall for leaf in divided))

    @cached_property
    def expert_hierarchies(self) -> tuple[ExpertHierarchy, ...]:
        """Each expert's own global weights, in the order of ``hierarchy``."""
        if self.tree is None or not self.hierarchy or not self.tree.needed:
            return ()
        own = self.tree.overall([result.judged.weights for result in self.matrices])
        rows = own[:, self._order].tolist()
        has_all = ~np.isnan(own).any(axis=1)
        return tuple(
            ExpertHierarchy(expert, tuple(row) if complete else None)
            for expert, row, complete in zip(self.experts, rows, has_all, strict=True)
        )

    @cached_property
    def beside_chance(self) -> BesideChance | None:
        """Kendall's W of the global rankings of those who count in every matrix that decides
        them, and what it would be by chance; None for fewer than two."""
        complete = [
            each.overall
            for each, counts in zip(self.expert_hierarchies, self._count_everywhere, strict=True)
            if counts and each.overall is not None
        ]
        if self.tree is None:
            return None
        sizes = [result.size for result in self.matrices]
        return overall_concordance(complete, self.tree, sizes, self.rules.method)

    @property
    def concordance(self) -> float | None:
        return self.beside_chance.value if self.beside_chance else None

    @cached_property
    def interval(self) -> ExpertIntervals | None:
        """Where the global weights of all experts of this kind lie, in the order of ``hierarchy``.

        None where ``why_no_interval``. Each matrix is as sure as the experts who judged it.
        """
        if self.tree is None or not self.hierarchy or self.why_no_interval:
            return None
        left_out = [result.left_out for result in self.matrices]
        everywhere = self._overall([each and each.weights for each in left_out])
        parts = []
        for place in self.tree.needed:
            one = left_out[place]
            parts.append(LeftOut(self._overall_without(place, one.weights), one.shares))
        return expert_intervals(self._leaf_names, self._leaf_weights, parts, everywhere)

    @property
    def why_no_interval(self) -> WhyNot | None:
        """The first reason among the matrices that decide the global weights."""
        if self.tree is None or not self.tree.needed:
            return "few"
        reasons = [self.matrices[place].why_no_interval for place in self.tree.needed]
        return next(filter(None, reasons), None)

    def _overall_without(self, place: int, weights: Floats) -> Floats:
        """Global weights (experts, leaves) if only this matrix is without each expert."""
        count = len(weights)
        own = [
            np.broadcast_to(result.weights, (count, len(result.weights)))
            if result.weights is not None
            else None
            for result in self.matrices
        ]
        own[place] = weights
        return self._overall(own)

    @cached_property
    def bootstrap(self) -> Intervals | None:
        """How often another KPI comes first with other experts.

        None while a matrix has fewer than five experts.
        """
        overall = self._overall([result.drawn_weights for result in self.matrices])
        if overall is None:
            return None
        return bootstrap_intervals(self._leaf_names, self._leaf_weights, overall, self.draws.seed)

    def _overall(self, drawn: list[Floats | None]) -> Floats | None:
        """Global weights of other groups, in the order of ``hierarchy``."""
        if self.tree is None or not self.hierarchy or not self.tree.needed:
            return None
        if any(drawn[place] is None for place in self.tree.needed):
            return None
        return self.tree.overall(drawn)[:, self._order]

    @property
    def _leaf_names(self) -> list[tuple[str, str]]:
        return [(leaf.code, leaf.label) for leaf in self.hierarchy]

    @property
    def _leaf_weights(self) -> list[float]:
        return [leaf.overall for leaf in self.hierarchy]

    @property
    def method_names(self) -> tuple[str, ...]:
        return method_names()

    @property
    def can_be_adopted(self) -> bool:
        return bool(self.matrices) and all(result.group for result in self.matrices)

    @property
    def _count_everywhere(self) -> list[bool]:
        """For each of ``expert_hierarchies``."""
        if self.tree is None or not self.expert_hierarchies:
            return []
        flags = [self.matrices[place].counted for place in self.tree.needed]
        everywhere: list[bool] = np.all(flags, axis=0).tolist()
        return everywhere

    @cached_property
    def _order(self) -> list[int]:
        leaves = self._leaves
        return sorted(range(len(leaves)), key=lambda place: -leaves[place].overall)

    @cached_property
    def _leaves(self) -> tuple[GlobalWeight, ...]:
        """The KPIs branch by branch."""
        tree = self.tree
        if tree is None or any(self.matrices[place].group is None for place in tree.needed):
            return ()
        weights = _arrays([result.weights for result in self.matrices])
        by_priorities = _arrays([result.by_priorities for result in self.matrices])
        others: list[float | None] = [None] * sum(len(branch.leaves) for branch in tree.branches)
        if tree.needed and all(by_priorities[place] is not None for place in tree.needed):
            others = tree.overall(by_priorities).tolist()
        local = [weight for own in tree.local(weights) for weight in own.tolist()]
        things = [(branch, leaf) for branch in tree.branches for leaf in branch.leaves]
        columns = (things, local, tree.overall(weights).tolist(), others)
        return tuple(
            GlobalWeight(
                code=leaf.code,
                label=leaf_label(leaf),
                perspective=branch.label,
                criterion=leaf if isinstance(leaf, Criterion) else None,
                kpi=leaf.kpi if isinstance(leaf, Criterion) else leaf,
                local=own,
                overall=overall,
                by_priorities=other,
            )
            for (branch, leaf), own, overall, other in zip(*columns, strict=True)
        )


def survey_results(
    survey: Survey,
    *,
    round: int | None = None,
    expert_weights: Mapping[int, float] | None = None,
) -> SurveyResults:
    """Compute all results of a questionnaire from its sent answers (11 queries).

    ``round``: as if no later one had been asked for. ``expert_weights``, by invitation: as if
    these experts weighed so much; nothing is stored. Raises MethodError ``expert-unknown`` and
    what `scorecards.methods.group.check_expert_weights` refuses.
    """
    return results_of(load_answers(survey), round=round, expert_weights=expert_weights)


def results_of(
    answers: SentAnswers,
    *,
    round: int | None = None,
    expert_weights: Mapping[int, float] | None = None,
) -> SurveyResults:
    """The results of answers that were read already; no query."""
    shares = _expert_weights(answers, expert_weights)
    weights = np.array([shares[expert.pk] for expert in answers.sent], dtype=np.float64)
    stacks = [judge_stack(answers, matrix, weights, round) for matrix in answers.matrices]
    pool = np.zeros(len(weights), dtype=np.bool_)
    for judged in stacks:
        pool |= counted_experts(judged, answers.rules)[0] & judged.has_answers & judged.weighs
    draws = ExpertDraws(pool, answers.survey.seed)
    return SurveyResults(
        survey=answers.survey,
        rules=answers.rules,
        invitations=answers.invitations,
        experts=answers.sent,
        matrices=tuple(
            matrix_result(matrix, judged, answers.rules, draws)
            for matrix, judged in zip(answers.matrices, stacks, strict=True)
        ),
        round=round,
        rounds=answers.rounds,
        asked_again=answers.asked_again,
        expert_weights=shares,
        is_what_if=any(shares[each.pk] != each.weight for each in answers.invitations),
        perspectives=len(answers.groups),
        tree=hierarchy_of(answers.matrices, answers.groups),
        draws=draws,
        answers=answers,
    )


def _expert_weights(answers: SentAnswers, chosen: Mapping[int, float] | None) -> dict[int, float]:
    """The weight of each invitation: the chosen one, or the stored one."""
    stored = {invitation.pk: invitation.weight for invitation in answers.invitations}
    if chosen is None:
        return stored
    if not stored.keys() >= chosen.keys():
        raise MethodError(
            "expert-unknown", gettext_noop("One of the experts is not of this questionnaire.")
        )
    wanted = stored | {pk: float(weight) for pk, weight in chosen.items()}
    experts = answers.sent or answers.invitations
    check_expert_weights([wanted[expert.pk] for expert in experts], len(experts))
    return wanted


def _arrays(rows: Sequence[tuple[float, ...] | None]) -> list[Floats | None]:
    return [None if row is None else np.array(row) for row in rows]
