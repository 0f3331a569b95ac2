"""Academic titles after a name: in "Dr. Sri Rahayu, M.Si.", the comma separates no cells."""

import re
from collections.abc import Sequence
from dataclasses import replace

from surveys.expert_list.checking import find_header
from surveys.expert_list.text import Line

# M.Si. · S.E. · Ph.D · A.Md.Keb, and the usual ones that are written without points.
TITLE = re.compile(
    r"(?:[A-Z][A-Za-z]{0,3}\.)+(?:[A-Z][A-Za-z]{0,3})?"
    r"|S(?:E|H|P|T|Ag|Kom|Pd|Sos)|M(?:H|M|T|BA|Kom|Pd|Sc|Si)|Ph[Dd]"
)


def with_titles(lines: Sequence[Line]) -> list[Line]:
    """Lines by commas with their titles put back; the others as they are.

    Below headers a row is only mended as far as it has more cells than they: there may be a
    column of titles.
    """
    header = find_header(lines)
    width = len(header.cells) if header else 0
    return [
        replace(line, cells=_joined(line.cells, width)) if line.by_commas else line
        for line in lines
    ]


def _joined(cells: Sequence[str], width: int) -> tuple[str, ...]:
    kept: list[str] = []
    for place, cell in enumerate(cells):
        is_long = len(kept) + len(cells) - place > width
        if is_long and kept and kept[-1].strip() and TITLE.fullmatch(cell.strip()):
            kept[-1] = f"{kept[-1].rstrip()}, {cell.strip()}"
        else:
            kept.append(cell)
    return tuple(kept)
