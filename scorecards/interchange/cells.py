"""From a spreadsheet's cell to a value: numbers as Excel has them, or as people type them."""

import math
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.utils.datetime import from_excel

from organizations import figures
from scorecards.fields import DayField, NumberField
from scorecards.interchange.document import ValueFault
from scorecards.interchange.schema import Column, Kind
from scorecards.interchange.sheets import choices_of, normal
from scorecards.interchange.values import not_offered, shown
from scorecards.numbers import MOST_DECIMALS, UnitKind, is_whole, unit_kind_of

# What Excel shows of a number; the digits behind are those of its binary form.
EXCEL_DIGITS = 15
FORMULA = "f"
Cell = Any


@dataclass(frozen=True)
class Measure:
    """How a column's numbers are written."""

    decimals: int = 3
    unit: str | None = None
    unit_kind: UnitKind | None = None


SETTING = Measure(unit_kind=UnitKind.RATIO)
MEASURES = {
    "budget": Measure(0, "rupiah"),
    "progress": Measure(0, "%"),
}


def is_empty(cell: Cell) -> bool:
    value = cell.value
    return value is None or (isinstance(value, str) and not value.strip())


def read_cell(column: Column, cell: Cell, measure: Measure = SETTING) -> Any:
    """The cell's value in the column's kind; None when nothing stands in it."""
    if is_empty(cell):
        return None
    if cell.data_type == FORMULA:
        raise ValueFault(_("The result of this formula is missing. Write the value itself."))
    if cell.data_type == "e":
        raise ValueFault(_("There is an error in this cell: %(value)s.") % {"value": cell.value})
    if isinstance(cell.value, bool):
        raise ValueFault(_("TRUE or FALSE stands in this cell. Write the value itself."))
    return READERS[column.kind](column, cell, MEASURES.get(column.key, measure))


def _text(_column: Column, cell: Cell, _measure: Measure) -> str:
    value = cell.value
    if isinstance(value, str):
        return value
    if isinstance(value, date | time | timedelta):
        raise ValueFault(_("Excel made a date of this. Format the cell as text, and type it anew."))
    return f"{_number_of(value).normalize():f}" if value else "0"


def _number_of(value: float | int) -> Decimal:
    if not math.isfinite(value):
        raise ValueFault(_("There is an error in this cell: %(value)s.") % {"value": value})
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{EXCEL_DIGITS}g}")
    return figures.rounded(number, MOST_DECIMALS) if abs(number) < Decimal(10) ** 30 else number


def _choice(column: Column, cell: Cell, measure: Measure) -> str:
    text = _text(column, cell, measure)
    found = choices_of(column).get(normal(text))
    if found is None:
        raise not_offered(text, list(column.choices.values()))
    return found


def _decimal(_column: Column, cell: Cell, measure: Measure) -> Decimal:
    value = cell.value
    if isinstance(value, date | time | timedelta):
        raise ValueFault(
            _("Excel made a date of this number. Format the cell as a number, and type it anew.")
        )
    if isinstance(value, str):
        return _typed_number(value, measure)
    number = _number_of(value)
    shows_percent = "%" in (getattr(cell, "number_format", None) or "")
    is_percent = measure.unit is not None and unit_kind_of(measure.unit) is UnitKind.PERCENT
    return number * 100 if shows_percent and is_percent else number


def _typed_number(text: str, measure: Measure) -> Decimal:
    field = NumberField(**asdict(measure))
    try:
        return field.clean(text)
    except ValidationError as error:
        raise ValueFault(" ".join(error.messages)) from error


def _whole(column: Column, cell: Cell, measure: Measure) -> int:
    number = _decimal(column, cell, Measure(0, measure.unit, UnitKind.COUNT))
    if not is_whole(number):
        raise ValueFault(_("This counts whole things. Write a number without decimals."))
    return int(number)


def _day(_column: Column, cell: Cell, _measure: Measure) -> date:
    value = cell.value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and 0 < value < 100_000:
        return from_excel(value).date()  # a day's number, in a cell that isn't formatted as one
    try:
        return DayField(required=True).clean(str(value))
    except ValidationError as error:
        raise ValueFault(" ".join(error.messages)) from error


def _missions(_column: Column, cell: Cell, _measure: Measure) -> tuple[int, ...]:
    text = str(cell.value)
    if isinstance(cell.value, float) and cell.value % 1 == 0:
        text = str(int(cell.value))
    # A spreadsheet reads "1,2" as one number, and writes a day for "1/2".
    parts = re.split(r"[,;\s]+", text.strip(" ,;\n"))
    if not isinstance(cell.value, str | int | float) or not all(
        re.fullmatch(r"\d{1,3}", part, re.ASCII) for part in parts
    ):
        raise ValueFault(
            _("“%(value)s” is no list of missions. Write their numbers, such as 1; 3.")
            % {"value": shown(text)}
        )
    return tuple(int(part) for part in parts)


def _names(_column: Column, cell: Cell, _measure: Measure) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in filter(None, str(cell.value).splitlines()):
        key, sign, name = line.partition("=")
        if not sign:
            raise ValueFault(_("Write each name in a line of its own, such as: new = New members."))
        found[key.strip()] = name.strip()
    return found


READERS: dict[Kind, Callable[[Column, Cell, Measure], Any]] = {
    Kind.TEXT: _text,
    Kind.CODE: _text,
    Kind.CHOICE: _choice,
    Kind.DECIMAL: _decimal,
    Kind.WHOLE: _whole,
    Kind.DAY: _day,
    Kind.MISSIONS: _missions,
    Kind.RUNGS: _decimal,
    Kind.NAMES: _names,
}
