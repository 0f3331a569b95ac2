"""The five reconstructed sets of judgements behind the Lasem matrices, and what they show.

They are no figures of the paper: they were made so that their geometric mean is the published
upper triangle.
"""

import math
from fractions import Fraction
from typing import Any

import numpy as np
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from scorecards.methods import ahp
from scorecards.methods.matrices import FloatArray
from surveys.selectors.beside_chance import BesideChance, panel_agreement
from surveys.studies.comparison import MORE_DECIMALS, Comparison, Grade, Shown
from surveys.studies.lasem_weights import LASEM_METHOD, WEIGHT_DECIMALS, matrix_of
from surveys.studies.rounding import MATRIX_DECIMALS
from surveys.studies.study import Part, Table
from surveys.studies.words import Words, figure_lazy

FEWEST_FOR_AGREEMENT = 3  # elements: two cannot contradict each other


def experts_matrices(data: dict[str, Any], code: str) -> FloatArray:
    """Stack of the five experts' matrices (5, n, n)."""
    rows = data["reconstructed_judgements"]["matrices"][code]
    return ahp.from_upper([[float(Fraction(value)) for value in row] for row in rows])


def reconstruction_parts(data: dict[str, Any]) -> tuple[Part, ...]:
    return tuple(
        Part(
            key=f"experts-{perspective['code'].lower()}",
            source=_("Reconstructed"),
            title=perspective["name"],
            blocks=_blocks(data, perspective["code"]),
        )
        for perspective in data["perspectives"]
    )


def _blocks(data: dict[str, Any], code: str) -> tuple[Table, ...]:
    table = data["aggregated_matrices"][code]
    matrices = experts_matrices(data, code)
    labels = [label.split(" ")[0] for label in table["labels"]]
    group = ahp.aggregate_judgements(matrices)
    published = matrix_of(table)
    pairs = zip(*np.triu_indices(len(labels), 1), strict=True)
    rows = tuple(
        Comparison(
            f"{labels[row]} : {labels[column]}",
            float(published[row, column]),
            float(group[row, column]),
            MATRIX_DECIMALS,
            others=tuple(Shown(_as_judged(expert[row, column])) for expert in matrices),
        )
        for row, column in pairs
    )
    numbers = range(1, len(matrices) + 1)
    geometric = Table(
        title=_("Geometric mean of the five sets"),
        rows=rows,
        computed_heading=_("Geometric mean"),
        other_headings=tuple(f"P{number}" for number in numbers),
    )
    weights = _weights(table, group)
    if len(labels) < FEWEST_FOR_AGREEMENT:
        return (geometric, weights)
    return (geometric, weights, _agreement(matrices, group))


def group_weights(data: dict[str, Any]) -> dict[str, float]:
    """Weight of every KPI within its perspective, from the five sets joined."""
    found: dict[str, float] = {}
    for perspective in data["perspectives"]:
        group = ahp.aggregate_judgements(experts_matrices(data, perspective["code"]))
        codes = [kpi["code"] for kpi in perspective["kpis"]]
        found.update(zip(codes, ahp.priorities(group, LASEM_METHOD).tolist(), strict=True))
    return found


def _weights(table: dict[str, Any], group: FloatArray) -> Table:
    """How far the weights of the five sets are from the printed ones."""
    computed = ahp.priorities(group, LASEM_METHOD).tolist()
    from_matrix = ahp.priorities(matrix_of(table), LASEM_METHOD).tolist()
    columns = (table["labels"], table["published_weights"], computed, from_matrix)
    rows = tuple(
        Comparison(
            label.partition(" ")[0],
            printed,
            weight,
            WEIGHT_DECIMALS,
            name=label.partition(" ")[2],
            others=(Shown(other, WEIGHT_DECIMALS + MORE_DECIMALS),),
        )
        for label, printed, weight, other in zip(*columns, strict=True)
    )
    return Table(
        title=_("Weights of the five sets joined"),
        rows=rows,
        computed_heading=_("From the five sets"),
        other_headings=(_("From the printed matrix"),),
        note=_difference(rows),
    )


def _difference(rows: tuple[Comparison, ...]) -> Words:
    """How many weights are printed otherwise, and by how much at most."""
    apart = [
        abs(float(row.computed) - float(row.printed))
        for row in rows
        if row.grade is Grade.DIFFERS and row.computed is not None and row.printed is not None
    ]
    if not apart:
        return _("Rounded, all are the printed weights.")
    return format_lazy(
        _(
            "{differing} of {all} are another number in the third decimal, by {most} at most: two "
            "cells of the printed matrix don't mirror their opposite, and the paper's weights "
            "come from them. Whole-number judgements give a matrix that does."
        ),
        differing=len(apart),
        all=len(rows),
        most=figure_lazy(max(apart), WEIGHT_DECIMALS + 1),
    )


def _as_judged(ratio: float) -> str:
    """5 or 1/5, as the expert would have said it."""
    found = Fraction(float(ratio)).limit_denominator(ahp.STRONGEST_JUDGEMENT)
    return str(found)


def _agreement(matrices: FloatArray, group: FloatArray) -> Table:
    ratios = np.atleast_1d(ahp.consistency(matrices, method=LASEM_METHOD).cr).tolist()
    weights = ahp.priorities(matrices, LASEM_METHOD)
    rows = [
        Comparison(format_lazy(_("CR of {expert}"), expert=f"P{number}"), None, ratio, 2)
        for number, ratio in enumerate(ratios, start=1)
    ]
    rows += [
        Comparison(
            _("CR of the group"), None, float(ahp.consistency(group, method=LASEM_METHOD).cr), 2
        ),
    ]
    found = panel_agreement(weights, LASEM_METHOD)
    if found:
        rows += _beside(_("Consensus of the experts (S*)"), found.consensus)
    if found and found.concordance:
        rows += _beside(_("Kendall's W"), found.concordance)
    limit = ahp.limit(len(group)) or math.nan
    return Table(
        title=_("Consistency and agreement of the five sets"),
        rows=tuple(rows),
        note=format_lazy(
            _(
                "The limit of CR is {limit}. A group can be consistent although single experts "
                "are not. CR is taken at the weights of the normalised columns. Random index: "
                "Saaty (1980)."
            ),
            limit=figure_lazy(limit, 2),
        ),
    )


def _beside(name: Words, found: BesideChance) -> list[Comparison]:
    """A measure of agreement, and what five experts who answer at random would reach."""
    return [
        Comparison(name, None, found.value, 2),
        Comparison(format_lazy(_("{name}, a random panel"), name=name), None, found.mean, 2),
        Comparison(
            format_lazy(_("{name}, at most of 95 of 100 random panels"), name=name),
            *(None, found.high, 2),
        ),
    ]
