"""A design as a workbook to fill in and read back; empty, it is the template.

Texts of people are written as text cells only, so none of them ever becomes a formula.
"""

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from scorecards.exports.design_xlsx_guide import write_guide
from scorecards.exports.design_xlsx_looks import (
    NOTE_SIZE,
    Looks,
    make_looks,
    note_of,
    protect,
    width_of,
)
from scorecards.interchange import schema, sheets
from scorecards.interchange.document import Design, Row
from scorecards.interchange.schema import SECTIONS, Column, Kind, Section
from scorecards.interchange.sheets import SheetColumn, sheet_columns
from scorecards.numbers import input_text

# Excel's own precision; a longer number is written as text rather than rounded.
EXCEL_DIGITS = 15
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def design_as_xlsx(design: Design | None = None) -> bytes:
    file = io.BytesIO()
    with Workbook(file, OPTIONS) as book:
        _Writer(book).write(design)
    return file.getvalue()


class _Writer:
    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.looks: Looks = make_looks(book)
        self.choice_ranges: dict[Column, str] = {}

    def write(self, design: Design | None) -> None:
        names = [sheets.GUIDE, sheets.SCORECARD, sheets.STRATEGY]
        titles = [*names, *(section.title for section in SECTIONS.values()), sheets.CHOICES]
        made = [self.book.add_worksheet(str(title)) for title in titles]
        guide, scorecard, strategy, *parts, choices = made
        self._write_choices(choices)
        write_guide(guide, self.looks)
        self._write_settings(scorecard, schema.SCORECARD, design.scorecard if design else {})
        self._write_strategy(strategy, design.strategy if design else None)
        for sheet, section in zip(parts, SECTIONS.values(), strict=True):
            self._write_section(sheet, section, design.section(section.key) if design else ())
        guide.activate()

    def _write_choices(self, sheet: Worksheet) -> None:
        """Lists to choose from stand on a sheet of their own: words may contain commas."""
        sheet.hide()
        columns = [*schema.SCORECARD, *(c for s in SECTIONS.values() for c in s.columns)]
        offering = [column for column in columns if column.kind is Kind.CHOICE]
        title = str(sheets.CHOICES)
        for place, column in enumerate(offering):
            words = [column.label, *column.choices.values()]
            sheet.write_column(0, place, words, self.looks.text)
            self.choice_ranges[column] = _range(title, place, 1, len(words) - 1)

    def _write_settings(self, sheet: Worksheet, columns: Sequence[Column], values: Row) -> None:
        self._begin_settings(sheet)
        for number, column in enumerate(columns, start=1):
            self._write_label(sheet, number, SheetColumn(column).header)
            sheet.write_string(number, 2, note_of(column), self.looks.note)
            if values.get(column.key) is not None:
                self._write_value(sheet, number, 1, column, values[column.key])
            self._offer(sheet, column, (number, 1, number, 1))

    def _write_strategy(self, sheet: Worksheet, values: Row | None) -> None:
        values = values or {}
        self._write_settings(sheet, schema.STRATEGY, values)
        missions = values.get("missions", ())
        first = len(schema.STRATEGY) + 1
        for number in range(1, max(sheets.MISSIONS_SHOWN, len(missions) + 3) + 1):
            if number > schema.MOST_MISSIONS:
                break
            row = first + number - 1
            self._write_label(sheet, row, sheets.mission_label(number))
            if number <= len(missions):
                sheet.write_string(row, 1, missions[number - 1], self.looks.text)

    def _begin_settings(self, sheet: Worksheet) -> None:
        for place, (words, width, look) in enumerate(
            (
                (_("What"), 34, self.looks.locked),
                (_("Value"), 60, self.looks.text),
                (_("Note"), 70, self.looks.note),
            )
        ):
            sheet.set_column(place, place, width, look)
            sheet.write_string(0, place, words, self.looks.header)
        sheet.freeze_panes(1, 1)
        protect(sheet)

    def _write_label(self, sheet: Worksheet, row: int, label: str) -> None:
        sheet.write_string(row, 0, label, self.looks.label)

    def _write_section(self, sheet: Worksheet, section: Section, rows: Sequence[Row]) -> None:
        columns = sheet_columns(section.columns)
        sheet.set_row(0, 32)
        for place, each in enumerate(columns):
            look = self._look_of(each.column)
            sheet.set_column(place, place, width_of(each), look)
            sheet.write_string(0, place, each.header, self.looks.header)
            if note := note_of(each.column):
                sheet.write_comment(0, place, note, NOTE_SIZE)
            self._offer(sheet, each.column, (1, place, section.most, place))
        for number, row in enumerate(rows, start=1):
            for place, each in enumerate(columns):
                value = _of_rung(row[each.column.key], each.rung)
                if value not in (None, "", (), {}):
                    self._write_value(sheet, number, place, each.column, value)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
        protect(sheet)

    def _look_of(self, column: Column) -> Format:
        if column.key == "minimum_coverage":
            return self.looks.percent
        by_kind = {
            Kind.DECIMAL: self.looks.number,
            Kind.RUNGS: self.looks.number,
            Kind.WHOLE: self.looks.whole,
            Kind.DAY: self.looks.day,
        }
        return by_kind.get(column.kind, self.looks.text)

    def _write_value(
        self, sheet: Worksheet, row: int, place: int, column: Column, value: Any
    ) -> None:
        look = self._look_of(column)
        if isinstance(value, date):
            sheet.write_datetime(row, place, value, look)
        elif isinstance(value, Decimal) and len(value.normalize().as_tuple().digits) > EXCEL_DIGITS:
            sheet.write_string(row, place, input_text(value), self.looks.text)
        elif isinstance(value, Decimal | int):
            sheet.write_number(row, place, value, look)
        else:
            sheet.write_string(row, place, _words(column, value), self.looks.text)

    def _offer(self, sheet: Worksheet, column: Column, cells: tuple[int, int, int, int]) -> None:
        """A list to choose from: the words of a choice, or the codes of another sheet."""
        source, kind = "", "stop"
        if column.kind is Kind.CHOICE:
            source = self.choice_ranges[column]
        elif column.refers_to:
            # Codes may be typed before they are given, so a stranger is only warned about.
            other, kind = SECTIONS[column.refers_to], "warning"
            place = [each.key for each in other.columns].index("code")
            source = _range(str(other.title), place, 1, other.most)
        if source:
            options = {"validate": "list", "source": f"={source}", "error_type": kind}
            options["error_title"] = _("Not on the list")
            options["error_message"] = _("Choose one from the list.")
            sheet.data_validation(*cells, options)


def _range(title: str, place: int, first: int, last: int) -> str:
    cells = xlsxwriter.utility.xl_range_abs(first, place, last, place)
    return f"{xlsxwriter.utility.quote_sheetname(title)}!{cells}"


def _of_rung(value: Any, rung: int | None) -> Any:
    if rung is None:
        return value
    return value[rung] if value else None


def _words(column: Column, value: Any) -> str:
    if column.kind is Kind.CHOICE:
        return column.choices[value]
    if column.kind is Kind.MISSIONS:
        return "; ".join(map(str, value))
    if column.kind is Kind.NAMES:
        return "\n".join(f"{key} = {name}" for key, name in value.items())
    return str(value)
