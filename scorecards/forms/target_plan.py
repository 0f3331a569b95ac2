"""What people type into a column of the plan of targets. The page draws its boxes by its own
template: two hundred rows of form widgets would be slow."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations import figures
from scorecards.errors import explain
from scorecards.fields import DayField
from scorecards.forms.target_help import legend
from scorecards.forms.targets import name_of, number_field
from scorecards.methods.errors import MethodError
from scorecards.models import KPI, Perspective, Scorecard, Target
from scorecards.numbers import input_text, read_back, says_more
from scorecards.selectors.target_plan import ColumnRow, PlanColumn, Seen
from scorecards.selectors.target_view import short_points
from scorecards.services.targets import PlannedTarget
from scorecards.target_scale import POINTS, Kind, make_scale, points_at_fault, points_of

SEEN = re.compile(r"([1-9]\d{0,17}):([1-9]\d{0,17}):([1-9]\d{0,8})", re.ASCII)


def read_seen(data: Mapping[str, Any]) -> Seen:
    """What the boxes were filled from, as `PlanForm.seen` writes it."""
    matches = map(SEEN.fullmatch, str(data.get("seen", "")).split())
    found = [[int(number) for number in match.groups()] for match in matches if match]
    return {kpi: (target, version) for kpi, target, version in found}


@dataclass
class Box:
    """One number of one KPI."""

    name: str
    point: str
    label: str
    text: str
    error: str = ""
    read: str = ""


@dataclass
class PlanFormRow:
    """A KPI's boxes, what was read from them, and what somebody else made of its target."""

    row: ColumnRow
    kind: str
    boxes: list[Box]
    points: tuple[Decimal, ...] = ()
    theirs: str = ""

    @property
    def kpi(self) -> KPI:
        return self.row.kpi

    @property
    def is_typed(self) -> bool:
        """Ladders and means have no boxes here: they are taken along as they are."""
        return bool(POINTS[self.kind])

    @property
    def errors(self) -> list[Box]:
        return [box for box in self.boxes if box.error]

    @property
    def text(self) -> str:
        return short_points(self.row.base) if self.row.base else ""

    @property
    def was_own(self) -> bool:
        """Whether the boxes were filled from a target of this very day."""
        base, own = self.row.base, self.row.own
        return base is not None and own is not None and base.valid_from == own.valid_from

    @property
    def is_filled(self) -> bool:
        return bool(self.points) or not (self.is_typed or self.row.base is None)

    @property
    def is_touched(self) -> bool:
        """Whether the boxes hold anything else than what they were filled with."""
        base = self.row.base
        if base is None or base.kind != self.kind:
            return bool(self.points)
        return self.points != points_of(base)


class DayForm(forms.Form):
    """From when on a new column counts."""

    valid_from = DayField(
        label=gettext_lazy("Valid from"),
        required=True,
        help_text=gettext_lazy("It counts for periods that begin on or after this day."),
    )


@dataclass
class PlanForm:
    """All boxes of a column. ``is_new``: every KPI gets a target of that day, touched or not."""

    column: PlanColumn
    is_new: bool
    data: Mapping[str, Any] | None = None
    groups: list[tuple[Perspective, list[PlanFormRow]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for perspective, rows in self.column.groups:
            self.groups.append((perspective, [self._row(row) for row in rows]))

    @property
    def rows(self) -> Iterator[PlanFormRow]:
        return (row for _, rows in self.groups for row in rows)

    @property
    def legend(self) -> tuple[tuple[str, str], ...]:
        return legend(self.column.scorecard)

    @property
    def has_earlier(self) -> bool:
        return any(row.row.base for row in self.rows)

    @property
    def wrong(self) -> list[PlanFormRow]:
        return [row for row in self.rows if row.errors]

    @property
    def conflicts(self) -> list[PlanFormRow]:
        return [row for row in self.rows if row.theirs]

    @property
    def seen(self) -> str:
        """Which target in which version each KPI's boxes are compared with, in one box: a box
        for each KPI would be more than a browser may send."""
        bases = [row.row.base for row in self.rows]
        return " ".join(f"{base.kpi_id}:{base.pk}:{base.version}" for base in bases if base)

    def planned(self) -> list[PlannedTarget]:
        """What is to be stored."""
        return [
            PlannedTarget(row.kpi, row.kind, row.points, self._seen_version(row.row.base))
            for row in self.rows
            if row.is_filled and (row.is_touched or self.is_new)
        ]

    def mark_conflicts(self, current: Mapping[int, Target | None]) -> None:
        for row in self.rows:
            if row.kpi.pk not in current:
                continue
            target = current[row.kpi.pk]
            if target is None:
                row.theirs = _("In the meantime somebody deleted it. Save again to set it anew.")
                continue
            target.kpi = row.kpi
            row.theirs = _(
                "In the meantime %(who)s saved %(points)s. Save again to replace it by yours."
            ) % {"who": target.saved_by or _("somebody"), "points": short_points(target)}

    def _seen_version(self, base: Target | None) -> int | None:
        is_own = base is not None and base.valid_from == self.column.day
        return base.version if is_own and not self.is_new else None

    def _row(self, row: ColumnRow) -> PlanFormRow:
        is_likert = self.column.scorecard.scoring == Scorecard.Scoring.LIKERT
        kind = row.base.kind if row.base else Kind.CUT_POINTS if is_likert else Kind.ANCHORS
        stored = dict(zip(POINTS[kind], points_of(row.base), strict=False)) if row.base else {}
        boxes = [
            Box(
                name=(name := f"kpi-{row.kpi.pk}-{point}"),
                point=point,
                label=name_of(point, self.column.scorecard),
                text=input_text(stored.get(point), row.kpi.unit)
                if self.data is None
                else self._sent(name),
            )
            for point in POINTS[kind]
        ]
        made = PlanFormRow(row, kind, boxes)
        if self.data is not None:
            _read(made, self.data)
        return made

    def _sent(self, name: str) -> str:
        return str(self.data.get(name, "")).strip()


def _read(row: PlanFormRow, data: Mapping[str, Any]) -> None:
    """Read a row's boxes; what is wrong is noted at each of them."""
    if not row.is_typed:
        row.points = points_of(row.row.base)
        return
    if not any(box.name in data for box in row.boxes):
        return  # adopted while the page was open: nothing is known of it
    values = [_value(row.kpi, box) for box in row.boxes]
    if not any(box.text for box in row.boxes):
        if row.was_own:
            text = _("Fill in this value. A target is deleted on the KPI's own page.")
            _note(row, [box.point for box in row.boxes], text)
        return
    empty = [box.point for box in row.boxes if not box.text]
    _note(row, empty, _("Fill in this value too."))
    if None in values:
        return
    row.points = tuple(values)
    try:
        make_scale(row.kind, row.points)
    except MethodError as error:
        _note(row, points_at_fault(row.kind, row.points, error)[:1], explain(error))


def _value(kpi: KPI, box: Box) -> Decimal | None:
    try:
        value = number_field(kpi, box.point).clean(box.text)
    except ValidationError as error:
        box.error = " ".join(error.messages)
        return None
    if says_more(box.text):
        box.read = read_back(value, kpi.unit)
    return value


def _note(row: PlanFormRow, points: Any, text: str) -> None:
    for box in row.boxes:
        if box.point in points:
            box.error = text


def day_taken(day: date) -> ValidationError:
    return ValidationError(
        _("There are targets from %(day)s on already. Change those, or choose another day."),
        "taken",
        {"day": figures.day(day)},
    )
