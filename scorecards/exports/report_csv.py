"""The report as a table for spreadsheets and statistics: one line for each KPI."""

from django.utils.translation import gettext as _

from scorecards.exports.cells import csv_text, number_cell, text_cell
from scorecards.models import Target
from scorecards.selectors.report import KPIRow, PeriodReport, PerspectiveRow

POINT_COLUMNS = 4


def report_as_csv(report: PeriodReport) -> str:
    lines = (
        _line(report, perspective, row)
        for perspective in report.perspectives
        for row in perspective.kpis
    )
    return csv_text([_head(report), *lines])


def _head(report: PeriodReport) -> list[str]:
    if report.settings.target_level is None:
        points = [_("cut point %(number)s") % {"number": number} for number in range(1, 5)]
    else:
        points = [_("worst value"), _("target"), _("best value")]
    return [
        *(_("first day"), _("last day"), _("perspective code"), _("perspective")),
        *(_("objective"), _("KPI code"), _("KPI"), _("unit"), _("measured value")),
        *points,
        *(_("level"), _("light"), _("weight in the perspective"), _("weight that counted")),
        *(_("weight in the index"), _("value (level x weight)"), _("beyond the scale")),
        *(_("not applicable because"), _("note")),
    ]


def _line(report: PeriodReport, perspective: PerspectiveRow, row: KPIRow) -> list[str]:
    points = list(row.points) if row.target_kind != Target.Kind.MEAN else []
    width = POINT_COLUMNS if report.settings.target_level is None else POINT_COLUMNS - 1
    texts_before = (perspective.code, perspective.name, row.objective, row.code, row.name, row.unit)
    return [
        report.start.isoformat(),
        report.end.isoformat(),
        *map(text_cell, texts_before),
        number_cell(row.measured),
        *(number_cell(point) for point in points),
        *[""] * (width - len(points)),
        number_cell(row.level),
        _light_word(row.light),
        number_cell(row.weight),
        number_cell(row.effective_weight),
        number_cell(row.global_weight),
        number_cell(row.value),
        _("yes") if row.clamped else "",
        text_cell(row.reason),
        text_cell(row.note),
    ]


def _light_word(light: str) -> str:
    words = {"red": _("Red"), "amber": _("Amber"), "green": _("Green"), "none": _("No data")}
    return words[light]
