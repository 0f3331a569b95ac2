"""Which periods of a scorecard can be opened: whole months, quarters, half years or years."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scorecards import calendar
from scorecards.models import Period, Scorecard
from scorecards.models.scorecard import Frequency

# How far back values may be entered later, and how far ahead a period may be prepared.
YEARS_BACK, MONTHS_AHEAD = 20, 12
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Choice:
    """A period that isn't there yet. ``is_gap``: others stand before and after it."""

    start: date
    name: str
    is_gap: bool


@dataclass(frozen=True)
class PeriodChoices:
    """Oldest first. ``begins``: the month in which the year begins; fixed once it shows."""

    choices: tuple[Choice, ...]
    next_start: date
    gaps: tuple[str, ...]
    begins: int
    begins_is_open: bool


def period_choices(
    scorecard: Scorecard, today: date, begins: int = calendar.JANUARY
) -> PeriodChoices:
    """``begins`` counts where no period shows yet when the scorecard's year begins."""
    frequency = scorecard.frequency
    there = list(scorecard.periods.all())
    shown = year_begins(there, frequency)
    begins = shown or begins
    following = next_start(there, frequency, today, begins)
    first = min([today, *(period.start for period in there)])
    start = calendar.current_start(_years_before(first), frequency, begins)
    end = calendar.add_months(max(following, today), MONTHS_AHEAD)
    free = _free_starts(there, frequency, start, end)
    last = max((period.start for period in there), default=None)
    opened = min((period.start for period in there), default=None)
    return PeriodChoices(
        choices=tuple(
            Choice(
                each,
                _name(each, frequency),
                is_gap=opened is not None and last is not None and opened < each < last,
            )
            for each in free
        ),
        next_start=following,
        gaps=tuple(uncovered(there, frequency, begins)),
        begins=begins,
        begins_is_open=shown is None,
    )


def year_begins(periods: Iterable[Period], frequency: str) -> int | None:
    """The month from which the scorecard counts its periods, as its latest whole one shows.

    None where none shows it yet. For months it makes no difference.
    """
    if frequency == Frequency.MONTHLY:
        return calendar.JANUARY
    whole = [each for each in periods if calendar.is_whole(each.start, each.end, frequency)]
    return max(whole, key=lambda each: each.start).start.month if whole else None


def next_start(periods: Sequence[Period], frequency: str, today: date, begins: int) -> date:
    """The first whole period after the last one; the one that today is in if there is none."""
    if not periods:
        return calendar.current_start(today, frequency, begins)
    after = max(period.end for period in periods) + DAY
    start = calendar.current_start(after, frequency, begins)
    return start if start >= after else calendar.add_months(start, Frequency(frequency).months)


def uncovered(periods: Iterable[Period], frequency: str, begins: int) -> Iterator[str]:
    """The days between the periods that belong to none: whole periods by name, else as days."""
    ordered = sorted(periods, key=lambda period: period.start)
    for before, after in zip(ordered, ordered[1:], strict=False):
        start, end = before.end + DAY, after.start - DAY
        while start <= end:
            last = calendar.last_day(calendar.current_start(start, frequency, begins), frequency)
            yield calendar.span_name(start, min(last, end))
            start = last + DAY


def _free_starts(
    periods: Sequence[Period], frequency: str, start: date, end: date
) -> Iterator[date]:
    months = Frequency(frequency).months
    while start <= end and start.year <= calendar.LAST_YEAR:
        last = calendar.last_day(start, frequency)
        is_free = not any(each.start <= last and each.end >= start for each in periods)
        if is_free and start.year >= calendar.FIRST_YEAR:
            yield start
        start = calendar.add_months(start, months)


def _years_before(day: date) -> date:
    return date(max(day.year - YEARS_BACK, calendar.FIRST_YEAR), 1, 1)


def _name(start: date, frequency: str) -> str:
    return calendar.span_name(start, calendar.last_day(start, frequency))
