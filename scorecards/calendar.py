"""The days of periods: how long one lasts, which one comes next, and what people call it."""

from calendar import monthrange
from datetime import date, timedelta

from django.utils import formats
from django.utils.translation import gettext

from organizations import figures
from scorecards.models.scorecard import Frequency

FIRST_YEAR, LAST_YEAR = 1990, 2100
JANUARY = 1
ROMAN = ("I", "II", "III", "IV")


def add_months(day: date, months: int) -> date:
    """The same day some months later; a month without that day gives its last one."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day(start: date, frequency: str) -> date:
    """The last day of a period that starts on ``start``."""
    return add_months(start, Frequency(frequency).months) - timedelta(days=1)


def current_start(today: date, frequency: str, begins: int = JANUARY) -> date:
    """The first day of the month, quarter, half year or year that ``today`` is in.

    ``begins``: the month in which the year begins, from which the others are counted.
    """
    months = Frequency(frequency).months
    index = today.year * 12 + today.month - 1
    year, month = divmod(index - (index - begins + 1) % months, 12)
    return date(year, month + 1, 1)


def is_whole(start: date, end: date, frequency: str) -> bool:
    """Whether these days are whole calendar months, and as many as the frequency has."""
    return start.day == 1 and end == last_day(start, frequency)


def span_ending_in(start: date, end: date, frequency: str) -> tuple[date, date] | None:
    """The calendar's quarter, half year or year whose last day lies in these days, if one does."""
    first = current_start(end, frequency)
    if last_day(first, frequency) == end:
        return first, end
    ended = first - timedelta(days=1)
    return (current_start(ended, frequency), ended) if ended >= start else None


def span_name(start: date, end: date) -> str:
    """2017, Semester I 2026, Quarter III 2026, November 2026, or from when to when."""
    months = _whole_months(start, end)
    if months == 1:
        return formats.date_format(start, "F Y")
    starts_a_part = months in (3, 6, 12) and (start.month - 1) % months == 0
    if not starts_a_part:
        return f"{figures.day(start)} – {figures.day(end)}"
    if months == 12:
        return str(start.year)
    words = {"number": ROMAN[(start.month - 1) // months], "year": start.year}
    if months == 6:
        return gettext("Semester %(number)s %(year)s") % words
    return gettext("Quarter %(number)s %(year)s") % words


def _whole_months(start: date, end: date) -> int | None:
    """How many calendar months the days fill exactly; None if they don't."""
    following = end + timedelta(days=1)
    if start.day != 1 or following.day != 1:
        return None
    return (following.year - start.year) * 12 + following.month - start.month
