"""What the pages of results share: the lens of the address, and the frame around the content."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from scorecards.methods.errors import MethodError
from surveys.forms.expert_weights import ExpertWeightsForm
from surveys.lens import Lens, read_lens
from surveys.models import Survey
from surveys.selectors.results import SurveyResults, survey_results
from surveys.views.pages import show


def look_through(request: HttpRequest, survey: Survey) -> tuple[Lens, SurveyResults]:
    """The results as the address wants to see them. What can't be seen so doesn't exist."""
    lens = read_lens(request.GET, survey)
    if lens.weights and not survey.scorecard.organization.can_research:
        # Who lets one expert alone count reads that expert's own weights.
        raise Http404
    try:
        results = survey_results(survey, round=lens.round, expert_weights=lens.weights)
    except MethodError as error:
        raise Http404 from error
    if lens.round is not None and lens.round not in results.rounds:
        raise Http404
    return lens, results


def show_results(
    request: HttpRequest,
    template: str,
    lens: Lens,
    results: SurveyResults,
    *,
    tab: str | int,
    **context: Any,
) -> HttpResponse:
    """``tab``: overview, sensitivity, or the id of a matrix."""
    return show(
        request,
        template,
        results.survey,
        lens=lens,
        results=results,
        tab=tab,
        weights_form=ExpertWeightsForm(results=results) if lens.weights else None,
        rounds=[(number, lens.of_round(number)) for number in results.rounds],
        **context,
    )
