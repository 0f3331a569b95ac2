"""One rating, saved on the spot by a script."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from surveys.access import LinkNeeded, get_response
from surveys.answer_times import given_after
from surveys.forms.rating import read_rating
from surveys.models import Rating, Response
from surveys.selectors.rating_sheet import RatingItem, rating_sheet
from surveys.services.refusals import AlreadySubmitted, InvalidAnswer, SurveyNotOpen
from surveys.services.screening_answers import RatingAnswer, record_ratings
from surveys.views.answer.door import expert_page
from surveys.views.answer.ways import rating_url
from surveys.wording import rating_sentence


@expert_page
@require_POST
def rating_save(request: HttpRequest, submission: UUID) -> HttpResponse:
    """As answer_save: 200 with the rating in force, else 400, 403 or 409."""
    try:
        response = get_response(request, submission)
        item, rating = _record(response, request.body)
    except LinkNeeded:
        return JsonResponse({"error": "link-needed"}, status=403)
    except (AlreadySubmitted, SurveyNotOpen):
        return JsonResponse({"error": "closed"}, status=409)
    except InvalidAnswer:
        return JsonResponse({"error": "invalid"}, status=400)
    return JsonResponse(_in_force(item, rating) | {"url": rating_url(response, item)})


def _record(response: Response, body: bytes) -> tuple[RatingItem, Rating]:
    sent = read_rating(body)
    item = rating_sheet(response.invitation.survey, response).of_item(sent.item)
    if item is None:
        raise InvalidAnswer
    now = timezone.now()
    after = given_after(response, now, sent.waited)
    answer = RatingAnswer(item.candidate, sent.points, sent.remark, sent.seq, after)
    [rating] = record_ratings(response=response, answers=[answer], now=now)
    return item, rating


def _in_force(item: RatingItem, rating: Rating) -> dict[str, object]:
    return {
        "item": item.item,
        "value": {"points": rating.points, "remark": rating.remark},
        "seq": rating.seq,
        "saved_at": rating.answered_at.isoformat(),
        "sentence": rating_sentence(item.candidate.label, rating.points),
    }
