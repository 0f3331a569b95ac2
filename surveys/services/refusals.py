"""Steps that are refused: what an answering expert can be told, and what an officer can."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scorecards.methods.errors import MethodError

if TYPE_CHECKING:
    from surveys.selectors.answering import Part
    from surveys.selectors.plan import PlannedMatrix


class AnswerRefused(Exception):
    """Base of everything that an answering expert can be told."""


class SurveyNotOpen(AnswerRefused):
    """Not opened yet, closed, past its last moment, or deleted."""


class InvitationDeclined(SurveyNotOpen):
    """This expert said that he doesn't take part. He can take that back."""


class AlreadySubmitted(AnswerRefused):
    """The answers were sent; they don't change any more, but for a round that is open."""


class InvalidAnswer(AnswerRefused):
    """Not an answer to this questionnaire. A browser of ours sends none such."""


class CannotSubmit(AnswerRefused):
    """Answers that can't be sent as they are.

    ``reasons`` is empty when pairs are missing that may be missing, once the expert says so.
    """

    def __init__(self, reasons: "Sequence[tuple[Part, MethodError]]" = ()) -> None:
        super().__init__(*reasons)
        self.reasons = tuple(reasons)


class NothingAnswered(CannotSubmit):
    """Not a single pair is answered."""


class SurveyError(Exception):
    """A step that this questionnaire can't take now; ``code`` says why, the rest about what."""

    def __init__(
        self, code: str, matrices: "tuple[PlannedMatrix, ...]" = (), names: Sequence[str] = ()
    ) -> None:
        super().__init__(code)
        self.code = code
        self.matrices = matrices
        self.names = tuple(names)
