"""A table for statistics programs, after RFC 4180: commas, points, quotes doubled, CRLF.

Unlike the site's other CSV files this one doesn't follow the reader's language, and has no byte
order mark: programs read it (R, Python, SPSS), and R takes the mark for a part of the first
column's name. For Excel there is the workbook.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from scorecards.exports.cells import text_cell
from surveys.exports.research_about import iso
from surveys.exports.research_table import Missing, Table, Value

ROWS_AT_ONCE = 500


class _Echo:
    """Hands back what is written to it, so that a table goes out as it is made."""

    def write(self, text: str) -> str:
        return text


def table_as_csv(table: Table) -> Iterator[str]:
    """Pieces of the file, some hundred rows each."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield writer.writerow([variable.name for variable in table.variables])
    piece: list[str] = []
    for row in table.rows():
        piece.append(writer.writerow([csv_value(value) for value in row]))
        if len(piece) == ROWS_AT_ONCE:
            yield "".join(piece)
            piece = []
    yield "".join(piece)


def csv_value(value: Value) -> Any:
    """Numbers stay numbers; a text never becomes a formula."""
    if value is None or isinstance(value, Missing):
        return ""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return iso(value)
    return text_cell(value) if isinstance(value, str) else value


def plain_csv(head: Iterable[str], rows: Iterable[Iterable[Value]]) -> str:
    """The same of a small table without described variables."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    lines = [head, *([csv_value(value) for value in row] for row in rows)]
    return "".join(writer.writerow(list(line)) for line in lines)
