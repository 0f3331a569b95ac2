"""By the link: deleting one's own answers, or taking one's name off them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from organizations.models import EditConflict
from scorecards.views.pages import posted
from surveys.access import LinkNeeded, LinkUnknown, get_ended, get_remembered_invitation
from surveys.forms.erasing import ErasingForm
from surveys.models import Erasure, Invitation
from surveys.selectors.erasing import choices_of
from surveys.services.erasing import anonymize_expert, delete_expert
from surveys.services.refusals import SurveyError
from surveys.views.answer.door import expert_page, frame

ACTS = {Erasure.Kind.DELETED: delete_expert, Erasure.Kind.ANONYMIZED: anonymize_expert}


@expert_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer_erase(request: HttpRequest) -> HttpResponse:
    """What there is, what deleting it changes and what stays; then the press that does it."""
    try:
        invitation = get_remembered_invitation(request)
    except LinkNeeded:
        # Done already: just now, by a second press, or by an officer who was faster.
        return _ended(request)
    form = ErasingForm(posted(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _erase(request, invitation, form.cleaned_data["act"])
            except SurveyError:
                # Adopted since the page was shown: it says so now.
                status = 409
    return _ask(request, invitation, status)


def _ask(request: HttpRequest, invitation: Invitation, status: int) -> HttpResponse:
    choices = choices_of(invitation, is_officer=False)
    context = frame(invitation) | {"choices": choices, "stored": choices.stored}
    return render(request, "surveys/answer/erase.html", context, status=status)


def _erase(request: HttpRequest, invitation: Invitation, act: str) -> HttpResponse:
    try:
        erasure = ACTS[Erasure.Kind(act)](invitation=invitation, by=None, now=timezone.now())
    except EditConflict:
        raise LinkNeeded from None
    if hasattr(request, "preview"):
        # Taken back at the end of this page, so it can't be another one.
        return ended_page(request, erasure)
    return redirect("surveys:answer-erase")


def _ended(request: HttpRequest) -> HttpResponse:
    try:
        erasure = get_ended(request)
    except LinkUnknown:
        raise LinkNeeded from None
    if request.method == "POST":
        return redirect("surveys:answer-erase")
    return ended_page(request, erasure)


def ended_page(request: HttpRequest, erasure: Erasure) -> HttpResponse:
    """What became of the answers of whoever holds this link."""
    survey = erasure.survey
    context = {
        "survey": survey,
        "organization": survey.scorecard.organization,
        "erasure": erasure,
    }
    return render(request, "surveys/answer/erased.html", context)
