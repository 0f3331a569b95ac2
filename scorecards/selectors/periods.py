"""The periods of a scorecard as their list shows them, and which one comes next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from scorecards import calendar
from scorecards.models import KPI, Closing, Measurement, Period, Scorecard
from scorecards.selectors.due import count_not_due, is_rarer
from scorecards.selectors.report import Headline, headline


def period_name(period: Period) -> str:
    """The period in words, in the active language: Year 2017, Quarter III 2026."""
    return calendar.span_name(period.start, period.end)


@dataclass(frozen=True)
class PeriodLine:
    """One period in the list. ``result``: the first line of a closed one's frozen report."""

    period: Period
    name: str
    filled: int
    total: int
    result: Headline | None
    reopened: int
    is_empty: bool


@dataclass(frozen=True)
class PeriodList:
    lines: tuple[PeriodLine, ...]
    next_start: date
    next_name: str
    kpis: int

    @property
    def has_open(self) -> bool:
        return any(line.period.is_open for line in self.lines)


def next_start(scorecard: Scorecard, today: date) -> date:
    """The day after the last period; the calendar's present span if there is none yet."""
    last = scorecard.periods.order_by("-end").first()
    if last is not None:
        return last.end + timedelta(days=1)
    return calendar.current_start(today, scorecard.frequency)


def period_list(scorecard: Scorecard, today: date) -> PeriodList:
    adopted = list(scorecard.kpis.filter(status=KPI.Status.ADOPTED))
    usual = scorecard.frequency
    rarer = {kpi.pk: kpi for kpi in adopted if is_rarer(kpi.frequency, usual)}
    entered = Q(measurements__value__isnull=False) | Q(measurements__not_applicable=True)
    noted = ~Q(measurements__note="") | ~Q(measurements__inputs={})
    periods = (
        scorecard.periods.annotate(
            filled=Count("measurements", filter=entered & Q(measurements__kpi__status="adopted")),
            written=Count("measurements", filter=entered | noted),
        )
        .order_by("-start", "-pk")
        .prefetch_related("closings")
    )
    measured = _measured(scorecard, rarer)
    lines = tuple(
        _line(
            period,
            len(adopted) - count_not_due(_unmeasured(rarer, measured, period), period, usual),
        )
        for period in periods
    )
    following = lines[0].period.end + timedelta(days=1) if lines else None
    start = following or calendar.current_start(today, scorecard.frequency)
    end = calendar.last_day(start, scorecard.frequency)
    return PeriodList(lines, start, calendar.span_name(start, end), len(adopted))


def _measured(scorecard: Scorecard, kpis: Iterable[int]) -> set[tuple[int, int]]:
    """In which periods these KPIs were entered."""
    entered = Q(value__isnull=False) | Q(not_applicable=True)
    rows = Measurement.objects.filter(entered, period__scorecard=scorecard, kpi__in=list(kpis))
    return set(rows.values_list("period_id", "kpi_id"))


def _unmeasured(
    rarer: Mapping[int, KPI], measured: set[tuple[int, int]], period: Period
) -> list[KPI]:
    """What was entered although it isn't due counts among those that are."""
    return [kpi for pk, kpi in rarer.items() if (period.pk, pk) not in measured]


def _line(period: Period, due: int) -> PeriodLine:
    closings = list(period.closings.all())
    standing = next((each for each in closings if each.reopened_at is None), None)
    return PeriodLine(
        period=period,
        name=period_name(period),
        filled=period.filled,
        total=due,
        result=headline(standing.report) if standing else None,
        reopened=sum(each.reopened_at is not None for each in closings),
        is_empty=not closings and not period.written,
    )


def reopenings(period: Period) -> list[Closing]:
    """Who reopened the period, when and why; the newest first."""
    return list(
        period.closings.filter(reopened_at__isnull=False).select_related("closed_by", "reopened_by")
    )
