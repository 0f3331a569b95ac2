"""The entry page: every adopted KPI of a period with what is stored and what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from organizations.names import named
from scorecards import calendar
from scorecards.models import KPI, Measurement, Period, Target
from scorecards.numbers import input_text, meaning, read_back
from scorecards.selectors.due import Span, measured_span
from scorecards.selectors.raw_numbers import Number, raw_numbers
from scorecards.selectors.report import InputRow, KPIRow, PeriodReport, build_report
from scorecards.selectors.report.computation import input_rows, input_title
from scorecards.selectors.report.levels import target_in_force


@dataclass(frozen=True)
class Theirs:
    """What somebody else saved while this was being typed."""

    who: str
    when: datetime | None
    value: Decimal | None
    not_applicable: bool
    note: str
    inputs: tuple[InputRow, ...] = ()


@dataclass(frozen=True)
class Boxes:
    """What stands in a KPI's boxes when it isn't what is stored, and why."""

    value: str
    note: str
    not_applicable: bool
    version: int
    errors: Mapping[str, str] = field(default_factory=dict)
    theirs: Theirs | None = None
    inputs: Mapping[str, str] = field(default_factory=dict)
    is_stored: bool = True
    # The version that the text was written against; ``version`` is the one that is shown now.
    seen: int | None = None
    is_kept: bool = True  # for its writer, until it can be stored

    @property
    def in_conflict(self) -> bool:
        """Two people's values wait for a decision; what can't be read is asked back first."""
        return self.theirs is not None and not self.errors


@dataclass(frozen=True)
class EntryKPI:
    """A KPI that is asked for in a period. ``numbers``: what its formula is computed from."""

    kpi: KPI
    target: Target | None
    span: Span
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class NumberBox:
    """One box of a KPI with a formula; ``name`` is that of its field within the KPI's."""

    number: Number
    text: str
    error: str

    @property
    def name(self) -> str:
        return f"input-{self.number.one.key}"

    @property
    def others(self) -> str:
        """The codes of the KPIs that ask for this number too."""
        return named(self.number.others)

    @property
    def source(self) -> str:
        """Where the number in the box comes from if nobody has saved it here yet."""
        suggestion = self.number.suggestion
        if self.number.stored is not None or suggestion is None:
            return ""
        return suggestion.source if self.text == self.number.known_text else ""


@dataclass(frozen=True)
class EntryRow:
    kpi: KPIRow
    boxes: Boxes
    saved: bool
    numbers: tuple[NumberBox, ...] = ()
    about: str = ""  # the days that it is about, where they are not the period's

    @property
    def prefix(self) -> str:
        return f"kpi-{self.kpi.kpi_id}"

    @property
    def first_box(self) -> str:
        """The id of the box that somebody begins with."""
        return f"{self.prefix}-{self.numbers[0].name if self.numbers else 'value'}"

    @property
    def is_old(self) -> bool:
        """Whether the stored value was entered under another formula than the present one."""
        is_value = bool(self.numbers) and self.kpi.measured is not None
        return is_value and all(each.number.stored is None for each in self.numbers)

    @property
    def is_stored(self) -> bool:
        """Whether the boxes hold what is stored."""
        return self.boxes.is_stored

    @property
    def waits(self) -> bool:
        """Whether nothing stands against saving what stands here, but pressing the button."""
        return not (self.is_stored or self.boxes.errors or self.boxes.theirs)

    @property
    def shows_formula(self) -> bool:
        return bool(self.kpi.inputs) and not self.kpi.lacking and self.is_stored

    @property
    def lacks(self) -> str:
        """The names of the numbers that are still missing beside those that are stored."""
        numbers = [each.number for each in self.numbers]
        if not self.is_stored or all(number.stored is None for number in numbers):
            return ""
        return ", ".join(input_title(each.one.title) for each in numbers if each.stored is None)

    @property
    def read_back(self) -> str:
        """What the site understood of what was typed; a formula says it with its numbers."""
        if self.lacks:
            return _("Read as: %(value)s") % {"value": self._stored_numbers}
        if self.kpi.measured is None or self.kpi.inputs or not self.is_stored:
            return ""
        return read_back(self.kpi.measured, self.kpi.unit)

    @property
    def _stored_numbers(self) -> str:
        """Those that are there while others are missing."""
        numbers = [each.number for each in self.numbers if each.number.stored is not None]
        named = (
            f"{input_title(each.one.title)} {meaning(each.stored, input_title(each.unit))}"
            for each in numbers
        )
        return " · ".join(named)

    @property
    def asks_note(self) -> bool:
        return self.kpi.asks_note

    @property
    def shows_note(self) -> bool:
        """Whether the note's box stands open: there is something in it, or to be said in it."""
        boxes = self.boxes
        return bool(boxes.note or boxes.not_applicable or "note" in boxes.errors) or self.asks_note

    @property
    def shows_light(self) -> bool:
        """The light is that of the stored value: not beside a text that isn't stored."""
        return self.kpi.level is not None and self.is_stored


