"""Taking a questionnaire's weights over into its scorecard."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from organizations.models import User
from scorecards.models import KPI, Perspective, WeightSet
from scorecards.selectors.weights import current_weights
from scorecards.services.locks import locked
from scorecards.services.weights import set_weights
from surveys.models import Survey
from surveys.selectors.adoption import replaced_groups
from surveys.selectors.particulars import particulars
from surveys.selectors.results import SurveyResults, survey_results
from surveys.services.refusals import SurveyError


class WeightsAtStake(Exception):
    """Groups that the questionnaire doesn't compare would lose their weights: ``names``."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"weights would be lost: {', '.join(names)}")
        self.names = tuple(names)


def adopt_weights(
    *, survey: Survey, by: User | None, now: datetime, replacing: int | None = None
) -> WeightSet:
    """Give the scorecard its own copy of the group's weights, with how they came about.

    Adopting what the scorecard uses already changes nothing. Raises SurveyError
    ``weights-incomplete`` while a matrix has no weights, ``element-deleted`` when the scorecard
    lost something that the experts compared, and ``element-moved`` when a KPI stands in another
    perspective since: its weight says nothing about those that it stands among now.

    Raises WeightsAtStake where weights would be lost that the questionnaire doesn't compare,
    unless they are of the set whose id is ``replacing``: of that one somebody agreed to it.
    """
    with locked(survey.scorecard):
        results = survey_results(survey)
        if not results.can_be_adopted:
            raise SurveyError("weights-incomplete")
        _check_places(results)
        perspectives, kpis = _weights(results)
        particular = particulars(results, now)
        current = current_weights(survey.scorecard)
        if current and _is_the_same(current, perspectives, kpis, particular):
            return current
        if current and current.pk != replacing and (lost := replaced_groups(survey, current)):
            raise WeightsAtStake(lost)
        return set_weights(
            scorecard=survey.scorecard,
            perspectives=perspectives,
            kpis=kpis,
            origin=WeightSet.Origin.QUESTIONNAIRE,
            by=by,
            particulars=particular,
            now=now,
        )


def _weights(results: SurveyResults) -> tuple[dict[Perspective, float], dict[KPI, float]]:
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
    return perspectives, kpis


def _check_places(results: SurveyResults) -> None:
    kpis = results.survey.scorecard.kpis
    places = dict(kpis.values_list("pk", "objective__perspective_id"))
    moved = [
        criterion.code
        for result in results.matrices
        for criterion in result.criteria
        if criterion.kpi_id and places[criterion.kpi_id] != result.matrix.perspective_id
    ]
    if moved:
        raise SurveyError("element-moved", names=moved)


def _is_the_same(
    current: WeightSet,
    perspectives: Mapping[Perspective, float],
    kpis: Mapping[KPI, float],
    particular: dict[str, Any],
) -> bool:
    stored = {(w.perspective_id, w.kpi_id): w.value for w in current.weights.all()}
    wanted = {(perspective.pk, None): weight for perspective, weight in perspectives.items()}
    wanted |= {(None, kpi.pk): weight for kpi, weight in kpis.items()}
    moment = {"adopted_at": current.particulars.get("adopted_at")}
    return stored == wanted and current.particulars == particular | moment
