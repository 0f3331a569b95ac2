"""Whether a target's points fit its kind, and make a scale."""

from decimal import Decimal

from django.utils.translation import gettext as _

from scorecards.errors import explain
from scorecards.interchange.document import Faults, Row, SourceRow
from scorecards.interchange.schema import TARGETS
from scorecards.methods.errors import MethodError
from scorecards.models import Target
from scorecards.target_scale import COLUMNS, POINTS, make_scale, points_at_fault

ALL_POINTS = (*COLUMNS, "rungs")


def check_target(row: SourceRow, faults: Faults) -> None:
    kind = row.values.get("kind")
    if kind is None or not row.values.keys() >= set(ALL_POINTS):
        return
    wanted = _columns_of(kind)
    complete = True
    for name in ALL_POINTS:
        is_empty = row.values[name] in (None, ())
        if name in wanted and is_empty:
            faults.add(row.where(name), _("Fill this in."))
            complete = False
        elif name not in wanted and not is_empty:
            faults.add(
                row.where(name),
                _("A target of the kind “%(kind)s” has no such value. Leave it empty.")
                % {"kind": TARGETS.column("kind").choices[kind]},
            )
    if complete:
        _check_order(kind, row, faults)


def _columns_of(kind: str) -> tuple[str, ...]:
    return ("rungs",) if kind == Target.Kind.LADDER else POINTS[kind]


def _check_order(kind: str, row: SourceRow, faults: Faults) -> None:
    points = _points(row.values, kind)
    try:
        make_scale(kind, points)
    except MethodError as error:
        name = points_at_fault(kind, points, error)[0]
        faults.add(row.where(name if name in row.values else "rungs"), explain(error))


def _points(values: Row, kind: str) -> tuple[Decimal, ...]:
    if kind == Target.Kind.LADDER:
        return tuple(values["rungs"])
    return tuple(values[name] for name in POINTS[kind])
