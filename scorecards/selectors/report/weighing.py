"""Which weights count in a report, and what its reader must know about them."""

from collections.abc import Iterable, Sequence
from typing import Any

from scorecards.models import KPI, Perspective, Weight, WeightSet
from scorecards.selectors.report.model import (
    ExpertRow,
    MatrixRow,
    Remark,
    RemarkKind,
    WeightsOrigin,
)

Weights = dict[int, float | None]


def perspective_weights(
    perspectives: Sequence[Perspective], weights: Iterable[Weight]
) -> tuple[Weights, list[Remark]]:
    """Weights of the perspectives; None for each when they count equally."""
    if len(perspectives) == 1:
        return {perspectives[0].pk: 1.0}, []
    decided = {weight.perspective_id: weight.value for weight in weights if weight.perspective_id}
    found, unweighted = _weights(perspectives, decided)
    if unweighted is None:
        return found, [Remark(RemarkKind.PERSPECTIVES_EQUAL)]
    if unweighted:
        return found, [Remark(RemarkKind.PERSPECTIVE_WEIGHT_MISSING, tuple(unweighted))]
    return found, []


def kpi_weights(
    groups: Sequence[tuple[Perspective, list[KPI]]], weights: Iterable[Weight]
) -> tuple[Weights, list[Remark]]:
    """Weights of the KPIs within their perspectives; the only one of a perspective gets 1."""
    decided = {weight.kpi_id: weight.value for weight in weights if weight.kpi_id}
    all_found: Weights = {}
    equal: list[str] = []
    missing: list[str] = []
    for perspective, kpis in groups:
        if len(kpis) == 1:
            all_found[kpis[0].pk] = 1.0
            continue
        found, unweighted = _weights(kpis, decided)
        all_found |= found
        if unweighted is None:
            equal.append(perspective.name)
        else:
            missing += unweighted
    remarks = []
    if equal:
        remarks.append(Remark(RemarkKind.KPIS_EQUAL, tuple(equal)))
    if missing:
        remarks.append(Remark(RemarkKind.KPI_WEIGHT_MISSING, tuple(missing)))
    return all_found, remarks


def _weights(
    things: Sequence[Perspective] | Sequence[KPI], decided: dict[int, float]
) -> tuple[Weights, list[str] | None]:
    """Each thing's weight, 0 where none was decided, with the codes of those.

    When nothing (or only 0) was decided for any of them, all are None and so are the codes.
    """
    if not any(decided.get(thing.pk) for thing in things):
        return dict.fromkeys([thing.pk for thing in things]), None
    unweighted = [thing.code for thing in things if thing.pk not in decided]
    return {thing.pk: decided.get(thing.pk, 0.0) for thing in things}, unweighted


def origin_of(weight_set: WeightSet | None) -> WeightsOrigin:
    """What is kept with the weights about where they came from."""
    if weight_set is None:
        return WeightsOrigin()
    particulars = weight_set.particulars
    decided_by = weight_set.created_by
    return WeightsOrigin(
        origin=weight_set.origin,
        decided_at=weight_set.created_at,
        decided_by=str(decided_by) if decided_by else "",
        survey=particulars.get("survey", ""),
        provenance=particulars.get("provenance", ""),
        method=particulars.get("method", ""),
        random_index=particulars.get("random_index", ""),
        experts_counted=particulars.get("experts_counted", ""),
        experts=particulars.get("experts"),
        matrices=tuple(_matrix(matrix) for matrix in particulars.get("matrices", [])),
    )


def _matrix(matrix: dict[str, Any]) -> MatrixRow:
    return MatrixRow(
        code=matrix["code"],
        title=matrix["title"],
        size=matrix["size"],
        cr=matrix["cr"],
        limit=matrix["limit"],
        within=matrix["within"],
        experts=tuple(
            ExpertRow(
                code=expert["code"],
                name=expert["name"],
                cr=expert["cr"],
                within=expert["within"],
                complete=expert["complete"],
            )
            for expert in matrix["experts"]
        ),
    )
