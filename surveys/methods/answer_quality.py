"""Answers that are worth asking about: all the same, all at the end of the scale, given within
less time than reading takes, the same as another expert's.

Each is a fact with more than one possible reason, and none of them drops anybody. The functions
take plain numbers, one row an expert, NaN for what was not answered.
"""

import math
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scorecards.methods.errors import MethodError, gettext_noop

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Three comparisons may well be answered alike. From four elements on, which are six comparisons,
# one strength in one direction throughout contradicts itself: A over B and B over C by s make
# A over C by s squared.
FEWEST_COMPARISONS = 6
# "Equally important" throughout contradicts nothing, and four perspectives are often meant so.
FEWEST_EQUAL = 10
# Five points, of which experts use two or three: a short list of good candidates is all 5 or all 4.
FEWEST_RATINGS = 10
SECONDS_PER_ANSWER = 2.0
# How often two experts who think alike give the very same answer: on a scale of 17 steps, of 5.
ALIKE_COMPARISONS, ALIKE_RATINGS = 0.3, 0.6
# Of so many panels one may show two experts who are alike by chance.
PANELS = 20
# So many answers must be others than the most frequent: those who say nearly always the same
# agree by saying it.
FEWEST_VARIED = 3


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast one expert answered: so many answers within so many seconds, first to last."""

    answers: int
    seconds: float


def same_answer(answers: ArrayLike, fewest: int) -> Floats:
    """Find the experts who gave one and the same answer to everything that they answered.

    Parameters
    ----------
    answers : array_like, shape (m, k)
        One row for each expert. Of comparisons the strength as they were shown: 3 for the first
        of the two, -3 for the second, 1 for equal. Of ratings, the points.
    fewest : int
        With fewer answers the same one says nothing, at least 2.

    Returns
    -------
    ndarray, shape (m,)
        The answer; NaN where there are several, or fewer than ``fewest``.

    Raises
    ------
    MethodError
        ``no-table`` where it isn't two-dimensional.

    References
    ----------
    Meade and Craig (2012), Psychological Methods 17(3), 437-455, doi:10.1037/a0028085: the "long
    string" of identical answers, here as long as all of them. Curran (2016), Journal of
    Experimental Social Psychology 66, doi:10.1016/j.jesp.2015.07.006, reviews it.

    Examples
    --------
    >>> same_answer([[3, 3, 3, 3, 3, 3], [3, 3, 3, -3, 3, 3]], fewest=6).tolist()
    [3.0, nan]
    """
    checked = _table(answers)
    answered = ~np.isnan(checked)
    lowest = np.where(answered, checked, np.inf).min(axis=1, initial=np.inf)
    highest = np.where(answered, checked, -np.inf).max(axis=1, initial=-np.inf)
    is_one = (lowest == highest) & (answered.sum(axis=1) >= max(2, fewest))
    return np.where(is_one, lowest, np.nan)


def all_extreme(strengths: ArrayLike, strongest: float, fewest: int) -> Flags:
    """Find the experts whose every comparison is the strongest there is, whichever way it points.

    Parameters
    ----------
    strengths : array_like, shape (m, k)
        One row for each expert; the sign is of no importance.
    strongest : float
        The end of the scale, 9.
    fewest : int
        With fewer answers it says nothing.

    Returns
    -------
    ndarray of bool, shape (m,)

    Raises
    ------
    MethodError
        ``no-table``.

    Examples
    --------
    >>> all_extreme([[9, -9, 9], [9, -9, 8]], strongest=9, fewest=3).tolist()
    [True, False]
    """
    checked = np.abs(_table(strengths))
    answered = ~np.isnan(checked)
    is_strongest = (checked == strongest) | ~answered
    return np.asarray(is_strongest.all(axis=1) & (answered.sum(axis=1) >= fewest))


def paces(seconds: ArrayLike) -> list[Pace | None]:
    """Measure the time from each expert's first answer to his last.

    Parameters
    ----------
    seconds : array_like, shape (m, k)
        When each answer was given, counted from any moment before. NaN where nobody knows, and
        for answers that were changed later: to look again is the opposite of haste.

    Returns
    -------
    list of Pace or None
        None for fewer than two known moments.

    Raises
    ------
    MethodError
        ``no-table``.

    Examples
    --------
    >>> paces([[10.0, 11.5, 14.0], [10.0, float("nan"), float("nan")]])
    [Pace(answers=3, seconds=4.0), None]
    """
    checked = _table(seconds)
    known = ~np.isnan(checked)
    first = np.where(known, checked, np.inf).min(axis=1, initial=np.inf)
    last = np.where(known, checked, -np.inf).max(axis=1, initial=-np.inf)
    counts = known.sum(axis=1).tolist()
    return [
        Pace(count, end - begin) if count > 1 else None
        for count, begin, end in zip(counts, first.tolist(), last.tolist(), strict=True)
    ]


def is_hasty(pace: Pace | None, asked: int, fewest: int) -> bool:
    """Tell whether a whole part was answered faster than its questions can be read.

    Under two seconds for each answer after the first, on average, so that one pause clears it; of
    more than half of the part, and at least ``fewest`` answers. No time at all is no haste: such
    answers came together.

    Parameters
    ----------
    pace : Pace or None
        Of the answers whose moments are known.
    asked : int
        How many questions the part has.
    fewest : int
        With fewer answers it says nothing.

    Returns
    -------
    bool

    References
    ----------
    Huang, Curran, Keeney, Poposki and DeShon (2012), Journal of Business and Psychology 27(1),
    99-114, doi:10.1007/s10869-011-9231-8: an item is hardly answered in less than two seconds.
    Bowling, Huang, Brower and Bragg (2023), Organizational Research Methods 26(2), 323-352,
    doi:10.1177/10944281211056520: as a mean over all items of a page. The rule is made for items
    with one press; a comparison takes two.

    Examples
    --------
    >>> is_hasty(Pace(answers=10, seconds=15.0), asked=10, fewest=6)
    True
    >>> is_hasty(Pace(answers=10, seconds=18.0), asked=10, fewest=6)
    False
    """
    if pace is None or pace.answers < max(2, fewest) or pace.answers * 2 <= asked:
        return False
    return 0 < pace.seconds < SECONDS_PER_ANSWER * (pace.answers - 1)


def fewest_alike(experts: int, agreement: float, fewest: int) -> int:
    """Count how many answers two experts must share before chance is a poor explanation.

    Two who think alike give the same answer with the chance ``agreement``, and all of k with
    ``agreement`` to the k. A panel of m experts has m (m - 1) / 2 pairs of them, each of which may
    be alike by chance: with the k that is returned, one panel of twenty has such a pair.

    Parameters
    ----------
    experts : int
        How many sent their answers.
    agreement : float
        Above 0 and below 1.
    fewest : int
        Never fewer than these.

    Returns
    -------
    int

    Raises
    ------
    MethodError
        ``agreement-out-of-range``.

    Examples
    --------
    >>> [fewest_alike(m, 0.3, fewest=6) for m in (2, 5, 15, 200)]
    [6, 6, 7, 11]
    """
    if not 0 < agreement < 1:
        raise MethodError(
            "agreement-out-of-range", gettext_noop("The agreement is a share between 0 and 1.")
        )
    pairs = experts * (experts - 1) / 2
    if pairs < 1:
        return fewest
    return max(fewest, math.ceil(math.log(pairs * PANELS) / -math.log(agreement)))


def alike(answers: ArrayLike, fewest: int) -> list[tuple[int, ...]]:
    """Find groups of experts whose answers are the same throughout, gaps included.

    Not of those who nearly always said one thing: three answers at least must be others than the
    most frequent one. Linear in the experts: equal rows meet in a table.

    Parameters
    ----------
    answers : array_like, shape (m, k)
        One row for each expert, in one order of the questions.
    fewest : int
        With fewer answers the same ones say nothing.

    Returns
    -------
    list of tuple of int
        Positions, in the order of the first of each group; groups of one are none.

    Raises
    ------
    MethodError
        ``no-table``.

    Examples
    --------
    >>> rows = [[3, 5, 1, 2, 3, 7], [3, 5, 1, 2, 3, 9], [3, 5, 1, 2, 3, 7]]
    >>> alike(rows, fewest=6)
    [(0, 2)]
    """
    checked = _table(answers)
    groups: dict[bytes, list[int]] = defaultdict(list)
    for expert, row in enumerate(checked):
        if is_telling(row, fewest):
            groups[row.tobytes()].append(expert)
    return [tuple(found) for found in groups.values() if len(found) > 1]


def is_telling(row: Floats, fewest: int) -> bool:
    """Tell whether answers (k,) are so many and so varied that the same ones twice say something.

    Examples
    --------
    >>> is_telling(np.array([5.0] * 9 + [4.0]), fewest=6)
    False
    """
    given = row[~np.isnan(row)]
    if len(given) < max(2, fewest):
        return False
    most_frequent = int(np.unique(given, return_counts=True)[1].max())
    return len(given) - most_frequent >= FEWEST_VARIED


def _table(values: ArrayLike) -> Floats:
    """One NaN for every gap, and no negative zero: equal rows have equal bytes."""
    try:
        table = np.array(values, dtype=np.float64)
    except ValueError:  # rows of several lengths
        table = np.empty(0)
    if table.ndim != 2:
        raise MethodError(
            "no-table", gettext_noop("Give one row of answers for each expert, all equally long.")
        )
    table[np.isnan(table)] = np.nan
    return np.asarray(table + 0.0)
