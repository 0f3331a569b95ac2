"""A list of experts without the numbers and bullets that it had where it was copied from."""

from collections.abc import Sequence
from dataclasses import replace

from organizations.list_marks import numbering, without_marks
from scorecards.interchange.sheets import normal
from surveys.expert_list.checking import find_header
from surveys.expert_list.columns import headers
from surveys.expert_list.text import Line

# What lists end a line with, whatever parts its cells.
ENDINGS = ";,"


def without_numbers(lines: Sequence[Line]) -> list[Line]:
    """Below headers the column of names is cleaned; without them, the first of each line."""
    header = find_header(lines)
    place = _name_place(header) if header else 0
    counted = [line for line in lines if not line.is_empty and line is not header]
    if header is None and _is_numbered(counted):
        return [_without_first(line) for line in lines]
    rows = [line for line in counted if len(line.cells) > place and line.cells[place].strip()]
    bare = without_marks([line.cells[place] for line in rows])
    cleaned = {id(line): text for line, text in zip(rows, bare, strict=True)}
    return [
        _with_cell(line, place, cleaned[id(line)]) if id(line) in cleaned else line
        for line in lines
    ]


def _name_place(header: Line) -> int:
    keys = [headers().get(normal(cell)) for cell in header.cells]
    return keys.index("name") if "name" in keys else 0


def _is_numbered(lines: Sequence[Line]) -> bool:
    """A column of numbers before the names, without a header."""
    return numbering([line.cells[0] for line in lines]) and all(
        any(cell.strip() for cell in line.cells[1:]) for line in lines
    )


def _without_first(line: Line) -> Line:
    return line if line.is_empty else replace(line, cells=line.cells[1:])


def _with_cell(line: Line, place: int, text: str) -> Line:
    cells = [*line.cells[:place], text, *line.cells[place + 1 :]]
    cells[-1] = cells[-1].rstrip().rstrip(ENDINGS)
    return replace(line, cells=tuple(cells))
