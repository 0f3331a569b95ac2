"""Short codes that are unique in a scorecard."""

import re
from collections.abc import Collection

from scorecards.models import Objective

LONGEST = 12
NUMBERED = re.compile(r"(?P<stem>.*?)(?P<number>\d*)", re.DOTALL)


def next_code(prefix: str, taken: set[str], *, joint: str = "-") -> str:
    """The first free code of the row C-1, C-2, C-3, kept within a code's length."""
    number = 1
    while (code := f"{prefix[:8]}{joint}{number}").casefold() in taken:
        number += 1
    return code


def kpi_code(objective: Objective, taken: set[str]) -> str:
    """The objective's own code for its first KPI, then C-1.2, C-1.3."""
    if objective.code.casefold() not in taken:
        return objective.code
    return next_code(objective.code, taken | {f"{objective.code}.1".casefold()}, joint=".")


def free_code(wanted: str, taken: Collection[str]) -> str:
    """``wanted``, or where it is taken the next free one of its row: C-2 for C-1, C2 for C.

    ``taken`` holds codes in small letters.
    """
    if wanted.casefold() not in taken:
        return wanted
    parts = NUMBERED.fullmatch(wanted)
    stem, number = (parts["stem"], int(parts["number"] or 1)) if parts else (wanted, 1)
    while True:
        number += 1
        code = f"{stem[: LONGEST - len(str(number))]}{number}"
        if code.casefold() not in taken:
            return code
