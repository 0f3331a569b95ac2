"""Trying out and setting how much each expert counts."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from organizations.models import EditConflict, Role
from scorecards.views.pages import posted
from surveys.access import get_comparison
from surveys.forms.expert_weights import ExpertWeightsForm
from surveys.lens import Lens, lens_for
from surveys.models import Survey
from surveys.selectors.results import SurveyResults, survey_results
from surveys.services.expert_weights import set_expert_weights
from surveys.views.pages import show


def expert_weights(request: HttpRequest, org: str, survey_pk: int) -> HttpResponse:
    """Everybody who reads results may try weights out; those who enter data may store them."""
    action = request.POST.get("action")
    role = Role.EDITOR if action == "save" else Role.RESEARCHER
    survey = get_comparison(request.user, org, survey_pk, role=role)
    results = survey_results(survey)
    form = ExpertWeightsForm(posted(request), results=results)
    if action == "equal":
        return _try({expert.pk: 1.0 for expert in results.experts}, results)
    if request.method == "POST" and form.is_valid():
        return _store(request, survey, form) if action == "save" else _try(form.weights, results)
    return show(request, "expert_weights", survey, form=form)


def _try(weights: Mapping[int, float], results: SurveyResults) -> HttpResponse:
    return _overview(results.survey, lens_for(weights, results.experts))


def _store(request: HttpRequest, survey: Survey, form: ExpertWeightsForm) -> HttpResponse:
    weights = form.weights
    try:
        set_expert_weights(survey=survey, weights=weights, seen=form.versions, by=request.user)
    except EditConflict as conflict:
        if conflict.current is None:
            raise
        newer = ExpertWeightsForm.seeing_anew(request.POST, results=survey_results(survey))
        newer.add_conflict(conflict.current)
        return show(request, "expert_weights", survey, form=newer, status=409)
    messages.success(request, _("The experts' weights are stored. The results follow them."))
    return _overview(survey, Lens())


def _overview(survey: Survey, lens: Lens) -> HttpResponse:
    org = survey.scorecard.organization.slug
    return redirect(f"{reverse('surveys:results', args=[org, survey.pk])}{lens.query}")
