"""The entry page: every adopted KPI of a period with what is stored and what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from scorecards.models import KPI, Measurement, Period, Target
from scorecards.numbers import input_text, read_back
from scorecards.selectors.report import KPIRow, PeriodReport, build_report
from scorecards.selectors.report.levels import target_in_force


@dataclass(frozen=True)
class Theirs:
    """What somebody else saved while this was being typed."""

    who: str
    when: datetime | None
    value: Decimal | None
    not_applicable: bool
    note: str


@dataclass(frozen=True)
class Boxes:
    """What stands in a KPI's boxes when it isn't what is stored, and why."""

    value: str
    note: str
    not_applicable: bool
    version: int
    errors: Mapping[str, str] = field(default_factory=dict)
    theirs: Theirs | None = None


@dataclass(frozen=True)
class EntryRow:
    kpi: KPIRow
    boxes: Boxes
    saved: bool

    @property
    def prefix(self) -> str:
        return f"kpi-{self.kpi.kpi_id}"

    @property
    def read_back(self) -> str:
        """What the site understood of what was typed."""
        if self.kpi.measured is None or self.boxes.errors or self.boxes.theirs:
            return ""
        return read_back(self.kpi.measured, self.kpi.unit)

    @property
    def asks_note(self) -> bool:
        """A red value needs a note before the period can be closed."""
        return self.kpi.light == "red" and not self.kpi.note

    @property
    def shows_note(self) -> bool:
        """Whether the note's box stands open: there is something in it, or to be said in it."""
        boxes = self.boxes
        return bool(boxes.note or boxes.not_applicable or "note" in boxes.errors) or self.asks_note

    @property
    def shows_light(self) -> bool:
        """The light is that of the stored value: not beside a text that isn't stored."""
        return self.kpi.level is not None and not self.boxes.errors and not self.boxes.theirs


@dataclass(frozen=True)
class EntryGroup:
    code: str
    name: str
    rows: tuple[EntryRow, ...]


@dataclass(frozen=True)
class EntrySheet:
    report: PeriodReport
    groups: tuple[EntryGroup, ...]

    @property
    def filled(self) -> int:
        return self.report.filled

    @property
    def total(self) -> int:
        return self.report.total

    @property
    def rows(self) -> dict[int, EntryRow]:
        return {row.kpi.kpi_id: row for group in self.groups for row in group.rows}

    @property
    def wrong(self) -> list[EntryRow]:
        return [row for row in self.rows.values() if row.boxes.errors]

    @property
    def conflicts(self) -> list[EntryRow]:
        return [row for row in self.rows.values() if row.boxes.theirs]


def entry_kpis(period: Period) -> list[tuple[KPI, Target | None]]:
    """The KPIs that can be entered, each with the target in force."""
    adopted = period.scorecard.kpis.filter(status=KPI.Status.ADOPTED).prefetch_related("targets")
    return [
        (kpi, target_in_force(list(kpi.targets.all()), period.start, period.scorecard))
        for kpi in adopted
    ]


def entry_sheet(period: Period, boxes: Mapping[int, Boxes] | None = None) -> EntrySheet:
    """The page as it is stored, with the boxes of ``boxes`` instead where given."""
    report = build_report(period)
    versions = dict(period.measurements.values_list("kpi_id", "version"))
    typed = boxes or {}
    groups = tuple(
        EntryGroup(
            code=part.code,
            name=part.name,
            rows=tuple(_row(kpi, versions.get(kpi.kpi_id, 0), typed) for kpi in part.kpis),
        )
        for part in report.perspectives
    )
    return EntrySheet(report, groups)


def _row(kpi: KPIRow, version: int, typed: Mapping[int, Boxes]) -> EntryRow:
    stored = Boxes(
        value=input_text(kpi.measured),
        note=kpi.reason if kpi.not_applicable else kpi.note,
        not_applicable=kpi.not_applicable,
        version=version,
    )
    return EntryRow(kpi, typed.get(kpi.kpi_id, stored), saved=version > 0)


@dataclass(frozen=True)
class Lost:
    """What was typed for a KPI that was dropped or deleted meanwhile. No code: deleted."""

    code: str
    value: str
    note: str
    not_applicable: bool


def lost_entries(period: Period, typed: Mapping[int, Boxes]) -> tuple[Lost, ...]:
    """Those of ``typed``, all of KPIs that can't be entered, that say other than what is stored."""
    if not typed:
        return ()
    codes = dict(period.scorecard.kpis.filter(pk__in=list(typed)).values_list("pk", "code"))
    stored = {each.kpi_id: each for each in period.measurements.filter(kpi__in=list(codes))}
    return tuple(
        Lost(codes.get(pk, ""), boxes.value, boxes.note, boxes.not_applicable)
        for pk, boxes in typed.items()
        if not _is_stored(boxes, stored.get(pk))
    )


def _is_stored(boxes: Boxes, measurement: Measurement | None) -> bool:
    if measurement is None:
        return False
    note = measurement.reason if measurement.not_applicable else measurement.note
    stored = (input_text(measurement.value), note, measurement.not_applicable)
    return stored == (boxes.value, boxes.note, boxes.not_applicable)


def theirs_of(measurement: Measurement | None) -> Theirs:
    """The stored row of a conflict, to be shown beside what was typed."""
    if measurement is None:
        return Theirs("", None, None, False, "")
    return Theirs(
        who=str(measurement.saved_by) if measurement.saved_by else "",
        when=measurement.saved_at,
        value=measurement.value,
        not_applicable=measurement.not_applicable,
        note=measurement.reason if measurement.not_applicable else measurement.note,
    )
