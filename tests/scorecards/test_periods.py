"""Opening, closing, reopening and deleting periods."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from organizations.models import EditConflict, Organization, User
from scorecards import calendar
from scorecards.models import KPI, Closing, Measurement, Period, Scorecard, WeightSet
from scorecards.selectors.filled import Filled
from scorecards.selectors.period_choice import period_choices
from scorecards.selectors.periods import period_list, period_name
from scorecards.selectors.report import from_json, period_report
from scorecards.services.measurements import record_measurement
from scorecards.services.periods import (
    PeriodClosed,
    close_period,
    delete_period,
    open_period,
    reopen_period,
)
from tests import factories
from tests.scorecards.lasem import lasem
from tests.scorecards.pages import in_english

NOW = datetime(2026, 11, 21, 3, 42, tzinfo=UTC)


@pytest.fixture
def scorecard(org: Organization) -> Scorecard:
    return factories.scorecard(org, frequency="quarterly")


@pytest.fixture
def kpi(scorecard: Scorecard) -> KPI:
    kpi = factories.kpi(factories.objective(factories.perspective(scorecard)), code="C-1")
    factories.target(kpi)
    return kpi


@pytest.fixture
def period(scorecard: Scorecard, kpi: KPI) -> Period:
    return factories.period(scorecard)


def page(name: str, period: Period) -> str:
    scorecard = period.scorecard
    return reverse(
        f"scorecards:{name}", args=[scorecard.organization.slug, scorecard.pk, period.start]
    )


# -- Names and days


@pytest.mark.parametrize(
    ("start", "end", "name", "nama"),
    [
        ((2017, 1, 1), (2017, 12, 31), "2017", "2017"),
        ((2026, 7, 1), (2026, 9, 30), "Quarter III 2026", "Triwulan III 2026"),
        ((2026, 1, 1), (2026, 6, 30), "Semester I 2026", "Semester I 2026"),
        ((2026, 7, 1), (2026, 12, 31), "Semester II 2026", "Semester II 2026"),
        ((2026, 11, 1), (2026, 11, 30), "November 2026", "November 2026"),
        ((2024, 2, 1), (2024, 2, 29), "February 2024", "Februari 2024"),
        ((2026, 4, 1), (2027, 3, 31), "1 April 2026 – 31 March 2027", None),
        ((2026, 2, 1), (2026, 4, 30), "1 February 2026 – 30 April 2026", None),
        ((2026, 7, 15), (2026, 10, 14), "15 July 2026 – 14 October 2026", None),
    ],
)
def test_name(start, end, name, nama):
    with translation.override("en"):
        assert calendar.span_name(date(*start), date(*end)) == name
    if nama:
        with translation.override("id"):
            assert calendar.span_name(date(*start), date(*end)) == nama


@pytest.mark.parametrize(
    ("frequency", "start", "end"),
    [
        ("monthly", date(2024, 2, 1), date(2024, 2, 29)),
        ("quarterly", date(2026, 11, 1), date(2027, 1, 31)),
        ("half_yearly", date(2026, 7, 1), date(2026, 12, 31)),
        ("yearly", date(2026, 4, 1), date(2027, 3, 31)),
        ("monthly", date(2026, 1, 31), date(2026, 2, 27)),
    ],
)
def test_last_day_follows_from_the_frequency(frequency, start, end):
    assert calendar.last_day(start, frequency) == end


def test_next_period_follows_the_last_one(scorecard):
    assert period_choices(scorecard, date(2026, 11, 21)).next_start == date(2026, 10, 1)
    factories.period(scorecard)
    assert period_choices(scorecard, date(2030, 1, 1)).next_start == date(2026, 10, 1)


# -- Opening


def test_open_period_of_the_frequency(scorecard, edi):
    period = open_period(scorecard=scorecard, start=date(2026, 10, 1), by=edi)
    assert (period.end, period.saved_by) == (date(2026, 12, 31), edi)
    assert period.history.get().history_user == edi


@pytest.mark.parametrize(
    ("frequency", "start"),
    [
        ("quarterly", date(2026, 7, 1)),
        ("monthly", date(2026, 9, 1)),
        ("yearly", date(2026, 1, 1)),
        ("yearly", date(2025, 8, 1)),
    ],
)
def test_overlapping_period_is_refused_and_the_other_named(
    scorecard, period, edi, frequency, start
):
    # However it is measured by now: the period was opened as a quarter.
    scorecard.frequency = frequency
    scorecard.save()
    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        open_period(scorecard=scorecard, start=start, by=edi)
    assert refusal.value.code == "overlap"
    assert "Quarter III 2026" in refusal.value.messages[0]
    assert scorecard.periods.count() == 1


def test_year_out_of_reach_is_refused(scorecard, edi):
    with pytest.raises(ValidationError) as refusal:
        open_period(scorecard=scorecard, start=date(9999, 12, 1), by=edi)
    assert refusal.value.code == "year"


def test_open_page(client_for: Callable[[User], Client], scorecard, kpi, edi, org):
    client = client_for(edi)
    url = reverse("scorecards:period-create", args=[org.slug, scorecard.pk])
    assert client.get(url).context["form"]["start"].value()
    answer = client.post(url, {"start": "2026-07-01"})
    assert answer.url == page("entry", scorecard.periods.get())
    assert client.post(url, {"start": "1-8-2026"}).status_code == 422
    assert client.post(url, {"start": "soon"}).status_code == 422
    assert client.post(url, {}).status_code == 422


def test_list_page_in_both_languages(client_for, scorecard, period, bob, org):
    client = client_for(bob)
    url = reverse("scorecards:period-list", args=[org.slug, scorecard.pk])
    client.cookies["django_language"] = "en"
    assert "Quarter III 2026" in client.get(url).text
    client.cookies["django_language"] = "id"
    assert "Triwulan III 2026" in client.get(url).text


def test_list_page_says_what_to_do_first(client_for, scorecard, edi, org):
    url = reverse("scorecards:period-list", args=[org.slug, scorecard.pk])
    assert (
        reverse("scorecards:scorecard", args=[org.slug, scorecard.pk])
        in client_for(edi).get(url).text
    )
    factories.kpi(factories.objective(factories.perspective(scorecard)))
    assert (
        reverse("scorecards:period-create", args=[org.slug, scorecard.pk])
        in client_for(edi).get(url).text
    )


def test_list_counts_what_is_filled(scorecard, period, kpi):
    other = factories.kpi(kpi.objective)
    third = factories.kpi(kpi.objective)
    factories.measurement(kpi, period, 0)
    factories.measurement(other, period, None, not_applicable=True, reason="Belum ada")
    factories.measurement(third, period, None)
    [line] = period_list(scorecard, date(2026, 11, 21)).lines
    assert (line.filled, line.is_empty, line.result) == (Filled(2, 3), False, None)


def test_list_queries_do_not_grow(flat_queries, client_for, scorecard, period, kpi, edi, org):
    factories.measurement(kpi, period, 50, note="Baik")
    close_period(period=period, by=edi, now=NOW)
    client = client_for(edi)
    url = reverse("scorecards:period-list", args=[org.slug, scorecard.pk])

    def grow() -> None:
        for year in range(2020, 2024):
            old = open_period(scorecard=scorecard, start=date(year, 1, 1), by=edi)
            factories.measurement(kpi, old, 50)
            if year % 2:
                close_period(period=old, by=edi, now=NOW)

    flat_queries(lambda: client.get(url), grow)


def test_list_begins_with_the_newest_and_offers_the_one_after_it(scorecard, period):
    factories.period(scorecard, start=date(2026, 4, 1), end=date(2026, 6, 30))
    periods = period_list(scorecard, date(2026, 11, 21))
    assert [line.period.start for line in periods.lines] == [date(2026, 7, 1), date(2026, 4, 1)]
    assert periods.next_start == date(2026, 10, 1)


# -- Deleting


def test_delete_empty_period(client_for, period, edi, scorecard):
    client = client_for(edi)
    assert client.get(page("period-delete", period)).status_code == 200
    answer = client.post(page("period-delete", period), {"version": period.version})
    assert answer.status_code == 302
    assert not scorecard.periods.exists()


def test_period_with_data_stays(client_for, period, kpi, edi):
    factories.measurement(kpi, period, 0)
    with pytest.raises(ValidationError) as refusal:
        delete_period(period=period, seen=period.version, by=edi)
    assert refusal.value.code == "not-empty"
    answer = client_for(edi).post(page("period-delete", period), {"version": period.version})
    assert answer.status_code == 422


def test_period_that_changed_is_not_deleted(period, edi):
    with pytest.raises(EditConflict):
        delete_period(period=period, seen=period.version + 1, by=edi)


# -- Closing


def test_closing_freezes_the_report(period, kpi, edi, scorecard):
    factories.measurement(kpi, period, 50)
    live = period_report(period)
    close_period(period=period, by=edi, now=NOW)
    period.refresh_from_db()
    frozen = period_report(period)
    assert (frozen.closed_at, frozen.closed_by) == (NOW, str(edi))
    assert frozen.index == live.index

    kpi.name, kpi.status = "Lain sama sekali", KPI.Status.DROPPED
    kpi.save()
    kpi.targets.all().delete()
    WeightSet.objects.create(scorecard=scorecard, origin=WeightSet.Origin.MANUAL)
    scorecard.green_limit = Decimal(4)
    scorecard.save()
    assert period_report(period) == frozen


def test_second_closing_changes_nothing(period, kpi, edi, alice):
    factories.measurement(kpi, period, 50)
    first = close_period(period=period, by=edi, now=NOW)
    again = close_period(period=period, by=alice, now=NOW)
    assert again == first
    assert again.closed_by == edi
    assert Closing.objects.count() == 1


def test_empty_period_is_not_closed(period, edi):
    with pytest.raises(ValidationError) as refusal:
        close_period(period=period, by=edi, now=NOW)
    assert refusal.value.code == "empty"


def test_red_without_a_note_is_not_closed(period, kpi, edi):
    measurement = factories.measurement(kpi, period, 10)
    with pytest.raises(ValidationError) as refusal:
        close_period(period=period, by=edi, now=NOW)
    assert refusal.value.code == "notes-missing"
    assert "C-1" in refusal.value.messages[0]
    measurement.note = "Pemasok terlambat"
    measurement.save()
    close_period(period=period, by=edi, now=NOW)


def test_published_values_need_no_notes(org, edi):
    published = lasem(org)
    closing = close_period(period=published.period, by=edi, now=NOW)
    assert round(from_json(closing.report).index, 2) == 4.70


def test_closed_period_takes_no_value(period, kpi, edi):
    factories.measurement(kpi, period, 50)
    close_period(period=period, by=edi, now=NOW)
    with pytest.raises(PeriodClosed):
        record_measurement(kpi=kpi, period=period, value=Decimal(1), by=edi)
    assert Measurement.objects.get().value == 50


def test_close_page_promises_no_index_that_there_is_not(client_for, period, kpi, edi):
    client = in_english(client_for(edi))
    text = client.get(page("period-close", period)).text
    assert "Nothing is filled in yet, so the period can" in text
    assert "marked provisional" not in text
    kpi.targets.all().delete()
    factories.measurement(kpi, period, 10)
    text = client.get(page("period-close", period)).text
    assert "No KPI has a level, so the report will have no index." in text
    assert "provisional" not in text


def test_close_page_says_what_is_missing(client_for, period, kpi, edi):
    missing = factories.kpi(kpi.objective, code="C-2", name="Belum ada")
    factories.measurement(kpi, period, 10)
    client = client_for(edi)
    answer = client.get(page("period-close", period))
    assert answer.context["report"].provisional
    assert f"#kpi-{missing.pk}" in answer.text
    assert f"#kpi-{kpi.pk}" in answer.text
    refused = client.post(page("period-close", period))
    assert refused.status_code == 422
    assert "C-1" in refused.text
    Measurement.objects.update(note="Pemasok terlambat")
    assert client.post(page("period-close", period)).url == page("report", period)
    assert client.get(page("period-close", period)).url == page("report", period)


# -- Reopening


@pytest.fixture
def closed(period: Period, kpi: KPI, edi: User) -> Period:
    factories.measurement(kpi, period, 50)
    close_period(period=period, by=edi, now=NOW)
    period.refresh_from_db()
    return period


def test_reopening_keeps_the_old_report_and_its_reason(closed, alice, kpi, edi):
    opened = reopen_period(period=closed, reason=" Salah ketik ", by=alice, now=NOW)
    assert opened.is_open
    old = closed.closings.get()
    assert (old.reopen_reason, old.reopened_by) == ("Salah ketik", alice)
    record_measurement(kpi=kpi, period=opened, value=Decimal(100), by=edi)
    close_period(period=opened, by=edi, now=NOW)
    opened.refresh_from_db()
    assert period_report(opened).index == 10
    assert from_json(old.report).index == pytest.approx(5)


@pytest.mark.parametrize("reason", ["", "   "])
def test_reopening_needs_a_reason(closed, alice, reason):
    with pytest.raises(ValidationError) as refusal:
        reopen_period(period=closed, reason=reason, by=alice, now=NOW)
    assert refusal.value.code == "reason"


def test_reopening_what_is_open_changes_nothing(period, alice):
    """The second of two people who press at once."""
    reopened = reopen_period(period=period, reason="Salah", by=alice, now=NOW)
    assert (reopened.is_open, reopened.version) == (True, period.version)


def test_reopen_page(client_for, closed, alice, edi):
    assert client_for(edi).get(page("period-reopen", closed)).status_code == 403
    client = client_for(alice)
    assert client.get(page("period-reopen", closed)).status_code == 200
    assert client.post(page("period-reopen", closed), {"reason": " "}).status_code == 422
    answer = client.post(page("period-reopen", closed), {"reason": "Salah ketik"})
    assert answer.url == page("entry", closed)
    assert client.get(page("period-reopen", closed)).url == page("entry", closed)
    assert "Salah ketik" in client.get(page("report", closed)).text


def test_names_follow_the_language(period):
    with translation.override("en"):
        assert period_name(period) == "Quarter III 2026"
