"""What the experts' answers amount to, and taking the weights over."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.models import Role
from scorecards.views.pages import INVALID, posted
from surveys.access import get_comparison, get_survey
from surveys.errors import survey_error_text
from surveys.forms.expert_weights import ExpertWeightsForm
from surveys.forms.questionnaires import AdoptForm
from surveys.models import Survey
from surveys.result_pictures import sensitivity_lines_of
from surveys.selectors.adoption import adoption_of
from surveys.selectors.adoption_review import adoption_review
from surveys.selectors.answer_marks import answer_marks, marked_experts
from surveys.selectors.expert_overview import expert_overview
from surveys.selectors.ranking import ranking
from surveys.selectors.results import survey_results
from surveys.selectors.sensitivity import places_to_vary, weight_sensitivity
from surveys.services.adoption import AdoptionChanged, adopt_weights
from surveys.services.refusals import SurveyError
from surveys.views.pages import EXPERTS_PER_PAGE, show
from surveys.views.result_pages import look_through, show_results

ROWS_PER_PAGE = 25
MOST_ORPHANS = 10
# A perspective's picture has a line for every KPI: up to twice as many stand on a single page.
PICTURES_PER_PAGE = 4


def results(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    survey = get_survey(request.user, org, pk, role=Role.READER)
    if survey.kind == Survey.Kind.SCREENING:
        return redirect("surveys:screening-results", org, pk)
    lens, results = look_through(request, survey)
    ranked = ranking(results)
    marks = answer_marks(results.answers, results.round)
    return show_results(
        request,
        "survey_results",
        lens,
        results,
        tab="overview",
        adoption=adoption_of(results),
        ranking=ranked,
        kpis=_page(request, "kpis", ranked.rows),
        parts=_page(request, "parts", results.listed),
        boxes=ExpertWeightsForm(results=results) if results.sent <= EXPERTS_PER_PAGE else None,
        marked=marked_experts(results.answers, marks),
        experts=Paginator(expert_overview(results, marks), EXPERTS_PER_PAGE).get_page(
            request.GET.get("page")
        ),
    )


def _page(request: HttpRequest, name: str, rows: Sequence[object]) -> Page:
    """Each list of the overview turns its own pages; a last one of a few rows is none."""
    return Paginator(rows, ROWS_PER_PAGE, orphans=MOST_ORPHANS).get_page(request.GET.get(name))


def sensitivity(request: HttpRequest, org: str, survey_pk: int) -> HttpResponse:
    survey = get_comparison(request.user, org, survey_pk, role=Role.READER)
    lens, results = look_through(request, survey)
    pages = Paginator(places_to_vary(results), PICTURES_PER_PAGE, orphans=PICTURES_PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    varied = weight_sensitivity(results, page.object_list)
    return show_results(
        request,
        "sensitivity",
        lens,
        results,
        tab="sensitivity",
        page=page,
        perspectives=[(each, sensitivity_lines_of(each)) for each in varied],
    )


def adopt(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    """What to know and what changes, and then one press; ``?kpis=`` turns the list's pages."""
    survey = get_comparison(request.user, org, pk, role=Role.EDITOR)
    form = AdoptForm(posted(request))
    if form.is_valid():
        return _adopt(request, survey, form.cleaned_data["seen"])
    review = adoption_review(survey_results(survey))
    return show(
        request,
        "adopt_confirm",
        survey,
        form=AdoptForm(initial={"seen": review.seen}),
        review=review,
        kpis=_page(request, "kpis", review.kpis),
        status=INVALID if form.is_bound else 200,
    )


def _adopt(request: HttpRequest, survey: Survey, seen: str) -> HttpResponse:
    org = survey.scorecard.organization.slug
    try:
        adopt_weights(survey=survey, by=request.user, now=timezone.now(), seen=seen)
    except SurveyError as error:
        messages.error(request, survey_error_text(error))
        return redirect("surveys:results", org, survey.pk)
    except AdoptionChanged:
        messages.warning(request, _("Answers or weights changed meanwhile. Please look once more."))
        return redirect("surveys:adopt", org, survey.pk)
    messages.success(
        request,
        _("The scorecard now uses these weights. Earlier weights are kept below."),
    )
    return redirect("scorecards:weights", org, survey.scorecard_id)
