import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.methods.errors import MethodError
from scorecards.methods.formulas import FORMULAS, MergeRule
from tests.scorecards.methods.formula_inputs import (
    ADDITIVE,
    counts,
    customer_months,
    equals,
    every_formula,
    inputs_of,
    year_of,
)

MONTHS = ["January", "February", "March", "April", "May", "June"]


def combined(key, periods, **options):
    formula = FORMULAS[key]
    return formula.compute(formula.combine(periods, **options))


def refused(key, periods, **options):
    with pytest.raises(MethodError) as caught:
        FORMULAS[key].combine(periods, **options)
    return caught.value


# A year is the same from its months as counted at once


@pytest.mark.parametrize("key", ADDITIVE)
@given(data=st.data())
def test_year_of_ratios_is_the_ratio_of_its_sums(key, data):
    formula = FORMULAS[key]
    months = data.draw(st.lists(inputs_of(formula), min_size=12, max_size=12))
    year = {one.key: sum(month[one.key] for month in months) for one in formula.inputs}
    assert combined(key, months) == equals(formula.compute(year))


@pytest.mark.parametrize("key", ["growth", "retention-rate", "churn-rate", "acquisition-rate"])
@given(months=customer_months())
def test_year_of_customers_is_that_of_the_customer_base(key, months):
    assert combined(key, months) == equals(FORMULAS[key].compute(year_of(months)))


@given(customer_months())
def test_year_of_customers_keeps_retention_and_churn_at_100(months):
    kept, lost = combined("retention-rate", months), combined("churn-rate", months)
    assert kept + lost == equals(100)
    assert combined("acquisition-rate", months) - lost == equals(combined("growth", months))


@given(st.lists(counts, min_size=13, max_size=13))
def test_year_of_growth_is_its_months_compounded(stocks):
    months = [
        {"opening": opening, "closing": closing}
        for opening, closing in zip(stocks, stocks[1:], strict=False)
    ]
    factor = 1.0
    for month in months:
        factor *= 1 + FORMULAS["growth"].compute(month) / 100
    assert combined("growth", months) == equals(100 * (factor - 1))


@given(st.lists(counts, min_size=24, max_size=24))
def test_year_of_sales_growth_compares_with_the_year_before(sales):
    months = [
        {"previous": previous, "current": current}
        for previous, current in zip([sales[0], *sales], sales, strict=False)
    ]
    before, year = months[:12], months[12:]
    expected = 100 * (sum(sales[12:]) - sum(sales[:12])) / sum(sales[:12])
    assert combined("flow-growth", year, before=before) == equals(expected)


@given(st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=30), min_size=1, max_size=12))
def test_year_of_questionnaires_is_the_mean_of_all_answers(months):
    periods = [{"mean": sum(one) / len(one), "answers": len(one)} for one in months]
    everybody = [score for one in months for score in one]
    merged = FORMULAS["questionnaire-mean"].combine(periods)
    assert merged["answers"] == len(everybody)
    assert merged["mean"] == equals(sum(everybody) / len(everybody))


@given(st.lists(counts, min_size=12, max_size=12), st.lists(counts, min_size=12, max_size=12))
def test_mean_of_a_questionnaire_agrees_with_its_sum_of_scores(scores, answers):
    """The library writes sum of scores / sum of answers; a mean with its n says the same."""
    both = list(zip(scores, answers, strict=True))
    means = [{"mean": score / count, "answers": count} for score, count in both]
    sums = [{"total": score, "units": count} for score, count in both]
    assert combined("questionnaire-mean", means) == equals(combined("average", sums))


@given(st.lists(counts, min_size=1, max_size=12))
def test_year_of_counts_is_their_sum(values):
    periods = [{"value": value} for value in values]
    assert combined("direct-value", periods) == sum(values)
    assert combined("direct-value", periods, rule="last") == values[-1]


@pytest.mark.parametrize(
    "key", [key for key in FORMULAS if MergeRule.LAST in FORMULAS[key].merge_rules]
)
@given(data=st.data())
def test_last_takes_the_last_period_as_it_is(key, data):
    formula = FORMULAS[key]
    last = data.draw(inputs_of(formula))
    assert combined(key, [None, {}, last], rule="last") == formula.compute(last)


@every_formula()
@given(data=st.data())
def test_one_period_is_itself(key, data):
    inputs = data.draw(inputs_of(FORMULAS[key]))
    assert FORMULAS[key].combine([inputs]) == inputs


@every_formula(but=["flow-growth"])
@given(data=st.data())
def test_months_give_the_year_also_by_way_of_quarters(key, data):
    formula = FORMULAS[key]
    months = data.draw(st.lists(inputs_of(formula), min_size=12, max_size=12))
    quarters = [formula.combine(months[start : start + 3]) for start in range(0, 12, 3)]
    year = formula.combine(months)
    assert formula.combine(quarters) == {name: equals(value) for name, value in year.items()}


