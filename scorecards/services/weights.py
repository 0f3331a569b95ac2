"""Deciding how much each perspective and each KPI counts."""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations import figures
from organizations.models import User
from scorecards.models import KPI, Perspective, Scorecard, Weight, WeightSet
from scorecards.selectors.weights import Group, load_groups
from scorecards.services.locks import locked

SUM_TOLERANCE = 1e-9


class WeightsSavedMeanwhile(Exception):
    """Somebody decided on other weights after the reader saw them. ``current`` are theirs."""

    def __init__(self, current: WeightSet | None) -> None:
        super().__init__(f"weights were set meanwhile: {current!r}")
        self.current = current


def set_weights(
    *,
    scorecard: Scorecard,
    perspectives: Mapping[Perspective, float],
    kpis: Mapping[KPI, float],
    origin: str,
    by: User,
    particulars: dict[str, Any] | None = None,
    seen: int | None = None,
    now: datetime | None = None,
) -> WeightSet:
    """Decide on new weights; earlier sets stay as they are.

    Perspectives sum to 1, and so do the KPIs of each perspective; a group may be absent, then
    its members count equally. ``seen`` is the id of the set that its reader saw, 0 for none.

    Raises ValidationError for weights that don't add up or are not of this scorecard, and
    WeightsSavedMeanwhile.
    """
    _check(scorecard, perspectives, kpis)
    with locked(scorecard):
        current = scorecard.weight_sets.first()
        if seen is not None and seen != (current.pk if current else 0):
            raise WeightsSavedMeanwhile(current)
        weight_set = WeightSet.objects.create(
            scorecard=scorecard,
            origin=origin,
            particulars=particulars or {},
            created_by=by,
            created_at=now or timezone.now(),
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
    seen: int | None = None,
) -> WeightSet:
    """Give every perspective that has adopted KPIs the same weight, and each of its KPIs."""
    groups = load_groups(scorecard)
    if not groups:
        raise ValidationError(_("There is no adopted KPI yet whose weight could be set."), "empty")
    perspectives, kpis = equal_weights(groups)
    return set_weights(
        scorecard=scorecard,
        perspectives=perspectives,
        kpis=kpis,
        origin=WeightSet.Origin.EQUAL,
        by=by,
        seen=seen,
    )


def equal_weights(groups: Sequence[Group]) -> tuple[dict[Perspective, float], dict[KPI, float]]:
    """The same weight for every perspective, and for every KPI within one."""
    return (
        {perspective: 1 / len(groups) for perspective, _kpis in groups},
        {kpi: 1 / len(kpis) for _perspective, kpis in groups for kpi in kpis},
    )


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
