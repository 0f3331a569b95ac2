"""One matrix that an expert is asked again, on paper: printed, keyed in, sent."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from organizations.models import Role
from scorecards.exports.download import download
from surveys.access import get_experts_round
from surveys.exports.paper_pdf import PaperFor, paper_round_pdf
from surveys.forms.paper import PaperSendForm
from surveys.links import invitation_link
from surveys.models import Response, Round
from surveys.selectors.paper import KeyedPage, asked_part, keyed_round
from surveys.services.answering import check_taking
from surveys.services.paper_rounds import key_in_round
from surveys.services.refusals import AlreadySubmitted, AnswerRefused, CannotSubmit
from surveys.services.rounds import submit_round
from surveys.views.paper import PDF
from surveys.views.paper_pages import (
    frame,
    key_lines,
    reason,
    saved_words,
    show_lines,
    why_unsent,
)


@never_cache
@require_safe
def paper_round_print(
    request: HttpRequest, org: str, survey_pk: int, pk: int, round_pk: int
) -> HttpResponse:
    """The one matrix with the message. Its QR code is the expert's link, as on the first paper."""
    asked = get_experts_round(request.user, org, survey_pk, pk, round_pk, role=Role.EDITOR)
    invitation = asked.response.invitation
    part = asked_part(asked)
    if part is None:
        return _over(request, asked)
    if invitation.revoked_at is not None:
        messages.error(request, _("The link was taken back. Give a new one, then print."))
        return redirect("surveys:invitation", org, survey_pk, pk)
    expert = PaperFor(invitation, invitation_link(invitation, request))
    name = f"{invitation.survey.name} {invitation.code} {asked.number}"
    return download(paper_round_pdf(part, expert), name=name, ending="pdf", content_type=PDF)


@never_cache
def paper_round(
    request: HttpRequest, org: str, survey_pk: int, pk: int, round_pk: int
) -> HttpResponse:
    """What is asked again, how far the keying in is, and sending."""
    asked = get_experts_round(request.user, org, survey_pk, pk, round_pk, role=Role.EDITOR)
    form = PaperSendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            submit_round(
                round=asked, now=timezone.now(), keyed_by=request.user, **form.cleaned_data
            )
        except CannotSubmit as refusal:
            form.add_error(None, why_unsent(refusal))
        except AnswerRefused as refusal:
            messages.error(request, _why_not(asked, refusal))
            return redirect("surveys:paper", org, survey_pk, pk)
        else:
            messages.success(request, _("The new answers are sent. They count from now on."))
            return redirect("surveys:paper", org, survey_pk, pk)
    page = keyed_round(asked)
    if page is None:
        return _over(request, asked)
    context = frame(asked.response.invitation) | {
        "asked": asked,
        "page": page,
        "refusal": _refusal(asked.response),
        "form": form,
    }
    return render(request, "surveys/paper_round.html", context, status=422 if form.errors else 200)


@never_cache
def paper_round_lines(
    request: HttpRequest, org: str, survey_pk: int, pk: int, round_pk: int
) -> HttpResponse:
    """The matrix that is asked again, to be keyed in line by line."""
    asked = get_experts_round(request.user, org, survey_pk, pk, round_pk, role=Role.EDITOR)
    if _refusal(asked.response):
        return redirect("surveys:paper-round", org, survey_pk, pk, round_pk)
    try:
        keyed = key_lines(request, partial(_lines, asked), partial(key_in_round, round=asked))
    except AnswerRefused as refusal:
        messages.error(request, _why_not(asked, refusal))
        return redirect("surveys:paper", org, survey_pk, pk)
    if keyed.stored is not None:
        messages.success(request, saved_words(keyed.stored))
        return redirect("surveys:paper-round", org, survey_pk, pk, round_pk)
    back_url = reverse("surveys:paper-round", args=[org, survey_pk, pk, round_pk])
    context: dict[str, Any] = {"asked": asked, "back_url": back_url}
    return show_lines(request, keyed, frame(asked.response.invitation) | context)


def _lines(asked: Round) -> KeyedPage:
    """Read anew at each step: somebody may send or take back in between."""
    page = keyed_round(asked)
    if page is None:
        raise AlreadySubmitted
    return page


def _over(request: HttpRequest, asked: Round) -> HttpResponse:
    """Somebody was faster: say who, on the page that lists what is still asked."""
    messages.error(request, _why_not(asked, AlreadySubmitted()))
    invitation = asked.response.invitation
    org = invitation.survey.scorecard.organization.slug
    return redirect("surveys:paper", org, invitation.survey_id, invitation.pk)


def _why_not(asked: Round, refusal: AnswerRefused) -> str:
    if not isinstance(refusal, AlreadySubmitted):
        return reason(refusal)
    asked.refresh_from_db(fields=["submitted_at", "withdrawn_at"])
    if asked.withdrawn_at is not None:
        return _("This part is no longer asked again: that was taken back.")
    return _("The new answers to this part were sent already. They don't change any more.")


def _refusal(response: Response) -> str:
    try:
        check_taking(response.invitation, timezone.now())
    except AnswerRefused as refusal:
        return reason(refusal)
    return ""
