"""What the experts' answers amount to, and taking the weights over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organizations.models import Role
from scorecards.models import WeightSet
from surveys.access import get_survey
from surveys.errors import survey_error_text
from surveys.selectors.results import survey_results
from surveys.services.adoption import adopt_weights
from surveys.services.questionnaires import SurveyError


def results(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    survey = get_survey(request.user, org, pk)
    adopted = survey.scorecard.weight_sets.filter(
        origin=WeightSet.Origin.QUESTIONNAIRE, particulars__survey_id=survey.pk
    )
    context = {
        "organization": survey.scorecard.organization,
        "nav": "surveys",
        "survey": survey,
        "results": survey_results(survey),
        "adopted": adopted.first(),
    }
    return render(request, "surveys/survey_results.html", context)


@require_POST
def adopt(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    survey = get_survey(request.user, org, pk, role=Role.EDITOR)
    try:
        adopt_weights(survey=survey, by=request.user, now=timezone.now())
    except SurveyError as error:
        messages.error(request, survey_error_text(error))
        return redirect("surveys:results", org, pk)
    messages.success(
        request,
        _("The scorecard now uses these weights. Earlier weights are kept below."),
    )
    return redirect("scorecards:weights", org, survey.scorecard_id)
