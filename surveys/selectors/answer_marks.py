"""What in an expert's answers is worth asking about: facts, by the measures of `answer_quality`.

Nobody is left out because of a mark. It names an expert, so it is for those who may read what each
of them answered; together with others it is said as a number (`scorecards.selectors.answers_said`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorecards.methods.matrices import STRONGEST_JUDGEMENT
from scorecards.selectors.answers_said import fact, meaning
from surveys.methods import answer_quality as quality
from surveys.models import Criterion, Invitation, Matrix
from surveys.selectors.sent_answers import SentAnswers, in_force

Floats = NDArray[np.float64]


class Kind(StrEnum):
    SAME = "answers-same"
    NINES = "answers-nines"
    FAST = "answers-fast"
    ALIKE = "answers-alike"


@dataclass(frozen=True)
class Mark:
    """One fact. ``matrix`` None: over all that the expert answered, which are ``answers``.

    ``value`` is the answer that is always the same: points, or a strength, below 0 where it is for
    the second of the two. ``codes``: the other experts who answered the same.
    """

    kind: Kind
    answers: int
    matrix: Matrix | None = None
    value: int = 0
    seconds: float = 0.0
    codes: tuple[str, ...] = ()
    is_rating: bool = False

    @property
    def note(self) -> dict[str, Any]:
        """As it is kept with what was decided: plain data, experts by code alone."""
        return {
            "part": self.matrix.title if self.matrix else None,
            "answers": self.answers,
            "value": self.value,
            "seconds": self.seconds,
            "codes": list(self.codes),
            "ratings": self.is_rating,
        }

    @property
    def text(self) -> str:
        return fact(self.kind, self.note)

    @property
    def meaning(self) -> str:
        return meaning(self.kind)

    @property
    def is_extreme(self) -> bool:
        """All nines, also where they all point one way and are said to be the same."""
        is_nine = not self.is_rating and abs(self.value) == STRONGEST_JUDGEMENT
        return self.kind is Kind.NINES or (self.kind is Kind.SAME and is_nine)


@dataclass(frozen=True)
class MarkedExpert:
    """``name`` is empty where the questionnaire promised anonymity."""

    pk: int
    code: str
    name: str
    marks: tuple[Mark, ...]


Marks = Mapping[int, tuple[Mark, ...]]


@dataclass(frozen=True, eq=False)
class _Given:
    """One part: a row for each expert, a column for each cell; NaN where nothing stands.

    ``shown``: strengths as they stood on the screen; ``judged``: by the order of the elements.
    ``seconds``: when an answer was given that was never changed.
    """

    matrix: Matrix
    pairs: int
    shown: Floats
    judged: Floats
    seconds: Floats


def answer_marks(answers: SentAnswers, round: int | None = None) -> Marks:
    """The marks of every expert who has any, by invitation; no query."""
    parts = [_given(answers, matrix, round) for matrix in answers.matrices]
    found: dict[int, list[Mark]] = {}
    for places_of_marks in (_repeated(parts), _fast(parts), _alike(answers.sent, parts)):
        for place, mark in places_of_marks:
            found.setdefault(answers.sent[place].pk, []).append(mark)
    return {pk: tuple(marks) for pk, marks in found.items()}


def marked_experts(
    answers: SentAnswers, marks: Marks, matrix: Matrix | None = None
) -> tuple[MarkedExpert, ...]:
    """Those with marks, in the order of the experts; of one matrix, or of all."""
    found = []
    for each in answers.sent:
        own = tuple(
            mark
            for mark in marks.get(each.pk, ())
            if matrix is None or mark.matrix in (None, matrix)
        )
        if own:
            name = "" if answers.survey.anonymous else each.name
            found.append(MarkedExpert(each.pk, each.code, name, own))
    return tuple(found)


def mark_notes(marked: Iterable[tuple[str, Sequence[Mark]]]) -> Iterator[dict[str, Any]]:
    """A note for each kind of marks; ``marked``: experts' codes with theirs."""
    found = list(marked)
    for kind in Kind:
        experts = [
            {"code": code, **mark.note}
            for code, marks in found
            for mark in marks
            if mark.kind is kind
        ]
        if experts:
            yield {"kind": kind.value, "experts": experts}


