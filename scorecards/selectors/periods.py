"""The periods of a scorecard as their list shows them, and which one comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from organizations.names import named
from scorecards import calendar
from scorecards.models import KPI, Closing, Period, Scorecard
from scorecards.selectors.filled import Filled, filled_of
from scorecards.selectors.period_choice import next_start, uncovered, year_begins
from scorecards.selectors.report import Headline, headline


def period_name(period: Period) -> str:
    """The period in words, in the active language: 2017, Quarter III 2026."""
    return calendar.span_name(period.start, period.end)


@dataclass(frozen=True)
class PeriodLine:
    """One period in the list. ``result``: the first line of a closed one's frozen report."""

    period: Period
    name: str
    filled: Filled
    result: Headline | None
    reopened: int
    is_empty: bool
    unsaved: int = 0  # values that the reader typed and the site could not store


@dataclass(frozen=True)
class PeriodList:
    lines: tuple[PeriodLine, ...]
    next_start: date
    next_name: str
    kpis: int
    gaps: tuple[str, ...]

    @property
    def gap_names(self) -> str:
        return named(self.gaps)

    @property
    def has_open(self) -> bool:
        return any(line.period.is_open for line in self.lines)


def period_list(
    scorecard: Scorecard, today: date, unsaved: Mapping[int, int] | None = None
) -> PeriodList:
    adopted = list(scorecard.kpis.filter(status=KPI.Status.ADOPTED))
    entered = Q(measurements__value__isnull=False) | Q(measurements__not_applicable=True)
    noted = ~Q(measurements__note="") | ~Q(measurements__inputs={})
    periods = list(
        scorecard.periods.annotate(written=Count("measurements", filter=entered | noted))
        .order_by("-start", "-pk")
        .prefetch_related("closings")
    )
    still_open = [period for period in periods if period.is_open]
    filled = filled_of(still_open, {scorecard.pk: adopted})
    lines = tuple(
        _line(period, filled.get(period.pk), (unsaved or {}).get(period.pk, 0))
        for period in periods
    )
    usual = scorecard.frequency
    begins = year_begins(periods, usual) or calendar.JANUARY
    start = next_start(periods, usual, today, begins)
    end = calendar.last_day(start, usual)
    gaps = tuple(uncovered(periods, usual, begins))
    return PeriodList(lines, start, calendar.span_name(start, end), len(adopted), gaps)


def _line(period: Period, filled: Filled | None, unsaved: int) -> PeriodLine:
    """``filled``: as it is now; of a closed period its report has it."""
    closings = list(period.closings.all())
    standing = next((each for each in closings if each.reopened_at is None), None)
    result = headline(standing.report) if standing else None
    return PeriodLine(
        period=period,
        name=period_name(period),
        filled=result.filled if result else filled,
        result=result,
        reopened=sum(each.reopened_at is not None for each in closings),
        is_empty=not closings and not period.written,
        unsaved=unsaved,
    )


def reopenings(period: Period) -> list[Closing]:
    """Who reopened the period, when and why; the newest first."""
    return list(
        period.closings.filter(reopened_at__isnull=False).select_related("closed_by", "reopened_by")
    )
