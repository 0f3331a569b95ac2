"""The tables of research data as CSV: for statistics programs, or for the reader's spreadsheet."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from organizations.figures import without_noise
from scorecards.exports.cells import text_cell
from scorecards.exports.csv_format import FOR_PROGRAMS, CsvFormat
from surveys.exports.research_about import iso
from surveys.exports.research_table import Missing, Table, Value


def table_as_csv(table: Table, form: CsvFormat = FOR_PROGRAMS) -> Iterator[str]:
    """Pieces of the file, some hundred rows each."""
    return form.pieces(_lines(table, form))


def _lines(table: Table, form: CsvFormat) -> Iterator[list[Any]]:
    yield [variable.name for variable in table.variables]
    for row in table.rows():
        yield [_cell(value, form) for value in row]


def _cell(value: Value, form: CsvFormat) -> Any:
    cell = csv_value(value)
    return form.number(str(cell)) if isinstance(value, float) else cell


def csv_value(value: Value) -> Any:
    """Numbers stay numbers; a text never becomes a formula."""
    if value is None or isinstance(value, Missing):
        return ""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, float):
        return without_noise(value)
    return text_cell(value) if isinstance(value, str) else value


def plain_csv(head: Iterable[str], rows: Iterable[Iterable[Value]]) -> str:
    """A small table without described variables, for another program of the method."""
    lines = [list(head), *([csv_value(value) for value in row] for row in rows)]
    return FOR_PROGRAMS.text(lines)
