"""Deciding how much each perspective and each KPI counts."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organizations import figures
from organizations.models import User
from scorecards.models import KPI, Perspective, Scorecard, Weight, WeightSet
from scorecards.services.locks import locked

SUM_TOLERANCE = 1e-9


class WeightsSavedMeanwhile(Exception):
    """Somebody decided on other weights after the reader saw them. ``current`` are theirs."""

    def __init__(self, current: WeightSet | None) -> None:
        super().__init__(f"weights were set meanwhile: {current!r}")
        self.current = current


class _Unchecked:
    """The caller read no earlier weights that could have become outdated."""


def set_weights(
    *,
    scorecard: Scorecard,
    perspectives: Mapping[Perspective, float],
    kpis: Mapping[KPI, float],
    origin: str,
    by: User,
    particulars: dict[str, Any] | None = None,
    started_from: WeightSet | None | type[_Unchecked] = _Unchecked,
) -> WeightSet:
    """Decide on new weights; earlier sets stay as they are.

    Perspectives sum to 1, and so do the KPIs of each perspective; a group may be absent, then
    its members count equally. ``started_from`` is the set that the reader saw.

    Raises ValidationError for weights that don't add up or are not of this scorecard, and
    WeightsSavedMeanwhile.
    """
    _check(scorecard, perspectives, kpis)
    with locked(scorecard):
        current = scorecard.weight_sets.first()
        if started_from is not _Unchecked and current != started_from:
            raise WeightsSavedMeanwhile(current)
        weight_set = WeightSet.objects.create(
            scorecard=scorecard, origin=origin, particulars=particulars or {}, created_by=by
        )
        # A sum of 1 within rounding may hold a single 1.0000000001.
        Weight.objects.bulk_create(
            [
                Weight(weight_set=weight_set, perspective=perspective, value=min(float(value), 1.0))
                for perspective, value in perspectives.items()
            ]
            + [
                Weight(weight_set=weight_set, kpi=kpi, value=min(float(value), 1.0))
                for kpi, value in kpis.items()
            ]
        )
    return weight_set


def set_equal_weights(
    *,
    scorecard: Scorecard,
    by: User,
    started_from: WeightSet | None | type[_Unchecked] = _Unchecked,
) -> WeightSet:
    """Give every perspective that has adopted KPIs the same weight, and each of its KPIs."""
    groups = weighable(scorecard)
    return set_weights(
        scorecard=scorecard,
        perspectives={perspective: 1 / len(groups) for perspective in groups},
        kpis={kpi: 1 / len(kpis) for kpis in groups.values() for kpi in kpis},
        origin=WeightSet.Origin.EQUAL,
        by=by,
        started_from=started_from,
    )


def weighable(scorecard: Scorecard) -> dict[Perspective, list[KPI]]:
    """The adopted KPIs by perspective, in the design's order; perspectives without any left out."""
    kpis = (
        scorecard.kpis.filter(status=KPI.Status.ADOPTED)
        .select_related("objective__perspective")
        .order_by("objective__perspective__order", "objective__order", "order", "pk")
    )
    groups: dict[Perspective, list[KPI]] = {}
    for kpi in kpis:
        groups.setdefault(kpi.objective.perspective, []).append(kpi)
    return groups


def _check(
    scorecard: Scorecard, perspectives: Mapping[Perspective, float], kpis: Mapping[KPI, float]
) -> None:
    strangers = [part for part in (*perspectives, *kpis) if part.scorecard_id != scorecard.pk]
    if strangers:
        raise ValidationError(
            _("%(name)s is not a part of this scorecard."), "foreign", {"name": strangers[0]}
        )
    _check_group(_("The perspectives"), perspectives.values())
    objectives = scorecard.objectives.select_related("perspective").in_bulk()
    groups: dict[Perspective, list[float]] = {}
    for kpi, value in kpis.items():
        groups.setdefault(objectives[kpi.objective_id].perspective, []).append(value)
    for perspective, values in groups.items():
        _check_group(perspective.name, values)


def _check_group(name: str, values: Iterable[float]) -> None:
    numbers = [float(value) for value in values]
    if any(not math.isfinite(number) or number < 0 for number in numbers):
        raise ValidationError(
            _("%(name)s: a weight has to be 0 or more."), "not-a-weight", {"name": name}
        )
    total = math.fsum(numbers)
    if numbers and abs(total - 1) > SUM_TOLERANCE:
        raise ValidationError(
            _("%(name)s: the weights add up to %(total)s instead of 100%%."),
            "sum",
            {"name": name, "total": figures.percent(total, 3)},
        )
