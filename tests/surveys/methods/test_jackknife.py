"""Intervals from few experts: the formula, its edges, and how often they hold the truth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from benchmarks.intervals import coverage, global_coverage
from scorecards.methods.errors import MethodError
from surveys.methods.jackknife import combined_intervals, jackknife_intervals, losses
from surveys.methods.student import t_below, t_quantile

# t at 0.95 as every table prints it, such as NIST/SEMATECH, e-Handbook of Statistical Methods,
# 1.3.6.7.2 "Critical values of the Student's t distribution".
NIST_T_95 = {1: 6.314, 2: 2.920, 3: 2.353, 4: 2.132, 6: 1.943, 9: 1.833, 14: 1.761, 100: 1.660}
NIST_T_975 = {1: 12.706, 2: 4.303, 4: 2.776, 9: 2.262, 30: 2.042}


def test_quantiles_of_t_nist_table():
    for freedom, value in NIST_T_95.items():
        assert t_quantile(0.95, freedom) == pytest.approx(value, abs=5e-4)
    for freedom, value in NIST_T_975.items():
        assert t_quantile(0.975, freedom) == pytest.approx(value, abs=5e-4)


@given(st.floats(0.001, 0.999), st.floats(0.3, 300))
def test_a_quantile_of_t_has_its_probability_below_it(probability, freedom):
    value = t_quantile(probability, freedom)
    assert t_below(value, freedom) == pytest.approx(probability, abs=1e-9)
    assert t_quantile(1 - probability, freedom) == pytest.approx(-value, rel=1e-6, abs=1e-9)


def test_t_of_one_degree_is_cauchys():
    for probability in (0.6, 0.9, 0.99):
        exact = np.tan(np.pi * (probability - 0.5))
        assert t_quantile(probability, 1) == pytest.approx(exact, rel=1e-9)


@pytest.mark.parametrize(("probability", "freedom"), [(0, 3), (1, 3), (0.9, 0), (0.9, -1)])
def test_no_such_quantile(probability, freedom):
    with pytest.raises(MethodError):
        t_quantile(probability, freedom)


def test_three_experts_efron1993():
    """By hand, for one element: the jackknife's variance (m - 1)/m times the sum of squares of
    what is lost, here around the group's own value, and t of two degrees."""
    own, without = 0.5, np.array([0.6, 0.5, 0.4])
    lost = -np.log(without / (1 - without))
    error = np.sqrt(2 / 3 * np.sum(lost**2))
    high = 1 / (1 + np.exp(-2.919986 * error))
    found = jackknife_intervals([own, own], np.column_stack([without, 1 - without]))
    assert found.high == pytest.approx((high, high), rel=1e-6)
    assert found.low == pytest.approx((1 - high, 1 - high), rel=1e-6)
    assert found.freedom == pytest.approx((2, 2))


def test_equal_expert_weights_are_none_at_all():
    left = np.array([[0.55, 0.45], [0.5, 0.5], [0.62, 0.38], [0.6, 0.4]])
    plain = jackknife_intervals([0.57, 0.43], left)
    weighed = jackknife_intervals([0.57, 0.43], left, expert_weights=[2.5] * 4)
    assert weighed.low == pytest.approx(plain.low)
    assert weighed.freedom == pytest.approx((3, 3))


def test_a_heavy_expert_leaves_fewer_degrees_of_freedom():
    left = np.array([[0.55, 0.45], [0.5, 0.5], [0.62, 0.38], [0.6, 0.4]])
    found = jackknife_intervals([0.57, 0.43], left, expert_weights=[4, 2, 1, 1])
    assert found.freedom == pytest.approx((64 / 22 - 1,) * 2)  # Kish: (sum w)^2 / sum w^2


def test_who_weighs_nothing_is_not_there():
    left = np.array([[0.55, 0.45], [0.5, 0.5], [0.62, 0.38], [np.nan, np.nan]])
    with_him = jackknife_intervals([0.57, 0.43], left, expert_weights=[1, 1, 1, 0])
    assert with_him == jackknife_intervals([0.57, 0.43], left[:3])
    with pytest.raises(MethodError) as refusal:
        jackknife_intervals([0.57, 0.43], left[[0, 1, 3]], expert_weights=[1, 1, 0])
    assert refusal.value.code == "too-few-experts"


def test_all_alike_is_a_point():
    found = jackknife_intervals([0.75, 0.25], [[0.75, 0.25]] * 3)
    assert found.low == found.high == (0.75, 0.25)


def test_an_expert_without_whom_elements_are_unconnected():
    with pytest.raises(MethodError) as refusal:
        jackknife_intervals([0.6, 0.4], [[0.6, 0.4], [0.5, 0.5], [np.nan, np.nan]])
    assert refusal.value.code == "not-left-out"


def test_two_matrices_of_the_same_experts_have_their_degrees_of_freedom():
    one = losses([0.3, 0.2], [[0.33, 0.22], [0.3, 0.2], [0.27, 0.18], [0.31, 0.21]])
    other = losses([0.3, 0.2], [[0.28, 0.22], [0.33, 0.17], [0.3, 0.2], [0.29, 0.21]])
    assert combined_intervals([0.3, 0.2], [one, other]).freedom == pytest.approx((3, 3))


def test_a_matrix_of_few_experts_decides_the_degrees_of_freedom_where_it_decides_the_spread():
    few = losses([0.3], [[0.4], [0.3], [0.22], *[[0.3]] * 7], expert_weights=[1, 1, 1, *[0] * 7])
    many = losses([0.3], [[0.3 + 0.001 * step] for step in range(-5, 5)])
    together = combined_intervals([0.3], [few, many])
    assert 2 <= together.freedom[0] < 2.05
    assert combined_intervals([0.3], [few]).freedom == pytest.approx((2,))
    assert together.low[0] <= combined_intervals([0.3], [few]).low[0] * 1.03


@given(
    arrays(np.float64, (5, 3), elements=st.floats(0.05, 20)),
    st.lists(st.floats(0.1, 5), min_size=5, max_size=5),
)
def test_a_weight_lies_in_its_interval_and_that_between_0_and_1(raw, shares):
    left = raw / raw.sum(axis=1, keepdims=True)
    own = left.mean(axis=0)
    found = jackknife_intervals(own, left, expert_weights=shares)
    for low, weight, high in zip(found.low, own, found.high, strict=True):
        assert 0 <= low <= weight <= high <= 1


@given(arrays(np.float64, (4, 2), elements=st.floats(0.05, 20)), st.permutations(range(4)))
def test_experts_have_no_order(raw, order):
    left = raw / raw.sum(axis=1, keepdims=True)
    own = left.mean(axis=0)
    found = jackknife_intervals(own, left).high
    assert found == pytest.approx(jackknife_intervals(own, left[list(order)]).high)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("panel", "case"), [(3, "equal"), (5, "equal"), (10, "equal"), (5, "unequal"), (5, "missing")]
)
def test_nine_of_ten_intervals_hold_the_truth(panel, case):
    """Of 320 panels: 90 %, give or take what chance does. Before: 62 to 85 %."""
    found = coverage(panel, case, repeats=40)
    assert 0.86 <= found.jackknife <= 0.96
    assert found.bootstrap < found.jackknife


@pytest.mark.slow
@pytest.mark.parametrize(("experts", "judged"), [(5, 5), (10, 3)])
def test_nine_of_ten_global_intervals_hold_the_truth(experts, judged):
    """Also where few judged the part: 77 % before."""
    found = global_coverage(experts, judged, repeats=40)
    assert 0.86 <= found.jackknife <= 0.96
