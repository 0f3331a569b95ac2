"""Which weights count in a report, and what its reader must know about them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from scorecards.models import KPI, Perspective, Weight, WeightSet
from scorecards.selectors.report.model import Remark, RemarkKind
from scorecards.selectors.report.origin import ExpertRow, MatrixRow, WeightsOrigin

Weights = dict[int, float | None]
ROUNDING = 1e-9


def perspective_weights(
    perspectives: Sequence[Perspective], weights: Iterable[Weight]
) -> tuple[Weights, list[Remark]]:
    """Weights of the perspectives; None for each when they count equally."""
    if len(perspectives) == 1:
        return {perspectives[0].pk: 1.0}, []
    decided = {weight.perspective_id: weight.value for weight in weights if weight.perspective_id}
    fitted = _fit(perspectives, decided)
    remarks = []
    if fitted.is_equal:
        remarks.append(Remark(RemarkKind.PERSPECTIVES_EQUAL))
    if fitted.unweighted:
        remarks.append(Remark(RemarkKind.PERSPECTIVE_WEIGHT_MISSING, fitted.unweighted))
    if fitted.is_scaled:
        remarks.append(Remark(RemarkKind.PERSPECTIVES_SCALED))
    return fitted.weights, remarks


def kpi_weights(
    groups: Sequence[tuple[Perspective, list[KPI]]], weights: Iterable[Weight]
) -> tuple[Weights, list[Remark]]:
    """Weights of the KPIs within their perspectives; the only one of a perspective gets 1."""
    decided = {weight.kpi_id: weight.value for weight in weights if weight.kpi_id}
    all_found: Weights = {}
    equal: list[str] = []
    missing: list[str] = []
    scaled: list[str] = []
    for perspective, kpis in groups:
        if len(kpis) == 1:
            all_found[kpis[0].pk] = 1.0
            continue
        fitted = _fit(kpis, decided)
        all_found |= fitted.weights
        missing += fitted.unweighted
        if fitted.is_equal:
            equal.append(perspective.name)
        if fitted.is_scaled:
            scaled.append(perspective.name)
    found = (
        (RemarkKind.KPIS_EQUAL, equal),
        (RemarkKind.KPI_WEIGHT_MISSING, missing),
        (RemarkKind.KPIS_SCALED, scaled),
    )
    return all_found, [Remark(kind, tuple(names)) for kind, names in found if names]


@dataclass(frozen=True)
class _Fitted:
    """The weights of one group as they count now, and how they differ from what was decided."""

    weights: Weights
    is_equal: bool = False
    is_scaled: bool = False
    unweighted: tuple[str, ...] = ()


def _fit(things: Sequence[Perspective] | Sequence[KPI], decided: dict[int, float]) -> _Fitted:
    """Each thing's weight, 0 where none was decided; None for all when nothing, or only 0, was.

    What was decided together adds up to 1. Since then things may have been dropped, or moved
    here from another group: what is left is scaled to 1, and the reader is told.
    """
    total = math.fsum(decided.get(thing.pk, 0.0) for thing in things)
    if not total:
        return _Fitted(dict.fromkeys([thing.pk for thing in things]), is_equal=True)
    is_scaled = abs(total - 1) > ROUNDING
    divisor = total if is_scaled else 1.0
    return _Fitted(
        {thing.pk: decided.get(thing.pk, 0.0) / divisor for thing in things},
        is_scaled=is_scaled,
        unweighted=tuple(thing.code for thing in things if thing.pk not in decided),
    )


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
        consistency_at=particulars.get("consistency_at", ""),
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
