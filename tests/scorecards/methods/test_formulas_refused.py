import math

import pytest

from scorecards.methods.errors import MethodError, Words
from scorecards.methods.formulas import FORMULAS
from tests.scorecards.methods.formula_inputs import every_formula


def refused(key, inputs):
    with pytest.raises(MethodError) as caught:
        FORMULAS[key].compute(inputs)
    return caught.value


@every_formula()
def test_each_missing_input_is_named(key):
    formula = FORMULAS[key]
    whole = dict.fromkeys((one.key for one in formula.inputs), 1)
    for one in formula.inputs:
        error = refused(key, whole | {one.key: None})
        assert (error.code, error.params["input"]) == ("input-missing", (one.title,))
        assert str(error) == f"“{one.title}” is missing. Enter it; where nothing happened, 0."


@every_formula()
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_only_ordinary_numbers(key, value):
    formula = FORMULAS[key]
    whole = dict.fromkeys((one.key for one in formula.inputs), 1)
    for one in formula.inputs:
        error = refused(key, whole | {one.key: value})
        assert (error.code, error.params["input"]) == ("input-not-finite", (one.title,))


@every_formula()
def test_negative_only_where_a_loss_is_possible(key):
    formula = FORMULAS[key]
    whole = dict.fromkeys((one.key for one in formula.inputs), 1)
    for one in formula.inputs:
        if one.least == -math.inf:
            continue
        error = refused(key, whole | {one.key: -1})
        assert (error.code, error.params["input"]) == ("input-too-low", (one.title,))


@every_formula(but=["direct-value", "clv"])
def test_nothing_is_divided_by_zero(key):
    formula = FORMULAS[key]
    inputs = dict.fromkeys((one.key for one in formula.inputs), 0)
    error = refused(key, inputs)
    divisor = next(one for one in formula.inputs if one.key == formula.divisor)
    assert (error.code, error.params["input"]) == ("divisor-zero", (divisor.title,))


def test_growth_from_nothing_says_what_to_do():
    assert str(refused("growth", {"opening": 0, "closing": 12})) == (
        "“At the start” is 0, and nothing can be divided by 0. Correct it, or mark the KPI as "
        "not applicable for this period."
    )


def test_growth_from_a_loss_is_refused():
    """From -5 to 4 million the arithmetic gives -180 %, though it is a gain."""
    error = refused("flow-growth", {"previous": -5_000_000, "current": 4_000_000})
    assert (error.code, error.params["value"]) == ("divisor-negative", -5_000_000)


@pytest.mark.parametrize(
    ("key", "inputs", "result"),
    [
        ("retention-rate", {"opening": 10, "gained": 20, "closing": 5}, -150),
        ("retention-rate", {"opening": 50, "gained": 10, "closing": 90}, 160),
        ("churn-rate", {"lost": 60, "opening": 50}, 120),
        ("market-share", {"own": 150, "market": 120}, 125),
    ],
)
def test_numbers_that_do_not_fit_together(key, inputs, result):
    error = refused(key, inputs)
    assert error.code == "result-impossible"
    assert error.params["result"] == result
    assert error.params["inputs"] == tuple(one.title for one in FORMULAS[key].inputs)


def test_more_than_everybody_cannot_stay():
    inputs = {"margin": 1, "retention": 101, "discount": 0, "periods": 3}
    error = refused("clv", inputs)
    assert str(error) == "“Retention per period” is 101. Enter a number of 100 or less."
    assert error.code == "input-too-high"


@pytest.mark.parametrize(("periods", "code"), [(2.5, "input-not-whole"), (0, "input-too-low")])
def test_periods_are_counted_in_whole_numbers(periods, code):
    assert (
        refused("clv", {"margin": 1, "retention": 80, "discount": 0, "periods": periods}).code
        == code
    )


def test_results_beyond_all_numbers_are_refused():
    error = refused("ratio", {"amount": 1e300, "base": 1e-300})
    assert error.code == "result-not-finite"
    assert "Number that counts, Number it is compared with" in str(error)


def test_messages_translate_the_titles_within_them():
    indonesian = {"Customers at the start": "Pelanggan di awal"}
    error = refused("growth", {})
    assert isinstance(error.params["input"], Words)
    error = refused("churn-rate", {"lost": 3, "opening": 0})
    said = error.render(lambda text: indonesian.get(text, text))
    assert said.startswith("“Pelanggan di awal” is 0")
