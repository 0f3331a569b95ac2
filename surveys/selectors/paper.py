"""Answers that come on paper: in the order of the sheet that was printed, and what is keyed in."""

from dataclasses import replace

from surveys.models import Invitation, Response, Survey
from surveys.selectors.answering import AnswerSheet, answer_sheet

# All blank sheets of a questionnaire are alike, whenever they were printed.
BLANK_SEED = 0


def blank_invitation(survey: Survey) -> Invitation:
    """Stands for whoever gets a blank sheet; never stored."""
    return Invitation(survey=survey, seed=BLANK_SEED)


def paper_sheet(
    invitation: Invitation, response: Response | None = None, *, is_blank: bool = False
) -> AnswerSheet:
    """What this expert judges, in the order of his own paper or of a blank one."""
    sheet = answer_sheet(invitation, response)
    if not is_blank:
        return sheet
    blank = {pair.item: pair for pair in answer_sheet(blank_invitation(invitation.survey)).pairs}
    parts = []
    for part in sheet.parts:
        laid = [
            replace(pair, number=blank[pair.item].number, swapped=blank[pair.item].swapped)
            for pair in part.pairs
        ]
        parts.append(replace(part, pairs=tuple(sorted(laid, key=lambda pair: pair.number))))
    return replace(sheet, parts=tuple(parts))
