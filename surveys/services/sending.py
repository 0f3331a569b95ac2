"""Sending the answers, for the first time or again after having been asked again."""

from datetime import datetime

from django.db import transaction

from scorecards.methods import ahp
from scorecards.methods.errors import MethodError
from surveys.models import Response
from surveys.selectors.answering import AnswerSheet, Part, answer_sheet
from surveys.selectors.judgements import judged_matrix
from surveys.services.answering import check_open, hold_response
from surveys.services.refusals import CannotSubmit, NothingAnswered


@transaction.atomic
def submit_response(
    *, response: Response, now: datetime, missing_accepted: bool = False
) -> Response:
    """Send the answers. Sending twice is sending once.

    A part may be left out whole, and pairs of a part may be missing as long as the answered
    ones connect all its elements: then its weights can be computed. Either takes the expert's
    word (``missing_accepted``). Raises CannotSubmit otherwise.
    """
    held = hold_response(response)
    if held.submitted_at is not None:
        return held
    check_open(held, now)
    check_sheet(answer_sheet(held.invitation, held), missing_accepted=missing_accepted)
    held.submitted_at = now
    held.save(update_fields=["submitted_at"])
    return held


def check_sheet(sheet: AnswerSheet, *, missing_accepted: bool) -> None:
    """Raise CannotSubmit unless these answers can be sent."""
    if not sheet.answered:
        raise NothingAnswered
    reasons = disconnected_parts(sheet)
    if reasons or (sheet.missing and not missing_accepted):
        raise CannotSubmit(reasons)


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
