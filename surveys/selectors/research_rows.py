"""The rows that research files are made of: experts, what they were asked, what they answered."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import combinations

from surveys.selectors.answer_marks import Mark

# What became of an answer. EXEMPT: the expert doesn't judge the part, or handed it back later.
IN_FORCE, REVISED, WITHDRAWN, PENDING = "in_force", "revised", "withdrawn", "pending"
EXEMPT = "exempt"


@dataclass(frozen=True, slots=True)
class Expert:
    """One invited expert; ``consent`` is the number of the text that was agreed to, from 1."""

    code: str
    name: str
    position: str
    institution: str
    weight: float
    state: str
    origin: str
    invited_at: datetime
    opened_at: datetime | None
    consent: int | None
    consented_at: datetime | None
    started_at: datetime | None
    submitted_at: datetime | None
    declined_at: datetime | None
    decline_reason: str
    revoked_at: datetime | None
    # What in the sent answers is worth asking about.
    marks: tuple[Mark, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether the results hold these answers: sent, and the link not revoked."""
        return self.submitted_at is not None and self.revoked_at is None


@dataclass(frozen=True, slots=True)
class Element:
    code: str
    label: str
    description: str


@dataclass(frozen=True, slots=True)
class Joined:
    """A group matrix that came from a file; ``ratios`` are its upper triangle row by row."""

    ratios: tuple[float, ...]
    experts: int
    source: str
    file_name: str


@dataclass(frozen=True)
class Part:
    """One matrix, numbered from 1. Elements and pairs are in the matrix's own order.

    ``joined``: its group's figures come from a file, and nobody's own answers are here.
    """

    number: int
    code: str
    title: str
    compares_perspectives: bool
    elements: tuple[Element, ...]
    limit: float | None
    question: str
    joined: Joined | None = None

    @property
    def size(self) -> int:
        return len(self.elements)

    @cached_property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """Places of row and column, from 0: the upper triangle row by row."""
        return tuple(combinations(range(self.size), 2))


@dataclass(frozen=True, slots=True)
class Answer:
    """One judgement as it was given; ``signed`` is 1..9 for the row's element, -9..-2 against it.

    ``place`` is the pair's place in the expert's own order, from 1.
    """

    expert: Expert
    part: Part
    row: int
    column: int
    place: int
    signed: int
    seq: int
    round: int
    swapped: bool
    origin: str
    standing: str
    answered_at: datetime
    # By the expert's own device, where it is known.
    given_at: datetime | None

    @property
    def ratio(self) -> float:
        return float(self.signed) if self.signed > 0 else -1 / self.signed

    @property
    def preferred(self) -> str:
        if self.signed == 1:
            return "equal"
        return "row" if self.signed > 0 else "column"


@dataclass(frozen=True, slots=True)
class Decision:
    """A proposal that would lower the inconsistency, and whether it was taken."""

    expert: Expert
    part: Part
    row: int
    column: int
    judged: float
    proposed: float
    cr_before: float
    cr_after: float
    decision: str
    round: int
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class NotJudged:
    """A matrix that an expert doesn't judge: not asked (``officer``), handed back (``expert``)."""

    expert: Expert
    part: Part
    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A round in which an expert was asked to judge a matrix again."""

    expert: Expert
    part: Part
    number: int
    message: str
    asked_at: datetime
    submitted_at: datetime | None
    withdrawn_at: datetime | None
