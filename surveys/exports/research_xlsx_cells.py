"""How the research workbook's cells are written: row after row, so that large ones stay small.

Texts of people are written as text cells only, so none of them ever becomes a formula.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from organizations.figures import without_noise
from surveys.exports.research_table import Missing, Value

OPTIONS = {
    # Rows are written to disk one by one and don't come back.
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
INDIGO, PAPER, SOFT, LIVE = "#27397A", "#F1ECE2", "#5A6075", "#E8EBF7"
LONGEST_CELL = 32_000
LONGEST_SHEET_NAME = 31
# A sheet's name stands in formulas, so only letters, digits and some signs are left of it.
UNFIT = re.compile(r"[^\w .-]")


@dataclass(frozen=True)
class Looks:
    title: Format
    header: Format
    label: Format
    note: Format
    number: Format
    live: Format
    ratio: Format
    moment: Format

    @classmethod
    def of(cls, book: Workbook) -> "Looks":
        top = {"valign": "top"}
        number = {"num_format": "0.000000"}
        return cls(
            title=book.add_format({"bold": True, "font_size": 14, "font_color": INDIGO}),
            header=book.add_format(
                top | {"bold": True, "text_wrap": True, "bg_color": INDIGO, "font_color": "white"}
            ),
            label=book.add_format(top | {"bold": True, "bg_color": PAPER}),
            note=book.add_format(top | {"text_wrap": True, "font_color": SOFT}),
            number=book.add_format(number),
            # Tinted: a formula, which changes with the cells that it reads.
            live=book.add_format(number | {"bg_color": LIVE}),
            ratio=book.add_format({"num_format": "# ?/?"}),
            moment=book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        )


@dataclass(frozen=True)
class Formula:
    """A formula with the value that we computed; ``array`` where it computes over ranges."""

    text: str
    value: float | str
    array: bool = False
    look: Format | None = None


@dataclass(frozen=True)
class Looked:
    """A value in a look of its own."""

    value: Value
    look: Format


Cell = Value | Formula | Looked


class Sheet:
    """A worksheet that is filled from the top down."""

    def __init__(self, book: Workbook, name: str, looks: Looks) -> None:
        self.made: Worksheet = book.add_worksheet(name)
        self.name = name
        self.looks = looks

    def write(self, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, Formula):
            self._write_formula(row, column, cell)
        elif isinstance(cell, Looked):
            self._write_value(row, column, cell.value, cell.look)
        else:
            self._write_value(row, column, cell, None)

    def write_row(self, row: int, cells: list[Cell], first: int = 0) -> None:
        for column, cell in enumerate(cells, start=first):
            self.write(row, column, cell)

    def _write_formula(self, row: int, column: int, cell: Formula) -> None:
        look = cell.look or self.looks.live
        value = cell.value if isinstance(cell.value, str) else without_noise(cell.value)
        if cell.array:
            place = (row, column, row, column)
            self.made.write_array_formula(*place, f"{{={cell.text}}}", look, value)
        else:
            self.made.write_formula(row, column, f"={cell.text}", look, value)

    def _write_value(self, row: int, column: int, value: Value, look: Format | None) -> None:
        if value is None or value == "" or isinstance(value, Missing):
            return
        if isinstance(value, str):
            self.made.write_string(row, column, value[:LONGEST_CELL], look)
        elif isinstance(value, datetime):
            plain = value.astimezone(UTC).replace(tzinfo=None)
            self.made.write_datetime(row, column, plain, look or self.looks.moment)
        else:
            self.made.write_number(row, column, without_noise(value), look)

    def cell(self, row: int, column: int) -> str:
        return xl_rowcol_to_cell(row, column)

    def range(self, rows: tuple[int, int], columns: tuple[int, int]) -> str:
        return xl_range_abs(rows[0], columns[0], rows[1], columns[1])

    def elsewhere(self, place: str) -> str:
        """The same cell or range as another sheet's formula names it."""
        return f"{quote_sheetname(self.name)}!{place}"


def sheet_name(text: str, taken: set[str]) -> str:
    """Fit for a sheet, and not given yet; ``taken`` learns it."""
    plain = " ".join(UNFIT.sub(" ", text).split())[:LONGEST_SHEET_NAME] or "–"
    name, number = plain, 2
    while name.casefold() in taken:
        ending = f" {number}"
        name, number = plain[: LONGEST_SHEET_NAME - len(ending)] + ending, number + 1
    taken.add(name.casefold())
    return name
