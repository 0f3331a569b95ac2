"""What an expert does with a proposal that would make his answers agree better."""

from datetime import datetime

from django.db import transaction

from surveys.models import Criterion, Judgement, Origin, ProposalDecision, Response
from surveys.selectors.answering import Pair, Part, answer_sheet
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
    *,
    response: Response,
    row: Criterion,
    column: Criterion,
    seen: str,
    accept: bool,
    now: datetime,
) -> ProposalDecision:
    """Take a proposal over as a new judgement, or record that the expert stays with his own.

    ``seen``: the key of the suggestion that he decides on. Raises InvalidAnswer when the pair's
    proposal is gone or is another one by now: an answer changed meanwhile.
    """
    held = hold_response(response)
    part, pair = _judged_pair(held, f"{row.pk}-{column.pk}")
    check_part_open(held, part, now)
    check = check_part(part, Rules.of(held.invitation.survey.scorecard), kept_judgements(held))
    proposed = (each for each in check.suggestions if each.pair == pair and each.key == seen)
    suggestion = next(proposed, None)
    if suggestion is None or check.cr is None:
        raise InvalidAnswer("There is no proposal for this pair any more.")
    found = suggestion.proposal
    if suggestion.kept and not accept:
        kept = held.decisions.filter(row=row, column=column, judged=found.judged)
        return kept.filter(decision=ProposalDecision.Decision.KEPT).latest("pk")
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


def _judged_pair(response: Response, item: str) -> tuple[Part, Pair]:
    sheet = answer_sheet(response.invitation, response)
    pair = sheet.of_item(item)
    if pair is not None:
        return sheet.part_of(pair), pair
    if response.submitted_at is not None:
        raise AlreadySubmitted
    raise InvalidAnswer("The pair is not one that this expert judges.")


def _as_answer(pair: Pair, ratio: float) -> PairAnswer:
    """A ratio on the scale, as the next answer to its pair."""
    preferred = None if ratio == 1 else pair.row if ratio > 1 else pair.column
    strength = round(max(ratio, 1 / ratio))
    return PairAnswer(pair.row, pair.column, preferred, strength, pair.seq + 1, pair.swapped)
