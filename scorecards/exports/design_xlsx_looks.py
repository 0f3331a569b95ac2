"""How the workbook of a design looks, and what its headers tell those who fill it in."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from scorecards.interchange.schema import SECTIONS, Column, Kind
from scorecards.interchange.sheets import SheetColumn

NOTE_SIZE = {"x_scale": 2, "y_scale": 1.2}
WIDTHS = {Kind.CODE: 14, Kind.CHOICE: 24, Kind.DECIMAL: 14, Kind.RUNGS: 12, Kind.WHOLE: 12}
WIDTHS |= {Kind.DAY: 14, Kind.MISSIONS: 16, Kind.NAMES: 34, Kind.TEXT: 30}
WIDE_FROM, WIDE = 200, 50
NARROW_TO, NARROW = 30, 14
# The colours of a printed sheet; a workbook knows no style sheet.
INDIGO, PAPER, SOFT = "#27407A", "#F1ECE2", "#5B6472"
# What may be done although headers and notes are locked.
ALLOWED = (
    *("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows"),
    *("sort", "autofilter", "select_locked_cells", "select_unlocked_cells"),
)


@dataclass(frozen=True)
class Looks:
    header: Format
    label: Format
    note: Format
    locked: Format
    text: Format
    number: Format
    whole: Format
    percent: Format
    day: Format
    title: Format


def make_looks(book: Workbook) -> Looks:
    top = {"valign": "top"}
    cell = top | {"locked": False, "border": 1, "border_color": PAPER}
    bold = {"bold": True, "text_wrap": True}
    return Looks(
        header=book.add_format(top | bold | {"bg_color": INDIGO, "font_color": "white"}),
        label=book.add_format(top | bold | {"bg_color": PAPER}),
        note=book.add_format(top | {"text_wrap": True, "font_color": SOFT}),
        locked=book.add_format(top),
        # The format "@" keeps "1,2" and "3/4" as they were typed.
        text=book.add_format(cell | {"text_wrap": True, "num_format": "@"}),
        number=book.add_format(cell | {"num_format": "#,##0.######"}),
        whole=book.add_format(cell | {"num_format": "0"}),
        percent=book.add_format(cell | {"num_format": "0%"}),
        day=book.add_format(cell | {"num_format": "yyyy-mm-dd"}),
        title=book.add_format({"bold": True, "font_size": 16, "font_color": INDIGO}),
    )


def protect(sheet: Worksheet) -> None:
    """Headers can't be overwritten by accident. Without a password: it is no secret."""
    sheet.protect("", dict.fromkeys(ALLOWED, True))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def width_of(each: SheetColumn) -> int:
    column = each.column
    longest = column.longest
    if column.kind is not Kind.TEXT or longest is None:
        return WIDTHS[column.kind]
    if longest <= NARROW_TO:
        return NARROW
    return WIDE if longest >= WIDE_FROM else WIDTHS[Kind.TEXT]


def note_of(column: Column) -> str:
    """What may stand in a column's cells."""
    if column.kind is Kind.CHOICE:
        return _("One of: %(choices)s.") % {"choices": "; ".join(column.choices.values())}
    if column.refers_to:
        title = SECTIONS[column.refers_to].title
        return _("A code from the sheet “%(title)s”.") % {"title": title}
    return _NOTES.get(column.key, lambda: _of_kind(column))()


def _of_kind(column: Column) -> str:
    notes = {
        Kind.DECIMAL: _("A number. An empty cell is not 0."),
        Kind.RUNGS: _(
            "For a level scale of one's own: all eleven values, from level 0 to level 10."
        ),
        Kind.WHOLE: _("A whole number."),
        Kind.DAY: _("A day, such as 2026-07-01."),
        Kind.MISSIONS: _("The numbers of the missions, such as 1; 3."),
        Kind.NAMES: _("What the formula's numbers are called here, such as: new = New members."),
    }
    if column.kind is Kind.TEXT and column.longest:
        return _("At most %(longest)d characters.") % {"longest": column.longest}
    return notes.get(column.kind, "")


_NOTES = {
    "code": lambda: _("Short and given once, such as C-1. Other sheets name the row by it."),
    "decimals": lambda: _("How many digits are shown after the comma, 0 to 6."),
    "minimum_coverage": lambda: _("A share of the weights, such as 80%."),
    "red_limit": lambda: _("Leave both limits empty to get the usual ones of the scoring."),
    "progress": lambda: _("From 0 to 100."),
    "budget": lambda: _("Whole rupiah."),
}
