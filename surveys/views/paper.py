"""Questionnaires on paper: printed for an expert, and keyed in when they come back."""

from functools import partial

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
from surveys.access import get_begun_response, get_named_invitation, get_survey
from surveys.exports.paper_pdf import PaperFor, paper_pdf
from surveys.forms.paper import PaperConsentForm, PaperSendForm
from surveys.links import invitation_link
from surveys.models import Invitation, Response, Survey
from surveys.selectors.paper import keyed_sheet, open_rounds, page_after, page_of
from surveys.services.answering import check_open
from surveys.services.paper import key_in, send_paper, start_paper_response
from surveys.services.refusals import AnswerRefused, CannotSubmit
from surveys.views.paper_pages import (
    frame,
    key_lines,
    reason,
    saved_words,
    show_lines,
    why_unsent,
)

PDF = "application/pdf"
BLANK = "blank"
SEND = "send"


@require_safe
def paper_blank(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    """For whoever it is handed to: without a name, a code or a link."""
    survey = get_survey(request.user, org, pk)
    if survey.status == Survey.Status.DRAFT:
        return _not_open_yet(request, survey)
    return download(paper_pdf(survey), name=survey.name, ending="pdf", content_type=PDF)


@never_cache
@require_safe
def paper_print(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    """One expert's paper. Its QR code is his link, so who may read links may print it."""
    invitation = get_named_invitation(request.user, org, survey_pk, pk, role=Role.EDITOR)
    survey = invitation.survey
    if survey.status == Survey.Status.DRAFT:
        return _not_open_yet(request, survey)
    if invitation.revoked_at is not None:
        messages.error(request, _("The link was taken back. Give a new one, then print."))
        return redirect("surveys:invitation", org, survey_pk, pk)
    expert = PaperFor(invitation, invitation_link(invitation, request))
    name = f"{survey.name} {invitation.code}"
    return download(paper_pdf(survey, expert), name=name, ending="pdf", content_type=PDF)


def _not_open_yet(request: HttpRequest, survey: Survey) -> HttpResponse:
    messages.error(
        request, _("Open the questionnaire first: until then its questions can still change.")
    )
    return redirect("surveys:survey", survey.scorecard.organization.slug, survey.pk)


@never_cache
def paper(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    """Begin with the signature; afterwards: how far the keying in is, and sending."""
    invitation = get_named_invitation(request.user, org, survey_pk, pk, role=Role.EDITOR)
    response = getattr(invitation, "response", None)
    if response is None:
        return _begin(request, invitation)
    if request.method == "POST" and SEND not in request.POST:
        return redirect(request.path)  # "Begin" was pressed twice: that sends nothing
    response.invitation = invitation
    return _progress(request, response)


def _begin(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = PaperConsentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            start_paper_response(
                invitation=invitation,
                signed_on=form.cleaned_data["signed_on"],
                by=request.user,
                now=timezone.now(),
            )
        except AnswerRefused as refusal:
            form.add_error(None, reason(refusal))
        else:
            return redirect(request.path)
    status = 422 if form.errors else 200
    context = frame(invitation) | {"form": form}
    return render(request, "surveys/paper_begin.html", context, status=status)


def _progress(request: HttpRequest, response: Response) -> HttpResponse:
    form = PaperSendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            send_paper(response=response, now=timezone.now(), **form.cleaned_data)
        except CannotSubmit as refusal:
            form.add_error(None, why_unsent(refusal))
        except AnswerRefused as refusal:
            form.add_error(None, reason(refusal))
        else:
            messages.success(request, _("The answers on paper are sent. They count from now on."))
            return redirect(request.path)
    context = frame(response.invitation) | {
        "response": response,
        "sheet": keyed_sheet(response, is_blank=_is_blank(request)),
        "is_blank": _is_blank(request),
        "refusal": _refusal(response),
        "asked": open_rounds(response),
        "form": form,
    }
    return render(request, "surveys/paper.html", context, status=422 if form.errors else 200)


@never_cache
def paper_part(
    request: HttpRequest, org: str, survey_pk: int, pk: int, number: int
) -> HttpResponse:
    """One part of the paper, to be keyed in line by line."""
    response = get_begun_response(request.user, org, survey_pk, pk, role=Role.EDITOR)
    if _refusal(response):
        return redirect("surveys:paper", org, survey_pk, pk)
    is_blank = _is_blank(request)
    try:
        keyed = key_lines(
            request,
            partial(page_of, response, number, is_blank=is_blank),
            partial(key_in, response=response),
        )
    except AnswerRefused as refusal:
        messages.error(request, reason(refusal))
        return redirect("surveys:paper", org, survey_pk, pk)
    if keyed.stored is not None:
        return _on(request, response, number, keyed.stored)
    back_url = reverse("surveys:paper", args=[org, survey_pk, pk])
    context = {
        "is_blank": is_blank,
        "back_url": f"{back_url}?sheet={BLANK}" if is_blank else back_url,
    }
    return show_lines(request, keyed, frame(response.invitation) | context)


def _on(request: HttpRequest, response: Response, number: int, stored: int) -> HttpResponse:
    messages.success(request, saved_words(stored))
    survey = response.invitation.survey
    args = [survey.scorecard.organization.slug, survey.pk, response.invitation_id]
    following = page_after(response, number)
    query = f"?sheet={BLANK}" if _is_blank(request) else ""
    if following is None:
        target = redirect("surveys:paper", *args)
    else:
        target = redirect("surveys:paper-part", *args, following)
    target["Location"] += query
    return target


def _is_blank(request: HttpRequest) -> bool:
    """Whether the answers stand on a blank sheet, whose order is its own."""
    return request.GET.get("sheet") == BLANK


def _refusal(response: Response) -> str:
    try:
        check_open(response, timezone.now())
    except AnswerRefused as refusal:
        return reason(refusal)
    return ""
