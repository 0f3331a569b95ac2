"""Storing what was measured. Callers hold objects from access.py."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organizations import figures
from organizations.models import EditConflict, User
from scorecards.errors import explain
from scorecards.methods.errors import MethodError
from scorecards.models import KPI, Measurement, Period
from scorecards.numbers import LARGEST, MOST_DECIMALS, MOST_WHOLE_DIGITS
from scorecards.selectors.kpi_formula import asks_inputs, compute_value, formula_of
from scorecards.services.periods import PeriodClosed, lock_period


class Content(NamedTuple):
    """What a measurement says, by the names of its columns; not who said it, and when."""

    value: Decimal | None
    formula: str
    inputs: dict[str, str]
    not_applicable: bool
    reason: str
    note: str


@dataclass(frozen=True)
class Entry:
    """What someone typed for one KPI: its value, or the numbers that its formula asks for.

    ``seen``: the version they saw, 0 for nothing entered, None for "whatever is there"
    (imports). A missing input leaves the KPI without a value; it isn't 0.
    """

    kpi: KPI
    value: Decimal | None = None
    not_applicable: bool = False
    reason: str = ""
    note: str = ""
    seen: int | None = None
    inputs: Mapping[str, Decimal] | None = None


@dataclass
class Recorded:
    """What became of some entries, each by its KPI's id."""

    stored: dict[int, Measurement] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)
    conflicts: dict[int, EditConflict] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)  # deleted after these entries were typed
    late: set[int] = field(default_factory=set)  # say something new, but the period is closed
    kept: set[int] = field(default_factory=set)  # not stored: kept as they were typed
    discarded: set[int] = field(default_factory=set)  # what was kept for them is forgotten
    is_closed: bool = False


@transaction.atomic
def record_measurement(
    *,
    kpi: KPI,
    period: Period,
    by: User,
    value: Decimal | None = None,
    not_applicable: bool = False,
    reason: str = "",
    note: str = "",
    seen: int | None = None,
    origin: str = Measurement.Origin.TYPED,
    inputs: Mapping[str, Decimal] | None = None,
) -> Measurement:
    """Store one KPI's value, or compute it from its formula's inputs.

    Raises EditConflict when somebody saved it after ``seen``, or deleted the KPI.
    """
    entry = Entry(kpi, value, not_applicable, reason, note, seen, inputs)
    recorded = record_measurements(period=period, entries=[entry], by=by, origin=origin)
    if recorded.gone:
        raise EditConflict(None)
    if recorded.conflicts:
        raise recorded.conflicts[kpi.pk]
    return recorded.stored[kpi.pk]


@transaction.atomic
def record_measurements(
    *,
    period: Period,
    entries: Iterable[Entry],
    by: User,
    origin: str = Measurement.Origin.TYPED,
) -> Recorded:
    """Store the entries that say something new, and report those that came too late.

    An entry that says what is stored, or what its writer saw, is no edit and never a
    conflict: whoever sends a whole page means only what they changed on it.
    """
    entries = list(entries)
    for entry in entries:
        check_entry(entry, period)
    if not lock_period(period).is_open:
        raise PeriodClosed
    recorded = Recorded(gone=_gone(entries))
    for entry, current, content, is_late in _compared(period, entries, recorded.gone):
        pk = entry.kpi.pk
        if content is None:
            _keep(recorded, entry, current, period)
        elif is_late:
            submitted = Measurement(kpi=entry.kpi, period=period, **content._asdict())
            recorded.conflicts[pk] = EditConflict(current, submitted)
        else:
            recorded.stored[pk] = _write(entry, content, current, period, by, origin)
            recorded.changed.add(pk)
    return recorded


def compare_with_closed(period: Period, entries: Iterable[Entry]) -> Recorded:
    """Which of these entries say something new, where none can be stored any more."""
    entries = list(entries)
    gone = _gone(entries)
    compared = _compared(period, entries, gone)
    late = {entry.kpi.pk for entry, _current, content, _is_late in compared if content is not None}
    return Recorded(gone=gone, late=late, is_closed=True)


class Compared(NamedTuple):
    """An entry beside what is stored. ``content``: what would be stored, None if nothing new."""

    entry: Entry
    current: Measurement | None
    content: Content | None
    is_late: bool


def _compared(period: Period, entries: Iterable[Entry], gone: set[int]) -> list[Compared]:
    entries = [entry for entry in entries if entry.kpi.pk not in gone]
    kpi_ids = [entry.kpi.pk for entry in entries]
    found = period.measurements.filter(kpi__in=kpi_ids).select_related("saved_by")
    stored = {m.kpi_id: m for m in found}
    seen_contents = _contents_as_seen(entries, stored)
    return [
        _compare(entry, stored.get(entry.kpi.pk), seen_contents.get(entry.kpi.pk))
        for entry in entries
    ]


def _compare(entry: Entry, current: Measurement | None, seen: Content | None) -> Compared:
    known = _content_of(current)
    content = _content(entry, known)
    if content == known:
        return Compared(entry, current, None, is_late=False)
    if entry.seen is None or entry.seen == _version(current):
        return Compared(entry, current, content, is_late=False)
    if seen is not None and _content(entry, seen) == seen:
        return Compared(entry, current, None, is_late=False)
    return Compared(entry, current, content, is_late=True)


