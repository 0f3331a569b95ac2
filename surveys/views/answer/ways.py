"""Which address comes after which while answering."""

from django.urls import reverse

from surveys.models import Response
from surveys.selectors.answering import AnswerSheet, Pair, Part
from surveys.selectors.rating_sheet import RatingItem

CHECK = "check"


def pair_url(response: Response, pair: Pair) -> str:
    return reverse("surveys:answer-pair", args=[response.submission_id, pair.part, pair.number])


def part_url(response: Response, part: Part) -> str:
    return reverse("surveys:answer-part", args=[response.submission_id, part.number])


def rating_url(response: Response, item: RatingItem) -> str:
    return reverse("surveys:rating", args=[response.submission_id, item.number])


def question_url(response: Response, question: Pair | RatingItem) -> str:
    """A question of either kind of questionnaire."""
    if isinstance(question, RatingItem):
        return rating_url(response, question)
    return pair_url(response, question)


def check_url(response: Response) -> str:
    return reverse("surveys:answer-check", args=[response.submission_id])


def home_url(response: Response, part: Part) -> str:
    """Above a part: the overview of all, or the page on which one is asked again."""
    if part.round:
        return again_url(response, part)
    return reverse("surveys:answer-overview", args=[response.submission_id])


def again_url(response: Response, part: Part) -> str:
    return reverse("surveys:answer-again", args=[response.submission_id, part.number])


def return_url(response: Response, part: Part) -> str:
    """Where all answers are looked at before they are sent."""
    return again_url(response, part) if part.round else check_url(response)


def part_end_url(response: Response, sheet: AnswerSheet, part: Part) -> str:
    """After the last pair of a part: how well its answers agree, where they could disagree."""
    if part.can_contradict:
        return reverse("surveys:answer-consistency", args=[response.submission_id, part.number])
    return after_part_url(response, sheet, part)


def after_part_url(response: Response, sheet: AnswerSheet, part: Part) -> str:
    """The next part's first open pair, or the page to check everything on."""
    following = sheet.following(part)
    if part.round or following is None:
        return return_url(response, part)
    return pair_url(response, (following.missing or following.pairs)[0])


def after_pair_url(response: Response, sheet: AnswerSheet, pair: Pair, came_from: str = "") -> str:
    part = sheet.part_of(pair)
    if came_from == CHECK:
        return return_url(response, part)
    if pair.number < len(part.pairs):
        return pair_url(response, part.pairs[pair.number])
    return part_end_url(response, sheet, part)
