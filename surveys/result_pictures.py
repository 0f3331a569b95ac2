"""From results to drawings: what is drawn, in which order and by which names.

Experts stand in pictures under their codes alone.
"""

from collections.abc import Mapping
from math import exp, log, nan

from django.utils.translation import gettext as _

from organizations import figures
from surveys.drawings.dot_plot import DotPlot, DotRow, ExpertDot, draw_dots
from surveys.drawings.heat_map import HeatMap, draw_heat_map
from surveys.drawings.interval_plot import IntervalPlot, IntervalRow, draw_intervals
from surveys.drawings.sensitivity_lines import (
    Crossing,
    KPILine,
    SensitivityLines,
    draw_sensitivity,
)
from surveys.models import Criterion
from surveys.selectors.expert_page import ExpertPart
from surveys.selectors.matrix_results import MatrixResult
from surveys.selectors.sensitivity import Overtaking, PerspectiveSensitivity
from surveys.wording import ratio_sentence

DECIMALS = 3
# Two elements are one judgement: its sentence says it all.
FEWEST_FOR_EXPERT = 3


def heat_map_of(result: MatrixResult) -> HeatMap | None:
    """The group's judgements, the heaviest element first; None without weights."""
    if result.group is None or result.size < 2:
        return None
    order = _by_weight(result)
    criteria = result.criteria
    spreads = _spreads(result)
    judged = result.group.judgements
    return draw_heat_map(
        codes=[criteria[i].code for i in order],
        ratios=[[judged[i][j] for j in order] for i in order],
        spreads=[
            [spreads.get((criteria[i].pk, criteria[j].pk), nan) for j in order] for i in order
        ],
        titles=[
            [ratio_sentence(criteria[i].label, criteria[j].label, judged[i][j]) for j in order]
            for i in order
        ],
    )


def _by_weight(result: MatrixResult) -> list[int]:
    weights = result.weights or ()
    return sorted(range(len(weights)), key=lambda place: -weights[place])


def _spreads(result: MatrixResult) -> dict[tuple[int, int], float]:
    found = {}
    for pair in result.pairs:
        if pair.spread is not None:
            found[pair.row.pk, pair.column.pk] = found[pair.column.pk, pair.row.pk] = pair.spread
    return found


def expert_heat_map_of(part: ExpertPart) -> HeatMap | None:
    """One expert's judgements in the order of the group's, so that both read side by side.

    The bar of a cell shows how far the expert is from the group. None where two elements leave
    nothing to look up, or nothing is answered.
    """
    found = part.matrix_result
    judged = {
        (pair.row.pk, pair.column.pk): pair.judgement.ratio
        for pair in part.check.part.pairs
        if pair.judgement
    }
    if found.size < FEWEST_FOR_EXPERT or not judged:
        return None
    judged |= {(column, row): 1 / ratio for (row, column), ratio in judged.items()}
    order = _by_weight(found) or list(range(found.size))
    criteria = [found.criteria[place] for place in order]
    return draw_heat_map(
        codes=[criterion.code for criterion in criteria],
        ratios=[[judged.get((row.pk, column.pk), nan) for column in criteria] for row in criteria],
        spreads=[[_factor(found, i, j, judged) for j in order] for i in order],
        titles=[
            [_own_title(row, column, judged.get((row.pk, column.pk))) for column in criteria]
            for row in criteria
        ],
    )


def _factor(
    found: MatrixResult, row: int, column: int, judged: Mapping[tuple[int, int], float]
) -> float:
    """By what factor the expert's judgement and the group's are apart, either way."""
    own = judged.get((found.criteria[row].pk, found.criteria[column].pk))
    if own is None or found.group is None:
        return nan
    return exp(abs(log(own / found.group.judgements[row][column])))


def _own_title(row: Criterion, column: Criterion, ratio: float | None) -> str:
    if ratio is None:
        return _("%(one)s and %(other)s: not answered") % {"one": row.label, "other": column.label}
    return ratio_sentence(row.label, column.label, ratio)


def dot_plot_of(result: MatrixResult) -> DotPlot | None:
    """Each expert's weight of each element, the heaviest element first; None without any."""
    rows = sorted(result.dots, key=lambda row: -row.group)
    if not any(row.dots for row in rows):
        return None
    return draw_dots(
        [
            DotRow(
                code=row.criterion.code,
                label=row.criterion.label,
                group=row.group,
                group_text=figures.figure(row.group, DECIMALS),
                dots=tuple(
                    ExpertDot(
                        name=f"{dot.invitation.code}: {figures.figure(dot.weight, DECIMALS)}",
                        weight=dot.weight,
                        hollow=dot.within_limit is False,
                    )
                    for dot in row.dots
                ),
            )
            for row in rows
        ]
    )


def interval_plot_of(result: MatrixResult) -> IntervalPlot | None:
    """The group's weights with what other experts or other judgements would make of them."""
    if result.perturbation is None:
        return None
    moved = result.perturbation.rows
    drawn = result.interval.rows if result.interval else [None] * len(moved)
    rows = [
        IntervalRow(
            code=each.code,
            label=each.label,
            weight=each.weight,
            weight_text=figures.figure(each.weight, DECIMALS),
            experts=(other.low, other.high) if other else None,
            judgements=(each.low, each.high),
        )
        for each, other in zip(moved, drawn, strict=True)
    ]
    return draw_intervals(sorted(rows, key=lambda row: -row.weight))


def sensitivity_lines_of(found: PerspectiveSensitivity) -> SensitivityLines:
    lines = [
        KPILine(
            code=line.code,
            label=f"{line.code} {line.label}",
            start=line.at_zero,
            end=line.at_one,
            own=line.is_own,
        )
        for line in found.lines
    ]
    crossings = [
        Crossing(
            weight=change.weight,
            height=change.rising.at(change.weight),
            title=overtaking_text(change),
            leads=change.is_first,
        )
        for change in found.changes
    ]
    now = _("now %(weight)s") % {"weight": figures.percent(found.weight, 1)}
    return draw_sensitivity(lines, crossings, found.weight, now)


def overtaking_text(change: Overtaking) -> str:
    return _("From %(weight)s on, %(rising)s comes before %(falling)s.") % {
        "weight": figures.percent(change.weight, 1),
        "rising": change.rising.code,
        "falling": change.falling.code,
    }
