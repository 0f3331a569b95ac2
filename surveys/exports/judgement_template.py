"""An empty workbook for finished judgements, with a questionnaire's own elements."""

import io
from collections.abc import Sequence

from django.utils.translation import gettext as _
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from scorecards.exports.design_xlsx import OPTIONS
from scorecards.exports.design_xlsx_looks import Looks, make_looks
from surveys.judgement_files.given import Part

SHEETS = 3
LABEL_WIDTH, CELL_WIDTH = 44, 16
# Below the expert's line and the note.
TOP = 3


def judgement_template(parts: Sequence[Part]) -> bytes:
    """A sheet for each of a few experts; each has every matrix, above the diagonal to be filled."""
    file = io.BytesIO()
    with Workbook(file, OPTIONS) as book:
        looks = make_looks(book)
        widest = max((part.size for part in parts), default=0)
        for number in range(1, SHEETS + 1):
            sheet = book.add_worksheet(f"P{number}")
            sheet.set_column(0, 0, LABEL_WIDTH)
            sheet.set_column(1, max(widest, 1), CELL_WIDTH)
            _write_head(sheet, looks)
            row = TOP
            for part in parts:
                row = _write_part(sheet, looks, part, row)
    return file.getvalue()


def _write_head(sheet: Worksheet, looks: Looks) -> None:
    sheet.write_string(0, 0, _("Expert"), looks.label)
    sheet.write_blank(0, 1, None, looks.text)
    note = _(
        "Write 3, 1/3 or 0.33: how many times as important the row's element is as the column's. "
        "Above the diagonal is enough. Copy this sheet for more experts."
    )
    sheet.write_string(1, 0, note, looks.note)


def _write_part(sheet: Worksheet, looks: Looks, part: Part, top: int) -> int:
    """One matrix with its title; the row where the next begins."""
    sheet.write_string(top, 0, f"{part.code} {part.title}".strip(), looks.title)
    header = top + 1
    for place, name in enumerate(part.names):
        sheet.write_string(header, 1 + place, name, looks.header)
        sheet.write_string(header + 1 + place, 0, name, looks.label)
        sheet.write_number(header + 1 + place, 1 + place, 1, looks.locked)
    for row, column in part.pairs:
        sheet.write_blank(header + 1 + row, 1 + column, None, looks.text)
    return header + part.size + 2
