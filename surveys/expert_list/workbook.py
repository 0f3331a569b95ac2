"""A list of experts from an Excel file, through the same checks as every other workbook."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from scorecards.interchange.cells import Cell, is_empty, read_cell
from scorecards.interchange.document import Faults, FileRefused, ValueFault, refused, too_many
from scorecards.interchange.workbook import OpenedWorkbook, check_archive
from scorecards.interchange.xlsx_reading import LAST_HEADER_ROW, with_unfinished
from scorecards.numbers import input_text
from surveys.expert_list.columns import COLUMNS, MOST_EXPERTS
from surveys.expert_list.text import Line

# Empty rows between the filled ones.
MOST_ROWS = 2 * MOST_EXPERTS


def read_workbook(content: bytes, faults: Faults) -> list[Line]:
    """The rows of the first sheet that has any; raises FileRefused for what is no workbook."""
    check_archive(content)
    try:
        with OpenedWorkbook(content) as book:
            for title in book.titles:
                lines = list(_lines(book, title, faults))
                if lines:
                    return lines
    except FileRefused:
        raise
    except Exception as error:
        # A damaged or hostile file makes openpyxl stumble in any way there is.
        raise refused(_("This Excel file is damaged and can't be read.")) from error
    return []


def _lines(book: OpenedWorkbook, title: str, faults: Faults) -> Iterator[Line]:
    filled = 0
    for number, cells, typed in book.rows(title):
        row = with_unfinished(cells, typed)
        if not all(map(is_empty, row)):
            filled += 1
            yield Line(number, tuple(_text_of(cell, number, faults) for cell in row))
        if filled > MOST_EXPERTS + LAST_HEADER_ROW or number > MOST_ROWS:
            raise refused(too_many(max(filled, number) - 1, MOST_EXPERTS), title)


def _text_of(cell: Cell, number: int, faults: Faults) -> str:
    try:
        text = read_cell(COLUMNS["name"], cell) or ""
    except ValueFault as fault:
        place = _("Row %(row)d, cell %(cell)s") % {"row": number, "cell": cell.coordinate}
        faults.add(place, str(fault))
        return ""
    is_number = isinstance(cell.value, int | float) and bool(text)
    return input_text(Decimal(text)) if is_number else text
