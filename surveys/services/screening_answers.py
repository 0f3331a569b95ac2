"""What an expert does in a screening: rate, propose what is missing, send."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from organizations.models import User
from scorecards.models import Perspective
from surveys.models import Candidate, CandidateProposal, Origin, Rating, Response, Survey
from surveys.models.screening import HIGHEST_RATING, LOWEST_RATING
from surveys.selectors.rating_sheet import current_ratings, rating_sheet
from surveys.services.answering import LARGEST_SEQ, check_open, hold_response
from surveys.services.refusals import CannotSubmit, InvalidAnswer, NothingAnswered

LONGEST_REMARK = Rating._meta.get_field("remark").max_length
# Far more than anybody misses; a script that runs wild stops here.
MOST_PROPOSALS = 50


@dataclass(frozen=True)
class RatingAnswer:
    """One rating of one candidate, as an expert gives it."""

    candidate: Candidate
    points: int
    remark: str
    seq: int
    # As of a PairAnswer.
    given_after: int | None = None


@transaction.atomic
def record_ratings(
    *,
    response: Response,
    answers: Sequence[RatingAnswer],
    now: datetime,
    origin: str = Origin.ANSWER,
    keyed_by: User | None = None,
) -> list[Rating]:
    """Store several ratings, all or none; what is in force for each, in their order.

    That is another one when a rating with this sequence number or a higher one is stored
    already: a late request never overwrites a newer rating.
    """
    held = hold_response(response)
    check_open(held, now)
    for answer in answers:
        _check(answer, held.invitation.survey_id)
    if keyed_by is not None and held.keyed_by_id is None:
        held.keyed_by = keyed_by
        held.save(update_fields=["keyed_by"])
    return _store(held, answers, now, origin)


def _store(
    response: Response, answers: Sequence[RatingAnswer], now: datetime, origin: str
) -> list[Rating]:
    asked = {answer.candidate.pk for answer in answers}
    newest = {
        rating.candidate_id: rating
        for rating in current_ratings(response.ratings.filter(candidate__in=asked))
    }
    fresh = []
    for answer in answers:
        current = newest.get(answer.candidate.pk)
        if current is None or current.seq < answer.seq:
            rating = Rating(
                response=response,
                candidate=answer.candidate,
                points=answer.points,
                remark=answer.remark.strip(),
                seq=answer.seq,
                origin=origin,
                answered_at=now,
                given_after=answer.given_after,
            )
            newest[answer.candidate.pk] = rating
            fresh.append(rating)
    Rating.objects.bulk_create(fresh)
    return [newest[answer.candidate.pk] for answer in answers]


@transaction.atomic
def propose_candidate(
    *,
    response: Response,
    key: UUID,
    perspective: Perspective,
    name: str,
    reason: str = "",
    now: datetime,
) -> CandidateProposal:
    """Add a KPI that the expert misses. Sending twice under one key is proposing once.

    Raises InvalidAnswer where no proposals are taken, or for another scorecard's perspective.
    """
    held = hold_response(response)
    check_open(held, now)
    survey = held.invitation.survey
    is_asked = survey.kind == Survey.Kind.SCREENING and survey.takes_proposals
    if not is_asked or perspective.scorecard_id != survey.scorecard_id:
        raise InvalidAnswer("Nothing can be proposed there.")
    known = response.proposals.filter(key=key).first()
    if known is None and response.proposals.count() >= MOST_PROPOSALS:
        raise InvalidAnswer("So many proposals are not taken.")
    return known or CandidateProposal.objects.create(
        response=response,
        key=key,
        perspective=perspective,
        name=name,
        reason=reason,
        created_at=now,
    )


@transaction.atomic
def submit_ratings(
    *, response: Response, now: datetime, missing_accepted: bool = False
) -> Response:
    """Send the ratings. Sending twice is sending once.

    Candidates may stay unrated once the expert says so (``missing_accepted``); raises
    CannotSubmit before that, and NothingAnswered where there is not a single rating.
    """
    held = hold_response(response)
    if held.submitted_at is not None:
        return held
    check_open(held, now)
    sheet = rating_sheet(held.invitation.survey, held)
    if not sheet.answered:
        raise NothingAnswered
    if sheet.missing and not missing_accepted:
        raise CannotSubmit
    held.submitted_at = now
    held.save(update_fields=["submitted_at"])
    return held


def _check(answer: RatingAnswer, survey_id: int) -> None:
    if answer.candidate.survey_id != survey_id:
        raise InvalidAnswer("The candidate is not one of this questionnaire's.")
    if type(answer.points) is not int or type(answer.seq) is not int:
        raise InvalidAnswer("Points and sequence number are whole numbers.")
    if not LOWEST_RATING <= answer.points <= HIGHEST_RATING:
        raise InvalidAnswer("A rating is 1 to 5 points.")
    if not 1 <= answer.seq <= LARGEST_SEQ:
        raise InvalidAnswer("The sequence number is out of range.")
    if not isinstance(answer.remark, str) or len(answer.remark) > LONGEST_REMARK:
        raise InvalidAnswer("The remark is too long.")
    if not _is_text(answer.remark):
        raise InvalidAnswer("A remark is text.")


def _is_text(value: str) -> bool:
    """Whether every database can keep it: no NUL, and no half of a surrogate pair."""
    try:
        return b"\x00" not in value.encode()
    except UnicodeEncodeError:
        return False
