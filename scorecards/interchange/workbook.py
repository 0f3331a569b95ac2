"""Opening a workbook that a stranger may have made: looked at as an archive before it is read."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Self

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from scorecards.interchange.document import refused

MOST_ENTRIES = 200
MOST_UNZIPPED = 40 * 1024**2
# Spreadsheets pack well, and small ones do no harm.
HARMLESS = 5 * 1024**2
MOST_RATIO = 100
LAST_ROW = 20_000
LAST_COLUMN = 60
ENCRYPTED = 0x1


def check_archive(content: bytes) -> None:
    """Refuse archives that are no plain workbook, from their directory alone."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise refused(_("This file is damaged, or only a part of it arrived.")) from error
    names = {entry.filename for entry in entries}
    unzipped = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unzipped > MOST_UNZIPPED:
        raise refused(_("This file unpacks to far more than is read from such a file."))
    if unzipped > HARMLESS and unzipped > MOST_RATIO * len(content):
        raise refused(_("This file unpacks to far more than is read from such a file."))
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise refused(_("This file is protected by a password. Save it without one."))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise refused(_("This file contains macros. Save it as a plain .xlsx workbook."))
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise refused(_("This is an archive, but no Excel file (.xlsx)."))


class OpenedWorkbook:
    """A workbook's cells with their stored values; ``formulas`` has the same cells as typed."""

    def __init__(self, content: bytes) -> None:
        with ExitStack() as opened:
            self.values = _open(content, data_only=True)
            opened.callback(self.values.close)
            self.formulas = _open(content, data_only=False)
            opened.callback(self.formulas.close)
            self._close = opened.pop_all().close

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._close()

    @property
    def titles(self) -> list[str]:
        sheets = self.values.worksheets
        return [sheet.title for sheet in sheets if isinstance(sheet, ReadOnlyWorksheet)]

    @property
    def hidden(self) -> list[str]:
        """The titles of sheets that nobody sees who opens the file."""
        return [title for title in self.titles if self.values[title].sheet_state != "visible"]

    def rows(
        self, title: str, *, last_row: int = LAST_ROW, last_column: int = LAST_COLUMN
    ) -> Iterator[tuple[int, tuple, tuple]]:
        """Number, cells and cells with formulas of each row down to the one after the last."""
        pairs = []
        for book in (self.values, self.formulas):
            sheet = book[title]
            # What the file says about its own size is not to be believed.
            sheet.reset_dimensions()
            pairs.append(sheet.iter_rows(max_row=last_row + 1, max_col=last_column))
        for number, (cells, typed) in enumerate(zip(*pairs, strict=False), start=1):
            yield number, cells, typed


def _open(content: bytes, *, data_only: bool) -> Workbook:
    return load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
