"""What a person typed that the site could not store: the texts for him, their number for others."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count

from organizations.models import Organization, User
from scorecards.models import Period, Scorecard, UnsavedEntry
from scorecards.selectors.periods import period_name

LONGEST_NUMBER = 200  # characters; a longer text is no number that was meant
LONGEST_NOTE = 4000
MOST_INPUTS = 20


@dataclass(frozen=True)
class Texts:
    """What stood in one KPI's boxes, letter by letter.

    ``seen``: the version that stood beside them. Where the boxes began with what is kept for
    their writer, ``kept_for`` is the version that it was written against, and emptying them
    says something about it.
    """

    value: str = ""
    note: str = ""
    not_applicable: bool = False
    inputs: Mapping[str, str] = field(default_factory=dict)
    seen: int = 0
    kept_for: int | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.value or self.note or self.not_applicable or self.inputs)

    @property
    def fits(self) -> bool:
        """Whether it is short enough to be kept."""
        numbers = [self.value, *self.inputs.values()]
        return (
            all(len(text) <= LONGEST_NUMBER for text in numbers)
            and len(self.note) <= LONGEST_NOTE
            and len(self.inputs) <= MOST_INPUTS
        )


def texts_of(row: UnsavedEntry) -> Texts:
    """What is kept, as it was typed."""
    return Texts(row.value, row.note, row.not_applicable, row.inputs, row.seen, row.seen)


@dataclass(frozen=True)
class UnsavedPeriod:
    """A period in which the reader typed something that isn't saved."""

    period: Period
    name: str
    count: int


@dataclass(frozen=True)
class Somebody:
    """Someone else who typed something for a period that isn't saved; not what it is."""

    name: str
    count: int


def unsaved_entries(period: Period, user: User) -> dict[int, UnsavedEntry]:
    """What this person typed for the period's KPIs, by the KPI's id, in the scorecard's order."""
    rows = UnsavedEntry.objects.filter(period=period, membership__user=user)
    order = ("kpi__objective__perspective__order", "kpi__objective__order", "kpi__order", "pk")
    return {row.kpi_id: row for row in rows.select_related("kpi").order_by(*order)}


def count_unsaved(scorecard: Scorecard, user: User) -> dict[int, int]:
    """How many values of each of its periods this person typed in vain, by the period's id."""
    rows = UnsavedEntry.objects.filter(period__scorecard=scorecard, membership__user=user)
    counts = rows.order_by().values_list("period").annotate(Count("pk"))
    return dict(counts)


def unsaved_periods(organization: Organization, user: User) -> tuple[UnsavedPeriod, ...]:
    """Where in an organization this person typed something that isn't saved, newest first."""
    rows = UnsavedEntry.objects.filter(membership__organization=organization, membership__user=user)
    counts = dict(rows.order_by().values_list("period").annotate(Count("pk")))
    periods = Period.objects.filter(pk__in=counts).select_related("scorecard")
    return tuple(UnsavedPeriod(each, period_name(each), counts[each.pk]) for each in periods)


def others_unsaved(period: Period, user: User) -> tuple[Somebody, ...]:
    """Who else typed something for this period that isn't saved."""
    rows = UnsavedEntry.objects.filter(period=period).exclude(membership__user=user)
    who = ("membership__user__name", "membership__user__email", "membership")
    counts = rows.order_by(*who).values_list(*who).annotate(count=Count("pk"))
    return tuple(Somebody(name or email, count) for name, email, _pk, count in counts)
