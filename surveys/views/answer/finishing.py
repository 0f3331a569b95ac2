"""How well the answers agree, a last look at all of them, sending, and the copy to keep."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from scorecards.views.pages import posted
from surveys.access import get_response
from surveys.forms.answering import SubmitForm
from surveys.models import Response
from surveys.selectors.answering import AnswerSheet, answer_sheet, sent_sheet
from surveys.selectors.part_check import PartCheck, check_part, kept_judgements
from surveys.selectors.rules import Rules
from surveys.services.answering import check_open, check_sheet_open, takes_answers
from surveys.services.proposals import decide_proposal
from surveys.services.refusals import CannotSubmit, InvalidAnswer, NothingAnswered
from surveys.services.sending import disconnected_parts, submit_response
from surveys.views.answer.door import answering, expert_page
from surveys.views.answer.kinds import asked_again, is_screening
from surveys.views.answer.rating_finishing import rating_check, rating_receipt
from surveys.views.answer.ways import after_part_url, pair_url


@expert_page
@require_safe
def answer_consistency(request: HttpRequest, submission: UUID, part: int) -> HttpResponse:
    response = get_response(request, submission)
    return _consistency_page(request, response, part)


@expert_page
@require_POST
def answer_decide(request: HttpRequest, submission: UUID, part: int) -> HttpResponse:
    """Take a proposal over, or stay with one's own judgement."""
    response = get_response(request, submission)
    now = timezone.now()
    sheet = answer_sheet(response.invitation, response)
    check_sheet_open(response, sheet, part, now)
    pair = sheet.of_item(request.POST.get("item", ""))
    decision = request.POST.get("decision")
    if pair is None or decision not in ("accept", "keep"):
        raise Http404
    try:
        decide_proposal(
            response=response,
            row=pair.row,
            column=pair.column,
            seen=request.POST.get("seen", ""),
            accept=decision == "accept",
            now=now,
        )
    except InvalidAnswer:
        return _consistency_page(request, response, part, is_stale=True)
    return redirect("surveys:answer-consistency", submission, part)


def _consistency_page(
    request: HttpRequest, response: Response, part: int, *, is_stale: bool = False
) -> HttpResponse:
    sheet = answer_sheet(response.invitation, response)
    check_sheet_open(response, sheet, part, timezone.now())
    shown = sheet.part(part)
    if shown is None:
        raise Http404
    sheet = sheet.narrowed(shown)
    context = answering(
        response,
        sheet=sheet,
        part=shown,
        check=check_part(shown, rules_of(response), kept_judgements(response)),
        is_stale=is_stale,
        saved=sheet.of_item(request.GET.get("saved", "")),
        next_url=after_part_url(response, sheet, shown),
        missing_url=pair_url(response, shown.missing[0]) if shown.missing else "",
        back_url=pair_url(response, shown.pairs[-1]),
    )
    status = 409 if is_stale else 200
    return render(request, "surveys/answer/consistency.html", context, status=status)


@expert_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer_check(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Everything once more, then send."""
    response = get_response(request, submission)
    if is_screening(response.invitation):
        return rating_check(request, response)
    now = timezone.now()
    if request.method != "POST":
        check_open(response, now)
    form = SubmitForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            submit_response(
                response=response,
                now=now,
                missing_accepted=form.cleaned_data["missing_accepted"],
            )
        except CannotSubmit as refusal:
            explain(form, refusal)
        else:
            return redirect("surveys:answer-receipt", submission)
    sheet = answer_sheet(response.invitation, response)
    context = answering(
        response,
        form=form,
        sheet=sheet,
        checks=_checks(response, sheet),
        disconnected=disconnected_words(sheet),
        saved=sheet.of_item(request.GET.get("saved", "")),
    )
    status = 422 if request.method == "POST" else 200
    return render(request, "surveys/answer/check.html", context, status=status)


def explain(form: SubmitForm, refusal: CannotSubmit) -> None:
    if isinstance(refusal, NothingAnswered):
        form.add_error(None, _("Nothing is answered yet. Answer at least one part."))
    elif refusal.reasons:
        form.add_error(None, _("A part needs some more answers. It is marked below."))
    else:
        form.add_error(
            "missing_accepted",
            _("Some comparisons are open. Answer them, or tick this box to leave them."),
        )


def disconnected_words(sheet: AnswerSheet) -> dict[int, str]:
    """By part: which elements are cut off, in words."""
    return {
        part.number: error.render(translate=_, names=part.labels)
        for part, error in disconnected_parts(sheet)
    }


def _checks(response: Response, sheet: AnswerSheet) -> list[PartCheck]:
    rules = rules_of(response)
    return [check_part(part, rules) for part in sheet.parts]


def rules_of(response: Response) -> Rules:
    return Rules.of(response.invitation.survey.scorecard)


@expert_page
@require_safe
def answer_receipt(request: HttpRequest, submission: UUID) -> HttpResponse:
    """The reference number and a copy of the answers, as long as the cookie lasts."""
    response = get_response(request, submission)
    if is_screening(response.invitation):
        return rating_receipt(request, response)
    if response.submitted_at is None:
        return redirect("surveys:answer")
    sheet = sent_sheet(response.invitation, response)
    is_open = takes_answers(response.invitation, timezone.now())
    context = answering(
        response,
        sheet=sheet,
        checks=_checks(response, sheet),
        sent_again=response.rounds.filter(submitted_at__isnull=False).select_related("matrix"),
        again=asked_again(response.invitation, response) if is_open else (),
    )
    return render(request, "surveys/answer/receipt.html", context)