def _given(answers: SentAnswers, matrix: Matrix, round: int | None) -> _Given:
    criteria = tuple(matrix.criteria.all())
    rows = answers.rows(matrix, round)
    last = in_force(rows)
    expert, row, column = answers.cells(last, criteria)
    cell = row * len(criteria) + column
    shape = (len(answers.sent), len(criteria) ** 2)
    shown, judged, seconds = (np.full(shape, np.nan) for _table in range(3))
    strength = last[:, 5].astype(np.float64)
    # Equally important is 1 on either side.
    for_column, is_equal = last[:, 4] == last[:, 3], last[:, 4] == 0
    judged[expert, cell] = np.where(for_column, -strength, strength)
    is_second = (for_column != (last[:, 9] > 0)) & ~is_equal
    shown[expert, cell] = np.where(is_second, -strength, strength)
    is_timed = (last[:, 10] >= 0) & _given_once(rows, last)
    seconds[expert[is_timed], cell[is_timed]] = last[is_timed, 10] / 1000
    return _Given(matrix, _pairs(criteria), shown, judged, seconds)


def _given_once(rows: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which answers in force are the only ones that their expert gave to their pair."""
    # Both come in the order of expert, row and column.
    _found, counts = np.unique(rows[:, [0, 2, 3]], axis=0, return_counts=True)
    return np.asarray(counts[: len(last)] == 1)


def _pairs(criteria: Sequence[Criterion]) -> int:
    return len(criteria) * (len(criteria) - 1) // 2


def _joined(parts: Sequence[_Given], name: str) -> Floats:
    return np.hstack([getattr(part, name) for part in parts])


def _repeated(parts: Sequence[_Given]) -> Iterator[tuple[int, Mark]]:
    """The same answer, or the strongest one, throughout; else in single parts."""
    if not parts:
        return
    whole = dict(_same(_joined(parts, "shown"), None))
    yield from whole.items()
    for part in parts:
        for place, mark in _same(part.shown, part.matrix):
            if place not in whole:
                yield place, mark


def _same(shown: Floats, matrix: Matrix | None) -> Iterator[tuple[int, Mark]]:
    fewest = quality.FEWEST_COMPARISONS
    same = quality.same_answer(shown, fewest)
    nines = quality.all_extreme(shown, STRONGEST_JUDGEMENT, fewest)
    answered = (~np.isnan(shown)).sum(axis=1).tolist()
    for place, (value, is_nine) in enumerate(zip(same.tolist(), nines.tolist(), strict=True)):
        if value == 1 and (matrix is not None or answered[place] < quality.FEWEST_EQUAL):
            continue
        if not np.isnan(value):
            yield place, Mark(Kind.SAME, answered[place], matrix, value=int(value))
        elif is_nine:
            yield place, Mark(Kind.NINES, answered[place], matrix)


def _fast(parts: Sequence[_Given]) -> Iterator[tuple[int, Mark]]:
    for part in parts:
        for place, pace in enumerate(quality.paces(part.seconds)):
            if pace and quality.is_hasty(pace, part.pairs, quality.FEWEST_COMPARISONS):
                yield (
                    place,
                    Mark(Kind.FAST, pace.answers, part.matrix, seconds=round(pace.seconds, 1)),
                )


def _alike(sent: Sequence[Invitation], parts: Sequence[_Given]) -> Iterator[tuple[int, Mark]]:
    if not parts:
        return
    fewest = quality.fewest_alike(len(sent), quality.ALIKE_COMPARISONS, quality.FEWEST_COMPARISONS)
    yield from alike_marks(_joined(parts, "judged"), fewest, [each.code for each in sent])


def alike_marks(
    answers: Floats, fewest: int, codes: Sequence[str], *, is_rating: bool = False
) -> Iterator[tuple[int, Mark]]:
    for group in quality.alike(answers, fewest):
        count = int((~np.isnan(answers[group[0]])).sum())
        for place in group:
            others = tuple(codes[each] for each in group if each != place)
            yield place, Mark(Kind.ALIKE, count, codes=others, is_rating=is_rating)
