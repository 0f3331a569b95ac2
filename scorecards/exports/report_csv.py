"""The report as a table for spreadsheets and statistics: one line for each KPI."""

from django.utils.translation import gettext as _

from organizations.arithmetic import Shown, confirmed
from scorecards.anchor_words import anchor_words
from scorecards.exports.cells import number_cell, text_cell
from scorecards.exports.csv_format import for_reader
from scorecards.methods import omax
from scorecards.models import Target
from scorecards.selectors.report import KPIRow, PeriodReport, PerspectiveRow
from scorecards.selectors.report.computation import input_title
from scorecards.selectors.report.lines import PRODUCT
from scorecards.target_scale import RANGE

CUT_COLUMNS = 4
# Spreadsheets hold fifteen digits; a level has two before the point.
FLOAT_DECIMALS = 13
VALUE_DECIMALS = 10


def report_as_csv(report: PeriodReport) -> str:
    numbers = max((len(row.inputs) for row in report.rows), default=0)
    lines = (
        _line(report, perspective, row) + _numbers(row, numbers)
        for perspective in report.perspectives
        for row in perspective.kpis
    )
    return for_reader().text([_head(report) + _number_heads(numbers), *lines])


def _head(report: PeriodReport) -> list[str]:
    if report.settings.standard_level is None:
        points = [_("cut point %(number)s") % {"number": number} for number in range(1, 5)]
    else:
        called = anchor_words(report.settings.anchor_words)
        points = [*map(called.heading, RANGE), _("values of level 0 to 10")]
    return [
        *(_("first day"), _("last day"), _("perspective code"), _("perspective")),
        *(_("objective"), _("KPI code"), _("KPI"), _("unit"), _("measured value")),
        *points,
        *(
            _("level"),
            _("colour"),
            _("weight in the perspective"),
            _("weight that counted"),
        ),
        *(_("weight in the index"), _("value (level x weight)"), _("beyond the scale")),
        *(_("not applicable because"), _("note")),
    ]


def _line(report: PeriodReport, perspective: PerspectiveRow, row: KPIRow) -> list[str]:
    is_omax = report.settings.standard_level is not None
    level, weight, value = _product(row)
    texts_before = (perspective.code, perspective.name, row.objective, row.code, row.name, row.unit)
    return [
        report.start.isoformat(),
        report.end.isoformat(),
        *map(text_cell, texts_before),
        number_cell(row.measured),
        *(_omax_points(row) if is_omax else _cut_points(row)),
        level,
        row.state.word,
        _float_cell(row.weight),
        weight,
        _float_cell(row.global_weight),
        value,
        _("yes") if row.clamped else "",
        text_cell(row.reason),
        text_cell(row.note),
    ]


def _product(row: KPIRow) -> tuple[str, str, str]:
    """Level, weight and value, so that the first two as written give the third as written."""
    if row.level is None:
        return "", _float_cell(row.effective_weight), ""
    numbers = {
        "level": Shown(row.level, FLOAT_DECIMALS),
        "weight": Shown(row.effective_weight, FLOAT_DECIMALS),
    }
    # Where the value lies in the middle between two roundings, one digit less doesn't.
    for decimals in range(VALUE_DECIMALS, 0, -1):
        if found := confirmed(PRODUCT, numbers, Shown(row.value, decimals)):
            shown = (found["level"], found["weight"], found.result)
            return tuple(number_cell(each.printed) for each in shown)
    # No level and weight of ours come here: their product is the value.
    return _float_cell(row.level), _float_cell(row.effective_weight), _float_cell(row.value or 0.0)


def _float_cell(number: float) -> str:
    return number_cell(Shown(number, FLOAT_DECIMALS).printed)


def _omax_points(row: KPIRow) -> list[str]:
    """Worst, standard and goal whatever the kind; what else a kind has stands behind them."""
    points, high_side, rungs = list(row.points), ["", ""], ""
    if row.target_kind == Target.Kind.RANGE:
        points, high = points[:3], points[3:]
        high_side = [number_cell(point) for point in high]
    elif row.target_kind == Target.Kind.LADDER:
        # Neither semicolon nor comma between them: they part cells where quotes are ignored.
        rungs = " | ".join(number_cell(point) for point in points)
        places = (omax.LOWEST_LEVEL, omax.STANDARD_LEVEL, omax.GOAL_LEVEL)
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
