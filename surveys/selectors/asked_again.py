"""Experts who were asked for a matrix again."""

from dataclasses import dataclass
from datetime import datetime

from organizations.models import User
from surveys.models import Invitation, Matrix, Origin


@dataclass(frozen=True)
class AskedAgain:
    """One expert was asked for one matrix again. ``state``: ``open``, ``sent``, ``withdrawn``.

    ``origin``: paper where an officer, ``keyed_by``, brought the new answers in.
    """

    pk: int
    invitation: Invitation
    matrix: Matrix
    number: int
    message: str
    asked_at: datetime
    submitted_at: datetime | None
    withdrawn_at: datetime | None
    origin: str = Origin.ANSWER
    keyed_by: User | None = None

    @property
    def state(self) -> str:
        if self.withdrawn_at is not None:
            return "withdrawn"
        return "open" if self.submitted_at is None else "sent"
