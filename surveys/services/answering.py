"""What an expert does: agree or decline, and judge."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from organizations.models import User
from surveys.models import Criterion, Exemption, Invitation, Judgement, Origin, Response, Survey
from surveys.selectors.answering import AnswerSheet, Part
from surveys.selectors.judgements import current_judgements
from surveys.services.refusals import (
    AlreadySubmitted,
    InvalidAnswer,
    InvitationDeclined,
    SurveyNotOpen,
)

# A form that was open when the last moment came may still be sent.
GRACE = timedelta(minutes=15)
# What a browser's numbers hold exactly.
LARGEST_SEQ = 2**53 - 1
FIRST_ROUND = 1


@dataclass(frozen=True)
class PairAnswer:
    """An answer to one pair. ``preferred`` None: equally important, and strength is 1."""

    row: Criterion
    column: Criterion
    preferred: Criterion | None
    strength: int
    seq: int
    # The column's element stood first before the expert's eyes.
    swapped: bool = False
    # Milliseconds since the response was started, where it is known when the expert gave it.
    given_after: int | None = None


def takes_answers(invitation: Invitation, now: datetime) -> bool:
    """Until the last moment, and of who has begun a little longer."""
    has_begun = hasattr(invitation, "response")
    return invitation.accepts_answers(now - GRACE if has_begun else now)


def check_open(response: Response, now: datetime) -> None:
    """Raise AnswerRefused where these answers can't change (any more)."""
    if response.submitted_at is not None:
        raise AlreadySubmitted
    check_taking(response.invitation, now)


def check_part_open(response: Response, part: Part, now: datetime) -> None:
    """As check_open; what is asked again is open after sending too."""
    if response.submitted_at is not None and part.round is None:
        raise AlreadySubmitted
    check_taking(response.invitation, now)


def check_sheet_open(response: Response, sheet: AnswerSheet, part: int, now: datetime) -> None:
    """As check_part_open, by the part's number; where it isn't his, whether anything is open."""
    found = sheet.part(part)
    if found is None:
        check_open(response, now)
    else:
        check_part_open(response, found, now)


def check_taking(invitation: Invitation, now: datetime) -> None:
    """Raise InvitationDeclined or SurveyNotOpen where this expert's answers aren't taken."""
    if invitation.declined_at is not None:
        raise InvitationDeclined
    if not takes_answers(invitation, now):
        raise SurveyNotOpen


@transaction.atomic
def start_response(
    *,
    invitation: Invitation,
    now: datetime,
    origin: str = Origin.ANSWER,
    keyed_by: User | None = None,
    terms: str = "",
) -> Response:
    """Record the consent and begin. Who agreed already goes on where he was.

    ``terms``: what the site itself said beside the questionnaire's words, as it was shown.
    ``keyed_by``: the officer who brings in what the expert agreed to and answered on paper.
    """
    held = _held(invitation)
    if held.declined_at is not None:
        raise InvitationDeclined
    if not held.accepts_answers(now):
        raise SurveyNotOpen
    response, _created = Response.objects.get_or_create(
        invitation=held,
        defaults={
            "consent_text": held.survey.consent_text,
            "consent_terms": terms,
            "consented_at": now,
            "started_at": now,
            "origin": origin,
            "keyed_by": keyed_by,
        },
    )
    return response


@transaction.atomic
def decline_invitation(*, invitation: Invitation, reason: str, now: datetime) -> Invitation:
    """Say that one doesn't take part. Answers so far stay, unsent; declining twice is once."""
    held = _held(invitation)
    # Held as well, so that nothing is sent between this look and the change.
    response = Response.objects.select_for_update().filter(invitation=held).first()
    if response is not None and response.submitted_at is not None:
        raise AlreadySubmitted
    if not takes_answers(held, now):
        raise SurveyNotOpen
    if held.declined_at is None:
        held.declined_at = now
    return _save_decline(held, reason)


@transaction.atomic
def take_back_decline(*, invitation: Invitation, now: datetime) -> Invitation:
    """Take part after all, as long as answers are taken."""
    held = _held(invitation)
    if not takes_answers(held, now):
        raise SurveyNotOpen
    held.declined_at = None
    return _save_decline(held, "")


