"""What in an expert's ratings is worth asking about: the same measures as for comparisons."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from surveys.methods import answer_quality as quality
from surveys.selectors.answer_marks import Floats, Kind, Mark, alike_marks


class GivenPoints(NamedTuple):
    """A rating in force. ``given_after``: milliseconds, None where it was changed or is unknown."""

    points: int
    remark: str
    origin: str
    given_after: int | None


Rows = Sequence[Sequence[GivenPoints | None]]


def rating_marks(given: Rows, codes: Sequence[str]) -> dict[int, tuple[Mark, ...]]:
    """The marks by the expert's place; ``given``: a row for each, a column for each candidate."""
    if not given or not given[0]:
        return {}
    points = np.array([[each.points if each else np.nan for each in row] for row in given])
    fewest = quality.fewest_alike(len(given), quality.ALIKE_RATINGS, quality.FEWEST_RATINGS)
    alike = alike_marks(points, fewest, codes, is_rating=True)
    found: dict[int, list[Mark]] = {}
    for place, mark in chain(_same(points), _fast(given), alike):
        found.setdefault(place, []).append(mark)
    return {place: tuple(marks) for place, marks in found.items()}


def _same(points: Floats) -> Iterator[tuple[int, Mark]]:
    answered = (~np.isnan(points)).sum(axis=1).tolist()
    same = quality.same_answer(points, quality.FEWEST_RATINGS).tolist()
    for place, value in enumerate(same):
        if not np.isnan(value):
            yield place, Mark(Kind.SAME, answered[place], value=int(value), is_rating=True)


def _fast(given: Rows) -> Iterator[tuple[int, Mark]]:
    """The candidates are one part, in whatever order of pages they were rated."""
    seconds = [[_seconds(each) for each in row] for row in given]
    for place, pace in enumerate(quality.paces(seconds)):
        if pace and quality.is_hasty(pace, len(given[place]), quality.FEWEST_RATINGS):
            took = round(pace.seconds, 1)
            yield place, Mark(Kind.FAST, pace.answers, seconds=took, is_rating=True)


def _seconds(given: GivenPoints | None) -> float:
    if given is None or given.given_after is None:
        return float("nan")
    return given.given_after / 1000
