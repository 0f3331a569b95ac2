"""What experts' ratings amount to, trying out a cut-off, and deciding by hand."""

from copy import copy

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organizations.models import Role, delete_if_unchanged
from organizations.versioned_forms import VersionForm
from scorecards.views.pages import INVALID, posted
from surveys.access import get_candidate, get_screening
from surveys.forms.screening_results import CutForm, DecisionForm, KeepCutForm
from surveys.models import Candidate, CandidateDecision, Survey
from surveys.selectors.candidate_proposals import candidate_proposals
from surveys.selectors.screening_outcomes import outcome_views
from surveys.selectors.screening_results import screening_results as results_of
from surveys.views.pages import show


def screening_results(request: HttpRequest, org: str, survey_pk: int) -> HttpResponse:
    """GET shows the ratings, under another cut-off where one is asked for; POST keeps it."""
    role = Role.EDITOR if request.method == "POST" else Role.READER
    survey = get_screening(request.user, org, survey_pk, role=role)
    if request.method == "POST":
        # A copy: where it is refused, the page shows the questionnaire as it is.
        keep = KeepCutForm(request.POST, instance=copy(survey))
        if keep.is_valid():
            keep.save(by=request.user)
            messages.success(request, _("The cut-off is saved."))
            return redirect("surveys:screening-results", org, survey_pk)
        return _results_page(request, survey, CutForm(request.POST), status=INVALID)
    tries = "cut_by" in request.GET or "cut_off" in request.GET
    stored = {"cut_by": survey.cut_by, "cut_off": survey.cut_off}
    return _results_page(request, survey, CutForm(request.GET if tries else None, initial=stored))


def _results_page(
    request: HttpRequest, survey: Survey, form: CutForm, status: int = 200
) -> HttpResponse:
    tried = form.cut if form.is_valid() else None
    results = results_of(survey, tried)
    return show(
        request,
        "screening_results",
        survey,
        form=form,
        results=results,
        is_tried=tried is not None and (tried.by, tried.off) != (survey.cut_by, survey.cut_off),
        proposals=candidate_proposals(survey),
        outcomes=outcome_views(survey),
        status=status,
    )


def screening_candidate(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    """One candidate in depth: every rating, every remark, and the decision by hand."""
    role = Role.EDITOR if request.method == "POST" else Role.RESEARCHER
    candidate = get_candidate(request.user, org, survey_pk, pk, role=role)
    stored = getattr(candidate, "decision", None)
    form = DecisionForm(
        posted(request),
        instance=stored or CandidateDecision(candidate=candidate),
    )
    if request.method == "POST" and form.is_valid():
        form.save(by=request.user)
        messages.success(request, _("Decided by hand: %(name)s.") % {"name": candidate})
        return _back_to_row(org, candidate)
    results = results_of(candidate.survey)
    return show(
        request,
        "screening_candidate",
        candidate.survey,
        form=form,
        row=next(row for row in results.rows if row.candidate.pk == candidate.pk),
        results=results,
    )


@require_POST
def decision_withdraw(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    candidate = get_candidate(request.user, org, survey_pk, pk, role=Role.EDITOR)
    decision = getattr(candidate, "decision", None)
    form = VersionForm(request.POST)
    if decision is not None and form.is_valid():
        delete_if_unchanged(decision, seen=form.cleaned_data["version"], by=request.user)
        messages.success(request, _("The cut-off decides again: %(name)s.") % {"name": candidate})
    return _back_to_row(org, candidate)


def _back_to_row(org: str, candidate: Candidate) -> HttpResponse:
    page = redirect("surveys:screening-results", org, candidate.survey_id)
    page["Location"] += f"#candidate-{candidate.pk}"
    return page
