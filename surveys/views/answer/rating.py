"""A screening's questions: one candidate on a screen, or all of a perspective on one page."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from scorecards.views.pages import posted
from surveys.access import get_response
from surveys.answer_times import given_after
from surveys.forms.rating import RatingForm, rates_the_same
from surveys.models import Response
from surveys.selectors.rating_sheet import RatingGroup, RatingItem, RatingSheet, rating_sheet
from surveys.services.answering import check_open
from surveys.services.screening_answers import record_ratings
from surveys.views.answer.door import answering, expert_page
from surveys.views.answer.ways import CHECK, check_url, rating_url
from surveys.wording import POINTS


@expert_page
@require_http_methods(["GET", "HEAD", "POST"])
def rating(request: HttpRequest, submission: UUID, number: int) -> HttpResponse:
    response = get_response(request, submission)
    now = timezone.now()
    check_open(response, now)
    sheet = rating_sheet(response.invitation.survey, response)
    item = _found(sheet.item(number))
    came_from = CHECK if request.GET.get("from") == CHECK else ""
    form = RatingForm(posted(request), item=item)
    if request.method == "POST" and form.is_valid():
        answer = replace(form.answer, given_after=given_after(response, now, waited=0))
        [in_force] = record_ratings(response=response, answers=[answer], now=now)
        if rates_the_same(in_force, answer):
            return redirect(f"{_after_url(response, sheet, item, came_from)}?saved={item.item}")
        return _superseded(request, response, number)
    context = _context(request, response, sheet, item, came_from)
    status = 422 if request.method == "POST" else 200
    return render(request, "surveys/answer/rating.html", context | {"form": form}, status=status)


def _superseded(request: HttpRequest, response: Response, number: int) -> HttpResponse:
    """A newer rating was there already, from another device: it is shown, and can be changed."""
    sheet = rating_sheet(response.invitation.survey, response)
    item = _found(sheet.item(number))
    context = _context(request, response, sheet, item, "")
    context |= {"form": RatingForm(item=item), "superseded_items": [item]}
    return render(request, "surveys/answer/rating.html", context, status=409)


def _context(
    request: HttpRequest,
    response: Response,
    sheet: RatingSheet,
    item: RatingItem,
    came_from: str,
) -> dict[str, Any]:
    before = sheet.item(item.number - 1)
    back_url = rating_url(response, before) if before else _overview_url(response)
    return answering(
        response,
        sheet=sheet,
        group=sheet.groups[item.group - 1],
        item=item,
        progress=progress_text(sheet, item),
        saved=sheet.of_item(request.GET.get("saved", "")),
        back_url=check_url(response) if came_from else back_url,
        skip_url=_after_url(response, sheet, item, came_from),
        script_data=_script_data(response, sheet, item, came_from),
    )


def progress_text(sheet: RatingSheet, item: RatingItem) -> str:
    return _("Candidate %(number)s of %(total)s") % {"number": item.number, "total": sheet.total}


def _script_data(
    response: Response, sheet: RatingSheet, item: RatingItem, came_from: str
) -> dict[str, Any]:
    """All candidates, so that a script can go through them while the network is away."""
    return {
        "place": item.number - 1,
        "home": _overview_url(response),
        "leave": check_url(response) if came_from else "",
        "questions": [_question(response, sheet, each) for each in sheet.items],
    }


def _question(response: Response, sheet: RatingSheet, item: RatingItem) -> dict[str, Any]:
    candidate, group = item.candidate, sheet.groups[item.group - 1]
    return {
        "item": item.item,
        "url": rating_url(response, item),
        "together": _group_url(response, group),
        "progress": progress_text(sheet, item),
        "perspective": "" if candidate.is_perspective else group.title,
        "kind": _("perspective") if candidate.is_perspective else "",
        "code": candidate.code,
        "label": candidate.label,
        "description": candidate.description,
        "objective": candidate.objective,
        "formula": candidate.formula,
        "points": item.points or 0,
        "remark": item.remark,
        "seq": item.seq,
        "end": check_url(response) if item == sheet.items[-1] else "",
    }


@expert_page
@require_http_methods(["GET", "HEAD", "POST"])
def rating_group(request: HttpRequest, submission: UUID, number: int) -> HttpResponse:
    """All candidates of one perspective, for those who like to see them together."""
    response = get_response(request, submission)
    now = timezone.now()
    check_open(response, now)
    sheet = rating_sheet(response.invitation.survey, response)
    group = _found(sheet.group(number))
    forms = _forms(group, posted(request))
    superseded: list[RatingItem] = []
    if request.method == "POST" and all(form.is_valid() for form in forms):
        given = [form.answer for form in forms if form.is_new]
        in_force = record_ratings(response=response, answers=given, now=now)
        lost = [a for a, r in zip(given, in_force, strict=True) if not rates_the_same(r, a)]
        if not lost:
            return redirect(_after_group_url(response, sheet, group))
        sheet = rating_sheet(response.invitation.survey, response)
        group = _found(sheet.group(number))
        forms = _forms(group)
        candidates = [answer.candidate for answer in lost]
        superseded = [item for item in group.items if item.candidate in candidates]
    context = answering(
        response,
        sheet=sheet,
        group=group,
        forms=forms,
        scale=POINTS.items(),
        failed=any(form.errors for form in forms),
        superseded_items=superseded,
    )
    status = 409 if superseded else 422 if request.method == "POST" else 200
    return render(request, "surveys/answer/rating_group.html", context, status=status)


def _forms(group: RatingGroup, data: Any = None) -> list[RatingForm]:
    return [RatingForm(data, item=item, optional=True, prefix=item.item) for item in group.items]


def _after_url(
    response: Response, sheet: RatingSheet, item: RatingItem, came_from: str = ""
) -> str:
    following = sheet.item(item.number + 1)
    if came_from == CHECK or following is None:
        return check_url(response)
    return rating_url(response, following)


def _after_group_url(response: Response, sheet: RatingSheet, group: RatingGroup) -> str:
    following = sheet.group(group.number + 1)
    return _group_url(response, following) if following else check_url(response)


def _group_url(response: Response, group: RatingGroup) -> str:
    return reverse("surveys:rating-group", args=[response.submission_id, group.number])


def _overview_url(response: Response) -> str:
    return reverse("surveys:answer-overview", args=[response.submission_id])


def _found(thing: Any) -> Any:
    if thing is None:
        raise Http404
    return thing
