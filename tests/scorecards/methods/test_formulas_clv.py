"""Customer lifetime value against its sources: Reichheld and Sasser (1990), Berger and Nasr (1998),
Gupta and Lehmann (2003)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.methods.formulas import FORMULAS
from tests.scorecards.methods.formula_inputs import counts, equals


def clv(margin, retention, discount, periods):
    inputs = {"margin": margin, "retention": retention, "discount": discount, "periods": periods}
    return FORMULAS["clv"].compute(inputs)


@given(counts, st.integers(0, 100), st.integers(0, 50), st.integers(1, 200))
def test_clv_is_the_sum_of_discounted_margins(margin, retention, discount, periods):
    """After Berger and Nasr (1998): the sum of m r^t/(1 + d)^t, written term by term."""
    terms = (margin * (retention / 100) ** t / (1 + discount / 100) ** t for t in range(periods))
    assert clv(margin, retention, discount, periods) == equals(math.fsum(terms))


@pytest.mark.parametrize(("lost", "lifetime"), [(20, 5), (10, 10), (5, 20)])
def test_clv_reichheld_halving_the_loss_doubles_the_lifetime(lost, lifetime):
    """Reichheld and Sasser (1990), Harvard Business Review 68(5): from 20 to 10 percent lost a
    relationship lasts ten years instead of five, 1/(1 - r)."""
    assert clv(1, 100 - lost, 0, 5_000) == equals(lifetime)


@given(counts, st.integers(0, 99), st.integers(0, 50))
def test_clv_without_end(margin, retention, discount):
    """Gupta and Lehmann (2003): m (1 + i)/(1 + i - r), the first margin at once."""
    rate, stay = discount / 100, retention / 100
    without_end = margin * (1 + rate) / (1 + rate - stay)
    assert clv(margin, retention, discount, 1_000_000) == equals(without_end)


@given(counts, st.integers(0, 50), st.integers(1, 500))
def test_clv_when_nobody_stays(margin, discount, periods):
    assert clv(margin, 0, discount, periods) == margin


@given(counts, st.integers(0, 100), st.integers(0, 50))
def test_clv_of_one_period_is_its_margin(margin, retention, discount):
    assert clv(margin, retention, discount, 1) == margin


@given(counts, st.integers(1, 10_000_000))
def test_clv_when_everybody_stays_and_money_keeps_its_worth(margin, periods):
    assert clv(margin, 100, 0, periods) == margin * periods


def test_clv_keeps_its_digits_where_almost_everybody_stays():
    stay = 1 - 1e-12
    assert clv(1, 100 * stay, 0, 1_000) == equals(1_000 - 1e-12 * 1_000 * 999 / 2)


def test_clv_of_a_future_that_is_worth_nothing():
    assert clv(5, 80, 1e300, 12) == 5


@given(counts, st.integers(0, 99), st.integers(0, 50), st.integers(2, 100))
def test_clv_rises_with_retention_and_falls_with_discount(margin, retention, discount, periods):
    value = clv(margin, retention, discount, periods)
    assert clv(margin, retention + 1, discount, periods) > value
    assert clv(margin, retention, discount + 1, periods) <= value
