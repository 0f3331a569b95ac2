"""Storing what was measured. Callers hold objects from access.py."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organizations import figures
from organizations.models import EditConflict, User
from scorecards.models import KPI, Measurement, Period
from scorecards.numbers import MOST_DECIMALS, MOST_WHOLE_DIGITS
from scorecards.services.periods import PeriodClosed, lock_period

CONTENT = ("value", "not_applicable", "reason", "note")


@dataclass(frozen=True)
class Entry:
    """What someone typed for one KPI. ``seen``: the version they saw, 0 for nothing entered,
    None for "whatever is there" (imports)."""

    kpi: KPI
    value: Decimal | None = None
    not_applicable: bool = False
    reason: str = ""
    note: str = ""
    seen: int | None = None


@dataclass
class Recorded:
    """What became of some entries, each by its KPI's id."""

    stored: dict[int, Measurement] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)
    conflicts: dict[int, EditConflict] = field(default_factory=dict)


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
) -> Measurement:
    """Store one KPI's value. Raises EditConflict when somebody saved it after ``seen``."""
    entry = Entry(kpi, value, not_applicable, reason, note, seen)
    recorded = record_measurements(period=period, entries=[entry], by=by, origin=origin)
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
    kpi_ids = [entry.kpi.pk for entry in entries]
    stored = {m.kpi_id: m for m in period.measurements.filter(kpi__in=kpi_ids)}
    seen_contents = _contents_as_seen(entries, stored)
    recorded = Recorded()
    for entry in entries:
        current = stored.get(entry.kpi.pk)
        content = _content(entry)
        if content == _content(current):
            _keep(recorded, entry, current, period)
        elif entry.seen is None or entry.seen == _version(current):
            recorded.stored[entry.kpi.pk] = _write(entry, current, period, by, origin)
            recorded.changed.add(entry.kpi.pk)
        elif content == seen_contents.get(entry.kpi.pk):
            _keep(recorded, entry, current, period)
        else:
            submitted = Measurement(
                kpi=entry.kpi, period=period, **dict(zip(CONTENT, content, strict=True))
            )
            recorded.conflicts[entry.kpi.pk] = EditConflict(current, submitted)
    return recorded


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
    if entry.value is not None and not _fits(entry.value):
        raise ValidationError(
            _("A value has at most %(whole)s digits before the comma and %(decimals)s after it."),
            code="value",
            params={"whole": MOST_WHOLE_DIGITS, "decimals": MOST_DECIMALS},
        )


def _fits(value: Decimal) -> bool:
    return (
        value.is_finite()
        and abs(value) < Decimal(10) ** MOST_WHOLE_DIGITS
        and figures.count_decimals(value) <= MOST_DECIMALS
    )


def _content(thing: Entry | Measurement | None) -> tuple[Decimal | None, bool, str, str]:
    if thing is None:
        return None, False, "", ""
    reason = thing.reason.strip() if thing.not_applicable else ""
    return thing.value, thing.not_applicable, reason, thing.note.strip()


def _version(measurement: Measurement | None) -> int:
    return 0 if measurement is None else measurement.version


def _contents_as_seen(
    entries: list[Entry], stored: dict[int, Measurement]
) -> dict[int, tuple[Decimal | None, bool, str, str]]:
    """What the writers of outdated entries had before them, from the history."""
    outdated = {
        entry.kpi.pk: entry.seen
        for entry in entries
        if entry.seen is not None and entry.seen != _version(stored.get(entry.kpi.pk))
    }
    if not outdated:
        return {}
    seen = {pk: _content(None) for pk, version in outdated.items() if version == 0}
    pks = [stored[pk].pk for pk in outdated if pk in stored]
    for row in Measurement.history.filter(id__in=pks, version__in=set(outdated.values())):
        if outdated.get(row.kpi_id) == row.version:
            seen[row.kpi_id] = _content(row)
    return seen


def _keep(recorded: Recorded, entry: Entry, current: Measurement | None, period: Period) -> None:
    recorded.stored[entry.kpi.pk] = current or Measurement(kpi=entry.kpi, period=period, version=0)


def _write(
    entry: Entry, current: Measurement | None, period: Period, by: User, origin: str
) -> Measurement:
    measurement = current or Measurement(kpi=entry.kpi, period=period, version=0)
    for name, part in zip(CONTENT, _content(entry), strict=True):
        setattr(measurement, name, part)
    measurement.origin = origin
    measurement.version += 1
    measurement.saved_by = by
    measurement._history_user = by
    measurement.save()
    return measurement
