"""What every page of an answering expert has in common."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial, wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from surveys.access import LinkNeeded, LinkUnknown, get_ended, get_remembered_invitation
from surveys.models import Invitation, Response
from surveys.services.answering import GRACE
from surveys.services.refusals import (
    AlreadySubmitted,
    AnswerRefused,
    InvalidAnswer,
    InvitationDeclined,
)
from surveys.views.answer.kinds import sheet_of
from surveys.views.answer.preview import in_preview, previewed
from surveys.wording import templates

View = Callable[..., HttpResponse]


def expert_page(view: View) -> View:
    """Open to people without an account; never stored, never indexed.

    Says what to do where the answers can't be reached, or can't change any more.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        tried = previewed(request, kwargs)
        if tried is None:
            response = _answered(view, request, *args, **kwargs)
        else:
            answered = partial(_answered, view, request, *args, **kwargs)
            response = in_preview(request, tried, lambda _invitation: answered())
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return login_not_required(never_cache(guarded))


def _answered(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except LinkNeeded:
        return _link_needed(request)
    except InvalidAnswer:
        # Not this expert's, since a moment ago: as if the page had been asked for just now.
        raise Http404 from None
    except AnswerRefused as refusal:
        return _refused(request, refusal)


def _refused(request: HttpRequest, refusal: AnswerRefused) -> HttpResponse:
    try:
        invitation = get_remembered_invitation(request)
    except LinkNeeded:
        # The link was taken back, or the questionnaire deleted, while the answer was on its way.
        return _link_needed(request)
    if isinstance(refusal, InvitationDeclined):
        return _declined(request, invitation)
    if isinstance(refusal, AlreadySubmitted):
        return _sent(request, invitation)
    return closed_page(request, invitation)


def _link_needed(request: HttpRequest) -> HttpResponse:
    """Whose answers were deleted, by himself or by an officer, is told so and not to try again."""
    with suppress(LinkUnknown):
        if get_ended(request) and request.method in ("GET", "HEAD"):
            return redirect("surveys:answer-erase")
    return render(request, "surveys/answer/link_needed.html", status=403)


class _LinkPageCsrf(CsrfViewMiddleware):
    """A page under ``no-referrer`` sends its forms with ``Origin: null``.

    So the origin says nothing here. The token in the form and in the cookie still must agree.
    """

    def _origin_verified(self, request: HttpRequest) -> bool:
        return request.META["HTTP_ORIGIN"] == "null" or super()._origin_verified(request)


def link_page(view: View) -> View:
    """A page with the secret in its address, which no other site may learn."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return expert_page(csrf_exempt(decorator_from_middleware(_LinkPageCsrf)(guarded)))


def closed_page(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    response = getattr(invitation, "response", None)
    context = frame(invitation) | {
        "response": response,
        "sheet": sheet_of(invitation, response) if response else None,
        "at_link": request.resolver_match.url_name == "answer-open",
    }
    status = 200 if request.method in ("GET", "HEAD") else 409
    return render(request, "surveys/answer/closed.html", context, status=status)


def _sent(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    if request.method in ("GET", "HEAD"):
        return redirect("surveys:answer-receipt", invitation.response.submission_id)
    context = frame(invitation) | {"response": invitation.response}
    return render(request, "surveys/answer/sent_already.html", context, status=409)


def _declined(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    if request.method in ("GET", "HEAD"):
        return redirect("surveys:answer-decline")
    return render(request, "surveys/answer/declined.html", frame(invitation), status=409)


def frame(invitation: Invitation) -> dict[str, Any]:
    """What the templates' common base shows."""
    survey = invitation.survey
    deadline = invitation.last_moment
    return {
        "survey": survey,
        "invitation": invitation,
        "organization": survey.scorecard.organization,
        "deadline": deadline,
        "is_past": deadline is not None and deadline < timezone.now(),
        "grace": deadline + GRACE if deadline else None,
    }


def answering(response: Response, **context: Any) -> dict[str, Any]:
    """The context of a page on which answers are saved."""
    return (
        frame(response.invitation)
        | {
            "response": response,
            "submission": response.submission_id,
            "words": templates(),
            # Names the answers in the browser's storage without giving their id away.
            "storage_key": salted_hmac("surveys.queue", response.submission_id.hex).hexdigest()[
                :16
            ],
        }
        | context
    )
