"""Reads the rows of a pairwise comparison and ties them to experts and parts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from scorecards.methods import ahp
from surveys.answer_times import given_at
from surveys.models import (
    Exemption,
    Invitation,
    Judgement,
    Matrix,
    ProposalDecision,
    Round,
    Survey,
)
from surveys.selectors.answering import arrangement, compared_matrices
from surveys.selectors.research_rows import (
    EXEMPT,
    IN_FORCE,
    PENDING,
    REVISED,
    WITHDRAWN,
    Answer,
    Asked,
    Decision,
    Element,
    Expert,
    Joined,
    NotJudged,
    Part,
)
from surveys.selectors.rules import Rules
from surveys.wording import question_of


class _Row(NamedTuple):
    """A stored judgement, by the ids of what it is about."""

    invitation: int
    matrix: int
    row: int
    column: int
    seq: int
    round: int
    swapped: bool
    origin: str
    answered_at: datetime
    given_after: int | None
    signed: int
    standing: str

    @property
    def pair(self) -> tuple[int, int, int]:
        return self.invitation, self.row, self.column


# The columns of a judgement that its row takes as they are, in its order.
STORED = (
    *("response__invitation_id", "matrix_id", "row_id", "column_id"),
    *("seq", "round", "swapped", "origin", "answered_at", "given_after"),
)


class Reader:
    """Reads the rows of a pairwise comparison and ties them to experts and parts."""

    def __init__(
        self, survey: Survey, invitations: list[Invitation], experts: dict[int, Expert]
    ) -> None:
        self.survey = survey
        self.invitations = {each.pk: each for each in invitations}
        self.experts = experts
        self.parts: dict[int, Part] = {}
        self.cells: dict[int, int] = {}  # criterion -> its place in its part
        limits = Rules.of(survey.scorecard).limits
        for number, matrix in enumerate(compared_matrices(survey), start=1):
            criteria = list(matrix.criteria.all())
            self.cells |= {each.pk: place for place, each in enumerate(criteria)}
            self.parts[matrix.pk] = Part(
                number=number,
                code=matrix.code,
                title=matrix.title,
                compares_perspectives=matrix.compares_perspectives,
                elements=tuple(Element(c.code, c.label, c.description) for c in criteria),
                limit=ahp.limit(len(criteria), limits),
                question=question_of(matrix.question),
                joined=_joined(matrix),
            )
        # Experts differ in their order only where it is drawn, or their sides are.
        self.order = cache(self._order)

    def read(self) -> dict[str, Any]:
        """The fields of ResearchData that only a pairwise comparison has."""
        rounds = list(
            Round.objects.filter(response__invitation__survey=self.survey)
            .select_related("response")
            .order_by("pk")
        )
        exemptions = list(Exemption.objects.filter(invitation__survey=self.survey).order_by("pk"))
        answers = self._answers(
            {(r.response_id, r.matrix_id, r.number): r for r in rounds},
            {(each.invitation_id, each.matrix_id) for each in exemptions},
        )
        judged: dict[tuple[str, int], dict[tuple[int, int], int]] = defaultdict(dict)
        for each in answers:
            if each.standing == IN_FORCE:
                judged[each.expert.code, each.part.number][each.row, each.column] = each.signed
        return {
            "parts": tuple(self.parts.values()),
            "answers": answers,
            "decisions": tuple(self._decisions()),
            "not_judged": tuple(self._not_judged(exemptions)),
            "rounds": tuple(self._asked(each) for each in rounds if each.matrix_id in self.parts),
            "in_force": dict(judged),
        }

    def _answers(
        self, rounds: dict[tuple[int, int, int], Round], exempt: set[tuple[int, int]]
    ) -> tuple[Answer, ...]:
        rows = list(self._rows(rounds, exempt))
        newest: dict[tuple[int, int, int], int] = {}
        for each in rows:
            if each.standing == IN_FORCE:
                newest[each.pair] = max(each.seq, newest.get(each.pair, 0))
        return tuple(self._answer(each, newest) for each in rows)

    def _rows(
        self, rounds: dict[tuple[int, int, int], Round], exempt: set[tuple[int, int]]
    ) -> Iterator[_Row]:
        stored = Judgement.objects.filter(response__invitation__survey=self.survey)
        ordered = stored.order_by("response__invitation_id", "matrix__order", "seq", "pk")
        fields = ordered.values_list("response_id", "preferred_id", "strength", *STORED)
        for response, preferred, strength, *rest in fields.iterator(chunk_size=5000):
            invitation, matrix, _row, column, _seq, number, *_ = rest
            signed = -strength if preferred == column else strength
            standing = _standing(rounds.get((response, matrix, number)))
            yield _Row(*rest, signed, EXEMPT if (invitation, matrix) in exempt else standing)

    def _answer(self, each: _Row, newest: dict[tuple[int, int, int], int]) -> Answer:
        is_old = each.standing == IN_FORCE and newest[each.pair] != each.seq
        cell = (self.cells[each.row], self.cells[each.column])
        return Answer(
            expert=self.experts[each.invitation],
            part=self.parts[each.matrix],
            row=cell[0],
            column=cell[1],
            place=self.order(each.invitation, each.matrix)[cell],
            signed=each.signed,
            seq=each.seq,
            round=each.round,
            swapped=each.swapped,
            origin=each.origin,
            standing=REVISED if is_old else each.standing,
            answered_at=each.answered_at,
            given_at=given_at(self.experts[each.invitation].started_at, each.given_after),
        )

    def _order(self, invitation_pk: int, matrix_pk: int) -> dict[tuple[int, int], int]:
        part = self.parts[matrix_pk]
        invitation = self.invitations[invitation_pk]
        invitation.survey = self.survey
        cells = arrangement(invitation, part.size, part.number)
        return {(row, column): place for place, (row, column, _swapped) in enumerate(cells, 1)}

    def _decisions(self) -> Iterator[Decision]:
        stored = ProposalDecision.objects.filter(response__invitation__survey=self.survey)
        for each in stored.select_related("response").order_by("pk"):
            yield Decision(
                expert=self.experts[each.response.invitation_id],
                part=self.parts[each.matrix_id],
                row=self.cells[each.row_id],
                column=self.cells[each.column_id],
                judged=each.judged,
                proposed=each.proposed,
                cr_before=each.cr_before,
                cr_after=each.cr_after,
                decision=each.decision,
                round=each.round,
                decided_at=each.decided_at,
            )

    def _not_judged(self, exemptions: Iterable[Exemption]) -> Iterator[NotJudged]:
        for each in exemptions:
            if each.matrix_id in self.parts:
                expert = self.experts[each.invitation_id]
                yield NotJudged(expert, self.parts[each.matrix_id], each.origin, each.reason)

    def _asked(self, each: Round) -> Asked:
        return Asked(
            expert=self.experts[each.response.invitation_id],
            part=self.parts[each.matrix_id],
            number=each.number,
            message=each.message,
            asked_at=each.asked_at,
            submitted_at=each.submitted_at,
            withdrawn_at=each.withdrawn_at,
        )


def _joined(matrix: Matrix) -> Joined | None:
    printed = matrix.printed
    if printed is None:
        return None
    return Joined(tuple(printed.ratios), printed.experts, printed.source, printed.file_name)


def _standing(again: Round | None) -> str:
    """Of an answer as the newest of its pair: an answer of a round counts once that is sent."""
    if again is None:
        return IN_FORCE
    if again.withdrawn_at is not None:
        return WITHDRAWN
    return PENDING if again.submitted_at is None else IN_FORCE
