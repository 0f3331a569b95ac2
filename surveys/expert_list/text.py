"""Lists of experts as text: typed line by line, pasted from a spreadsheet, or a CSV file."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from scorecards.interchange.csv_reading import declared_separator
from scorecards.interchange.document import refused

TAB, COMMA = "\t", ","
# A tab is never part of a name, a semicolon hardly ever; "Dr. Sri, M.Si." has a comma.
SEPARATORS = (TAB, ";", COMMA)
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Line:
    """One row: ``number`` as a spreadsheet or an editor counts it.

    ``by_commas``: only commas tell its cells apart, and those stand inside names too.
    """

    number: int
    cells: tuple[str, ...]
    by_commas: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


def read_text(text: str) -> list[Line]:
    """Lines with their cells. Raises FileRefused for what can't be told apart."""
    plain = text.removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in plain:
        raise refused(_("This is no text. Save the list as .xlsx or .csv, or paste it."))
    declared, below = declared_separator(plain)
    separator = declared or separator_of(plain)
    reader = csv.reader(io.StringIO(below, newline=""), delimiter=separator)
    skipped = 1 if declared else 0
    lines, begun = [], 1 + skipped
    try:
        for cells in reader:
            lines.append(Line(begun, tuple(cells), by_commas=separator == COMMA))
            begun = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise refused(
            _("A quotation mark is open from here on. Close it, or delete it."),
            _("Row %(row)d") % {"row": begun},
        ) from error
    return lines


def read_csv(content: bytes) -> list[Line]:
    return read_text(decoded(content))


def write_text(lines: Iterable[Line]) -> str:
    """What `read_text` reads back with the same numbers; as a box on a page shows it."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=TAB, lineterminator="\n")
    written = 0
    for line in lines:
        file.write("\n" * (line.number - written - 1))
        writer.writerow([" ".join(cell.split()) for cell in line.cells])
        written = line.number
    return file.getvalue()


def separator_of(text: str) -> str:
    """The surest that stands anywhere in the text: tab before semicolon before comma."""
    return next((each for each in SEPARATORS if each in text), COMMA)


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel on Windows writes when it isn't asked for UTF-8.
        return content.decode("cp1252", errors="replace")