def _held(invitation: Invitation) -> Invitation:
    """The invitation as it is now, kept from changing until the transaction ends."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("survey__scorecard")
    held = rows.filter(pk=invitation.pk).first()
    if held is None:
        raise SurveyNotOpen("The questionnaire was deleted since.")
    return held


def _save_decline(invitation: Invitation, reason: str) -> Invitation:
    invitation.decline_reason = reason
    invitation.save(update_fields=["declined_at", "decline_reason"])
    return invitation


def record_judgement(
    *,
    response: Response,
    row: Criterion,
    column: Criterion,
    preferred: Criterion | None,
    strength: int,
    seq: int,
    now: datetime,
    origin: str = Origin.ANSWER,
) -> Judgement:
    """Store one answer and return the one that is in force now.

    That is another one when an answer with this sequence number or a higher one is stored
    already: a late request never overwrites a newer answer.
    """
    answer = PairAnswer(row, column, preferred, strength, seq)
    [in_force] = record_judgements(response=response, answers=[answer], now=now, origin=origin)
    return in_force


@transaction.atomic
def record_judgements(
    *,
    response: Response,
    answers: Sequence[PairAnswer],
    now: datetime,
    origin: str = Origin.ANSWER,
    keyed_by: User | None = None,
) -> list[Judgement]:
    """Store several answers, all or none; what is in force for each, in their order.

    Before sending, of every matrix that the expert judges; after it, of those that he is
    asked again, and then as answers of that round.
    """
    held = hold_response(response)
    rounds = _open_rounds(held, now)
    for answer in answers:
        _check(answer, held.invitation.survey)
    matrices = {answer.row.matrix_id for answer in answers}
    _check_judges(held, matrices)
    if rounds is not None and not matrices <= rounds.keys():
        raise AlreadySubmitted
    if keyed_by is not None and held.keyed_by_id is None:
        held.keyed_by = keyed_by
        held.save(update_fields=["keyed_by"])
    return _store(held, answers, rounds or {}, now, origin)


def _open_rounds(response: Response, now: datetime) -> dict[int, int] | None:
    """None before sending; after it, the round of each matrix that is asked again."""
    if response.submitted_at is None:
        check_open(response, now)
        return None
    is_open = response.rounds.filter(submitted_at=None, withdrawn_at=None)
    rounds = dict(is_open.values_list("matrix_id", "number"))
    if not rounds:
        raise AlreadySubmitted
    check_taking(response.invitation, now)
    return rounds


def _check_judges(response: Response, matrices: Collection[int]) -> None:
    exempt = Exemption.objects.filter(invitation_id=response.invitation_id, matrix__in=matrices)
    if exempt.exists():
        raise InvalidAnswer("This expert doesn't judge this matrix.")


def _store(
    response: Response,
    answers: Sequence[PairAnswer],
    rounds: dict[int, int],
    now: datetime,
    origin: str,
) -> list[Judgement]:
    rows = {answer.row.pk for answer in answers}
    newest = {
        (judgement.row_id, judgement.column_id): judgement
        for judgement in current_judgements(response.judgements.filter(row__in=rows))
    }
    fresh = []
    for answer in answers:
        pair = (answer.row.pk, answer.column.pk)
        if pair not in newest or newest[pair].seq < answer.seq:
            number = rounds.get(answer.row.matrix_id, FIRST_ROUND)
            newest[pair] = new_judgement(response, answer, now, origin=origin, round=number)
            fresh.append(newest[pair])
    Judgement.objects.bulk_create(fresh)
    return [newest[answer.row.pk, answer.column.pk] for answer in answers]


def new_judgement(
    response: Response, answer: PairAnswer, now: datetime, *, origin: str, round: int
) -> Judgement:
    """The row that an answer becomes; not stored yet."""
    return Judgement(
        response=response,
        matrix_id=answer.row.matrix_id,
        row=answer.row,
        column=answer.column,
        preferred=answer.preferred,
        strength=answer.strength,
        seq=answer.seq,
        origin=origin,
        round=round,
        swapped=answer.swapped,
        answered_at=now,
        given_after=answer.given_after,
    )


def hold_response(response: Response) -> Response:
    """The response as it is now, kept from changing until the transaction ends."""
    held = Response.objects.select_for_update().filter(pk=response.pk).first()
    if held is None:
        raise SurveyNotOpen("The questionnaire was deleted since.")
    # Read only now that the row is held: while waiting for it, the questionnaire may have closed.
    invitations = Invitation.objects.select_related("survey__scorecard")
    held.invitation = invitations.get(pk=held.invitation_id)
    return held


def _check(answer: PairAnswer, survey: Survey) -> None:
    row, column = answer.row, answer.column
    if row.matrix_id != column.matrix_id or row.matrix.survey_id != survey.pk:
        raise InvalidAnswer("The pair is not one of this questionnaire's.")
    if (row.order, row.pk) >= (column.order, column.pk):
        raise InvalidAnswer("A pair is two elements in the order of their matrix.")
    if type(answer.strength) is not int or type(answer.seq) is not int:
        raise InvalidAnswer("Strength and sequence number are whole numbers.")
    if not 1 <= answer.seq <= LARGEST_SEQ:
        raise InvalidAnswer("The sequence number is out of range.")
    if answer.preferred is None:
        if answer.strength != 1:
            raise InvalidAnswer("Equally important has the strength 1.")
    elif answer.preferred not in (row, column) or not 2 <= answer.strength <= 9:
        raise InvalidAnswer("A preference is one of the pair, with a strength from 2 to 9.")
