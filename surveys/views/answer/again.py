"""Asked again after sending: one matrix, with the organization's message."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from scorecards.views.pages import posted
from surveys.access import get_response
from surveys.forms.answering import SubmitForm
from surveys.selectors.answering import answer_sheet
from surveys.selectors.part_check import check_part
from surveys.services.answering import check_sheet_open
from surveys.services.refusals import CannotSubmit
from surveys.services.rounds import submit_round
from surveys.views.answer.door import answering, expert_page
from surveys.views.answer.finishing import disconnected_words, explain, rules_of
from surveys.views.answer.ways import pair_url


@expert_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer_again(request: HttpRequest, submission: UUID, part: int) -> HttpResponse:
    """The message, the answers as they stand, and sending them again."""
    response = get_response(request, submission)
    now = timezone.now()
    sheet = answer_sheet(response.invitation, response)
    check_sheet_open(response, sheet, part, now)
    shown = sheet.part(part)
    if shown is None or shown.round is None:
        raise Http404
    form = SubmitForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            submit_round(
                round=shown.round, now=now, missing_accepted=form.cleaned_data["missing_accepted"]
            )
        except CannotSubmit as refusal:
            explain(form, refusal)
        else:
            return redirect("surveys:answer-receipt", submission)
    sheet = sheet.narrowed(shown)
    context = answering(
        response,
        form=form,
        sheet=sheet,
        part=shown,
        checks=[check_part(shown, rules_of(response))],
        disconnected=disconnected_words(sheet),
        start_url=pair_url(response, (shown.missing or shown.pairs)[0]),
        saved=sheet.of_item(request.GET.get("saved", "")),
    )
    status = 422 if request.method == "POST" else 200
    return render(request, "surveys/answer/again.html", context, status=status)
