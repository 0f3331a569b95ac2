"""One matrix in depth, and one expert."""

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse

from surveys.access import get_comparing_expert, get_matrix
from surveys.models import Matrix
from surveys.result_pictures import (
    dot_plot_of,
    expert_heat_map_of,
    heat_map_of,
    interval_plot_of,
)
from surveys.selectors.answer_marks import answer_marks, marked_experts
from surveys.selectors.expert_page import expert_page
from surveys.selectors.expert_results import ExpertResult
from surveys.selectors.matrix_numbers import matrix_numbers
from surveys.selectors.matrix_results import MatrixResult
from surveys.selectors.result_rounds import MatrixRounds, rounds_of_matrices
from surveys.selectors.results import SurveyResults
from surveys.views.pages import EXPERTS_PER_PAGE
from surveys.views.result_pages import look_through, show_results


def matrix_result(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    matrix = get_matrix(request.user, org, survey_pk, pk)
    lens, results = look_through(request, matrix.survey)
    result = results.matrix(matrix.pk)
    asked = [each for each in results.asked_again if each.matrix.pk == matrix.pk]
    return show_results(
        request,
        "matrix_result",
        lens,
        results,
        tab=matrix.pk,
        result=result,
        numbers=matrix_numbers(result, request.GET.get("decimals", "")),
        heat_map=heat_map_of(result),
        dot_plot=dot_plot_of(result),
        interval_plot=interval_plot_of(result),
        experts=_experts(request, result),
        marked=marked_experts(
            results.answers, answer_marks(results.answers, results.round), matrix
        ),
        by_round=_by_round(results, matrix),
        asked=asked,
        asked_now={each.invitation.pk for each in asked if each.state == "open"},
    )


def _by_round(results: SurveyResults, matrix: Matrix) -> MatrixRounds | None:
    """None where nobody was asked again: there is nothing to compare."""
    if len(results.rounds) == 1:
        return None
    return next(found for found in rounds_of_matrices(results) if found.matrix.pk == matrix.pk)


def _experts(request: HttpRequest, result: MatrixResult) -> Page:
    """Those over the limit first: they are what the officer looks for."""
    ordered = sorted(result.experts, key=_is_unremarkable)
    return Paginator(ordered, EXPERTS_PER_PAGE).get_page(request.GET.get("page"))


def _is_unremarkable(expert: ExpertResult) -> bool:
    return expert.within_limit is not False


def expert_result(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    invitation = get_comparing_expert(request.user, org, survey_pk, pk)
    lens, results = look_through(request, invitation.survey)
    page = expert_page(invitation, results)
    return show_results(
        request,
        "expert_result",
        lens,
        results,
        tab="expert",
        invitation=invitation,
        page=page,
        parts=[(part, expert_heat_map_of(part)) for part in page.parts],
        weight=results.expert_weights[invitation.pk],
        marked=[
            each
            for each in marked_experts(
                results.answers, answer_marks(results.answers, results.round)
            )
            if each.pk == invitation.pk
        ],
    )