def _gone(entries: list[Entry]) -> set[int]:
    """KPIs that no longer exist. Who deletes one locks its periods first: the others stay."""
    ids = {entry.kpi.pk for entry in entries}
    return ids.difference(KPI.objects.filter(pk__in=ids).values_list("pk", flat=True))


def check_entry(entry: Entry, period: Period) -> None:
    """Refuse what no page offers; pages check what people type by their own fields."""
    if entry.kpi.scorecard_id != period.scorecard_id:
        raise ValidationError(_("This KPI belongs to another scorecard."), code="other-scorecard")
    if entry.not_applicable and entry.value is not None:
        raise ValidationError(
            _("Either a value or “not applicable”, not both."), code="value-and-not-applicable"
        )
    if entry.not_applicable and not entry.reason.strip():
        raise ValidationError(_("Say why this KPI is not applicable."), code="reason")
    if entry.inputs is not None:
        _check_inputs(entry)
    numbers = [entry.value, *(entry.inputs or {}).values()]
    if not all(_fits(number) for number in numbers if number is not None):
        raise ValidationError(
            _("A value has at most %(whole)s digits before the comma and %(decimals)s after it."),
            code="value",
            params={"whole": MOST_WHOLE_DIGITS, "decimals": MOST_DECIMALS},
        )


def _check_inputs(entry: Entry) -> None:
    if not asks_inputs(entry.kpi):
        raise ValidationError(_("This KPI has no formula. Enter its value."), code="no-formula")
    if entry.value is not None or (entry.not_applicable and entry.inputs):
        raise ValidationError(
            _("The value of this KPI is computed. Enter its numbers alone."), code="computed"
        )
    try:
        compute_value(entry.kpi, entry.inputs or {})
    except MethodError as error:
        raise ValidationError(explain(error), code=error.code) from error


def _fits(value: Decimal) -> bool:
    return (
        value.is_finite()
        and abs(value) <= LARGEST
        and figures.count_decimals(value) <= MOST_DECIMALS
    )


def _content(entry: Entry, stored: Content) -> Content:
    """What the measurement says after this entry, where ``stored`` is what it said before."""
    reason = entry.reason.strip() if entry.not_applicable else ""
    note = entry.note.strip()
    if entry.not_applicable:
        return Content(None, "", {}, True, reason, note)
    if _leaves_numbers(entry, stored):
        return Content(stored.value, stored.formula, stored.inputs, False, reason, note)
    inputs = entry.inputs or {}
    keys = [one.key for one in formula_of(entry.kpi).inputs]
    texts = {key: _plain(inputs[key]) for key in keys if inputs.get(key) is not None}
    value = entry.value if entry.inputs is None else compute_value(entry.kpi, inputs)
    return Content(value, entry.kpi.formula if texts else "", texts, False, reason, note)


def _leaves_numbers(entry: Entry, stored: Content) -> bool:
    """Whether what was entered under another formula stays: nothing was put in its place."""
    if entry.inputs is None:
        return entry.value == stored.value
    return not entry.inputs and stored.formula != entry.kpi.formula


def _plain(number: Decimal) -> str:
    """One text for one number: neither exponent nor trailing zeros."""
    return f"{figures.rounded(number, figures.count_decimals(number)):f}"


def _content_of(measurement: Measurement | None) -> Content:
    """Of a stored measurement, or of a row of its history."""
    if measurement is None:
        return Content(None, "", {}, False, "", "")
    return Content(*(getattr(measurement, name) for name in Content._fields))


def _version(measurement: Measurement | None) -> int:
    return 0 if measurement is None else measurement.version


def _contents_as_seen(entries: list[Entry], stored: dict[int, Measurement]) -> dict[int, Content]:
    """What the writers of outdated entries had before them, from the history."""
    outdated = {
        entry.kpi.pk: entry.seen
        for entry in entries
        if entry.seen is not None and entry.seen != _version(stored.get(entry.kpi.pk))
    }
    if not outdated:
        return {}
    seen = {pk: _content_of(None) for pk, version in outdated.items() if version == 0}
    pks = [stored[pk].pk for pk in outdated if pk in stored]
    for row in Measurement.history.filter(id__in=pks, version__in=set(outdated.values())):
        if outdated.get(row.kpi_id) == row.version:
            seen[row.kpi_id] = _content_of(row)
    return seen


def _keep(recorded: Recorded, entry: Entry, current: Measurement | None, period: Period) -> None:
    recorded.stored[entry.kpi.pk] = current or Measurement(kpi=entry.kpi, period=period, version=0)


def _write(
    entry: Entry,
    content: Content,
    current: Measurement | None,
    period: Period,
    by: User,
    origin: str,
) -> Measurement:
    measurement = current or Measurement(kpi=entry.kpi, period=period, version=0)
    for name, part in content._asdict().items():
        setattr(measurement, name, part)
    measurement.origin = origin
    measurement.version += 1
    measurement.saved_by = by
    measurement._history_user = by
    measurement.save()
    return measurement
