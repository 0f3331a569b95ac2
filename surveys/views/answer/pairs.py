"""The questions: one pair on a screen, or all pairs of a part on one page."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from scorecards.views.pages import posted
from surveys.access import get_response
from surveys.answer_times import given_after
from surveys.forms.answering import JudgementForm, says_the_same
from surveys.models import Response
from surveys.selectors.answering import AnswerSheet, Pair, answer_sheet
from surveys.services.answering import PairAnswer, check_sheet_open, record_judgements
from surveys.views.answer.door import answering, expert_page
from surveys.views.answer.ways import (
    CHECK,
    after_pair_url,
    home_url,
    pair_url,
    part_end_url,
    part_url,
    return_url,
)


@expert_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer_pair(request: HttpRequest, submission: UUID, part: int, number: int) -> HttpResponse:
    response = get_response(request, submission)
    now = timezone.now()
    sheet = answer_sheet(response.invitation, response)
    check_sheet_open(response, sheet, part, now)
    pair = _found(sheet.pair(part, number))
    sheet = sheet.narrowed(sheet.part_of(pair))
    came_from = CHECK if request.GET.get("from") == CHECK else ""
    form = JudgementForm(posted(request), pair=pair)
    if request.method == "POST" and form.is_valid():
        if form.is_new and not _is_recorded(response, form.answer, now):
            return _superseded(request, response, part, number)
        return redirect(f"{after_pair_url(response, sheet, pair, came_from)}?saved={pair.item}")
    context = _pair_context(request, response, sheet, pair, came_from)
    status = 422 if request.method == "POST" else 200
    return render(request, "surveys/answer/pair.html", context | {"form": form}, status=status)


def _is_recorded(response: Response, answer: PairAnswer, now: datetime) -> bool:
    """False where a newer answer, from another device, stays in force."""
    timed = replace(answer, given_after=given_after(response, now, waited=0))
    [in_force] = record_judgements(response=response, answers=[timed], now=now)
    return says_the_same(in_force, answer)


def _superseded(request: HttpRequest, response: Response, part: int, number: int) -> HttpResponse:
    """A newer answer was there already, from another device: it is shown, and can be changed."""
    sheet = answer_sheet(response.invitation, response)
    pair = _found(sheet.pair(part, number))
    sheet = sheet.narrowed(sheet.part_of(pair))
    context = _pair_context(request, response, sheet, pair, "")
    context |= {"form": JudgementForm(pair=pair), "superseded_pairs": [pair]}
    return render(request, "surveys/answer/pair.html", context, status=409)


def _pair_context(
    request: HttpRequest, response: Response, sheet: AnswerSheet, pair: Pair, came_from: str
) -> dict[str, Any]:
    part = sheet.part_of(pair)
    before = sheet.before(pair)
    back_url = pair_url(response, before) if before else home_url(response, part)
    return answering(
        response,
        sheet=sheet,
        part=part,
        home_url=home_url(response, part),
        pair=pair,
        place=sheet.pairs.index(pair),
        progress=progress_text(sheet, pair),
        saved=sheet.of_item(request.GET.get("saved", "")),
        back_url=return_url(response, part) if came_from else back_url,
        skip_url=after_pair_url(response, sheet, pair, came_from),
        script_data=_script_data(response, sheet, pair, came_from),
    )


def progress_text(sheet: AnswerSheet, pair: Pair) -> str:
    return _("Comparison %(number)s of %(total)s, part %(part)s of %(parts)s") % {
        "number": pair.number,
        "total": len(sheet.part_of(pair).pairs),
        "part": sheet.part_of(pair).place,
        "parts": len(sheet.parts),
    }


def _script_data(
    response: Response, sheet: AnswerSheet, pair: Pair, came_from: str
) -> dict[str, Any]:
    """All pairs, so that a script can go through them while the network is away."""
    part = sheet.part_of(pair)
    return {
        "place": sheet.pairs.index(pair),
        "home": home_url(response, part),
        "leave": return_url(response, part) if came_from else "",
        "elements": {
            element.pk: [element.code, element.label, element.description]
            for part in sheet.parts
            for element in part.elements
        },
        "questions": [_question(response, sheet, each) for each in sheet.pairs],
    }


def _question(response: Response, sheet: AnswerSheet, pair: Pair) -> dict[str, Any]:
    part = sheet.part_of(pair)
    return {
        "item": pair.item,
        "title": part.title,
        "asks": part.question,
        "swapped": pair.swapped,
        "row": pair.row.pk,
        "column": pair.column.pk,
        "url": pair_url(response, pair),
        "together": part_url(response, part),
        "progress": progress_text(sheet, pair),
        "preferred": pair.preferred,
        "strength": pair.judgement.strength if pair.judgement else 0,
        "seq": pair.seq,
        "end": part_end_url(response, sheet, part) if pair == part.pairs[-1] else "",
    }


@expert_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer_part(request: HttpRequest, submission: UUID, part: int) -> HttpResponse:
    """All pairs of one part, for those who like to see them together."""
    response = get_response(request, submission)
    now = timezone.now()
    sheet = answer_sheet(response.invitation, response)
    check_sheet_open(response, sheet, part, now)
    sheet = sheet.narrowed(_found(sheet.part(part)))
    shown = _found(sheet.part(part))
    data = posted(request)
    forms = [JudgementForm(data, pair=p, optional=True, prefix=p.item) for p in shown.pairs]
    superseded: list[Pair] = []
    if request.method == "POST" and all(form.is_valid() for form in forms):
        given = [form.answer for form in forms if form.is_new]
        in_force = record_judgements(response=response, answers=given, now=now)
        lost = [a for a, j in zip(given, in_force, strict=True) if not says_the_same(j, a)]
        if not lost:
            return redirect(part_end_url(response, sheet, shown))
        sheet = answer_sheet(response.invitation, response)
        shown = _found(sheet.part(part))
        forms = [JudgementForm(pair=p, optional=True, prefix=p.item) for p in shown.pairs]
        items = {f"{answer.row.pk}-{answer.column.pk}" for answer in lost}
        superseded = [pair for pair in shown.pairs if pair.item in items]
    context = answering(
        response,
        sheet=sheet,
        part=shown,
        home_url=home_url(response, shown),
        forms=forms,
        failed=any(form.errors for form in forms),
        superseded_pairs=superseded,
    )
    status = 409 if superseded else 422 if request.method == "POST" else 200
    return render(request, "surveys/answer/part.html", context, status=status)


def _found(thing: Any) -> Any:
    if thing is None:
        raise Http404
    return thing
