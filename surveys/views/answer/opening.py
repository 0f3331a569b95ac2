"""From the personal link over the consent to the first question."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django.views.i18n import set_language

from organizations.throttle import HOUR, Throttle, origin
from scorecards.views.pages import posted
from surveys.access import (
    LinkUnknown,
    get_ended,
    get_invitation_by_link,
    get_remembered_invitation,
    get_response,
)
from surveys.consent import consent_facts, consent_terms
from surveys.expert_cookie import remember_invitation
from surveys.forms.answering import ConsentForm
from surveys.models import Invitation
from surveys.preview_cookie import end_preview
from surveys.selectors.answering import answer_sheet
from surveys.services.answering import check_open, check_taking, start_response, takes_answers
from surveys.services.invitations import mark_opened
from surveys.views.answer.door import (
    answering,
    closed_page,
    expert_page,
    frame,
    link_page,
)
from surveys.views.answer.erasing import ended_page
from surveys.views.answer.kinds import asked_again, is_screening, sheet_of
from surveys.views.answer.rating_finishing import rating_overview
from surveys.views.answer.ways import again_url, pair_url, question_url

# Only misses are counted, so that nobody who holds a good link is ever locked out.
WRONG_LINKS = Throttle("wrong-expert-link", limit=20, seconds=HOUR)


@link_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer_open(request: HttpRequest, link: str) -> HttpResponse:
    """Looking changes nothing: previews and scanners look too. A button goes on."""
    if request.method == "POST" and "language" in request.POST:
        # Says nothing of the link: whoever has a wrong one is to read that too.
        return set_language(request)
    try:
        invitation = get_invitation_by_link(link)
    except LinkUnknown:
        try:
            return ended_page(request, get_ended(request, link))
        except LinkUnknown:
            too_many = WRONG_LINKS.take(origin(request)) is None
        return render(request, "surveys/answer/link_unknown.html", status=429 if too_many else 404)
    if request.method == "POST" and "erase" in request.POST:
        # Also where no more answers are taken.
        remembered = redirect("surveys:answer-erase")
        remember_invitation(remembered, invitation)
        end_preview(remembered)
        return remembered
    response = getattr(invitation, "response", None)
    is_sent = response is not None and response.submitted_at is not None
    if not is_sent and not takes_answers(invitation, timezone.now()):
        return closed_page(request, invitation)
    if request.method == "POST":
        mark_opened(invitation=invitation, now=timezone.now())
        # The letter says that one may say no here, so this is one press as well.
        way = "surveys:answer-decline" if "decline" in request.POST else "surveys:answer"
        started = redirect(way)
        remember_invitation(started, invitation)
        # Whoever previewed in this browser answers in earnest from here on.
        end_preview(started)
        return started
    return open_page(request, invitation)


def open_page(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """What is asked, how long it takes, and the ways on."""
    response = getattr(invitation, "response", None)
    is_open = takes_answers(invitation, timezone.now())
    context = frame(invitation) | {
        "sheet": sheet_of(invitation, response),
        "begun": response is not None,
        "is_sent": response is not None and response.submitted_at is not None,
        "again": asked_again(invitation, response) if is_open else (),
    }
    return render(request, "surveys/answer/open.html", context)


@expert_page
@require_safe
def answer(request: HttpRequest) -> HttpResponse:
    """Where this expert goes on: the consent, the overview or the first open question."""
    invitation = get_remembered_invitation(request)
    response = getattr(invitation, "response", None)
    now = timezone.now()
    if response is None:
        check_taking(invitation, now)
        return redirect("surveys:answer-consent")
    response.invitation = invitation
    again = asked_again(invitation, response)
    if again and takes_answers(invitation, now):
        return redirect(again_url(response, again[0]))
    check_open(response, now)
    sheet = sheet_of(invitation, response)
    if not sheet.answered:
        return redirect("surveys:answer-overview", response.submission_id)
    if sheet.missing:
        return redirect(question_url(response, sheet.missing[0]))
    return redirect("surveys:answer-check", response.submission_id)


@expert_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer_consent(request: HttpRequest) -> HttpResponse:
    invitation = get_remembered_invitation(request)
    if hasattr(invitation, "response") or invitation.declined_at:
        return redirect("surveys:answer")
    check_taking(invitation, timezone.now())
    form = ConsentForm(posted(request))
    if request.method == "POST" and form.is_valid():
        response = start_response(
            invitation=invitation, now=timezone.now(), terms=consent_terms(invitation.survey)
        )
        return redirect("surveys:answer-overview", response.submission_id)
    context = frame(invitation) | {
        "form": form,
        "sheet": sheet_of(invitation),
        "facts": consent_facts(invitation.survey),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "surveys/answer/consent.html", context, status=status)


@expert_page
@require_safe
def answer_overview(request: HttpRequest, submission: UUID) -> HttpResponse:
    response = get_response(request, submission)
    if is_screening(response.invitation):
        return rating_overview(request, response)
    check_open(response, timezone.now())
    sheet = answer_sheet(response.invitation, response)
    first = (sheet.missing or sheet.pairs or (None,))[0]
    context = answering(response, sheet=sheet, start_url=pair_url(response, first) if first else "")
    return render(request, "surveys/answer/overview.html", context)
