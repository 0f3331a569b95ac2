"""A screening's overview, its last look, its copy, and proposing what is missing.

The first three stand at the addresses that both kinds share: opening and finishing ask here.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from scorecards.views.pages import posted
from surveys.access import get_response
from surveys.forms.rating import ProposalForm, SubmitRatingsForm
from surveys.models import Response, Survey
from surveys.selectors.rating_sheet import rating_sheet
from surveys.services.answering import check_open
from surveys.services.refusals import CannotSubmit, InvalidAnswer, NothingAnswered
from surveys.services.screening_answers import propose_candidate, submit_ratings
from surveys.views.answer.door import answering, expert_page
from surveys.views.answer.ways import rating_url


def rating_overview(request: HttpRequest, response: Response) -> HttpResponse:
    check_open(response, timezone.now())
    sheet = rating_sheet(response.invitation.survey, response)
    first = (sheet.missing or sheet.items)[0]
    context = answering(response, sheet=sheet, start_url=rating_url(response, first))
    return render(request, "surveys/answer/rating_overview.html", context)


def rating_check(request: HttpRequest, response: Response) -> HttpResponse:
    now = timezone.now()
    if request.method != "POST":
        check_open(response, now)
    form = SubmitRatingsForm(posted(request))
    if request.method == "POST" and form.is_valid():
        accepted = form.cleaned_data["missing_accepted"]
        try:
            submit_ratings(response=response, now=now, missing_accepted=accepted)
        except CannotSubmit as refusal:
            _explain(form, refusal)
        else:
            return redirect("surveys:answer-receipt", response.submission_id)
    sheet = rating_sheet(response.invitation.survey, response)
    context = answering(
        response,
        form=form,
        sheet=sheet,
        proposals=response.proposals.select_related("perspective"),
        saved=sheet.of_item(request.GET.get("saved", "")),
    )
    status = 422 if request.method == "POST" else 200
    return render(request, "surveys/answer/rating_check.html", context, status=status)


def _explain(form: SubmitRatingsForm, refusal: CannotSubmit) -> None:
    if isinstance(refusal, NothingAnswered):
        form.add_error(None, _("Nothing is rated yet. Rate at least one candidate."))
    else:
        form.add_error(
            "missing_accepted",
            _("Some candidates are open. Rate them, or tick this box to leave them."),
        )


def rating_receipt(request: HttpRequest, response: Response) -> HttpResponse:
    if response.submitted_at is None:
        return redirect("surveys:answer")
    sheet = rating_sheet(response.invitation.survey, response)
    context = answering(
        response, sheet=sheet, proposals=response.proposals.select_related("perspective")
    )
    return render(request, "surveys/answer/rating_receipt.html", context)


@expert_page
@require_http_methods(["GET", "HEAD", "POST"])
def rating_propose(request: HttpRequest, submission: UUID) -> HttpResponse:
    """A KPI that the expert misses among the candidates."""
    response = get_response(request, submission)
    now = timezone.now()
    survey = response.invitation.survey
    if survey.kind != Survey.Kind.SCREENING or not survey.takes_proposals:
        raise Http404
    check_open(response, now)
    form = ProposalForm(posted(request), survey=survey)
    if request.method == "POST" and form.is_valid():
        try:
            propose_candidate(response=response, now=now, **form.cleaned_data)
        except InvalidAnswer:
            form.add_error(None, _("You proposed very many already. Please choose among them."))
        else:
            return redirect("surveys:rating-propose", submission)
    context = answering(
        response, form=form, proposals=response.proposals.select_related("perspective")
    )
    status = 422 if request.method == "POST" else 200
    return render(request, "surveys/answer/rating_propose.html", context, status=status)
