"""The first sheet: how the others are filled in."""

from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from scorecards.exports.design_xlsx_looks import Looks
from scorecards.interchange import sheets
from scorecards.interchange.schema import SECTIONS


def write_guide(sheet: Worksheet, looks: Looks) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, _("A scorecard to fill in"), looks.title)
    for number, step in enumerate(_steps(), start=2):
        sheet.write_string(number, 0, _("Step %(number)d") % {"number": number - 1}, looks.label)
        sheet.write_string(number, 1, step, looks.note)
    first = len(_steps()) + 3
    sheet.write_string(first, 0, _("Sheet"), looks.header)
    sheet.write_string(first, 1, _("What stands on it"), looks.header)
    for number, (title, text) in enumerate(_sheets(), start=first + 1):
        sheet.write_string(number, 0, title, looks.label)
        sheet.write_string(number, 1, text, looks.note)
    sheet.protect()
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _steps() -> list[str]:
    return [
        _("Fill in the sheets from left to right, one row for each thing. Order counts."),
        _("Columns marked * have to be filled in. Point at a header to read what belongs there."),
        _("Give every perspective, objective and KPI a code; other sheets name it by its code."),
        _("Don't rename sheets or headers. Columns that you don't need may stay empty."),
        _("Upload the file in Canting under Scorecards, Import. Nothing is made before you agree."),
        _("Weights and measured values are not in this file: weigh and enter them in Canting."),
    ]


def _sheets() -> list[tuple[str, str]]:
    texts = {
        "perspectives": _("The sides from which you look at your work, results first."),
        "objectives": _("What is to be reached, in which perspective, for which missions."),
        "links": _("Which objective drives which other one, and why. They must not form a circle."),
        "kpis": _("How each objective is measured."),
        "targets": _(
            "From which day on which values count. Most KPIs need levels 0, 3 and 10 only; the "
            "other columns are for the other kinds of target."
        ),
        "initiatives": _("What is done, for an objective or for a KPI: one of the two columns."),
    }
    return [
        (str(sheets.SCORECARD), _("The name, how often is measured, and how values are scored.")),
        (str(sheets.STRATEGY), _("Years, vision and missions. Leave it empty to do without.")),
        *((str(SECTIONS[key].title), text) for key, text in texts.items()),
    ]
