"""One rating, saved on the spot by a script."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from surveys.access import LinkNeeded, find_candidate, get_response
from surveys.forms.rating import read_rating
from surveys.models import Rating, Response
from surveys.services.refusals import AlreadySubmitted, InvalidAnswer, SurveyNotOpen
from surveys.services.screening_answers import RatingAnswer, record_ratings
from surveys.views.answer.door import expert_page
from surveys.wording import rating_sentence


@expert_page
@require_POST
def rating_save(request: HttpRequest, submission: UUID) -> HttpResponse:
    """As answer_save: 200 with the rating in force, else 400, 403 or 409."""
    try:
        response = get_response(request, submission)
        rating = _record(response, request.body)
    except LinkNeeded:
        return JsonResponse({"error": "link-needed"}, status=403)
    except (AlreadySubmitted, SurveyNotOpen):
        return JsonResponse({"error": "closed"}, status=409)
    except InvalidAnswer:
        return JsonResponse({"error": "invalid"}, status=400)
    return JsonResponse(_in_force(rating))


def _record(response: Response, body: bytes) -> Rating:
    sent = read_rating(body)
    candidate = find_candidate(response, sent.item)
    if candidate is None:
        raise InvalidAnswer
    answer = RatingAnswer(candidate, sent.points, sent.remark, sent.seq)
    [rating] = record_ratings(response=response, answers=[answer], now=timezone.now())
    return rating


def _in_force(rating: Rating) -> dict[str, object]:
    return {
        "item": str(rating.candidate_id),
        "value": {"points": rating.points, "remark": rating.remark},
        "seq": rating.seq,
        "saved_at": rating.answered_at.isoformat(),
        "sentence": rating_sentence(rating.candidate.label, rating.points),
    }
