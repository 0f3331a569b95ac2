"""What a file's judgements would become: experts, matrices, pairs, and how consistent they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scorecards.methods import ahp
from scorecards.methods.errors import MethodError
from surveys.judgement_files.given import GivenExpert, GivenGroup, JudgementFile, Part, parts_of
from surveys.judgement_files.printed import ratio
from surveys.models import GroupMatrix, JudgementImport
from surveys.selectors.expert_results import Floats
from surveys.selectors.group_results import Aggregate, matrix_of, weigh_matrix
from surveys.selectors.judgement_taking import Namesake, group_matrices, namesakes
from surveys.selectors.rules import Rules


@dataclass(frozen=True)
class PairLine:
    """Two elements and what the file says of them: a whole number, a fraction, or a mean."""

    row: str
    column: str
    text: str
    ratio: float


@dataclass(frozen=True)
class PartPreview:
    """One matrix. ``measured`` is None while the pairs leave elements unconnected."""

    part: Part
    lines: tuple[PairLine, ...]
    measured: Aggregate | None
    limit: float | None
    replaced: GroupMatrix | None = None

    @property
    def pairs(self) -> int:
        return len(self.part.pairs)

    @property
    def is_complete(self) -> bool:
        return len(self.lines) == self.pairs


@dataclass(frozen=True)
class ExpertPreview:
    """``place`` is the expert's in the file, from 0; ``revised`` counts answers changed later."""

    place: int
    expert: GivenExpert
    alike: tuple[Namesake, ...]
    parts: tuple[PartPreview, ...]

    @property
    def revised(self) -> int:
        stored = sum(map(len, self.expert.answers.values()))
        return stored - sum(len(part.lines) for part in self.parts)


@dataclass(frozen=True)
class JudgementPreview:
    kept: JudgementImport
    found: JudgementFile
    parts: tuple[Part, ...]
    rules: Rules
    alike: tuple[tuple[Namesake, ...], ...]
    present: Mapping[int, GroupMatrix]

    @property
    def count(self) -> int:
        return len(self.found.experts)

    @cached_property
    def pairs(self) -> int:
        """How many judgements of pairs are in force."""
        return sum(
            len(expert.in_force(part)) for expert in self.found.experts for part in expert.answers
        )

    @property
    def untouched(self) -> tuple[Part, ...]:
        """The parts that the file says nothing about."""
        given = {part for expert in self.found.experts for part in expert.answers}
        given |= {group.part for group in self.found.groups}
        return tuple(part for part in self.parts if part.number not in given)

    def expert(self, place: int) -> ExpertPreview:
        expert = self.found.experts[place]
        numbered = {part.number: part for part in self.parts}
        return ExpertPreview(
            place,
            expert,
            self.alike[place],
            tuple(self._of_expert(numbered[n], expert) for n in sorted(expert.answers)),
        )

    @property
    def groups(self) -> tuple[PartPreview, ...]:
        numbered = {part.number: part for part in self.parts}
        return tuple(self._of_group(numbered[each.part], each) for each in self.found.groups)

    def _of_expert(self, part: Part, expert: GivenExpert) -> PartPreview:
        judged = expert.in_force(part.number)
        matrix = np.full((part.size, part.size), np.nan)
        np.fill_diagonal(matrix, 1.0)
        for (row, column), signed in judged.items():
            matrix[row, column], matrix[column, row] = ratio(signed), 1 / ratio(signed)
        lines = tuple(
            PairLine(
                part.names[row],
                part.names[column],
                str(signed) if signed > 0 else f"1/{-signed}",
                ratio(signed),
            )
            for (row, column), signed in sorted(judged.items())
        )
        return PartPreview(part, lines, self._measure(matrix), self._limit(part))

    def _of_group(self, part: Part, given: GivenGroup) -> PartPreview:
        lines = tuple(
            PairLine(part.names[row], part.names[column], "", value)
            for (row, column), value in zip(part.pairs, given.ratios, strict=True)
        )
        measured = self._measure(matrix_of(given.ratios, part.size))
        return PartPreview(part, lines, measured, self._limit(part), self.present.get(part.pk))

    def _measure(self, matrix: Floats) -> Aggregate | None:
        try:
            return weigh_matrix(matrix, self.rules, 1)
        except MethodError:
            return None

    def _limit(self, part: Part) -> float | None:
        return ahp.limit(part.size, self.rules.limits)


def judgement_preview(kept: JudgementImport, found: JudgementFile) -> JudgementPreview:
    """A fixed number of queries, however many experts there are."""
    survey = kept.survey
    parts = parts_of(survey)
    alike: Sequence[tuple[Namesake, ...]] = namesakes(survey, found.experts, parts)
    return JudgementPreview(
        kept=kept,
        found=found,
        parts=parts,
        rules=Rules.of(survey.scorecard),
        alike=tuple(alike),
        present={each.matrix_id: each for each in group_matrices(survey)},
    )
