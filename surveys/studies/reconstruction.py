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
from surveys.methods.consensus import consensus, kendall_w
from surveys.studies.comparison import Comparison, Shown
from surveys.studies.lasem_weights import matrix_of
from surveys.studies.rounding import MATRIX_DECIMALS
from surveys.studies.study import Part, Table
from surveys.studies.words import figure_lazy


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
        other_headings=tuple(format_lazy(_("Expert {number}"), number=n) for n in numbers),
    )
    return (geometric, _agreement(matrices, group)) if len(labels) > 2 else (geometric,)


def _as_judged(ratio: float) -> str:
    """5 or 1/5, as the expert would have said it."""
    found = Fraction(float(ratio)).limit_denominator(ahp.STRONGEST_JUDGEMENT)
    return str(found)


def _agreement(matrices: FloatArray, group: FloatArray) -> Table:
    ratios = np.atleast_1d(ahp.consistency(matrices).cr).tolist()
    weights = ahp.priorities(matrices, "column_mean")
    rows = [
        Comparison(format_lazy(_("CR of expert {number}"), number=number), None, ratio, 2)
        for number, ratio in enumerate(ratios, start=1)
    ]
    rows += [
        Comparison(_("CR of the group"), None, float(ahp.consistency(group).cr), 2),
        Comparison(_("Agreement of the experts (S*)"), None, consensus(weights), 2),
        Comparison(_("Kendall's W"), None, kendall_w(weights), 2),
    ]
    limit = ahp.limit(len(group)) or math.nan
    return Table(
        title=_("Consistency and agreement of the five sets"),
        rows=tuple(rows),
        note=format_lazy(
            _(
                "The limit of CR is {limit}. A group can be consistent although single experts "
                "are not."
            ),
            limit=figure_lazy(limit, 2),
        ),
    )
