"""Several periods of a KPI as one: never the mean of percentages."""

from datetime import date
from decimal import Decimal

import pytest

from scorecards import calendar
from scorecards.models import KPI, Scorecard
from scorecards.selectors.merged import year_so_far
from scorecards.services.measurements import record_measurement
from tests import factories
from tests.scorecards.pages import page


@pytest.fixture
def scorecard(org) -> Scorecard:
    return factories.scorecard(org, frequency="monthly")


@pytest.fixture
def objective(scorecard):
    return factories.objective(factories.perspective(scorecard))


def enter(kpi: KPI, by, months: dict[int, dict | int | None], year: int = 2026) -> None:
    """A month with None is open, and nothing is entered in it."""
    for month, given in months.items():
        start = date(year, month, 1)
        end = calendar.last_day(start, "monthly")
        period = kpi.scorecard.periods.filter(start=start).first()
        period = period or factories.period(kpi.scorecard, start=start, end=end)
        if isinstance(given, dict):
            inputs = {key: Decimal(value) for key, value in given.items()}
            record_measurement(kpi=kpi, period=period, inputs=inputs, by=by)
        elif given is not None:
            record_measurement(kpi=kpi, period=period, value=Decimal(given), by=by)


def values(kpi: KPI) -> list[Decimal | None]:
    return [line.value for line in year_so_far(kpi).lines]


def test_ratio_of_sums_and_not_the_mean_of_the_months(objective, edi):
    kpi = factories.kpi(objective, formula="ratio", unit="%")
    enter(kpi, edi, {1: {"amount": 1, "base": 10}, 2: {"amount": 27, "base": 90}})
    assert values(kpi) == [28, 28]


def test_quarters_and_the_year(objective, edi):
    kpi = factories.kpi(objective, unit="orang", merge_rule="sum")
    enter(kpi, edi, {month: month for month in range(1, 8)})
    year = year_so_far(kpi)
    assert values(kpi) == [6, 15, 7, 28]
    assert not year.is_whole
    enter(kpi, edi, {month: month for month in range(8, 13)})
    assert values(kpi)[-1] == 78
    assert year_so_far(kpi).is_whole


def test_last_value(objective, edi):
    kpi = factories.kpi(objective, unit="orang", merge_rule="last")
    enter(kpi, edi, {1: 5, 2: 8})
    assert values(kpi) == [8, 8]


def test_growth_is_computed_from_the_first_opening_to_the_last_closing(objective, edi):
    kpi = factories.kpi(objective, formula="growth", unit="%")
    enter(kpi, edi, {1: {"opening": 40, "closing": 44}, 2: {"opening": 44, "closing": 50}})
    assert values(kpi) == [25, 25]


def test_growth_of_a_flow_needs_the_months_before(objective, edi):
    kpi = factories.kpi(objective, formula="flow-growth", unit="%")
    flow = {"previous": 10, "current": 12}
    enter(kpi, edi, {1: flow, 2: flow})
    assert values(kpi) == [None, None]
    assert "2025" in year_so_far(kpi).lines[0].problem
    enter(kpi, edi, {11: flow, 12: flow}, year=2025)
    enter(kpi, edi, {3: None})
    assert values(kpi) == [0, 0]


def test_missing_month_is_named(objective, edi):
    kpi = factories.kpi(objective, formula="ratio", unit="%")
    enter(kpi, edi, {1: {"amount": 1, "base": 10}, 2: None, 3: {"amount": 1, "base": 10}})
    [quarter, year] = year_so_far(kpi).lines
    assert (quarter.value, year.value) == (None, None)
    assert calendar.span_name(date(2026, 2, 1), date(2026, 2, 28)) in quarter.problem


def test_month_that_was_never_opened_is_missing_too(objective, edi):
    kpi = factories.kpi(objective, formula="ratio", unit="%")
    enter(kpi, edi, {1: {"amount": 1, "base": 10}, 3: {"amount": 1, "base": 10}})
    assert values(kpi) == [None, None]


def test_months_before_the_first_and_after_the_last_are_not(objective, edi):
    kpi = factories.kpi(objective, unit="orang", merge_rule="sum")
    enter(kpi, edi, {5: 3, 6: 4, 7: None})
    assert values(kpi) == [7, 7]


def test_not_applicable_month_is_left_out(objective, edi):
    kpi = factories.kpi(objective, unit="orang", merge_rule="sum")
    enter(kpi, edi, {1: 3, 2: None, 3: 4})
    february = kpi.scorecard.periods.get(start=date(2026, 2, 1))
    record_measurement(kpi=kpi, period=february, by=edi, not_applicable=True, reason="Libur")
    assert values(kpi) == [7, 7]


def test_year_of_nothing_but_not_applicable(objective, edi):
    kpi = factories.kpi(objective, unit="orang", merge_rule="sum")
    enter(kpi, edi, {1: None})
    january = kpi.scorecard.periods.get()
    record_measurement(kpi=kpi, period=january, by=edi, not_applicable=True, reason="Libur")
    assert values(kpi) == [None, None]


def test_number_of_another_formula_is_missing(objective, edi):
    kpi = factories.kpi(objective, unit="%")
    enter(kpi, edi, {1: 10})
    kpi.formula = "ratio"
    enter(kpi, edi, {2: {"amount": 1, "base": 10}})
    assert values(kpi) == [None, None]


def test_value_as_entered_waits_for_a_choice(objective, edi):
    kpi = factories.kpi(objective, unit="orang")
    enter(kpi, edi, {1: 5})
    assert (year_so_far(kpi).rule, year_so_far(kpi).lines) == ("", ())


def test_yearly_kpi_and_one_without_data_have_none(objective, edi):
    assert year_so_far(factories.kpi(objective)) is None
    yearly = factories.kpi(objective, frequency="yearly")
    enter(yearly, edi, {12: 5})
    assert year_so_far(yearly) is None


def test_quarterly_kpi_of_a_monthly_scorecard(objective, edi):
    kpi = factories.kpi(objective, frequency="quarterly", merge_rule="sum")
    enter(kpi, edi, {3: 5, 4: None, 5: None, 6: 7})
    assert values(kpi) == [12]


def test_page_shows_it(objective, edi, client_for):
    kpi = factories.kpi(objective, formula="ratio", unit="%")
    enter(kpi, edi, {1: {"amount": 1, "base": 10}, 2: {"amount": 27, "base": 90}})
    assert "28%" in client_for(edi).get(page("kpi", kpi.scorecard, kpi.pk)).text


def test_page_queries_do_not_grow(flat_queries, objective, edi, client_for):
    kpi = factories.kpi(objective, formula="ratio", unit="%")
    month = {"amount": 1, "base": 10}
    enter(kpi, edi, {1: month})
    client = client_for(edi)
    url = page("kpi", kpi.scorecard, kpi.pk)
    flat_queries(lambda: client.get(url), lambda: enter(kpi, edi, {2: month, 3: month, 4: month}))
