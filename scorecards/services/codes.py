"""Short codes that are unique in a scorecard, and say where a part belongs.

A scorecard has one row of codes for each parent: C-1, C-2 in perspective C; EF1-1, EF1-2 under
objective EF1; C-1.1, C-1.2 under C-1. A row that was begun otherwise goes on as it began. No
number is given twice while a higher one stands, and no proposal repeats the code of another part.
"""

import re
from collections.abc import Collection, Iterable

from scorecards.models import Objective, Scorecard

LONGEST = 12
JOINTS = "-. /"
NUMBERED = re.compile(r"(?P<stem>.*?)(?P<number>\d*)", re.DOTALL)
# A row of somebody's own is told by two of its codes; one alone may be anything.
A_ROW = 2


def codes_in(scorecard: Scorecard) -> set[str]:
    """All codes of the scorecard's parts in small letters, of whatever kind."""
    parts = (scorecard.perspectives, scorecard.objectives, scorecard.kpis)
    return {code.casefold() for rows in parts for code in rows.values_list("code", flat=True)}


def objective_code(prefix: str, siblings: Iterable[str], taken: Collection[str]) -> str:
    """The next code in a perspective whose objectives have the codes ``siblings``."""
    return _next_in_row(prefix, "-", list(siblings), taken)


def kpi_code(objective: Objective, siblings: Iterable[str], taken: Collection[str]) -> str:
    """The next code under an objective: EF1-1 under EF1, C-1.1 under C-1.

    Where a KPI has the objective's own code, as in papers that give one to both, the next is C-1.2.
    """
    joint = "." if any(each in objective.code for each in JOINTS) else "-"
    return _next_in_row(objective.code, joint, list(siblings), taken)


def next_code(prefix: str, taken: Collection[str], *, joint: str = "-") -> str:
    """The first free code of the row C-1, C-2, C-3, kept within a code's length."""
    return _free_from(1, prefix, joint, taken)


def free_code(wanted: str, taken: Collection[str]) -> str:
    """``wanted``, or where it is taken the next free one of its row: C-2 for C-1, C2 for C.

    ``taken`` holds codes in small letters.
    """
    if wanted.casefold() not in taken:
        return wanted
    stem, number = _parted(wanted)
    return _free_from((number or 1) + 1, stem, "", taken)


def follow(code: str, of: str, given: str) -> str:
    """``code`` after its parent's code ``of`` became ``given``: C2-1 for C-1, when C became C2."""
    if given.casefold() == of.casefold() or not code.startswith(of):
        return code
    rest = code[len(of) :]
    return f"{given[: LONGEST - len(rest)]}{rest}"


def _next_in_row(prefix: str, joint: str, siblings: list[str], taken: Collection[str]) -> str:
    """One more than the highest of the row that the siblings are in, or the first of a new row."""
    rows: dict[str, list[int]] = {}
    for stem, number in map(_parted, siblings):
        if number is not None:
            rows.setdefault(stem, []).append(number)
    ours = [stem for stem in rows if stem.rstrip(JOINTS).casefold() == prefix.casefold()]
    begun = [stem for stem, numbers in rows.items() if len(numbers) >= A_ROW]
    if ours or begun:
        stem = max(ours or begun, key=lambda each: len(rows[each]))
        return _free_from(max(rows[stem]) + 1, stem, "", taken)
    has_its_own = any(each.casefold() == prefix.casefold() for each in siblings)
    return _free_from(2 if has_its_own else 1, prefix, joint, taken)


def _parted(code: str) -> tuple[str, int | None]:
    """C- and 2 of C-2; a code without a number at its end has none."""
    parts = NUMBERED.fullmatch(code)
    stem, digits = (parts["stem"], parts["number"]) if parts else (code, "")
    return stem, int(digits) if digits else None


def _free_from(number: int, stem: str, joint: str, taken: Collection[str]) -> str:
    while True:
        end = f"{joint}{number}"
        start = stem[: LONGEST - len(end)]
        code = f"{start.rstrip(JOINTS) if joint else start}{end}"
        if code.casefold() not in taken:
            return code
        number += 1
