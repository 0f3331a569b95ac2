"""What a KPI's past suggests for its target."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from scorecards.models import KPI, Period, Target
from scorecards.selectors.target_suggestions import suggest_targets
from tests import factories


@pytest.fixture
def kpi(org) -> KPI:
    objective = factories.objective(factories.perspective(factories.scorecard(org)))
    return factories.kpi(objective, unit="hari", decimals=0)


def measure(kpi: KPI, *values: str | None) -> None:
    for year, value in enumerate(values, start=2015):
        status = Period.Status.CLOSED if year % 2 else Period.Status.OPEN
        period = factories.period(
            kpi.scorecard, start=date(year, 1, 1), end=date(year, 12, 31), status=status
        )
        factories.measurement(kpi, period, None if value is None else Decimal(value))


def suggested(kpi: KPI) -> list[tuple[str, list[Decimal]]]:
    past = suggest_targets(kpi)
    return [(each.direction.value, list(each.points.values())) for each in past.suggestions]


def test_open_and_closed_periods_count_and_empty_ones_do_not(kpi):
    factories.target(kpi, 0, 10, 20)
    measure(kpi, "10", "14", None, "21")

    assert suggest_targets(kpi).periods == 3
    assert suggested(kpi) == [("higher", [10, 15, 21])]


def test_direction_is_that_of_the_newest_target(kpi):
    factories.target(kpi, 0, 10, 20)
    factories.target(kpi, 30, 10, 5, valid_from=date(2024, 1, 1))
    measure(kpi, "10", "14", "21")

    assert suggested(kpi) == [("lower", [21, 15, 10])]


def test_without_a_target_both_directions_are_offered(kpi):
    measure(kpi, "10", "20")

    assert suggested(kpi) == [("higher", [10, 15, 20]), ("lower", [20, 15, 10])]


def test_mean_gets_the_decimals_that_keep_it_in_between(kpi):
    measure(kpi, "1", "1", "2")

    assert suggested(kpi)[0] == ("higher", [1, Decimal("1.3"), 2])


def test_neighbours_at_the_last_decimal_have_no_mean(kpi):
    measure(kpi, "1", "1.000001")

    first, last = Decimal(1), Decimal("1.000001")
    assert suggested(kpi) == [("higher", [first, last, last]), ("lower", [last, first, first])]


def test_what_is_suggested_is_a_valid_target(kpi):
    measure(kpi, "1", "1.000001")
    points = suggest_targets(kpi).find("lower").points

    Target.objects.create(kpi=kpi, valid_from=date(2026, 1, 1), kind="anchors", **points)


@pytest.mark.parametrize("values", [(), ("5",), ("5", None), ("5", "5", "5")])
def test_too_little_or_equal_past_suggests_nothing(kpi, values):
    measure(kpi, *values)

    assert suggest_targets(kpi) is None


def test_range_and_likert_get_no_suggestion(kpi, org):
    Target.objects.create(
        kpi=kpi,
        kind="range",
        valid_from=date(2026, 1, 1),
        **dict(
            zip(("worst", "standard", "goal", "standard_high", "worst_high"), range(5), strict=True)
        ),
    )
    scorecard = factories.scorecard(org, scoring="likert", red_limit="2.6", green_limit="3.4")
    likert = factories.kpi(factories.objective(factories.perspective(scorecard)))
    for each in (kpi, likert):
        measure(each, "1", "2", "3")

        assert suggest_targets(each) is None


def test_suggestions_are_said_in_words(kpi):
    measure(kpi, "10", "20")
    [higher, lower] = suggest_targets(kpi).suggestions

    with translation.override("en"):
        assert higher.text == (
            "worst 10\u00a0hari, mean as the standard 15\u00a0hari, best 20\u00a0hari"
        )
        assert (higher.label, lower.label) == (
            "Fill in, higher is better",
            "Fill in, lower is better",
        )


def test_queries_do_not_grow(kpi, flat_queries):
    factories.target(kpi)
    measure(kpi, "1", "2")

    def grow() -> None:
        factories.target(kpi, valid_from=date(2026, 1, 1))
        period = factories.period(kpi.scorecard, start=date(2026, 1, 1), end=date(2026, 12, 31))
        factories.measurement(kpi, period, 9)

    flat_queries(lambda: suggest_targets(kpi), grow)
