"""The expert's pages without an expert: each look happens in a transaction that is taken back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from surveys.access import get_survey
from surveys.errors import survey_error_text
from surveys.models import Invitation
from surveys.preview_cookie import Tried, end_preview, keep_preview, read_preview
from surveys.services.previewing import begin_preview, end_of_preview
from surveys.services.refusals import SurveyError


@dataclass(frozen=True)
class Preview:
    """What the pages' banner says: of which questionnaire, and where to end it."""

    invitation: Invitation
    url: str


class _TakenBack(Exception):
    """Ends a preview's transaction, so that nothing of it is stored."""


def previewed(request: HttpRequest, words: Mapping[str, object]) -> Tried | None:
    """What is being previewed at this address, if it is no expert's own."""
    tried = read_preview(request)
    if tried is None or "link" in words or not request.user.is_authenticated:
        return None
    asked = str(words.get("submission", tried.submission))
    return tried if asked == tried.submission else None


def in_preview(
    request: HttpRequest, tried: Tried, answer: Callable[[Invitation], HttpResponse]
) -> HttpResponse:
    """Answer as the expert's page would; what was tried goes into the browser's cookie."""
    try:
        survey = get_survey(request.user, tried.org, tried.survey)
    except (Http404, PermissionDenied):
        # Deleted since, or no longer for this person: an expert's own pages are free again.
        left = redirect("organizations:start")
        end_preview(left)
        return left
    try:
        with transaction.atomic():
            invitation = begin_preview(
                survey=survey, tried=tried, user=request.user, now=timezone.now()
            )
            url = reverse("surveys:survey-preview", args=[tried.org, tried.survey])
            request.preview = Preview(invitation, url)  # type: ignore[attr-defined]
            response = answer(invitation)
            tried = end_of_preview(invitation=invitation, tried=tried)
            raise _TakenBack
    except _TakenBack:
        keep_preview(response, tried)
        return response
    except SurveyError as error:
        messages.error(request, survey_error_text(error))
        back = redirect("surveys:survey", tried.org, tried.survey)
        end_preview(back)
        return back
