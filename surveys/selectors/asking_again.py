"""Before an expert is asked for a matrix again: what there is to say, and whether it can be."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from organizations import figures
from surveys.models import Matrix, Response
from surveys.selectors.answering import sent_sheet
from surveys.selectors.part_check import PartCheck, check_part
from surveys.selectors.rules import Rules

# As every page writes a limit.
LIMIT_DECIMALS = 2


@dataclass(frozen=True)
class AgainPage:
    """``check`` is None where the expert doesn't judge this matrix."""

    response: Response
    matrix: Matrix
    check: PartCheck | None
    is_asked_already: bool
    message: str


def again_page(response: Response, matrix: Matrix) -> AgainPage:
    """See `AgainPage`; 7 queries."""
    sheet = sent_sheet(response.invitation, response)
    part = next((part for part in sheet.parts if part.matrix.pk == matrix.pk), None)
    check = check_part(part, Rules.of(matrix.survey.scorecard)) if part else None
    rounds = response.rounds.filter(matrix=matrix, submitted_at=None, withdrawn_at=None)
    return AgainPage(response, matrix, check, rounds.exists(), _message(check, matrix))


def _message(check: PartCheck | None, matrix: Matrix) -> str:
    """A friendly beginning, in the language of the questionnaire; the officer may change it."""
    with translation.override(matrix.survey.language):
        kept = _("Your earlier answers are still there: change what you see differently now.")
        if check is None or check.within_limit is not False:
            plea = _("Please look at these comparisons once more.")
            return f"{plea} {kept}"
        reason = _(
            "Some of your answers contradict each other: the measure of contradiction (CR) is "
            "%(cr)s, and the limit is %(limit)s. This is common and not a mistake. Please look "
            "at these comparisons once more."
        ) % {
            "cr": figures.figure_beside(check.cr, check.limit),
            "limit": figures.figure(check.limit, LIMIT_DECIMALS),
        }
        return f"{reason} {kept}"
