"""Opening, closing, reopening and deleting periods. Callers hold objects from access.py."""

from dataclasses import replace
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organizations.models import EditConflict, User, delete_if_unchanged
from scorecards import calendar
from scorecards.models import Closing, Measurement, Period, Scorecard
from scorecards.selectors.period_choice import year_begins
from scorecards.selectors.report import PeriodReport, build_report, to_json


class PeriodClosed(ValidationError):
    """The period is closed: its values can't change until an admin reopens it."""

    def __init__(self) -> None:
        super().__init__(
            _("This period is closed. An admin can reopen it if a value must be corrected."),
            code="closed",
        )


def lock_period(period: Period) -> Period:
    """The period as it stands now, held until the transaction ends.

    Everything that writes into a period goes through here, so that a value can't slip in
    between the freezing of the report and the closing. Raises EditConflict where somebody
    deleted it since.
    """
    held = Period.objects.select_for_update().filter(pk=period.pk).first()
    if held is None:
        raise EditConflict(None)
    return held


@transaction.atomic
def open_period(*, scorecard: Scorecard, start: date, by: User) -> Period:
    """Open the period that starts on ``start``: a whole one of the scorecard's frequency.

    Quarters, half years and years keep step with the scorecard's own: they begin where its
    year does.
    """
    if not calendar.FIRST_YEAR <= start.year <= calendar.LAST_YEAR:
        raise ValidationError(
            _("Choose a year from %(first)s to %(last)s."),
            code="year",
            params={"first": calendar.FIRST_YEAR, "last": calendar.LAST_YEAR},
        )
    # Two people who open overlapping periods at once wait for each other here.
    current = Scorecard.objects.select_for_update().filter(pk=scorecard.pk).first()
    if current is None:
        raise EditConflict(None)
    _check_whole(current, start)
    end = calendar.last_day(start, current.frequency)
    _check_free(current, start, end)
    period = Period(scorecard=scorecard, start=start, end=end, saved_by=by)
    period._history_user = by
    period.save()
    return period


def _check_whole(scorecard: Scorecard, start: date) -> None:
    """Where no period shows yet when the year begins, it may begin in any month."""
    begins = year_begins(scorecard.periods.all(), scorecard.frequency)
    whole = calendar.current_start(start, scorecard.frequency, begins or calendar.JANUARY)
    if start != whole and not (begins is None and start.day == 1):
        end = calendar.last_day(whole, scorecard.frequency)
        raise ValidationError(
            _("This scorecard has whole periods only. Choose %(period)s, or another of the list."),
            code="whole",
            params={"period": calendar.span_name(whole, end)},
        )


def _check_free(scorecard: Scorecard, start: date, end: date) -> None:
    overlapping = (
        scorecard.periods.filter(start__lte=end, end__gte=start).order_by("start", "pk").first()
    )
    if overlapping is None:
        return
    if overlapping.start == start:
        text = _("%(period)s is there already. You find it in the list of periods.")
    else:
        text = _("Some of these days belong to %(period)s already. Choose another period.")
    name = calendar.span_name(overlapping.start, overlapping.end)
    raise ValidationError(text, code="overlap", params={"period": name})


@transaction.atomic
def delete_period(*, period: Period, seen: int, by: User) -> None:
    """Delete a period in which nothing was ever entered or closed."""
    lock_period(period)
    something = Q(value__isnull=False) | Q(not_applicable=True) | ~Q(note="") | ~Q(inputs={})
    if period.measurements.filter(something).exists() or period.closings.exists():
        raise ValidationError(
            _("This period has data. Only an empty period can be deleted."), code="not-empty"
        )
    delete_if_unchanged(period, seen=seen, by=by)


@transaction.atomic
def close_period(*, period: Period, by: User, now: datetime) -> Closing:
    """Freeze the report as it is now. Closing a closed period changes nothing."""
    current = lock_period(period)
    if not current.is_open:
        return current.closings.get(reopened_at__isnull=True)
    # The caller's scorecard came through the door; read what its settings are now.
    current.scorecard = Scorecard.objects.select_related("organization").get(
        pk=current.scorecard_id
    )
    report = build_report(current)
    _check_closable(current, report)
    frozen = to_json(replace(report, closed_at=now, closed_by=str(by)))
    closing = Closing.objects.create(period=current, report=frozen, closed_at=now, closed_by=by)
    _set_status(current, Period.Status.CLOSED, by)
    return closing


def _check_closable(period: Period, report: PeriodReport) -> None:
    if not report.filled:
        raise ValidationError(
            _("Nothing is entered for this period yet. Enter its values first."), code="empty"
        )
    # Values of a published study came without notes, and nobody can be asked for them.
    typed = set(
        period.measurements.filter(origin=Measurement.Origin.TYPED).values_list("kpi_id", flat=True)
    )
    unexplained = [row.code for row in report.reds_without_note if row.kpi_id in typed]
    if unexplained:
        raise ValidationError(
            _("Write a note for each red KPI first: %(codes)s."),
            code="notes-missing",
            params={"codes": ", ".join(unexplained)},
        )


@transaction.atomic
def reopen_period(*, period: Period, reason: str, by: User, now: datetime) -> Period:
    """Open a closed period again, and keep what its report was and why it was reopened.

    Reopening an open period changes nothing.
    """
    current = lock_period(period)
    if current.is_open:
        return current
    if not reason.strip():
        raise ValidationError(_("Say why the period is reopened."), code="reason")
    closing = current.closings.get(reopened_at__isnull=True)
    closing.reopened_at, closing.reopened_by = now, by
    closing.reopen_reason = reason.strip()
    closing.save()
    _set_status(current, Period.Status.OPEN, by)
    return current


def _set_status(period: Period, status: Period.Status, by: User) -> None:
    """The row is locked: the version can only be the one that was read."""
    period.status = status
    period.version += 1
    period.saved_by = by
    period._history_user = by
    period.save()
