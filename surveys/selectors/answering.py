"""A questionnaire as one expert sees it: his parts, their pairs in his order, his answers."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from math import ceil

from django.db.models import QuerySet

from surveys.methods.least_loss import least_loss
from surveys.methods.pair_order import random_order, row_order, swapped_sides
from surveys.models import (
    Criterion,
    Exemption,
    Invitation,
    Judgement,
    Matrix,
    Response,
    Round,
    Survey,
)
from surveys.selectors.judgements import current_judgements
from surveys.selectors.plan import SECONDS_PER_COMPARISON
from surveys.wording import part_title, question_of, sentence

ROW, EQUAL, COLUMN = "row", "equal", "column"


@dataclass(frozen=True)
class Pair:
    """Two elements to be compared; ``number`` counts within the part, from 1.

    ``row`` and ``column`` are the cell of the matrix and never change; ``first`` and
    ``second`` are how this expert sees them.
    """

    part: int
    number: int
    row: Criterion
    column: Criterion
    judgement: Judgement | None
    swapped: bool = False
    # The highest number that any answer to this pair had, of a round taken back too.
    seq: int = 0

    @property
    def item(self) -> str:
        """The pair's name in addresses of forms and in saved answers."""
        return f"{self.row.pk}-{self.column.pk}"

    @property
    def first(self) -> Criterion:
        return self.column if self.swapped else self.row

    @property
    def second(self) -> Criterion:
        return self.row if self.swapped else self.column

    @property
    def preferred(self) -> str:
        if self.judgement is None:
            return ""
        return preferred_side(self.judgement)

    @property
    def sentence(self) -> str:
        return self.sentence_of(self.judgement.ratio) if self.judgement else ""

    def sentence_of(self, ratio: float) -> str:
        """What a ratio of the row's element to the column's says, in this expert's order."""
        shown = 1 / ratio if self.swapped else ratio
        return sentence(self.first.label, self.second.label, shown)


@dataclass(frozen=True)
class Part:
    """One matrix that the expert judges: its elements and all their pairs.

    ``number`` stays the same whatever else he judges; ``place`` counts the parts of his sheet.
    """

    number: int
    place: int
    matrix: Matrix
    elements: tuple[Criterion, ...]
    pairs: tuple[Pair, ...]
    # Asked again after sending, and not sent again yet.
    round: Round | None = None

    @property
    def title(self) -> str:
        return part_title(self.matrix.title)

    @property
    def question(self) -> str:
        """What is asked about each of its pairs."""
        return question_of(self.matrix.question)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(element.label for element in self.elements)

    @cached_property
    def missing(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if pair.judgement is None)

    @property
    def answered(self) -> int:
        return len(self.pairs) - len(self.missing)

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def can_contradict(self) -> bool:
        """With two elements there is nothing that could disagree."""
        return len(self.elements) > 2


@dataclass(frozen=True)
class HandedBack:
    """A matrix that the expert doesn't feel competent for; he may take it back."""

    number: int
    matrix: Matrix
    reason: str

    @property
    def title(self) -> str:
        return part_title(self.matrix.title)


@dataclass(frozen=True)
class AnswerSheet:
    parts: tuple[Part, ...]
    handed_back: tuple[HandedBack, ...] = ()

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        return tuple(pair for part in self.parts for pair in part.pairs)

    @property
    def total(self) -> int:
        return len(self.pairs)

    @cached_property
    def missing(self) -> tuple[Pair, ...]:
        return tuple(pair for part in self.parts for pair in part.missing)

    @property
    def answered(self) -> int:
        return self.total - len(self.missing)

    @property
    def minutes(self) -> int:
        """How long the pairs that are still to be answered take."""
        return ceil(len(self.missing) * SECONDS_PER_COMPARISON / 60)

    def part(self, number: int) -> Part | None:
        return next((part for part in self.parts if part.number == number), None)

    def back(self, number: int) -> HandedBack | None:
        return next((back for back in self.handed_back if back.number == number), None)

    def pair(self, part: int, number: int) -> Pair | None:
        found = self.part(part)
        return found.pairs[number - 1] if found and 0 < number <= len(found.pairs) else None

    def following(self, part: Part) -> Part | None:
        return self.parts[part.place] if part.place < len(self.parts) else None

    def narrowed(self, part: Part) -> "AnswerSheet":
        """What is asked again is gone through one matrix at a time."""
        return AnswerSheet((replace(part, place=1),)) if part.round else self

    def part_of(self, pair: Pair) -> Part:
        return next(part for part in self.parts if part.number == pair.part)

    def before(self, pair: Pair) -> Pair | None:
        place = self.pairs.index(pair)
        return self.pairs[place - 1] if place else None

    def of_item(self, item: str) -> Pair | None:
        return next((pair for pair in self.pairs if pair.item == item), None)


