"""One press each for what a draft leaves out: ask it all the same, or screen it first."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from organizations.models import Role
from surveys.access import get_comparison, get_screening
from surveys.consent import standard_consent
from surveys.errors import survey_error_text
from surveys.forms.questionnaires import LONGEST_NAME, PartForm
from surveys.models import Survey
from surveys.selectors.plan import PlannedMatrix
from surveys.services.asking import ask_all_candidates, ask_part, screen_part
from surveys.services.refusals import SurveyError


@require_POST
def part_ask(request: HttpRequest, org: str, survey_pk: int) -> HttpResponse:
    survey = get_comparison(request.user, org, survey_pk, role=Role.EDITOR)
    part = _named_part(request, survey)
    if part is not None:
        try:
            ask_part(survey=survey, part=part, by=request.user)
        except SurveyError as error:
            messages.error(request, survey_error_text(error))
        else:
            asked = ngettext(
                "Asked too: %(n)s comparison more for each expert.",
                "Asked too: %(n)s comparisons more for each expert.",
                part.comparisons,
            )
            messages.success(request, asked % {"n": part.comparisons})
    return redirect("surveys:survey", org, survey_pk)


@require_POST
def part_screen(request: HttpRequest, org: str, survey_pk: int) -> HttpResponse:
    """To a new screening of just these KPIs; the comparison waits as it is."""
    survey = get_comparison(request.user, org, survey_pk, role=Role.EDITOR)
    part = _named_part(request, survey)
    if part is None or part.perspective is None:
        return redirect("surveys:survey", org, survey_pk)
    name = _("Screening: %(perspective)s") % {"perspective": part.title}
    screening = screen_part(
        scorecard=survey.scorecard,
        part=part,
        name=Truncator(name).chars(LONGEST_NAME),
        consent_text=standard_consent(Survey.Kind.SCREENING),
        by=request.user,
    )
    messages.success(
        request,
        _("Experts rate these KPIs first. “%(name)s” waits, and follows the scorecard.")
        % {"name": survey.name},
    )
    return redirect("surveys:survey", org, screening.pk)


@require_POST
def candidates_ask(request: HttpRequest, org: str, survey_pk: int) -> HttpResponse:
    survey = get_screening(request.user, org, survey_pk, role=Role.EDITOR)
    try:
        ask_all_candidates(survey=survey, by=request.user)
    except SurveyError as error:
        messages.error(request, survey_error_text(error))
    else:
        messages.success(request, _("All candidate KPIs are rated."))
    return redirect("surveys:survey", org, survey_pk)


def _named_part(request: HttpRequest, survey: Survey) -> PlannedMatrix | None:
    form = PartForm(request.POST, scorecard=survey.scorecard)
    if form.is_valid():
        return form.cleaned_data["part"]
    messages.error(request, _("That part isn't in the scorecard any more."))
    return None
