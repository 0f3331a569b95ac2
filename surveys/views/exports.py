"""Research data: one page that says what each file is for, and the files."""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from surveys.access import get_survey
from surveys.exports.research_files import FILES, file_groups
from surveys.models import Survey
from surveys.selectors.research_data import research_data
from surveys.views.pages import show

logger = logging.getLogger("surveys.exports")


@require_safe
def survey_export(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    survey = get_survey(request.user, org, pk)
    groups = file_groups(is_screening=survey.kind == Survey.Kind.SCREENING)
    return show(request, "survey_export", survey, groups=groups)


@require_safe
def research_file(request: HttpRequest, org: str, pk: int, key: str) -> HttpResponseBase:
    """One file; with names only where they are asked for and the questionnaire shows them."""
    survey = get_survey(request.user, org, pk)
    file = FILES.get(key)
    if file is None or not file.suits(is_screening=survey.kind == Survey.Kind.SCREENING):
        raise Http404
    data = research_data(survey, names="names" in request.GET)
    logger.info(
        "user %s downloaded %s of questionnaire %s, %s names",
        request.user.pk,
        file.key,
        survey.pk,
        "with" if data.has_names else "without",
    )
    return file.make(data, timezone.now())
