"""Figures 1 to 4 of the Lasem paper: the group's matrices, their columns, weights and CRs."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from scorecards.methods import ahp
from scorecards.methods.matrices import FloatArray
from surveys.studies.comparison import Comparison, Shown, explained, given
from surveys.studies.reasons import Reason
from surveys.studies.rounding import (
    MATRIX_DECIMALS,
    Bounds,
    ratio_bounds,
    reciprocal_bounds,
    share_bounds,
    sum_bounds,
    weight_bounds,
)
from surveys.studies.study import Grid, GridRow, Part, Table
from surveys.studies.words import figure_lazy, figure_number

WEIGHT_DECIMALS = 3
# How the paper weighs; lambda max and CR are taken at these weights.
LASEM_METHOD = "column_mean"
SUM = _("Sum")


def weight_parts(data: dict[str, Any]) -> tuple[Part, ...]:
    names = {row["code"]: row["name"] for row in data["perspectives"]}
    return tuple(
        _part(number, names[code], table)
        for number, (code, table) in enumerate(data["aggregated_matrices"].items(), start=1)
    )


def matrix_of(table: dict[str, Any]) -> FloatArray:
    return np.array(table["matrix"], dtype=np.float64)


def _part(number: int, name: str, table: dict[str, Any]) -> Part:
    codes = tuple(label.split(" ")[0] for label in table["labels"])
    return Part(
        key=f"figure-{number}",
        source=figure_number(number),
        title=format_lazy(_("{perspective}: weights"), perspective=name),
        blocks=(
            _matrix_grid(codes, table),
            _share_grid(codes, table),
            _weight_table(table),
            _consistency_table(name, table),
        ),
    )


def _matrix_grid(codes: tuple[str, ...], table: dict[str, Any]) -> Grid:
    matrix = matrix_of(table)
    rows = [
        GridRow(code, tuple(_judgement(matrix, codes, row, column) for column in range(len(codes))))
        for row, code in enumerate(codes)
    ]
    sums = [
        _from_matrix(f"Σ {code}", printed, computed, MATRIX_DECIMALS, bounds)
        for code, printed, computed, bounds in zip(
            codes,
            table["published_column_sums"],
            matrix.sum(axis=0).tolist(),
            sum_bounds(matrix),
            strict=True,
        )
    ]
    return Grid(
        title=_("Matrix of the group"),
        columns=codes,
        rows=(*rows, GridRow(SUM, tuple(sums))),
        note=_(
            "The upper triangle is where the computation starts. Below the diagonal stands the "
            "reciprocal of what is printed above it."
        ),
        adds_down="printed",
    )


def _judgement(matrix: FloatArray, codes: tuple[str, ...], row: int, column: int) -> Comparison:
    code = f"{codes[row]} : {codes[column]}"
    printed = float(matrix[row, column])
    if row <= column:
        return given(code, printed, MATRIX_DECIMALS)
    above = float(matrix[column, row])
    found = Comparison(code, printed, 1 / above, MATRIX_DECIMALS, bounds=reciprocal_bounds(above))
    return explained(found, within=Reason.ROUNDED_MATRIX, differs=Reason.NOT_RECIPROCAL)


def _from_matrix(
    code: str, printed: float | None, computed: float, decimals: int, bounds: Bounds | None
) -> Comparison:
    return Comparison(
        code, printed, computed, decimals, bounds=bounds, reason=Reason.ROUNDED_MATRIX
    )


def _share_grid(codes: tuple[str, ...], table: dict[str, Any]) -> Grid:
    matrix = matrix_of(table)
    shares = matrix / matrix.sum(axis=0)
    low, high = share_bounds(matrix)
    rows = [
        GridRow(
            code,
            tuple(
                _from_matrix(
                    f"{code} : {codes[column]}",
                    table["published_normalised"][row][column],
                    float(shares[row, column]),
                    MATRIX_DECIMALS,
                    (float(low[row, column]), float(high[row, column])),
                )
                for column in range(len(codes))
            ),
        )
        for row, code in enumerate(codes)
    ]
    sums = [
        replace(_from_matrix(f"Σ {code}", printed, computed, MATRIX_DECIMALS, None), is_total=True)
        for code, printed, computed in zip(
            codes, table["published_normalised_sums"], shares.sum(axis=0).tolist(), strict=True
        )
    ]
    return Grid(
        title=_("Normalised columns"),
        columns=codes,
        rows=(*rows, GridRow(SUM, tuple(sums))),
        adds_down="computed",
    )


def _weight_table(table: dict[str, Any]) -> Table:
    matrix = matrix_of(table)
    weights = {method: ahp.priorities(matrix, method).tolist() for method in ahp.METHODS}
    rows = []
    for place, (label, bounds) in enumerate(
        zip(table["labels"], weight_bounds(matrix), strict=True)
    ):
        code, _space, name = label.partition(" ")
        rows.append(
            Comparison(
                code,
                table["published_weights"][place],
                weights[LASEM_METHOD][place],
                WEIGHT_DECIMALS,
                name=name,
                bounds=bounds,
                reason=Reason.ROUNDED_MATRIX,
                others=(
                    Shown(weights["eigenvector"][place], WEIGHT_DECIMALS),
                    Shown(weights["row_geometric_mean"][place], WEIGHT_DECIMALS),
                ),
            )
        )
    computed = math.fsum(weights[LASEM_METHOD])
    total = _from_matrix("Σ", table["published_weight_sum"], computed, WEIGHT_DECIMALS, None)
    return Table(
        title=_("Weights"),
        rows=(*rows, replace(total, is_total=True)),
        computed_heading=_("Column means"),
        other_headings=(_("Eigenvector"), _("Geometric mean of rows")),
    )


def _consistency_table(name: str, table: dict[str, Any]) -> Table:
    """CR, or for two elements, where CR is undefined, the consistency index."""
    matrix = matrix_of(table)
    size = len(matrix)
    printed, decimals = table.get("published_cr"), table.get("published_cr_decimals", 3)
    found = ahp.consistency(matrix, method=LASEM_METHOD)
    limit = ahp.limit(size)
    if limit is None:
        row = Comparison("CI", printed, float(found.ci), decimals, name=name)
        note = _(
            "Two elements cannot contradict each other, so CR is undefined. Compared is its "
            "numerator CI, which is 0 but for the rounding of the matrix."
        )
    else:
        row = Comparison(
            "CR",
            printed,
            float(found.cr),
            decimals,
            name=name,
            bounds=None if printed is None else ratio_bounds(matrix),
            reason=Reason.ROUNDED_MATRIX,
        )
        note = format_lazy(
            _(
                "The limit for {size} elements is {limit}. CR is taken at the weights of the "
                "normalised columns. Random index: Saaty (1980)."
            ),
            size=size,
            limit=figure_lazy(limit, 2),
        )
    return Table(title=_("Consistency"), rows=(row,), note=note)
