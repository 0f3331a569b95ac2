"""The scoring figures of the Lasem paper: rungs, levels, weights, values, and what is red."""

import math
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from organizations import arithmetic
from scorecards.methods import ahp
from scorecards.methods.lights import Light, light
from scorecards.methods.omax import Ladder
from surveys.studies.comparison import (
    MORE_DECIMALS,
    ON_THE_EDGE,
    Comparison,
    Shown,
    explained,
    given,
)
from surveys.studies.lasem_weights import LASEM_METHOD, matrix_of
from surveys.studies.reasons import Reason
from surveys.studies.rounding import level_bounds
from surveys.studies.study import Grid, GridRow, Part, Table
from surveys.studies.words import Words, figure_lazy, figure_number, table_number

RUNG_DECIMALS = 2
PRODUCT = "{level} × {weight}"
LEVELS = tuple(range(10, -1, -1))
# Level 10, 3 and 0 are the anchors: the other rungs are computed from them.
ANCHORS = {10: "goal", 3: "standard", 0: "worst"}
# How the paper numbers its scoring figures; two carry the number 5.
SOURCES: dict[str, Words] = {
    "PO": _("Figure 5, first"),
    "C": _("Figure 5, second"),
    "P": figure_number(6),
    "I": figure_number(7),
}

Row = dict[str, Any]


def ladder_of(kpi: Row) -> Ladder:
    return Ladder(kpi["worst"], kpi["standard"], kpi["goal"])


def ahp_weights(data: Row) -> dict[str, float]:
    """Weight of every KPI within its perspective, from the printed matrices."""
    weights: dict[str, float] = {}
    for perspective in data["perspectives"]:
        matrix = matrix_of(data["aggregated_matrices"][perspective["code"]])
        codes = [kpi["code"] for kpi in perspective["kpis"]]
        computed = ahp.priorities(matrix, LASEM_METHOD).tolist()
        weights.update(zip(codes, computed, strict=True))
    return weights


def scoring_parts(data: Row) -> tuple[Part, ...]:
    weights = ahp_weights(data)
    return (
        _intervals(data),
        _worked_example(data),
        *(_scoring(perspective, weights) for perspective in data["perspectives"]),
        _red(data),
    )


def _kpi(data: Row, code: str) -> Row:
    return next(kpi for part in data["perspectives"] for kpi in part["kpis"] if kpi["code"] == code)


def _intervals(data: Row) -> Part:
    """Table 5: one step of the ladder, above the target and below it."""
    printed = data["published_intervals"]
    rows = []
    for span, upper in (("10-3", 10), ("3-0", 3)):
        for code, value in printed[span].items():
            rungs = ladder_of(_kpi(data, code)).rungs()
            step = abs(rungs[LEVELS.index(upper)] - rungs[LEVELS.index(upper - 1)])
            rows.append(Comparison(f"{code} {span}", value, step, printed["decimals"]))
    return Part(
        key="table-5",
        source=table_number(5),
        title=_("Intervals between the levels"),
        blocks=(Table(title=_("From one level to the next"), rows=tuple(rows)),),
    )


def _worked_example(data: Row) -> Part:
    printed = data["published_worked_example"]
    rungs = ladder_of(_kpi(data, printed["kpi"])).rungs()
    rows = tuple(
        Comparison(
            f"{printed['kpi']}: {level}",
            value,
            rungs[LEVELS.index(int(level))],
            printed["decimals"],
            reason=Reason.WORKED_EXAMPLE,
        )
        for level, value in printed["rungs"].items()
    )
    return Part(
        key="worked-example",
        source=_("Running text"),
        title=_("Worked example of PO-1"),
        blocks=(Table(title=_("Value of a level"), rows=rows),),
    )


def _scoring(perspective: Row, weights: dict[str, float]) -> Part:
    kpis, decimals = perspective["kpis"], perspective["published_decimals"]
    return Part(
        key=f"scoring-{perspective['code'].lower()}",
        source=SOURCES[perspective["code"]],
        title=format_lazy(_("{perspective}: scoring"), perspective=perspective["name"]),
        blocks=(
            _rung_grid(kpis),
            Table(
                title=_("Level"),
                rows=tuple(_level(kpi, decimals["level"]) for kpi in kpis),
                computed_heading=_("Between the anchors"),
                other_headings=(_("Between rounded values of the levels"),),
            ),
            _used_weights(kpis, weights, decimals["weight"]),
            Table(
                title=_("Value"),
                rows=tuple(_value(kpi, weights, decimals["value"]) for kpi in kpis),
                computed_heading=_("Level × weight, both as printed"),
                other_headings=(_("Exact level × AHP weight"),),
            ),
        ),
    )


