"""The report as a table for spreadsheets and statistics: one line for each KPI."""

from django.utils.translation import gettext as _

from scorecards.exports.cells import csv_text, number_cell, text_cell
from scorecards.methods import omax
from scorecards.models import Target
from scorecards.selectors.report import KPIRow, PeriodReport, PerspectiveRow
from scorecards.selectors.report.computation import input_title

CUT_COLUMNS = 4


def report_as_csv(report: PeriodReport) -> str:
    numbers = max((len(row.inputs) for row in report.rows), default=0)
    lines = (
        _line(report, perspective, row) + _numbers(row, numbers)
        for perspective in report.perspectives
        for row in perspective.kpis
    )
    return csv_text([_head(report) + _number_heads(numbers), *lines])


def _head(report: PeriodReport) -> list[str]:
    if report.settings.target_level is None:
        points = [_("cut point %(number)s") % {"number": number} for number in range(1, 5)]
    else:
        points = [_("worst value"), _("target"), _("best value")]
        points += [_("target on the high side"), _("worst value on the high side")]
        points.append(_("rungs from level 0 to 10"))
    return [
        *(_("first day"), _("last day"), _("perspective code"), _("perspective")),
        *(_("objective"), _("KPI code"), _("KPI"), _("unit"), _("measured value")),
        *points,
        *(_("level"), _("light"), _("weight in the perspective"), _("weight that counted")),
        *(_("weight in the index"), _("value (level x weight)"), _("beyond the scale")),
        *(_("not applicable because"), _("note")),
    ]


def _line(report: PeriodReport, perspective: PerspectiveRow, row: KPIRow) -> list[str]:
    is_omax = report.settings.target_level is not None
    texts_before = (perspective.code, perspective.name, row.objective, row.code, row.name, row.unit)
    return [
        report.start.isoformat(),
        report.end.isoformat(),
        *map(text_cell, texts_before),
        number_cell(row.measured),
        *(_omax_points(row) if is_omax else _cut_points(row)),
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


def _omax_points(row: KPIRow) -> list[str]:
    """Worst, target and best whatever the kind; what else a kind has stands behind them."""
    points, high_side, rungs = list(row.points), ["", ""], ""
    if row.target_kind == Target.Kind.RANGE:
        points, high = points[:3], points[3:]
        high_side = [number_cell(point) for point in high]
    elif row.target_kind == Target.Kind.LADDER:
        # No semicolon between them: it would part the cell where quotes are ignored.
        rungs = " | ".join(number_cell(point) for point in points)
        places = (omax.LOWEST_LEVEL, omax.TARGET_LEVEL, omax.BEST_LEVEL)
        points = [points[place] for place in places]
    three = [number_cell(point) for point in points] or [""] * 3
    return [*three, *high_side, text_cell(rungs)]


def _cut_points(row: KPIRow) -> list[str]:
    cuts = [number_cell(point) for point in row.points]
    return [*cuts, *[""] * (CUT_COLUMNS - len(cuts))]


def _number_heads(count: int) -> list[str]:
    pairs = (
        (_("number %(place)s: name") % words, _("number %(place)s") % words)
        for words in ({"place": place} for place in range(1, count + 1))
    )
    return [head for pair in pairs for head in pair]


def _numbers(row: KPIRow, count: int) -> list[str]:
    """What the value was computed from: each number behind its name."""
    pairs = [(input_title(each.title), number_cell(each.value)) for each in row.inputs]
    pairs += [("", "")] * (count - len(pairs))
    return [cell for title, number in pairs for cell in (text_cell(title), number)]


def _light_word(light: str) -> str:
    words = {"red": _("Red"), "amber": _("Amber"), "green": _("Green"), "none": _("No data")}
    return words[light]
