"""How far periods are filled in, counted as their reports count it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from scorecards.models import KPI, Measurement, Period
from scorecards.selectors.due import measured_span
from scorecards.states import UNFILLED, State, state_of


@dataclass(frozen=True)
class Filled:
    """Of the KPIs that are measured in a period, how many have a value or don't apply."""

    filled: int
    total: int

    @property
    def is_complete(self) -> bool:
        return self.filled == self.total > 0


def count_filled(states: Iterable[State]) -> Filled:
    due = [state for state in states if state is not State.NOT_DUE]
    return Filled(sum(state not in UNFILLED for state in due), len(due))


def filled_of(
    periods: Collection[Period], adopted: Mapping[int, Collection[KPI]]
) -> dict[int, Filled]:
    """Of open periods, as they are now; ``adopted`` has each scorecard's KPIs. One query."""
    rows = Measurement.objects.filter(
        period__scorecard__in=list(adopted), period__status=Period.Status.OPEN
    ).order_by()
    entered = {
        (period, kpi): (value is not None, not_applicable)
        for period, kpi, value, not_applicable in rows.values_list(
            "period_id", "kpi_id", "value", "not_applicable"
        )
    }
    return {
        period.pk: count_filled(
            state_of(
                is_measured=(found := entered.get((period.pk, kpi.pk), (False, False)))[0],
                not_applicable=found[1],
                is_due=measured_span(kpi, period, period.scorecard.frequency) is not None,
            )
            for kpi in adopted[period.scorecard_id]
        )
        for period in periods
    }
