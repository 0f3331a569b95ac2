"""Files as grids of texts: CSV in any usual encoding, or the visible sheets of a workbook."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils import get_column_letter

from scorecards.interchange.cells import EXCEL_DIGITS
from scorecards.interchange.document import FileRefused, refused
from scorecards.interchange.reading import COMPOUND, ZIP, check_size, old_excel
from scorecards.interchange.workbook import OpenedWorkbook, check_archive
from scorecards.interchange.xlsx_reading import with_unfinished
from surveys.expert_list.text import decoded, read_text

# Separators and line ends of a text are counted before it is parted.
MOST_CELLS = 200_000
MOST_ROWS = 20_000
# Over all sheets of a workbook, whose cells cost forty times as much to read.
MOST_CELLS_OF_A_WORKBOOK = 50_000
MOST_ROWS_OF_A_SHEET = 5_000
MOST_SHEETS = 100
LAST_COLUMN = 1_000
# From these rows of a sheet it is told what the sheet is.
HEAD = 3
NO_TEXT = (b"<!doctype", b"<html", b"<?xml", b"%pdf")
SPACES = b"\xef\xbb\xbf \t\r\n"

Cells = tuple[str, ...]
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Grid:
    """One sheet, or a file of text (``title`` is empty then). Columns count from 0."""

    title: str
    rows: Mapping[int, Cells]

    def text(self, row: int, column: int) -> str:
        cells = self.rows.get(row, ())
        return cells[column] if 0 <= column < len(cells) else ""

    def place(self, row: int, column: int) -> str:
        """A cell as its reader finds it: Sheet1!B7, or row and column of a text."""
        if self.title:
            return f"{self.title}!{get_column_letter(column + 1)}{row}"
        return _("row %(row)d, column %(column)d") % {"row": row, "column": column + 1}

    @property
    def numbers(self) -> list[int]:
        """The rows in which something stands."""
        return [number for number, cells in self.rows.items() if any(cells)]


@dataclass(frozen=True)
class OpenedFile:
    grids: tuple[Grid, ...]
    hidden: tuple[str, ...] = ()


def open_file(content: bytes, choose: Callable[[Sequence[Grid]], Sequence[Grid]]) -> OpenedFile:
    """The grids of a file; of a workbook those that ``choose`` takes by their first rows.

    Raises FileRefused for what is neither text nor a workbook, or too large.
    """
    check_size(content)
    if content.startswith(ZIP):
        return _open_workbook(content, choose)
    if content.startswith(COMPOUND):
        raise old_excel()
    if content.lstrip(SPACES).lower().startswith(NO_TEXT):
        raise refused(
            _("This file is neither CSV nor an Excel file (.xlsx), whatever its name says.")
        )
    return OpenedFile((_text_grid(decoded(content)),))


def _text_grid(text: str) -> Grid:
    ends = text.count("\n") + text.count("\r") + 1
    if ends > 2 * MOST_ROWS or ends + sum(map(text.count, ",;\t")) > 2 * MOST_CELLS:
        raise _too_large()
    lines = read_text(text)
    if lines and max(len(line.cells) for line in lines) > LAST_COLUMN:
        raise _too_large()
    return Grid("", {line.number: tuple(cell.strip() for cell in line.cells) for line in lines})


def _open_workbook(
    content: bytes, choose: Callable[[Sequence[Grid]], Sequence[Grid]]
) -> OpenedFile:
    check_archive(content)
    try:
        with OpenedWorkbook(content) as book:
            hidden = tuple(book.hidden)
            titles = [title for title in book.titles if title not in hidden]
            if len(titles) > MOST_SHEETS:
                raise refused(_("This workbook has too many sheets: at most %d.") % MOST_SHEETS)
            chosen = choose([_head(book, title) for title in titles])
            return OpenedFile(tuple(_sheets(book, [each.title for each in chosen])), hidden)
    except FileRefused:
        raise
    except Exception as error:
        # A damaged or hostile file makes openpyxl stumble in any way there is.
        raise refused(_("This Excel file is damaged and can't be read.")) from error


def _head(book: OpenedWorkbook, title: str) -> Grid:
    rows = book.rows(title, last_row=HEAD - 1, last_column=LAST_COLUMN)
    return Grid(title, {number: _texts(*_trimmed(*row)) for number, *row in rows})


def _sheets(book: OpenedWorkbook, titles: Sequence[str]) -> list[Grid]:
    found, count = [], 0
    for title in titles:
        rows: dict[int, Cells] = {}
        reading = book.rows(title, last_row=MOST_ROWS_OF_A_SHEET, last_column=LAST_COLUMN)
        for number, *row in reading:
            cells, typed = _trimmed(*row)
            count += len(cells)
            if count > MOST_CELLS_OF_A_WORKBOOK or number > MOST_ROWS_OF_A_SHEET:
                raise refused(
                    _(
                        "This workbook is too large: at most %(rows)d rows and %(cells)d cells "
                        "can be read. Save the sheet as CSV: more of that can be read."
                    )
                    % {"rows": MOST_ROWS_OF_A_SHEET, "cells": MOST_CELLS_OF_A_WORKBOOK},
                    title,
                )
            rows[number] = _texts(cells, typed)
        found.append(Grid(title, rows))
    return found


def _trimmed(cells: Row, typed: Row) -> tuple[Row, Row]:
    """Without what is empty at the end: rows come filled up to the last column."""
    width = max(_width(cells), _width(typed))
    return cells[:width], typed[:width]


def _width(row: Row) -> int:
    """How many cells there are up to the last that the file has."""
    width = len(row)
    while width and row[width - 1] is EMPTY_CELL:
        width -= 1
    return width


def _texts(cells: Row, typed: Row) -> Cells:
    return tuple(_text_of(cell.value) for cell in with_unfinished(cells, typed))


def _text_of(value: Any) -> str:
    """What a cell holds, as it would be typed: a number with all its digits, and a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, int | float):
        if not math.isfinite(value):
            return str(value)
        return f"{Decimal(f'{value:.{EXCEL_DIGITS}g}'):f}" if abs(value) < 1e9 else str(value)
    return " ".join(str(value).split())


def _too_large() -> FileRefused:
    return refused(
        _("This file is too large: at most %(rows)d rows and %(cells)d cells can be read.")
        % {"rows": MOST_ROWS, "cells": MOST_CELLS}
    )