def _rung_grid(kpis: list[Row]) -> Grid:
    """PO-1 and PO-2 have the same anchors and share one printed level scale."""
    printed = [kpi for kpi in kpis if kpi["published_ladder_10_to_0"]]
    rows = [
        GridRow(str(level), tuple(_rung(kpi, place, level) for kpi in printed))
        for place, level in enumerate(LEVELS)
    ]
    shared = len(printed) < len(kpis)
    return Grid(
        title=_("Values of the levels"),
        columns=tuple(kpi["code"] for kpi in printed),
        rows=tuple(rows),
        note=_("PO-1 and PO-2 have the same anchors and share one printed level scale.")
        if shared
        else "",
    )


def _rung(kpi: Row, place: int, level: int) -> Comparison:
    code = f"{kpi['code']}: {level}"
    printed = kpi["published_ladder_10_to_0"][place]
    anchor = ANCHORS.get(level)
    if anchor and printed == kpi[anchor]:
        return given(code, printed, RUNG_DECIMALS)
    computed = ladder_of(kpi).rungs()[place]
    return Comparison(code, printed, computed, RUNG_DECIMALS, reason=Reason.LOWEST_RUNG)


def _level(kpi: Row, decimals: int) -> Comparison:
    ladder, value = ladder_of(kpi), kpi["actual"]
    found = Comparison(
        kpi["code"],
        kpi["published_level"],
        ladder.level(value),
        decimals,
        name=kpi["factor"],
        bounds=level_bounds(ladder, value, RUNG_DECIMALS),
        others=(Shown(ladder.level(value, "rung", RUNG_DECIMALS), decimals + 2),),
    )
    cut_off = math.floor(ladder.level(value) * 10**decimals) / 10**decimals
    was_cut = abs(cut_off - kpi["published_level"]) < ON_THE_EDGE
    differs = Reason.CUT_OFF if was_cut else Reason.UNEXPLAINED_LEVEL
    return explained(found, within=Reason.ROUNDED_RUNGS, differs=differs)


def _used_weights(kpis: list[Row], weights: dict[str, float], decimals: int) -> Table:
    rows = [
        Comparison(
            kpi["code"],
            kpi["published_weight"],
            weights[kpi["code"]],
            decimals,
            name=kpi["factor"],
            reason=Reason.OTHER_WEIGHTS,
        )
        for kpi in kpis
    ]
    printed_sum = math.fsum(kpi["published_weight"] for kpi in kpis)
    total = Comparison(
        "Σ",
        None,
        math.fsum(weights[kpi["code"]] for kpi in kpis),
        decimals,
        name=format_lazy(
            _("The printed weights add up to {sum}."), sum=figure_lazy(printed_sum, decimals)
        ),
        is_total=True,
    )
    return Table(
        title=_("Weight used in the scoring"),
        rows=(*rows, total),
        computed_heading=_("AHP weight"),
    )


def _value(kpi: Row, weights: dict[str, float], decimals: int) -> Comparison:
    level, weight = ladder_of(kpi).level(kpi["actual"]), weights[kpi["code"]]
    as_printed = {
        "level": arithmetic.Shown(kpi["published_level"], 2),
        "weight": arithmetic.Shown(kpi["published_weight"], 3),
    }
    exact = {"level": arithmetic.Shown(level, 2), "weight": arithmetic.Shown(weight, 3)}
    return Comparison(
        kpi["code"],
        kpi["published_value"],
        kpi["published_level"] * kpi["published_weight"],
        decimals,
        name=kpi["factor"],
        line=arithmetic.line(PRODUCT, as_printed, decimals + MORE_DECIMALS),
        others=(Shown(arithmetic.line(PRODUCT, exact, 4)),),
    )


def _red(data: Row) -> Part:
    kpis = [kpi for perspective in data["perspectives"] for kpi in perspective["kpis"]]
    red = sorted(
        kpi["code"] for kpi in kpis if light(ladder_of(kpi).level(kpi["actual"])) is Light.RED
    )
    row = Comparison(
        _("KPIs on red"),
        ", ".join(sorted(data["published_red"])),
        ", ".join(red),
        reason=Reason.SIX_RED,
    )
    return Part(
        key="red",
        source=_("Conclusion"),
        title=_("What is red"),
        blocks=(Table(title=_("Colour"), rows=(row,)),),
    )
