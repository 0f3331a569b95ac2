"""What a questionnaire's answers amount to: per matrix, per expert, and over the hierarchy."""

from collections import defaultdict
from dataclasses import dataclass

from scorecards.models import KPI, Scorecard
from surveys.models import Criterion, Invitation, Judgement, Survey
from surveys.selectors.matrix_results import MatrixResult, matrix_result, method_names
from surveys.selectors.rules import Rules


@dataclass(frozen=True)
class GlobalWeight:
    criterion: Criterion
    local: float
    overall: float


@dataclass(frozen=True)
class SurveyResults:
    survey: Survey
    rules: Rules
    invitations: tuple[Invitation, ...]
    sent: int
    matrices: tuple[MatrixResult, ...]
    # How many perspectives of the scorecard have KPIs to be weighed.
    perspectives: int

    @property
    def expected(self) -> int:
        return sum(invitation.revoked_at is None for invitation in self.invitations)

    @property
    def over_limit(self) -> tuple[MatrixResult, ...]:
        """The matrices whose group is less consistent than its size allows."""
        return tuple(r for r in self.matrices if r.group and r.group.within_limit is False)

    @property
    def hierarchy(self) -> tuple[GlobalWeight, ...]:
        """The KPIs by global weight, largest first; empty while a matrix has no weights."""
        parts = [result for result in self.matrices if not result.matrix.compares_perspectives]
        if not parts or any(result.group is None for result in parts):
            return ()
        shares = self._perspective_shares(parts)
        if shares is None:
            return ()
        found = [
            GlobalWeight(criterion, local, local * shares[result.matrix.pk])
            for result in parts
            for criterion, local in zip(result.criteria, result.weights or (), strict=True)
        ]
        return tuple(sorted(found, key=lambda weight: -weight.overall))

    @property
    def undivided(self) -> float:
        """The weight of perspectives whose KPIs were not compared, such as those with one."""
        return max(0.0, 1 - sum(weight.overall for weight in self.hierarchy))

    def _perspective_shares(self, parts: list[MatrixResult]) -> dict[int, float] | None:
        """The share of each part's perspective; equal ones when perspectives weren't compared."""
        top = next((r for r in self.matrices if r.matrix.compares_perspectives), None)
        if top is None:
            share = 1 / max(len(parts), self.perspectives)
            return {part.matrix.pk: share for part in parts}
        if top.weights is None:
            return None
        by_code = {c.code: w for c, w in zip(top.criteria, top.weights, strict=True)}
        if any(part.matrix.code not in by_code for part in parts):
            return None
        return {part.matrix.pk: by_code[part.matrix.code] for part in parts}

    @property
    def method_names(self) -> tuple[str, ...]:
        return method_names()

    @property
    def can_be_adopted(self) -> bool:
        return bool(self.matrices) and all(result.group for result in self.matrices)


def survey_results(survey: Survey) -> SurveyResults:
    """Compute all results of a questionnaire from its sent answers (6 queries)."""
    rules = Rules.of(survey.scorecard)
    invitations = tuple(survey.invitations.select_related("response"))
    sent = [i for i in invitations if i.revoked_at is None and _submitted(i)]
    answers: dict[tuple[int, int], list[Judgement]] = defaultdict(list)
    judgements = Judgement.objects.filter(response__invitation__in=sent)
    for judgement in judgements.select_related("response"):
        answers[judgement.matrix_id, judgement.response.invitation_id].append(judgement)
    matrices = survey.matrices.select_related("perspective").prefetch_related(
        "criteria__perspective", "criteria__kpi"
    )
    return SurveyResults(
        survey=survey,
        rules=rules,
        invitations=invitations,
        sent=len(sent),
        matrices=tuple(matrix_result(matrix, sent, answers, rules) for matrix in matrices),
        perspectives=_weighable_perspectives(survey.scorecard),
    )


def _weighable_perspectives(scorecard: Scorecard) -> int:
    adopted = scorecard.kpis.filter(status=KPI.Status.ADOPTED)
    return adopted.values("objective__perspective").distinct().count()


def _submitted(invitation: Invitation) -> bool:
    return hasattr(invitation, "response") and invitation.response.submitted_at is not None
