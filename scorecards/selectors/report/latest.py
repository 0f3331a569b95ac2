"""Which report tells how a scorecard stands."""

from django.db.models import Case, Value, When

from scorecards.models import Period, Scorecard
from scorecards.selectors.report.building import period_report
from scorecards.selectors.report.model import PeriodReport


def latest_report(scorecard: Scorecard) -> PeriodReport | None:
    """The report of the newest closed period, or else of the newest open one."""
    closed_first = Case(When(status=Period.Status.CLOSED, then=Value(0)), default=Value(1))
    period = scorecard.periods.order_by(closed_first, "-start", "-pk").first()
    if period is None:
        return None
    period.scorecard = scorecard
    return period_report(period)
