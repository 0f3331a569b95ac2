"""Keying in one matrix that an expert was asked again, and answered on paper."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from organizations.models import User
from surveys.models import Origin, Round
from surveys.services.answering import record_judgements
from surveys.services.paper import KeyedPair, Stored, pair_answers, sift
from surveys.services.refusals import InvalidAnswer
from surveys.services.rounds import hold_round, note_officer, open_part


@transaction.atomic
def key_in_round(
    *,
    round: Round,
    answers: Sequence[KeyedPair],
    by: User,
    now: datetime,
    replaces_online: bool = False,
) -> int:
    """Store what is new on the paper of a round, all or none; how many lines that were.

    What was sent before stays, and holds wherever the paper says nothing else. Raises
    AlreadySubmitted once the round is over, and what `key_in_judgements` raises.
    """
    held, found = hold_round(round)
    part = open_part(held, found, now)
    if any(pair.row.matrix_id != found.matrix_id for pair in answers):
        raise InvalidAnswer("The pair is not one of those that are asked again.")
    stored = {
        pair.item: Stored(
            pair.judgement,
            pair.seq,
            is_earlier=pair.judgement is not None and pair.judgement.round != found.number,
        )
        for pair in part.pairs
    }
    fresh, emptied = sift(answers, stored, replaces_online)
    of_round = held.judgements.filter(round=found.number, origin=Origin.PAPER)
    for pair in emptied:
        of_round.filter(row=pair.row, column=pair.column).delete()
    new = pair_answers(fresh, stored)
    record_judgements(response=held, answers=new, now=now, origin=Origin.PAPER)
    if fresh or emptied:
        note_officer(found, by)
    return len(fresh) + len(emptied)
