"""Taking a questionnaire's weights over into its scorecard."""

from datetime import datetime
from typing import Any

from django.db import transaction

from organizations.models import User
from scorecards.models import KPI, Perspective, WeightSet
from scorecards.services.weights import set_weights
from surveys.models import Survey
from surveys.selectors.results import ExpertResult, MatrixResult, SurveyResults, survey_results
from surveys.services.questionnaires import SurveyError


@transaction.atomic
def adopt_weights(*, survey: Survey, by: User | None, now: datetime) -> WeightSet:
    """Give the scorecard its own copy of the group's weights, with how they came about.

    Raises SurveyError ``weights-incomplete`` while a matrix has no weights, and
    ``element-deleted`` when the scorecard lost something that the experts compared.
    """
    results = survey_results(survey)
    if not results.can_be_adopted:
        raise SurveyError("weights-incomplete")
    perspectives: dict[Perspective, float] = {}
    kpis: dict[KPI, float] = {}
    for result in results.matrices:
        for criterion, weight in zip(result.criteria, result.weights or (), strict=True):
            if result.matrix.compares_perspectives and criterion.perspective:
                perspectives[criterion.perspective] = weight
            elif criterion.kpi:
                kpis[criterion.kpi] = weight
            else:
                raise SurveyError("element-deleted")
    return set_weights(
        scorecard=survey.scorecard,
        perspectives=perspectives,
        kpis=kpis,
        origin=WeightSet.Origin.QUESTIONNAIRE,
        by=by,
        particulars=particulars(results, now),
        now=now,
    )


def particulars(results: SurveyResults, now: datetime) -> dict[str, Any]:
    """Everything that a report says about where its weights came from."""
    survey, rules = results.survey, results.rules
    return {
        "survey": survey.name,
        "survey_id": survey.pk,
        "provenance": survey.provenance,
        "method": rules.method,
        "random_index": rules.random_index,
        "limits": {str(size): limit for size, limit in rules.limits.items()},
        "aggregation": "judgements",
        "experts_counted": rules.experts_counted,
        "experts": results.sent,
        "adopted_at": now.isoformat(),
        "matrices": [_matrix(result, anonymous=survey.anonymous) for result in results.matrices],
    }


def _matrix(result: MatrixResult, *, anonymous: bool) -> dict[str, Any]:
    group = result.group
    return {
        "code": result.matrix.code,
        "title": result.matrix.title,
        "compares_perspectives": result.matrix.compares_perspectives,
        "size": result.size,
        "cr": group.cr if group else None,
        "limit": result.limit,
        "within": group.within_limit if group else None,
        "experts": [_expert(expert, result, anonymous=anonymous) for expert in result.experts],
    }


def _expert(expert: ExpertResult, result: MatrixResult, *, anonymous: bool) -> dict[str, Any]:
    return {
        "code": expert.invitation.code,
        "name": None if anonymous else expert.invitation.name,
        "cr": expert.cr,
        "within": expert.within_limit,
        "complete": expert.answered == result.comparisons,
        "counts": expert.counts,
    }
