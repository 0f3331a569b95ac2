"""The KPIs that experts missed: taking one over, or declining."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organizations.models import Role
from scorecards.views.pages import posted
from surveys.access import get_proposal
from surveys.forms.screening_results import TakeProposalForm
from surveys.services.candidate_proposals import (
    decline_proposal,
    reconsider_proposal,
    take_proposal,
)
from surveys.views.pages import show


def proposal_take(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    proposal = get_proposal(request.user, org, survey_pk, pk, role=Role.EDITOR)
    survey = proposal.response.invitation.survey
    form = TakeProposalForm(posted(request), proposal=proposal, scorecard=survey.scorecard)
    if request.method == "POST" and form.is_valid():
        kpi = take_proposal(proposal=proposal, by=request.user, **form.cleaned_data)
        messages.success(request, _("%(kpi)s is a candidate of the scorecard now.") % {"kpi": kpi})
        return redirect("surveys:screening-results", org, survey_pk)
    return show(request, "screening_proposal", survey, form=form, proposal=proposal)


@require_POST
def proposal_decline(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    """Says no, or with ``reconsider`` takes the no back."""
    proposal = get_proposal(request.user, org, survey_pk, pk, role=Role.EDITOR)
    if "reconsider" in request.POST:
        reconsider_proposal(proposal=proposal)
    else:
        decline_proposal(proposal=proposal, now=timezone.now())
    return redirect("surveys:screening-results", org, survey_pk)
