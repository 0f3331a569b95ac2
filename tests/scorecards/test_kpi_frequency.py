"""KPIs that are measured more rarely than their scorecard."""

from datetime import date

import pytest
from django.urls import reverse

from scorecards.calendar import span_ending_in
from scorecards.models import KPI, Measurement, Scorecard
from scorecards.selectors.entry import entry_sheet
from scorecards.selectors.filled import Filled
from scorecards.selectors.periods import period_list
from scorecards.selectors.report import RemarkKind, build_report, from_json, to_json
from surveys.selectors.home import organization_home
from tests import factories

MARCH = {"start": date(2026, 3, 1), "end": date(2026, 3, 31)}
APRIL = {"start": date(2026, 4, 1), "end": date(2026, 4, 30)}
DECEMBER = {"start": date(2026, 12, 1), "end": date(2026, 12, 31)}


@pytest.fixture
def scorecard(org) -> Scorecard:
    return factories.scorecard(org, frequency="monthly")


@pytest.fixture
def monthly(scorecard) -> KPI:
    kpi = factories.kpi(factories.objective(factories.perspective(scorecard)), code="M")
    factories.target(kpi)
    return kpi


@pytest.fixture
def yearly(monthly) -> KPI:
    kpi = factories.kpi(monthly.objective, code="Y", frequency="yearly")
    factories.target(kpi)
    return kpi


@pytest.mark.parametrize(
    ("start", "end", "frequency", "span"),
    [
        (date(2026, 3, 1), date(2026, 3, 31), "quarterly", (date(2026, 1, 1), date(2026, 3, 31))),
        (date(2026, 2, 1), date(2026, 2, 28), "quarterly", None),
        (date(2026, 3, 15), date(2026, 4, 14), "quarterly", (date(2026, 1, 1), date(2026, 3, 31))),
        (date(2026, 6, 1), date(2026, 6, 30), "half_yearly", (date(2026, 1, 1), date(2026, 6, 30))),
        (date(2026, 6, 1), date(2026, 6, 30), "yearly", None),
        (date(2026, 12, 1), date(2026, 12, 31), "yearly", (date(2026, 1, 1), date(2026, 12, 31))),
    ],
)
def test_span_that_ends_in_a_period(start, end, frequency, span):
    assert span_ending_in(start, end, frequency) == span


def test_it_is_neither_asked_nor_missing(monthly, yearly, scorecard):
    march = factories.period(scorecard, **MARCH)
    factories.measurement(monthly, march, 65)
    sheet = entry_sheet(march)
    assert list(sheet.rows) == [monthly.pk]
    assert [row.code for row in sheet.not_due] == ["Y"]
    report = build_report(march)
    assert (report.filled, report.total, report.coverage) == (1, 1, 1.0)
    assert report.missing == ()
    assert [r.names for r in report.remarks if r.kind is RemarkKind.NOT_DUE] == [("Y",)]
    [row] = [row for row in report.rows if row.code == "Y"]
    assert (row.not_due, row.effective_weight, row.light) == (True, 0, "none")
    assert from_json(to_json(report)) == report


def test_it_is_asked_for_when_its_year_ends(monthly, yearly, scorecard):
    december = factories.period(scorecard, **DECEMBER)
    sheet = entry_sheet(december)
    assert set(sheet.rows) == {monthly.pk, yearly.pk}
    assert "2026" in sheet.rows[yearly.pk].about
    assert sheet.rows[monthly.pk].about == ""
    assert build_report(december).total == 2


def test_what_was_entered_all_the_same_counts(monthly, yearly, scorecard):
    march = factories.period(scorecard, **MARCH)
    factories.measurement(yearly, march, 65)
    assert yearly.pk in entry_sheet(march).rows
    assert build_report(march).total == 2


def test_last_value_is_not_carried_over(monthly, yearly, scorecard):
    """One measurement counts once: April has no value of a year that ended in December."""
    december = factories.period(scorecard, start=date(2025, 12, 1), end=date(2025, 12, 31))
    april = factories.period(scorecard, **APRIL)
    factories.measurement(yearly, december, 65)
    [row] = [row for row in build_report(april).rows if row.code == "Y"]
    assert (row.measured, row.level, row.not_due) == (None, None, True)


def test_perspective_without_a_due_kpi_has_no_score(monthly, yearly, scorecard):
    monthly.frequency = "quarterly"
    monthly.save()
    april = factories.period(scorecard, **APRIL)
    report = build_report(april)
    assert (report.index, report.coverage, report.total) == (None, None, 0)
    assert entry_sheet(april).groups == ()


def test_scorecard_that_became_as_rare_asks_always(monthly, yearly, scorecard):
    Scorecard.objects.filter(pk=scorecard.pk).update(frequency="yearly")
    scorecard.refresh_from_db()
    period = factories.period(scorecard, start=date(2026, 7, 1), end=date(2027, 6, 30))
    assert build_report(period).total == 2


def test_lists_count_what_is_due(monthly, yearly, scorecard, org):
    march = factories.period(scorecard, **MARCH)
    factories.measurement(monthly, march, 65)
    [line] = period_list(scorecard, date(2026, 3, 5)).lines
    assert line.filled == Filled(1, 1)
    [progress] = organization_home(org).scorecards
    assert progress.filled == Filled(1, 1)
    assert progress.filled.is_complete
    factories.measurement(yearly, march, 65)
    [line] = period_list(scorecard, date(2026, 3, 5)).lines
    [progress] = organization_home(org).scorecards
    report = build_report(march)
    assert line.filled == progress.filled == Filled(report.filled, report.total) == Filled(2, 2)


def test_pages_say_it(monthly, yearly, scorecard, edi, client_for):
    march = factories.period(scorecard, **MARCH)
    factories.measurement(monthly, march, 65)
    args = [scorecard.organization.slug, scorecard.pk, march.start]
    client = client_for(edi)
    entry = client.get(reverse("scorecards:entry", args=args)).text
    assert f"kpi-{yearly.pk}-version" not in entry
    assert yearly.name in entry
    report = client.get(reverse("scorecards:report", args=args))
    assert report.status_code == 200
    sent = {f"kpi-{yearly.pk}-value": "5", f"kpi-{yearly.pk}-version": "0"}
    assert client.post(reverse("scorecards:entry", args=args), sent).status_code == 409
    assert not Measurement.objects.filter(kpi=yearly).exists()


@pytest.mark.parametrize("name", ["entry", "report"])
def test_a_period_in_which_nothing_is_due_says_so(name, yearly, scorecard, edi, client_for):
    """It doesn't claim that there is no KPI."""
    scorecard.kpis.exclude(pk=yearly.pk).delete()
    march = factories.period(scorecard, **MARCH)
    args = [scorecard.organization.slug, scorecard.pk, march.start]
    html = client_for(edi).get(reverse(f"scorecards:{name}", args=args)).text
    assert "Tidak ada KPI yang diukur pada periode ini" in html
    assert "belum punya KPI" not in html
