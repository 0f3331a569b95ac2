"""What the pages of a scorecard have in common."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from scorecards.models import Scorecard

INVALID = 422


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when it is empty; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def show(
    request: HttpRequest,
    template: str,
    scorecard: Scorecard,
    *,
    tab: str = "design",
    form: BaseForm | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Render a page of a scorecard; a form with errors makes it a 422."""
    common = {
        "organization": scorecard.organization,
        "scorecard": scorecard,
        "nav": "scorecards",
        "tab": tab,
        "form": form,
    }
    has_errors = form is not None and bool(form.errors)
    status = INVALID if has_errors else status
    return render(request, f"scorecards/{template}.html", common | context, status=status)


def back_to(
    request: HttpRequest,
    name: str,
    scorecard: Scorecard,
    *args: object,
    said: str = "",
    anchor: str = "",
) -> HttpResponseRedirect:
    """Go on to a page of the scorecard, with a message."""
    if said:
        messages.success(request, said)
    url = page_url(name, scorecard, *args)
    return HttpResponseRedirect(f"{url}#{anchor}" if anchor else url)


def page_url(name: str, scorecard: Scorecard, *args: object) -> str:
    return reverse(f"scorecards:{name}", args=[scorecard.organization.slug, scorecard.pk, *args])
