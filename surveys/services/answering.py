"""What an expert does: agree, judge, weigh proposals, send."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from scorecards.methods import ahp
from scorecards.methods.errors import MethodError
from surveys.models import (
    Criterion,
    Invitation,
    Judgement,
    Origin,
    ProposalDecision,
    Response,
    Survey,
)
from surveys.selectors.answering import AnswerSheet, Part, answer_sheet
from surveys.selectors.judgements import current_judgements, judged_matrix
from surveys.selectors.part_check import check_part, kept_judgements
from surveys.selectors.rules import Rules

# A form that was open when the last moment came may still be sent.
GRACE = timedelta(minutes=15)
# What a browser's numbers hold exactly.
LARGEST_SEQ = 2**53 - 1


class AnswerRefused(Exception):
    """Base of everything that an answering expert can be told."""


class SurveyNotOpen(AnswerRefused):
    """Not opened yet, closed, or past its last moment."""


class AlreadySubmitted(AnswerRefused):
    """The answers were sent; they don't change any more."""


class InvalidAnswer(AnswerRefused):
    """Not an answer to this questionnaire. A browser of ours sends none such."""


class CannotSubmit(AnswerRefused):
    """Answers that can't be sent as they are.

    ``reasons`` is empty when pairs are missing that may be missing, once the expert says so.
    """

    def __init__(self, reasons: Sequence[tuple[Part, MethodError]] = ()) -> None:
        super().__init__(*reasons)
        self.reasons = tuple(reasons)


class NothingAnswered(CannotSubmit):
    """Not a single pair is answered."""


@dataclass(frozen=True)
class PairAnswer:
    """An answer to one pair. ``preferred`` None: equally important, and strength is 1."""

    row: Criterion
    column: Criterion
    preferred: Criterion | None
    strength: int
    seq: int


def takes_answers(invitation: Invitation, now: datetime) -> bool:
    return invitation.accepts_answers(now - GRACE)


def check_open(response: Response, now: datetime) -> None:
    """Raise AlreadySubmitted or SurveyNotOpen where these answers can't change any more."""
    if response.submitted_at is not None:
        raise AlreadySubmitted
    if not takes_answers(response.invitation, now):
        raise SurveyNotOpen


@transaction.atomic
def start_response(*, invitation: Invitation, now: datetime) -> Response:
    """Record the consent and begin. Who agreed already goes on where he was."""
    if not invitation.accepts_answers(now):
        raise SurveyNotOpen
    response, _created = Response.objects.get_or_create(
        invitation=invitation,
        defaults={
            "consent_text": invitation.survey.consent_text,
            "consented_at": now,
            "started_at": now,
        },
    )
    return response


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
) -> list[Judgement]:
    """Store several answers, all or none; what is in force for each, in their order."""
    locked = lock_response(response, now)
    for answer in answers:
        _check(answer, locked.invitation.survey)
    rows = {answer.row.pk for answer in answers}
    stored = {
        (judgement.row_id, judgement.column_id): judgement
        for judgement in current_judgements(response.judgements.filter(row__in=rows))
    }
    fresh = []
    for answer in answers:
        pair = (answer.row.pk, answer.column.pk)
        if pair not in stored or stored[pair].seq < answer.seq:
            stored[pair] = _judgement(response, answer, now, origin)
            fresh.append(stored[pair])
    Judgement.objects.bulk_create(fresh)
    return [stored[answer.row.pk, answer.column.pk] for answer in answers]


@transaction.atomic
def decide_proposal(
    *, response: Response, row: Criterion, column: Criterion, accept: bool, now: datetime
) -> ProposalDecision:
    """Take a proposal over as a new judgement, or record that the expert stays with his own.

    Raises InvalidAnswer when the pair's proposal is gone: an answer changed meanwhile.
    """
    locked = lock_response(response, now)
    survey = locked.invitation.survey
    sheet = answer_sheet(survey, response)
    pair = sheet.of_item(f"{row.pk}-{column.pk}")
    if pair is None:
        raise InvalidAnswer("The pair is not one of this questionnaire's.")
    part = sheet.parts[pair.part - 1]
    check = check_part(part, Rules.of(survey.scorecard), kept_judgements(response))
    suggestion = next((s for s in check.suggestions if s.pair == pair), None)
    if suggestion is None or check.cr is None:
        raise InvalidAnswer("There is no proposal for this pair any more.")
    found = suggestion.proposal
    if suggestion.kept and not accept:
        return response.decisions.filter(row=row, column=column).latest("pk")
    decision = ProposalDecision.objects.create(
        response=response,
        matrix=check.part.matrix,
        row=row,
        column=column,
        judged=found.judged,
        proposed=found.proposed,
        cr_before=check.cr,
        cr_after=found.cr,
        decision=(ProposalDecision.Decision.ACCEPTED if accept else ProposalDecision.Decision.KEPT),
        decided_at=now,
    )
    if accept:
        answer = _from_ratio(row, column, found.proposed, pair.seq + 1)
        proposal = Origin.PROPOSAL
        Judgement.objects.bulk_create([_judgement(response, answer, now, proposal)])
    return decision


@transaction.atomic
def submit_response(
    *, response: Response, now: datetime, missing_accepted: bool = False
) -> Response:
    """Send the answers. Sending twice is sending once.

    A part may be left out whole, and pairs of a part may be missing as long as the answered
    ones connect all its elements: then its weights can be computed. Either takes the expert's
    word (``missing_accepted``). Raises CannotSubmit otherwise.
    """
    try:
        locked = lock_response(response, now)
    except AlreadySubmitted:
        return Response.objects.get(pk=response.pk)
    sheet = answer_sheet(locked.invitation.survey, response)
    if not sheet.answered:
        raise NothingAnswered
    reasons = disconnected_parts(sheet)
    if reasons or (sheet.missing and not missing_accepted):
        raise CannotSubmit(reasons)
    locked.submitted_at = now
    locked.save(update_fields=["submitted_at"])
    return locked


def disconnected_parts(sheet: AnswerSheet) -> list[tuple[Part, MethodError]]:
    """Parts that were begun, but whose answers leave elements unconnected, with the reason."""
    found = []
    for part in sheet.parts:
        answers = [pair.judgement for pair in part.pairs if pair.judgement]
        if not answers:
            continue
        try:
            ahp.priorities(judged_matrix(part.elements, answers))
        except MethodError as error:
            found.append((part, error))
    return found


def lock_response(response: Response, now: datetime) -> Response:
    """The response as it is now, kept from changing until the transaction ends."""
    locked = Response.objects.select_for_update().get(pk=response.pk)
    # Asked only now that the row is held: while waiting for it, the questionnaire may have closed.
    invitations = Invitation.objects.select_related("survey__scorecard")
    locked.invitation = invitations.get(pk=locked.invitation_id)
    check_open(locked, now)
    return locked


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


def _from_ratio(row: Criterion, column: Criterion, ratio: float, seq: int) -> PairAnswer:
    if ratio == 1:
        return PairAnswer(row, column, None, 1, seq)
    if ratio > 1:
        return PairAnswer(row, column, row, round(ratio), seq)
    return PairAnswer(row, column, column, round(1 / ratio), seq)


def _judgement(response: Response, answer: PairAnswer, now: datetime, origin: str) -> Judgement:
    return Judgement(
        response=response,
        matrix_id=answer.row.matrix_id,
        row=answer.row,
        column=answer.column,
        preferred=answer.preferred,
        strength=answer.strength,
        seq=answer.seq,
        origin=origin,
        answered_at=now,
    )
