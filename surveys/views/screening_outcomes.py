"""One press that adopts and drops a screening's KPIs, what it did, and undoing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.models import Role
from scorecards.views.pages import INVALID, posted
from surveys.access import get_outcome, get_screening
from surveys.errors import survey_error_text
from surveys.forms.screening_results import ApplyForm
from surveys.models import Survey
from surveys.selectors.questionnaires import is_weighed_by_experts, waiting_comparison
from surveys.selectors.screening_changes import screening_changes
from surveys.selectors.screening_outcomes import outcome_view
from surveys.services.refusals import SurveyError
from surveys.services.screening_outcome import ScreeningChanged, apply_screening, undo_screening
from surveys.views.pages import show


def screening_apply(request: HttpRequest, org: str, survey_pk: int) -> HttpResponse:
    """The page lists every change; the press makes these and no others."""
    survey = get_screening(request.user, org, survey_pk, role=Role.EDITOR)
    form = ApplyForm(posted(request))
    if form.is_valid():
        return _apply(request, survey, form.cleaned_data["seen"])
    planned = screening_changes(survey)
    anew = ApplyForm(initial={"seen": planned.seen})
    status = INVALID if form.is_bound else 200
    return show(request, "screening_apply", survey, form=anew, planned=planned, status=status)


def _apply(request: HttpRequest, survey: Survey, seen: str) -> HttpResponse:
    org = survey.scorecard.organization.slug
    try:
        outcome = apply_screening(survey=survey, by=request.user, now=timezone.now(), seen=seen)
    except SurveyError as error:
        messages.error(request, survey_error_text(error))
        return redirect("surveys:screening-results", org, survey.pk)
    except ScreeningChanged:
        messages.warning(
            request, _("Something changed meanwhile. Please look at the list once more.")
        )
        return redirect("surveys:screening-apply", org, survey.pk)
    messages.success(request, _("Done. The KPIs of the scorecard have their new status."))
    return redirect("surveys:screening-outcome", org, survey.pk, outcome.pk)


def screening_outcome(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    """What was changed, and the figures that decided, as they stood."""
    outcome = get_outcome(request.user, org, survey_pk, pk, role=Role.READER)
    return show(
        request,
        "screening_outcome",
        outcome.survey,
        view=outcome_view(outcome),
        is_weighed=is_weighed_by_experts(outcome.survey.scorecard),
        waiting=waiting_comparison(outcome.survey.scorecard),
    )


def screening_undo(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    outcome = get_outcome(request.user, org, survey_pk, pk, role=Role.EDITOR)
    if request.method == "POST":
        undone = undo_screening(outcome=outcome, by=request.user, now=timezone.now())
        if undone.changed or undone.deleted:
            messages.warning(request, _("Undone, except for what was changed since: see below."))
        else:
            messages.success(request, _("Undone. The KPIs stand as before."))
        return redirect("surveys:screening-outcome", org, survey_pk, pk)
    if outcome.undone_at is not None:
        return redirect("surveys:screening-outcome", org, survey_pk, pk)
    return show(request, "screening_undo", outcome.survey, view=outcome_view(outcome))
