"""Taking a questionnaire's weights over into its scorecard."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from organizations.models import User
from scorecards.models import KPI, Perspective, WeightSet
from scorecards.selectors.weights import current_weights
from scorecards.services.locks import locked
from scorecards.services.weights import set_weights
from surveys.models import Survey
from surveys.selectors.adoption_review import AdoptionReview, adoption_review
from surveys.selectors.particulars import particulars
from surveys.selectors.results import survey_results
from surveys.services.refusals import SurveyError


class AdoptionChanged(Exception):
    """Taking over would do something else by now than what its reader agreed to."""


def adopt_weights(
    *, survey: Survey, by: User | None, now: datetime, seen: str | None = None
) -> WeightSet:
    """Give the scorecard its own copy of the group's weights, with how they came about.

    What was to be known before is kept with them. Adopting what the scorecard uses already
    changes nothing. Raises SurveyError ``weights-incomplete`` while a matrix has no weights,
    ``element-deleted`` when the scorecard lost something that the experts compared, and
    ``element-moved`` when a KPI stands in another perspective since: its weight says nothing
    about those that it stands among now.

    ``seen`` is `AdoptionReview.seen` of what somebody agreed to; raises AdoptionChanged when it
    would be something else by now. None: nobody was asked, as for demo data.
    """
    with locked(survey.scorecard):
        current = current_weights(survey.scorecard)
        if current and seen and current.particulars.get("agreed") == seen:
            # The second press of one button. All figures anew would only keep others waiting.
            return current
        review = adoption_review(survey_results(survey))
        _check(review)
        perspectives, kpis = review.weights.perspectives, review.weights.kpis
        particular = particulars(review.results, now) | {"said": review.notes, "agreed": seen}
        if current and _is_the_same(current, perspectives, kpis, particular):
            return current
        if seen is not None and seen != review.seen:
            raise AdoptionChanged
        return set_weights(
            scorecard=survey.scorecard,
            perspectives=perspectives,
            kpis=kpis,
            origin=WeightSet.Origin.QUESTIONNAIRE,
            by=by,
            particulars=particular,
            now=now,
        )


def _check(review: AdoptionReview) -> None:
    if not review.results.can_be_adopted:
        raise SurveyError("weights-incomplete")
    if review.weights.deleted:
        raise SurveyError("element-deleted")
    if review.weights.moved:
        raise SurveyError("element-moved", names=review.weights.moved)


def _is_the_same(
    current: WeightSet,
    perspectives: Mapping[Perspective, float],
    kpis: Mapping[KPI, float],
    particular: dict[str, Any],
) -> bool:
    """Of what was said only what concerns the answers: what would be lost is lost by then."""
    stored = {(w.perspective_id, w.kpi_id): w.value for w in current.weights.all()}
    wanted = {(perspective.pk, None): weight for perspective, weight in perspectives.items()}
    wanted |= {(None, kpi.pk): weight for kpi, weight in kpis.items()}
    of_then = {key: current.particulars.get(key) for key in ("adopted_at", "said", "agreed")}
    return stored == wanted and current.particulars | of_then == particular | of_then
