"""What the pages of a questionnaire have in common, for those who run it."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from scorecards.views.pages import INVALID
from surveys.models import Survey

EXPERTS_PER_PAGE = 25


def show(
    request: HttpRequest,
    template: str,
    survey: Survey,
    *,
    form: BaseForm | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Render a page of a questionnaire; a form with errors makes it a 422."""
    common = {
        "organization": survey.scorecard.organization,
        "survey": survey,
        "nav": "surveys",
        "form": form,
    }
    if status == 200 and form is not None and form.errors:
        status = INVALID
    return render(request, f"surveys/{template}.html", common | context, status=status)