def preferred_side(judgement: Judgement) -> str:
    if judgement.preferred_id is None:
        return EQUAL
    return ROW if judgement.preferred_id == judgement.row_id else COLUMN


def answer_sheet(invitation: Invitation, response: Response | None = None) -> AnswerSheet:
    """What this expert may judge now, with his answers so far (5 queries at most).

    Without a response, or before it is sent: every matrix that he isn't exempt from. Once it is
    sent: the matrices that he is asked to judge again.
    """
    answers = _Answers.of(response)
    if response is None or response.submitted_at is None:
        return _sheet(invitation, answers)
    asked = {again.matrix_id: again for again in answers.rounds if again.is_open}
    return _sheet(invitation, answers, asked)


def sent_sheet(invitation: Invitation, response: Response) -> AnswerSheet:
    """What this expert sent, as it counts: the newest round that was sent (5 queries)."""
    return _sheet(invitation, _Answers.of(response, sent_only=True))


@dataclass(frozen=True)
class _Answers:
    """One expert's judgements, those that hold and those that are only remembered."""

    in_force: dict[tuple[int, int], Judgement] = field(default_factory=dict)
    seqs: dict[tuple[int, int], int] = field(default_factory=dict)
    rounds: tuple[Round, ...] = ()

    @classmethod
    def of(cls, response: Response | None, *, sent_only: bool = False) -> "_Answers":
        if response is None:
            return cls()
        rounds = tuple(response.rounds.all())
        void = {
            (again.matrix_id, again.number)
            for again in rounds
            if again.withdrawn_at or (sent_only and again.is_open)
        }
        stored = list(response.judgements.all())
        holding = [each for each in stored if (each.matrix_id, each.round) not in void]
        return cls(
            in_force={(each.row_id, each.column_id): each for each in current_judgements(holding)},
            seqs={(each.row_id, each.column_id): each.seq for each in current_judgements(stored)},
            rounds=rounds,
        )


def _sheet(
    invitation: Invitation, answers: _Answers, asked: dict[int, Round] | None = None
) -> AnswerSheet:
    """``asked``: only these matrices, each with its open round; None: all that he judges."""
    exempt = {each.matrix_id: each for each in _exemptions_of(invitation)}
    parts: list[Part] = []
    handed_back = []
    for number, matrix in enumerate(compared_matrices(invitation.survey), start=1):
        if matrix.pk in exempt:
            if exempt[matrix.pk].is_handed_back:
                handed_back.append(HandedBack(number, matrix, exempt[matrix.pk].reason))
        elif asked is None or matrix.pk in asked:
            again = asked[matrix.pk] if asked else None
            parts.append(_part(invitation, (number, len(parts) + 1), matrix, answers, again))
    return AnswerSheet(tuple(parts), tuple(handed_back) if asked is None else ())


def compared_matrices(survey: Survey) -> list[Matrix]:
    """The frozen matrices with their criteria. One of a single element has no pairs (2 queries)."""
    matrices = survey.matrices.select_related("group_matrix").prefetch_related("criteria")
    return [matrix for matrix in matrices if len(matrix.criteria.all()) > 1]


def _exemptions_of(invitation: Invitation) -> QuerySet[Exemption] | tuple[()]:
    # An invitation that isn't stored stands for nobody in particular: a blank sheet.
    return invitation.exemptions.all() if invitation.pk else ()


def _part(
    invitation: Invitation,
    number_and_place: tuple[int, int],
    matrix: Matrix,
    answers: _Answers,
    again: Round | None,
) -> Part:
    number, place = number_and_place
    elements = tuple(matrix.criteria.all())
    pairs = []
    for count, (i, j, swapped) in enumerate(arrangement(invitation, len(elements), number), 1):
        row, column = elements[i], elements[j]
        cell = (row.pk, column.pk)
        pairs.append(
            Pair(
                part=number,
                number=count,
                row=row,
                column=column,
                judgement=answers.in_force.get(cell),
                swapped=swapped,
                seq=answers.seqs.get(cell, 0),
            )
        )
    return Part(number, place, matrix, elements, tuple(pairs), again)


def arrangement(invitation: Invitation, size: int, number: int) -> list[tuple[int, int, bool]]:
    """The cells of a matrix in this expert's order, and whether their sides are exchanged."""
    survey = invitation.survey
    # Two matrices of one size are not shuffled alike.
    seed = invitation.seed + number
    order = {
        Survey.PairOrder.LEAST_LOSS: lambda: least_loss(size),
        Survey.PairOrder.RANDOM: lambda: random_order(size, seed),
        Survey.PairOrder.GIVEN: lambda: row_order(size),
    }[Survey.PairOrder(survey.pair_order)]()
    sides = swapped_sides(len(order), seed) if survey.swaps_sides else (False,) * len(order)
    return [(i, j, swapped) for (i, j), swapped in zip(order, sides, strict=True)]
