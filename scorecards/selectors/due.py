"""When a KPI is measured that is measured more rarely than its scorecard."""

from datetime import date

from scorecards import calendar
from scorecards.models import KPI, Period
from scorecards.models.scorecard import Frequency

Span = tuple[date, date]


def is_rarer(frequency: str, usual: str) -> bool:
    """Whether it is less often than the scorecard's ``usual`` one. Empty: as often."""
    if not frequency:
        return False
    return Frequency(frequency).months > Frequency(usual).months


def measured_span(kpi: KPI, period: Period, usual: str) -> Span | None:
    """The days that a KPI's value of this period is about; None where it isn't due.

    A yearly KPI is due in the period in which the year ends, and is then about that whole year.
    """
    if not is_rarer(kpi.frequency, usual):
        return period.start, period.end
    return calendar.span_ending_in(period.start, period.end, kpi.frequency)
