"""What the two kinds of questionnaire have in common, for the pages that they share."""

from surveys.models import Invitation, Response, Survey
from surveys.selectors.answering import AnswerSheet, Part, answer_sheet
from surveys.selectors.rating_sheet import RatingSheet, rating_sheet


def is_screening(invitation: Invitation) -> bool:
    return invitation.survey.kind == Survey.Kind.SCREENING


def sheet_of(invitation: Invitation, response: Response | None = None) -> AnswerSheet | RatingSheet:
    """Either kind's sheet: how much there is, what is answered, what is missing."""
    if is_screening(invitation):
        return rating_sheet(invitation.survey, response)
    return answer_sheet(invitation, response)


def asked_again(invitation: Invitation, response: Response | None) -> tuple[Part, ...]:
    """What an expert who has sent is asked to judge again; of a screening, nothing ever is."""
    if response is None or response.submitted_at is None or is_screening(invitation):
        return ()
    return answer_sheet(invitation, response).parts
