"""What was typed and can't be stored is kept for its writer, until it is stored or discarded.

Storing and keeping are one step: a page never loses between them what was on it.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction

from organizations.models import Membership, User
from scorecards.models import KPI, Period, UnsavedEntry
from scorecards.selectors.unsaved_entries import Texts
from scorecards.services.measurements import (
    Entry,
    Recorded,
    compare_with_closed,
    record_measurements,
)
from scorecards.services.periods import lock_period

KEPT_FOR = timedelta(days=90)


@transaction.atomic
def record_or_keep(
    *,
    period: Period,
    entries: Iterable[Entry],
    texts: Mapping[int, Texts],
    by: User,
    now: datetime,
    discard: Collection[int] = (),
) -> Recorded:
    """Store the entries that can be stored, and keep the other ``texts`` for their writer.

    ``texts`` are all that was sent, by the KPI's id; those without an entry were refused. What
    is kept for the KPIs of ``discard`` is forgotten.
    """
    entries = list(entries)
    if lock_period(period).is_open:
        recorded = record_measurements(period=period, entries=entries, by=by)
    else:
        recorded = compare_with_closed(period, entries)
    refused = texts.keys() - {entry.kpi.pk for entry in entries}
    unsaved = (refused | recorded.conflicts.keys() | recorded.late) - recorded.gone
    if unsaved:
        recorded.kept = _keep(period, {pk: texts[pk] for pk in unsaved}, by, now)
    recorded.discarded = set(discard)
    settled = recorded.changed | {pk for pk, each in texts.items() if each.kept_for is not None}
    over = (settled - unsaved) | recorded.discarded
    if over:
        UnsavedEntry.objects.filter(period=period, membership__user=by, kpi__in=over).delete()
    return recorded


def _place(period: Period, user: User) -> list[int]:
    """The person's membership where the period is, held until the transaction ends; or none."""
    organization = period.scorecard.organization_id
    places = Membership.objects.filter(user=user, organization=organization)
    return list(places.select_for_update().values_list("pk", flat=True))


def _keep(period: Period, texts: Mapping[int, Texts], by: User, now: datetime) -> set[int]:
    """Returns which were kept: not those too long, and nothing of who left meanwhile."""
    UnsavedEntry.objects.filter(typed_at__lt=now - KEPT_FOR).delete()
    fitting = [pk for pk, each in texts.items() if each.fits]
    # The period is locked, so none of these can be deleted before this is committed.
    found = KPI.objects.filter(pk__in=fitting, scorecard=period.scorecard_id)
    here = set(found.values_list("pk", flat=True))
    rows = [
        UnsavedEntry(
            membership_id=membership,
            period=period,
            kpi_id=pk,
            value=_clean(texts[pk].value),
            note=_clean(texts[pk].note),
            not_applicable=texts[pk].not_applicable,
            inputs={key: _clean(text) for key, text in texts[pk].inputs.items()},
            seen=texts[pk].seen,
            typed_at=now,
        )
        for membership in _place(period, by)
        for pk in sorted(here)
    ]
    UnsavedEntry.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["membership", "period", "kpi"],
        update_fields=["value", "note", "not_applicable", "inputs", "seen", "typed_at"],
    )
    return {row.kpi_id for row in rows}


def _clean(text: str) -> str:
    """PostgreSQL stores everything but NUL."""
    return text.replace("\0", "")
