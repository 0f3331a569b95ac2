"""Judgements as they were read from a file, between the file and the questionnaire."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from itertools import combinations
from typing import Any

from surveys.models import Matrix, Survey
from surveys.selectors.answering import compared_matrices
from surveys.wording import part_title

MOST_EXPERTS = 500
MOST_ANSWERS = 60_000


@dataclass(frozen=True)
class Part:
    """A matrix of the questionnaire: what a file's labels are compared with.

    ``pk`` is the matrix's; ``elements``: code and label of each, in the questionnaire's order.
    """

    pk: int
    number: int
    code: str
    title: str
    elements: tuple[tuple[str, str], ...]

    @property
    def size(self) -> int:
        return len(self.elements)

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        return tuple(combinations(range(self.size), 2))

    @property
    def names(self) -> list[str]:
        return [f"{code} {label}".strip() for code, label in self.elements]


def parts_of(survey: Survey) -> tuple[Part, ...]:
    """The parts of an open or closed questionnaire, numbered as its files have them."""
    return tuple(_part(number, each) for number, each in enumerate(compared_matrices(survey), 1))


def _part(number: int, matrix: Matrix) -> Part:
    elements = tuple((each.code, each.label) for each in matrix.criteria.all())
    return Part(matrix.pk, number, matrix.code, part_title(matrix.title), elements)


@dataclass(frozen=True)
class Given:
    """One answer to one pair, row before column; ``signed`` 1..9, or -9..-2 against the row."""

    row: int
    column: int
    signed: int
    seq: int = 1
    swapped: bool = False
    answered_at: str | None = None


@dataclass(frozen=True)
class GivenExpert:
    """``answers`` by the number of the part; of a pair, the one with the highest seq is in force.

    Moments are ISO texts, None where the file has none.
    """

    name: str
    code: str = ""
    position: str = ""
    institution: str = ""
    weight: float = 1.0
    started_at: str | None = None
    submitted_at: str | None = None
    answers: Mapping[int, tuple[Given, ...]] = field(default_factory=dict)

    def in_force(self, part: int) -> dict[tuple[int, int], int]:
        ordered = sorted(self.answers.get(part, ()), key=lambda each: each.seq)
        return {(each.row, each.column): each.signed for each in ordered}


@dataclass(frozen=True)
class GivenGroup:
    """A group's matrix of one part: its ratios are the upper triangle row by row."""

    part: int
    ratios: tuple[float, ...]


@dataclass(frozen=True)
class JudgementFile:
    """What stands in a file. ``remarks`` say what of it is not taken over, and what was assumed."""

    layout: str
    experts: tuple[GivenExpert, ...] = ()
    groups: tuple[GivenGroup, ...] = ()
    remarks: tuple[str, ...] = ()


def as_document(found: JudgementFile) -> dict[str, Any]:
    """Plain lists and texts, to be kept until somebody agrees."""
    return {
        "layout": found.layout,
        "remarks": list(found.remarks),
        "groups": [{"part": each.part, "ratios": list(each.ratios)} for each in found.groups],
        "experts": [
            {key: value for key, value in asdict(each).items() if key != "answers"}
            | {
                "answers": {
                    str(part): [
                        [a.row, a.column, a.signed, a.seq, a.swapped, a.answered_at] for a in given
                    ]
                    for part, given in each.answers.items()
                }
            }
            for each in found.experts
        ],
    }


def from_document(document: Mapping[str, Any]) -> JudgementFile:
    """What `as_document` laid down; it was checked before."""
    return JudgementFile(
        layout=document["layout"],
        remarks=tuple(document["remarks"]),
        groups=tuple(
            GivenGroup(each["part"], tuple(each["ratios"])) for each in document["groups"]
        ),
        experts=tuple(
            GivenExpert(
                **{key: value for key, value in each.items() if key != "answers"},
                answers={
                    int(part): tuple(Given(*answer) for answer in given)
                    for part, given in each["answers"].items()
                },
            )
            for each in document["experts"]
        ),
    )
