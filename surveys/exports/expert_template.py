"""An empty Excel file for a list of experts, which the site reads back."""

import io

from django.utils.translation import gettext as _
from xlsxwriter.workbook import Workbook

from scorecards.exports.design_xlsx import OPTIONS
from scorecards.exports.design_xlsx_looks import make_looks, protect
from scorecards.interchange.sheets import REQUIRED
from surveys.expert_list.columns import COLUMNS, MOST_EXPERTS
from surveys.models.invitation import LARGEST_EXPERT_WEIGHT

WIDTHS = {"name": 32, "position": 28, "institution": 32, "email": 30, "weight": 14}


def expert_template() -> bytes:
    file = io.BytesIO()
    with Workbook(file, OPTIONS) as book:
        looks = make_looks(book)
        # Translators: the title of a sheet. At most 31 letters, and none of : \ / ? * [ ]
        sheet = book.add_worksheet(_("Experts"))
        for place, (key, column) in enumerate(COLUMNS.items()):
            look = looks.number if key == "weight" else looks.text
            sheet.set_column(place, place, WIDTHS[key], look)
            header = f"{column.label} {REQUIRED}" if column.required else column.label
            sheet.write_string(0, place, header, looks.header)
        place = list(COLUMNS).index("weight")
        note = _("1 counts like everybody else, 2 counts twice. Empty is 1.")
        sheet.write_comment(0, place, note)
        sheet.data_validation(
            1,
            place,
            MOST_EXPERTS,
            place,
            {
                "validate": "decimal",
                "criteria": "between",
                "minimum": 0,
                "maximum": LARGEST_EXPERT_WEIGHT,
            },
        )
        sheet.freeze_panes(1, 0)
        protect(sheet)
    return file.getvalue()
