"""A questionnaire as one expert sees it: its parts, their pairs, and what is answered."""

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import ceil

from django.utils.translation import gettext as _

from surveys.models import Criterion, Judgement, Matrix, Response, Survey
from surveys.selectors.judgements import current_judgements
from surveys.selectors.plan import SECONDS_PER_COMPARISON
from surveys.wording import sentence

ROW, EQUAL, COLUMN = "row", "equal", "column"


@dataclass(frozen=True)
class Pair:
    """Two elements to be compared; ``number`` counts within the part, from 1."""

    part: int
    number: int
    row: Criterion
    column: Criterion
    judgement: Judgement | None

    @property
    def item(self) -> str:
        """The pair's name in addresses of forms and in saved answers."""
        return f"{self.row.pk}-{self.column.pk}"

    @property
    def seq(self) -> int:
        return self.judgement.seq if self.judgement else 0

    @property
    def preferred(self) -> str:
        if self.judgement is None:
            return ""
        return preferred_side(self.judgement)

    @property
    def sentence(self) -> str:
        if self.judgement is None:
            return ""
        return sentence(self.row.label, self.column.label, self.judgement.ratio)


@dataclass(frozen=True)
class Part:
    """One matrix: its elements and all their pairs."""

    number: int
    matrix: Matrix
    elements: tuple[Criterion, ...]
    pairs: tuple[Pair, ...]

    @property
    def title(self) -> str:
        return self.matrix.title or _("Perspectives")

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
class AnswerSheet:
    parts: tuple[Part, ...]

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
        return self.parts[number - 1] if 0 < number <= len(self.parts) else None

    def pair(self, part: int, number: int) -> Pair | None:
        found = self.part(part)
        return found.pairs[number - 1] if found and 0 < number <= len(found.pairs) else None

    def before(self, pair: Pair) -> Pair | None:
        place = self.pairs.index(pair)
        return self.pairs[place - 1] if place else None

    def after(self, pair: Pair) -> Pair | None:
        place = self.pairs.index(pair) + 1
        return self.pairs[place] if place < self.total else None

    def of_item(self, item: str) -> Pair | None:
        return next((pair for pair in self.pairs if pair.item == item), None)


def preferred_side(judgement: Judgement) -> str:
    if judgement.preferred_id is None:
        return EQUAL
    return ROW if judgement.preferred_id == judgement.row_id else COLUMN


def answer_sheet(survey: Survey, response: Response | None = None) -> AnswerSheet:
    """The frozen questionnaire with one expert's answers in force (3 queries)."""
    judgements = response.judgements.all() if response else []
    answers = {
        (judgement.row_id, judgement.column_id): judgement
        for judgement in current_judgements(judgements)
    }
    matrices = survey.matrices.prefetch_related("criteria")
    # A matrix of one element has no pairs, and so is no part of the expert's work.
    compared = [matrix for matrix in matrices if len(matrix.criteria.all()) > 1]
    return AnswerSheet(
        tuple(_part(number, matrix, answers) for number, matrix in enumerate(compared, start=1))
    )


def _part(number: int, matrix: Matrix, answers: dict[tuple[int, int], Judgement]) -> Part:
    elements = tuple(matrix.criteria.all())
    pairs = tuple(
        Pair(number, place, row, column, answers.get((row.pk, column.pk)))
        for place, (row, column) in enumerate(combinations(elements, 2), start=1)
    )
    return Part(number, matrix, elements, pairs)
