"""What may stand in a cell of a file that a spreadsheet opens."""

from decimal import Decimal

from organizations import figures
from scorecards.exports.csv_format import for_reader

# A cell that begins with one of these is a formula to a spreadsheet, whoever wrote it.
# The last four are their full-width forms, which some spreadsheets take for the same.
FORMULA_STARTS = (*"=+-@", "\t", "\r", "\n", *"\uff1d\uff0b\uff0d\uff20")
SPACES = " \u00a0\u3000"


def text_cell(text: str) -> str:
    """A text that stays a text: an apostrophe keeps it from being run as a formula."""
    if text.lstrip(SPACES).startswith(FORMULA_STARTS):
        return f"'{text}"
    return text


def number_cell(number: Decimal | float | None) -> str:
    """All digits, no grouping, with the decimal mark of the reader's language: Indonesian
    spreadsheets take 0.5 for a text, English ones 0,5."""
    value = figures.as_decimal(number)
    if value is None:
        return ""
    return for_reader().number(f"{value.normalize():f}")
