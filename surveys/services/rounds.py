"""Asking an expert to judge one matrix again, after he has sent his answers."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from organizations.models import EditConflict, User
from surveys.models import Matrix, Origin, Response, Round
from surveys.selectors.answering import AnswerSheet, Part, answer_sheet, sent_sheet
from surveys.services.answering import FIRST_ROUND, check_part_open, hold_response
from surveys.services.refusals import AlreadySubmitted, SurveyError, SurveyNotOpen
from surveys.services.sending import check_sheet


@transaction.atomic
def ask_again(
    *, response: Response, matrix: Matrix, message: str, by: User | None, now: datetime
) -> Round:
    """Open one matrix once more for one expert. What he sent stays, and counts until he sends.

    Raises SurveyError: ``not-open`` where he couldn't answer, ``not-sent`` while he can still
    change everything, ``is-anonymous`` where nobody knows who he is, ``asked-already`` while he
    is being asked, ``not-judged`` where the matrix isn't his or has no pairs. Raises EditConflict
    where the questionnaire is gone.
    """
    held = _hold_for_officer(response)
    if held.submitted_at is None:
        raise SurveyError("not-sent")
    if held.invitation.anonymized_at is not None:
        raise SurveyError("is-anonymous")
    if not held.invitation.accepts_answers(now):
        raise SurveyError("not-open")
    judged = {part.matrix.pk for part in sent_sheet(held.invitation, held).parts}
    if matrix.pk not in judged:
        raise SurveyError("not-judged")
    earlier = held.rounds.filter(matrix=matrix)
    if earlier.filter(submitted_at=None, withdrawn_at=None).exists():
        raise SurveyError("asked-already")
    newest = earlier.aggregate(newest=Max("number"))["newest"] or FIRST_ROUND
    return Round.objects.create(
        response=held,
        matrix=matrix,
        number=newest + 1,
        message=message,
        asked_at=now,
        asked_by=by,
    )


@transaction.atomic
def submit_round(
    *, round: Round, now: datetime, missing_accepted: bool = False, keyed_by: User | None = None
) -> Round:
    """Send the matrix again. Sending twice is sending once; what may be missing: see sending.

    ``keyed_by``: the officer who sends what came on paper. Raises AlreadySubmitted where the
    organization took its question back.
    """
    held, found = hold_round(round)
    if found.submitted_at is not None:
        return found
    part = open_part(held, found, now)
    check_sheet(AnswerSheet((part,)), missing_accepted=missing_accepted)
    found.submitted_at = now
    found.save(update_fields=["submitted_at"])
    if keyed_by is not None:
        note_officer(found, keyed_by)
    return found


@transaction.atomic
def withdraw_round(*, round: Round, by: User | None, now: datetime) -> Round:
    """Ask no more. Answers that were given meanwhile are kept and don't count.

    Raises SurveyError ``round-sent`` when the expert was faster, EditConflict where the
    questionnaire is gone. Taking back twice is once.
    """
    _hold_for_officer(round.response)
    found = Round.objects.get(pk=round.pk)
    if found.submitted_at is not None:
        raise SurveyError("round-sent")
    if found.withdrawn_at is None:
        found.withdrawn_at = now
        found.withdrawn_by = by
        found.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return found


def _hold_for_officer(response: Response) -> Response:
    """As hold_response, with the page that staff get for what somebody else deleted."""
    try:
        return hold_response(response)
    except SurveyNotOpen as gone:
        raise EditConflict(None) from gone


def hold_round(round: Round) -> tuple[Response, Round]:
    """The response is the lock of its rounds."""
    return hold_response(round.response), Round.objects.get(pk=round.pk)


def open_part(held: Response, round: Round, now: datetime) -> Part:
    """The matrix that is asked again, with the answers that hold.

    Raises AlreadySubmitted where it was sent or taken back, and what check_part_open raises.
    """
    sheet = answer_sheet(held.invitation, held)
    part = next((part for part in sheet.parts if part.round == round), None)
    if part is None:
        raise AlreadySubmitted
    check_part_open(held, part, now)
    return part


def note_officer(round: Round, by: User) -> None:
    """What came on paper says so, and who brought it in first."""
    round.origin = Origin.PAPER
    round.keyed_by = round.keyed_by or by
    round.save(update_fields=["origin", "keyed_by"])