# By hand


def test_percentages_are_never_averaged():
    """1 of 10 and 27 of 90 are 28 of 100; their percentages 10 and 30 have the mean 20."""
    months = [{"amount": 1, "base": 10}, {"amount": 27, "base": 90}]
    assert combined("ratio", months) == 28


def test_return_on_assets_of_a_year_has_its_last_assets():
    quarters = [
        {"profit": 2, "assets": 90},
        {"profit": 3, "assets": 95},
        {"profit": 5, "assets": 100},
    ]
    assert combined("roa", quarters) == 10
    assert combined("roa", quarters, rule="last") == 5


def test_a_month_without_answers_needs_no_mean():
    months = [{"mean": 4, "answers": 30}, {"mean": None, "answers": 0}, {"mean": 3, "answers": 10}]
    assert combined("questionnaire-mean", months) == 3.75


def test_a_year_without_answers_has_no_mean():
    with pytest.raises(MethodError) as caught:
        combined("questionnaire-mean", [{"answers": 0}, {"answers": 0}])
    assert (caught.value.code, caught.value.params["input"]) == (
        "divisor-zero",
        ("Number of answers",),
    )


def test_a_month_that_divides_by_nothing_still_counts_in_the_quarter():
    months = [{"amount": 0, "base": 0}, {"amount": 3, "base": 12}]
    assert combined("ratio", months) == 25


# Missing months


def test_missing_months_are_named():
    months = [{"amount": 1, "base": 9}, None, {"amount": 2, "base": 8}, {"base": 8}]
    error = refused("ratio", months)
    assert error.code == "input-missing-in-periods"
    assert error.render(names=MONTHS) == (
        "“Number that counts” is missing in: February, April. Enter it there, or look at each "
        "period on its own."
    )


def test_a_stock_is_only_needed_where_it_is_read():
    months = [{"opening": 40}, None, {"closing": 46}]
    assert combined("growth", months) == 15


@pytest.mark.parametrize(
    ("months", "missing"),
    [([{"closing": 1}, None, {"closing": 46}], "January"), ([{"opening": 40}, {}, None], "March")],
)
def test_a_missing_start_or_end_is_named(months, missing):
    assert f"is missing in: {missing}." in refused("growth", months).render(names=MONTHS)


def test_a_missing_last_period_is_named():
    error = refused("roa", [{"profit": 1, "assets": 9}, None], rule="last")
    assert "“Profit or surplus” is missing in: February." in error.render(names=MONTHS)


def test_missing_answers_and_means_are_named():
    count = refused("questionnaire-mean", [{"mean": 4, "answers": 3}, {"mean": 4}])
    assert "“Number of answers” is missing in: February." in count.render(names=MONTHS)
    mean = refused("questionnaire-mean", [{"mean": 4, "answers": 3}, {"answers": 3}])
    assert "“Mean score” is missing in: February." in mean.render(names=MONTHS)


def test_missing_months_before_are_named():
    """The names of the months before stand first."""
    before = [{"current": 4}, {"current": None}, {"current": 6}]
    months = [{"current": 7}, {"current": 8}, {"current": 9}]
    error = refused("flow-growth", months, before=before)
    assert "“This period” is missing in: February." in error.render(names=MONTHS)
    error = refused("flow-growth", [*months[:2], None], before=months)
    assert "“This period” is missing in: June." in error.render(names=MONTHS)


# What else is refused


def test_sales_growth_of_a_quarter_needs_the_quarter_before():
    months = [{"previous": 1, "current": 2}] * 3
    error = refused("flow-growth", months, before=[{"current": 1}])
    assert (error.code, error.params["count"], error.params["given"]) == (
        "periods-before-needed",
        3,
        1,
    )


def test_at_least_one_period_is_combined():
    assert refused("ratio", []).code == "periods-none"


@pytest.mark.parametrize("rule", ["last", "mean"])
def test_only_the_rules_of_a_formula(rule):
    error = refused("retention-rate", [{}], rule=rule)
    assert error.code == "merge-rule-unknown"
    assert str(error) == (
        f"“Customer retention” cannot be combined over periods by “{rule}”. Choose one of: "
        "recompute_from_inputs."
    )


def test_an_impossible_number_in_one_month_is_refused():
    error = refused("churn-rate", [{"lost": -1, "opening": 9}, {"lost": 1, "opening": 9}])
    assert (error.code, error.params["input"]) == ("input-too-low", ("Customers lost",))


def test_sums_beyond_all_numbers_are_refused():
    error = refused("direct-value", [{"value": 1e308}, {"value": 1e308}])
    assert (error.code, error.params["input"]) == ("sum-too-large", ("Counted or measured",))


def test_an_empty_rule_is_the_usual_one():
    assert combined("direct-value", [{"value": 1}, {"value": 2}], rule="") == 3
