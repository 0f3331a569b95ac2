"""What an expert does with a proposal that would make his answers agree better."""

from datetime import datetime

from django.db import transaction

from surveys.models import Criterion, Judgement, Origin, ProposalDecision, Response
from surveys.selectors.answering import Pair, answer_sheet
from surveys.selectors.part_check import check_part, kept_judgements
from surveys.selectors.rules import Rules
from surveys.services.answering import (
    FIRST_ROUND,
    PairAnswer,
    check_part_open,
    hold_response,
    new_judgement,
)
from surveys.services.refusals import AlreadySubmitted, InvalidAnswer


@transaction.atomic
def decide_proposal(
    *, response: Response, row: Criterion, column: Criterion, accept: bool, now: datetime
) -> ProposalDecision:
    """Take a proposal over as a new judgement, or record that the expert stays with his own.

    Raises InvalidAnswer when the pair's proposal is gone: an answer changed meanwhile.
    """
    held = hold_response(response)
    sheet = answer_sheet(held.invitation, held)
    pair = sheet.of_item(f"{row.pk}-{column.pk}")
    if pair is None:
        if held.submitted_at is not None:
            raise AlreadySubmitted
        raise InvalidAnswer("The pair is not one that this expert judges.")
    part = sheet.part_of(pair)
    check_part_open(held, part, now)
    check = check_part(part, Rules.of(held.invitation.survey.scorecard), kept_judgements(held))
    suggestion = next((s for s in check.suggestions if s.pair == pair), None)
    if suggestion is None or check.cr is None:
        raise InvalidAnswer("There is no proposal for this pair any more.")
    found = suggestion.proposal
    if suggestion.kept and not accept:
        return held.decisions.filter(row=row, column=column).latest("pk")
    number = part.round.number if part.round else FIRST_ROUND
    decision = ProposalDecision.objects.create(
        response=held,
        matrix=part.matrix,
        row=row,
        column=column,
        judged=found.judged,
        proposed=found.proposed,
        cr_before=check.cr,
        cr_after=found.cr,
        decision=ProposalDecision.Decision.ACCEPTED if accept else ProposalDecision.Decision.KEPT,
        round=number,
        decided_at=now,
    )
    if accept:
        answer = _as_answer(pair, found.proposed)
        taken = new_judgement(held, answer, now, origin=Origin.PROPOSAL, round=number)
        Judgement.objects.bulk_create([taken])
    return decision


def _as_answer(pair: Pair, ratio: float) -> PairAnswer:
    """A ratio on the scale, as the next answer to its pair."""
    preferred = None if ratio == 1 else pair.row if ratio > 1 else pair.column
    strength = round(max(ratio, 1 / ratio))
    return PairAnswer(pair.row, pair.column, preferred, strength, pair.seq + 1, pair.swapped)
