"""Questionnaires on paper: printed for an expert, and keyed in when they come back."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from organizations.models import Role
from scorecards.exports.download import download
from surveys.access import get_begun_response, get_invitation, get_survey
from surveys.exports.paper_pdf import PaperFor, paper_pdf
from surveys.forms.paper import (
    KeyedPairForm,
    KeyedRatingForm,
    PaperConsentForm,
    PaperSendForm,
    ReplaceForm,
)
from surveys.links import invitation_link
from surveys.models import Invitation, Response, Survey
from surveys.selectors.paper import keyed_sheet, page_after, page_of
from surveys.services.answering import check_open
from surveys.services.paper import (
    AnsweredOnline,
    ChangedMeanwhile,
    key_in,
    send_paper,
    start_paper_response,
)
from surveys.services.refusals import (
    AlreadySubmitted,
    AnswerRefused,
    CannotSubmit,
    InvitationDeclined,
)

PDF = "application/pdf"
BLANK = "blank"
SEND = "send"


@require_safe
def paper_blank(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    """For whoever it is handed to: without a name, a code or a link."""
    survey = get_survey(request.user, org, pk, role=Role.EDITOR)
    if survey.status == Survey.Status.DRAFT:
        return _not_open_yet(request, survey)
    return download(paper_pdf(survey), name=survey.name, ending="pdf", content_type=PDF)


@never_cache
@require_safe
def paper_print(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    """One expert's paper. Its QR code is his link, so who may read links may print it."""
    invitation = get_invitation(request.user, org, survey_pk, pk, role=Role.EDITOR)
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
    invitation = get_invitation(request.user, org, survey_pk, pk, role=Role.EDITOR)
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
            form.add_error(None, _reason(refusal))
        else:
            return redirect(request.path)
    status = 422 if form.errors else 200
    context = _frame(invitation) | {"form": form}
    return render(request, "surveys/paper_begin.html", context, status=status)


def _progress(request: HttpRequest, response: Response) -> HttpResponse:
    form = PaperSendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            send_paper(response=response, now=timezone.now(), **form.cleaned_data)
        except CannotSubmit as refusal:
            form.add_error(None, _why_unsent(refusal))
        except AnswerRefused as refusal:
            form.add_error(None, _reason(refusal))
        else:
            messages.success(request, _("The answers on paper are sent. They count from now on."))
            return redirect(request.path)
    context = _frame(response.invitation) | {
        "response": response,
        "sheet": keyed_sheet(response, is_blank=_is_blank(request)),
        "is_blank": _is_blank(request),
        "refusal": _refusal(response),
        "form": form,
    }
    return render(request, "surveys/paper.html", context, status=422 if form.errors else 200)


def _why_unsent(refusal: CannotSubmit) -> str:
    if refusal.reasons:
        titles = ", ".join(part.title for part, _fault in refusal.reasons)
        return _("Some more answers are needed to weigh this: %(titles)s.") % {"titles": titles}
    return _("Some lines are open. Key them in, or tick that they are open on the paper.")


@never_cache
def paper_part(
    request: HttpRequest, org: str, survey_pk: int, pk: int, number: int
) -> HttpResponse:
    """One part of the paper, to be keyed in line by line."""
    response = get_begun_response(request.user, org, survey_pk, pk, role=Role.EDITOR)
    if _refusal(response):
        return redirect("surveys:paper", org, survey_pk, pk)
    forms = _forms(request, response, number)
    replacing = ReplaceForm(request.POST or None)
    valid = [form.is_valid() for form in (*forms, replacing)]
    changed: tuple[str, ...] = ()
    asks = False
    if request.method == "POST" and all(valid):
        try:
            stored = key_in(
                response=response,
                answers=[form.keyed for form in forms],
                by=request.user,
                now=timezone.now(),
                **replacing.cleaned_data,
            )
        except ChangedMeanwhile as refusal:
            changed, asks = refusal.items, isinstance(refusal, AnsweredOnline)
            forms = _forms(request, response, number, is_newest=True)
        except AnswerRefused as refusal:
            messages.error(request, _reason(refusal))
            return redirect("surveys:paper", org, survey_pk, pk)
        else:
            return _on(request, response, number, stored)
    context = _frame(response.invitation) | {
        "part": page_of(response, number, is_blank=_is_blank(request)),
        "forms": forms,
        "failed": any(form.errors for form in forms),
        "changed": [form for form in forms if form.item in changed],
        "replacing": replacing if asks else None,
        "is_blank": _is_blank(request),
    }
    status = 409 if changed else 422 if request.method == "POST" else 200
    return render(request, "surveys/paper_part.html", context, status=status)


def _forms(
    request: HttpRequest, response: Response, number: int, *, is_newest: bool = False
) -> Sequence[KeyedPairForm | KeyedRatingForm]:
    """A form a line. ``is_newest``: the next press is about what is stored by now."""
    page = page_of(response, number, is_blank=_is_blank(request))
    if page is None:
        raise Http404
    data: Any = request.POST.copy() if request.method == "POST" else None
    made: list[KeyedPairForm | KeyedRatingForm] = []
    for line in page.lines:
        kind = KeyedRatingForm if page.is_screening else KeyedPairForm
        prefix = f"line-{line.item}"
        if data is not None and is_newest:
            data[f"{prefix}-seq"] = line.seq
        made.append(kind(data, line=line, prefix=prefix))
    return made


def _on(request: HttpRequest, response: Response, number: int, stored: int) -> HttpResponse:
    messages.success(
        request, ngettext("%(n)s line saved.", "%(n)s lines saved.", stored) % {"n": stored}
    )
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
        return _reason(refusal)
    return ""


def _reason(refusal: AnswerRefused) -> str:
    if isinstance(refusal, AlreadySubmitted):
        return _("The answers of this expert were sent. They don't change any more.")
    if isinstance(refusal, InvitationDeclined):
        return _("This expert declined, so nothing can be keyed in.")
    return _(
        "The questionnaire takes no answers now. Open it again or give this expert more time, "
        "then key in the paper."
    )


def _frame(invitation: Invitation) -> dict[str, Any]:
    survey = invitation.survey
    return {
        "organization": survey.scorecard.organization,
        "nav": "surveys",
        "survey": survey,
        "invitation": invitation,
    }
