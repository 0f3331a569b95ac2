"""How a KPI's value becomes a level, from a day on."""

from datetime import date
from decimal import Decimal

from organizations.models import User, save_if_unchanged
from scorecards.methods.errors import MethodError, gettext_noop
from scorecards.methods.likert import CutPoints
from scorecards.methods.omax import Ladder
from scorecards.models import KPI, Target
from scorecards.services.locks import locked

ANCHORS = ("worst", "target", "best")
CUTS = ("cut_1", "cut_2", "cut_3", "cut_4")
POINTS = {Target.Kind.ANCHORS: ANCHORS, Target.Kind.CUT_POINTS: CUTS, Target.Kind.MEAN: ()}


def read_scale(target: Target) -> Ladder | CutPoints | None:
    """The ladder or cut points that a target stands for; None for a mean, which needs none.

    Raises MethodError when the points are not in order.
    """
    points = tuple(float(getattr(target, name)) for name in POINTS[Target.Kind(target.kind)])
    if target.kind == Target.Kind.ANCHORS:
        return Ladder(*points)
    return CutPoints(points) if target.kind == Target.Kind.CUT_POINTS else None


def set_target(
    *,
    kpi: KPI,
    valid_from: date,
    by: User,
    kind: str = Target.Kind.ANCHORS,
    **points: Decimal | None,
) -> Target:
    """Set what counts from a day on: a new target, or a new version of that day's.

    Raises MethodError when points are missing or not in order. Reports of closed periods keep
    the target that they were computed with.
    """
    with locked(kpi.scorecard):
        target = kpi.targets.filter(valid_from=valid_from).first()
        target = target or Target(kpi=kpi, valid_from=valid_from)
        fill(target, kind=kind, points=points)
        if target.pk is None:
            target.saved_by = by
            target._history_user = by
            target.save()
        else:
            save_if_unchanged(target, seen=target.version, by=by)
    return target


def fill(target: Target, *, kind: str, points: dict[str, Decimal | None]) -> None:
    """Give a target its points and clear those that its kind doesn't use; check their order."""
    wanted = POINTS[Target.Kind(kind)]
    missing = [name for name in wanted if points.get(name) is None]
    if missing:
        labels = [str(Target._meta.get_field(name).verbose_name) for name in missing]
        raise MethodError(
            "points-missing", gettext_noop("Fill in: %(names)s."), names=", ".join(labels)
        )
    target.kind = kind
    for name in (*ANCHORS, *CUTS):
        setattr(target, name, points.get(name) if name in wanted else None)
    read_scale(target)
