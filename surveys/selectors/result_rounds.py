"""What was asked again, and what the group's weights were after each round."""

from dataclasses import dataclass
from datetime import datetime

from surveys.models import Criterion, Invitation, Matrix


@dataclass(frozen=True)
class AskedAgain:
    """One expert was asked for one matrix again. ``state``: ``open``, ``sent``, ``withdrawn``."""

    pk: int
    invitation: Invitation
    matrix: Matrix
    number: int
    message: str
    asked_at: datetime
    submitted_at: datetime | None
    withdrawn_at: datetime | None

    @property
    def state(self) -> str:
        if self.withdrawn_at is not None:
            return "withdrawn"
        return "open" if self.submitted_at is None else "sent"


@dataclass(frozen=True)
class RoundWeights:
    """The group as it stood after one round: who wasn't asked again counts as before.

    ``changed`` is the number of experts whose judgements of this matrix are of this round.
    """

    number: int
    changed: int
    experts: int
    weights: tuple[float, ...] | None
    cr: float | None
    within_limit: bool | None
    agreement: float | None


@dataclass(frozen=True)
class MatrixRounds:
    """One matrix round by round, oldest first; a single row where nobody was asked again."""

    matrix: Matrix
    criteria: tuple[Criterion, ...]
    rows: tuple[RoundWeights, ...]
