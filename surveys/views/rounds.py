"""Asking an expert to judge one matrix again, and taking that back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organizations.models import Role
from scorecards.views.pages import posted
from surveys.access import get_matrix, get_round, get_sent_response
from surveys.errors import survey_error_text
from surveys.forms.rounds import RoundForm
from surveys.models import Matrix, Response, Survey
from surveys.selectors.asking_again import again_page
from surveys.services.refusals import SurveyError
from surveys.services.rounds import ask_again, withdraw_round
from surveys.views.pages import show


def round_create(
    request: HttpRequest, org: str, survey_pk: int, pk: int, invitation_pk: int
) -> HttpResponse:
    matrix = get_matrix(request.user, org, survey_pk, pk, role=Role.EDITOR)
    response = get_sent_response(request.user, org, survey_pk, invitation_pk, role=Role.EDITOR)
    page = again_page(response, matrix)
    form = RoundForm(
        posted(request), initial={"message": page.message}, language=matrix.survey.language
    )
    if request.method == "POST" and form.is_valid():
        return _ask(request, response, matrix, form.cleaned_data["message"])
    return show(
        request,
        "round_create",
        matrix.survey,
        form=form,
        page=page,
        invitation=response.invitation,
        can_answer=response.invitation.accepts_answers(timezone.now()),
    )


def _ask(request: HttpRequest, response: Response, matrix: Matrix, message: str) -> HttpResponse:
    survey: Survey = matrix.survey
    org, now = survey.scorecard.organization.slug, timezone.now()
    try:
        ask_again(response=response, matrix=matrix, message=message, by=request.user, now=now)
    except SurveyError as error:
        messages.error(request, survey_error_text(error))
        return redirect("surveys:round-create", org, survey.pk, matrix.pk, response.invitation_id)
    messages.success(request, _("The part is open again for this expert. Send the letter below."))
    return redirect("surveys:invitation", org, survey.pk, response.invitation_id)


@require_POST
def round_withdraw(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    asked = get_round(request.user, org, survey_pk, pk, role=Role.EDITOR)
    try:
        withdraw_round(round=asked, by=request.user, now=timezone.now())
    except SurveyError as error:
        messages.error(request, survey_error_text(error))
    else:
        messages.success(
            request,
            _("%(code)s is no longer asked. What was sent before counts.")
            % {"code": asked.response.invitation.code},
        )
    return redirect("surveys:matrix-result", org, survey_pk, asked.matrix_id)