@dataclass(frozen=True)
class EntryGroup:
    code: str
    name: str
    rows: tuple[EntryRow, ...]


@dataclass(frozen=True)
class EntrySheet:
    report: PeriodReport
    groups: tuple[EntryGroup, ...]
    not_due: tuple[KPIRow, ...] = ()

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
        return [row for row in self.rows.values() if row.boxes.in_conflict]

    @property
    def waiting(self) -> list[EntryRow]:
        return [row for row in self.rows.values() if row.waits]

    @property
    def unsaved(self) -> list[EntryRow]:
        return [row for row in self.rows.values() if not row.is_stored]


def entry_kpis(period: Period) -> list[EntryKPI]:
    """The KPIs that are asked for, each with the target in force and the numbers it needs."""
    scorecard = period.scorecard
    stored = {each.kpi_id: each for each in period.measurements.all()}
    adopted = scorecard.kpis.filter(status=KPI.Status.ADOPTED).prefetch_related("targets")
    spans = {kpi: _asked_span(kpi, period, stored.get(kpi.pk)) for kpi in adopted}
    asked = [kpi for kpi, span in spans.items() if span is not None]
    numbers = raw_numbers(period, asked, stored)
    return [
        EntryKPI(
            kpi=kpi,
            target=target_in_force(list(kpi.targets.all()), period.start, scorecard),
            span=spans[kpi],
            numbers=numbers.get(kpi.pk, ()),
        )
        for kpi in asked
    ]


def _asked_span(kpi: KPI, period: Period, measurement: Measurement | None) -> Span | None:
    """The days that are asked about. What was entered although it isn't due can be corrected."""
    span = measured_span(kpi, period, period.scorecard.frequency)
    entered = measurement is not None and (
        measurement.value is not None or measurement.not_applicable
    )
    return (period.start, period.end) if span is None and entered else span


def entry_sheet(period: Period, boxes: Mapping[int, Boxes] | None = None) -> EntrySheet:
    """The page as it is stored, with the boxes of ``boxes`` instead where given."""
    report = build_report(period)
    versions = dict(period.measurements.values_list("kpi_id", "version"))
    asked = {each.kpi.pk: each for each in entry_kpis(period)}
    typed = boxes or {}
    groups = tuple(
        EntryGroup(
            code=part.code,
            name=part.name,
            rows=tuple(
                _row(row, asked[row.kpi_id], versions.get(row.kpi_id, 0), typed, period)
                for row in part.due
                if row.kpi_id in asked
            ),
        )
        for part in report.perspectives
    )
    return EntrySheet(report, tuple(group for group in groups if group.rows), report.not_due)


def _row(
    row: KPIRow, asked: EntryKPI, version: int, typed: Mapping[int, Boxes], period: Period
) -> EntryRow:
    stored = Boxes(
        value=input_text(row.measured, row.unit),
        note=row.reason if row.not_applicable else row.note,
        not_applicable=row.not_applicable,
        version=version,
        inputs={each.one.key: each.known_text for each in asked.numbers},
    )
    boxes = typed.get(row.kpi_id, stored)
    is_longer = asked.span != (period.start, period.end)
    return EntryRow(
        row,
        boxes,
        saved=version > 0,
        numbers=tuple(_number_box(number, boxes) for number in asked.numbers),
        about=calendar.span_name(*asked.span) if is_longer else "",
    )


def _number_box(number: Number, boxes: Boxes) -> NumberBox:
    key = number.one.key
    return NumberBox(number, boxes.inputs.get(key, ""), boxes.errors.get(f"input-{key}", ""))


def theirs_of(kpi: KPI, measurement: Measurement | None) -> Theirs:
    """The stored row of a conflict, to be shown beside what was typed."""
    if measurement is None:
        return Theirs("", None, None, False, "")
    return Theirs(
        who=str(measurement.saved_by) if measurement.saved_by else "",
        when=measurement.saved_at,
        value=measurement.value,
        not_applicable=measurement.not_applicable,
        note=measurement.reason if measurement.not_applicable else measurement.note,
        inputs=input_rows(kpi, measurement),
    )
