"""Not taking part at all, or not judging a part that one isn't competent for."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from scorecards.views.pages import posted
from surveys.access import get_remembered_invitation, get_response
from surveys.forms.answering import LeavingForm
from surveys.models import Invitation
from surveys.selectors.answering import answer_sheet
from surveys.services.answering import (
    check_open,
    decline_invitation,
    take_back_decline,
    takes_answers,
)
from surveys.services.exemptions import hand_back, take_back
from surveys.services.refusals import SurveyNotOpen
from surveys.views.answer.door import expert_page, frame
from surveys.views.answer.ways import CHECK


@expert_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer_decline(request: HttpRequest) -> HttpResponse:
    """Say no, with a reason if one likes; afterwards, what was said and the way back."""
    invitation = get_remembered_invitation(request)
    now = timezone.now()
    if not takes_answers(invitation, now):
        raise SurveyNotOpen
    if invitation.declined_at is not None:
        return render(request, "surveys/answer/declined.html", frame(invitation))
    if hasattr(invitation, "response") and invitation.response.submitted_at is not None:
        return redirect("surveys:answer")
    form = _leaving_form(request, invitation)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        decline_invitation(invitation=invitation, reason=reason, now=now)
        return redirect("surveys:answer-decline")
    context = frame(invitation) | {"form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "surveys/answer/decline.html", context, status=status)


@expert_page
@require_POST
def answer_accept(request: HttpRequest) -> HttpResponse:
    """Take part after all."""
    take_back_decline(invitation=get_remembered_invitation(request), now=timezone.now())
    return redirect("surveys:answer")


@expert_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer_hand_back(request: HttpRequest, submission: UUID, part: int) -> HttpResponse:
    response = get_response(request, submission)
    now = timezone.now()
    check_open(response, now)
    sheet = answer_sheet(response.invitation, response)
    shown = sheet.part(part)
    if shown is None:
        if sheet.back(part) is None:
            raise Http404
        return redirect("surveys:answer-overview", submission)
    form = _leaving_form(request, response.invitation)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        hand_back(response=response, matrix=shown.matrix, reason=reason, now=now)
        return redirect("surveys:answer-overview", submission)
    context = frame(response.invitation) | {"form": form, "part": shown, "submission": submission}
    status = 422 if request.method == "POST" else 200
    return render(request, "surveys/answer/hand_back.html", context, status=status)


@expert_page
@require_POST
def answer_take_back(request: HttpRequest, submission: UUID, part: int) -> HttpResponse:
    """Judge the part after all."""
    response = get_response(request, submission)
    now = timezone.now()
    check_open(response, now)
    back = answer_sheet(response.invitation, response).back(part)
    if back is not None:
        take_back(response=response, matrix=back.matrix, now=now)
    if request.GET.get("from") == CHECK:
        return redirect("surveys:answer-check", submission)
    return redirect("surveys:answer-overview", submission)


def _leaving_form(request: HttpRequest, invitation: Invitation) -> LeavingForm:
    organization = invitation.survey.scorecard.organization
    return LeavingForm(posted(request), organization=organization.name)
