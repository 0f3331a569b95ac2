"""How a KPI's value becomes a level, from a day on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from simple_history.utils import bulk_create_with_history

from organizations.models import User, save_if_unchanged
from scorecards.methods.errors import MethodError, gettext_noop
from scorecards.models import KPI, Scorecard, Target
from scorecards.services.locks import locked
from scorecards.target_scale import COLUMNS, POINTS, Kind, points_of, read_scale


def set_target(
    *,
    kpi: KPI,
    valid_from: date,
    by: User,
    kind: str = Target.Kind.ANCHORS,
    rungs: Sequence[Decimal] = (),
    **points: Decimal | None,
) -> Target:
    """Set what counts from a day on: a new target, or a new version of that day's.

    ``rungs`` are those of a ladder of one's own, from level 0 to level 10. Raises MethodError
    when points are missing or not in order. Reports of closed periods keep the target that they
    were computed with.
    """
    with locked(kpi.scorecard):
        target = kpi.targets.filter(valid_from=valid_from).first()
        target = target or Target(kpi=kpi, valid_from=valid_from)
        fill(target, kind=kind, points=points, rungs=rungs)
        if target.pk is None:
            target.saved_by = by
            target._history_user = by
            target.save()
        else:
            save_if_unchanged(target, seen=target.version, by=by)
    return target


def fill(
    target: Target,
    *,
    kind: str,
    points: Mapping[str, Decimal | None],
    rungs: Sequence[Decimal] = (),
) -> None:
    """Give a target its points and clear those that its kind doesn't use; check their order."""
    wanted = POINTS[Kind(kind)]
    missing = [name for name in wanted if points.get(name) is None]
    if missing:
        labels = [str(Target._meta.get_field(name).verbose_name) for name in missing]
        raise MethodError(
            "points-missing", gettext_noop("Fill in: %(names)s."), names=", ".join(labels)
        )
    target.kind = kind
    for name in COLUMNS:
        setattr(target, name, points.get(name) if name in wanted else None)
    target.rungs = [f"{rung:f}" for rung in rungs] if kind == Kind.LADDER else []
    read_scale(target)


@dataclass(frozen=True)
class PlannedTarget:
    """What a KPI is to get from a day on. ``seen`` is the version of its target of that day, as
    its writer saw it; None: there was none."""

    kpi: KPI
    kind: str
    points: tuple[Decimal, ...]
    seen: int | None


class PlanConflict(Exception):
    """Somebody set, changed or deleted targets of that day in the meantime.

    ``current`` holds those as they stand now, by KPI; None: it is gone.
    """

    def __init__(self, current: dict[int, Target | None]) -> None:
        super().__init__(f"changed in the meantime: KPIs {sorted(current)}")
        self.current = current


def plan_targets(
    *, scorecard: Scorecard, day: date, planned: Sequence[PlannedTarget], by: User
) -> list[Target]:
    """Set the targets of many KPIs for one day, all or none.

    Raises PlanConflict when one of them isn't any more what its writer saw, and MethodError when
    points are not in order. A target that somebody else gave the same points is no conflict.
    """
    with locked(scorecard):
        kpis = {each.kpi.pk for each in planned}
        in_use = Target.objects.select_for_update(of=("self",))
        current = {target.kpi_id: target for target in in_use.filter(kpi__in=kpis, valid_from=day)}
        pending = [each for each in planned if not _is_stored(each, current.get(each.kpi.pk))]
        conflicts = {
            each.kpi.pk: current.get(each.kpi.pk)
            for each in pending
            if each.seen != getattr(current.get(each.kpi.pk), "version", None)
        }
        if conflicts:
            raise PlanConflict(conflicts)
        filled = [_filled(each, current.get(each.kpi.pk), day, by) for each in pending]
        new = [target for target in filled if target.pk is None]
        if new:
            bulk_create_with_history(new, Target, default_user=by)
        for target in filled:
            if target.kpi_id in current:
                target.version += 1
                target.save()
    return filled


def _is_stored(planned: PlannedTarget, target: Target | None) -> bool:
    return (
        target is not None and target.kind == planned.kind and points_of(target) == planned.points
    )


def _filled(planned: PlannedTarget, target: Target | None, day: date, by: User) -> Target:
    target = target or Target(kpi=planned.kpi, valid_from=day)
    if planned.kind == Kind.LADDER:
        fill(target, kind=planned.kind, points={}, rungs=planned.points)
    else:
        points = dict(zip(POINTS[planned.kind], planned.points, strict=True))
        fill(target, kind=planned.kind, points=points)
    target.saved_by = by
    target._history_user = by
    return target
