"""One answer, saved on the spot by a script."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from surveys.access import LinkNeeded, get_response
from surveys.answer_times import given_after
from surveys.forms.answering import pair_answer, read_answer
from surveys.models import Judgement, Response
from surveys.selectors.answering import Pair, answer_sheet, preferred_side
from surveys.services.answering import check_open, record_judgements
from surveys.services.refusals import AlreadySubmitted, InvalidAnswer, SurveyNotOpen
from surveys.views.answer.door import expert_page
from surveys.views.answer.ways import pair_url


@expert_page
@require_POST
def answer_save(request: HttpRequest, submission: UUID) -> HttpResponse:
    """200 with the value in force, which is the sent one or a newer one; else why not.

    400: not an answer to this questionnaire. 403: the link must be opened again. 409: closed.
    """
    try:
        response = get_response(request, submission)
        pair, judgement = _record(response, request.body)
    except LinkNeeded:
        return JsonResponse({"error": "link-needed"}, status=403)
    except (AlreadySubmitted, SurveyNotOpen):
        return JsonResponse({"error": "closed"}, status=409)
    except InvalidAnswer:
        return JsonResponse({"error": "invalid"}, status=400)
    return JsonResponse(_in_force(pair, judgement) | {"url": pair_url(response, pair)})


def _record(response: Response, body: bytes) -> tuple[Pair, Judgement]:
    sent = read_answer(body)
    now = timezone.now()
    sheet = answer_sheet(response.invitation, response)
    if not sheet.parts:
        check_open(response, now)
    pair = sheet.of_item(sent.item)
    if pair is None:
        raise InvalidAnswer
    answer = replace(
        pair_answer(pair, sent.preferred, sent.strength, sent.seq),
        given_after=given_after(response, now, sent.waited),
    )
    [judgement] = record_judgements(response=response, answers=[answer], now=now)
    return pair, judgement


def _in_force(pair: Pair, judgement: Judgement) -> dict[str, object]:
    return {
        "item": pair.item,
        "value": {"preferred": preferred_side(judgement), "strength": judgement.strength},
        "seq": judgement.seq,
        "saved_at": judgement.answered_at.isoformat(),
        "sentence": pair.sentence_of(judgement.ratio),
    }
