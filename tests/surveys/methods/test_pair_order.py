"""The order of the comparisons: what connects, what it costs to stop, and what is even."""

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.pair_order import losses
from scorecards.methods.errors import MethodError
from surveys.methods.least_loss import expected_loss, least_loss
from surveys.methods.pair_order import random_order, row_order, swapped_sides

SIZES = range(2, 16)
seeds = st.integers(0, 2**31)


def all_pairs(n):
    return set(combinations(range(n), 2))


def counts(pairs, n):
    return [sum(element in pair for pair in pairs) for element in range(n)]


def summed_loss(order, n):
    return sum(expected_loss(order[:k], n) for k in range(n - 1, len(order) + 1))


@pytest.mark.parametrize("n", SIZES)
def test_least_loss_asks_every_pair_once_and_connects_as_early_as_can_be(n):
    order = least_loss(n)
    assert set(order) == all_pairs(n)
    assert len(order) == len(all_pairs(n))
    for k in range(n - 1, len(order) + 1):
        assert np.isfinite(expected_loss(order[:k], n))


@pytest.mark.parametrize("n", SIZES)
def test_until_all_are_reached_each_pair_goes_on_from_an_earlier_one(n):
    reached = {0}
    for pair in least_loss(n)[: n - 1]:
        assert len(reached & set(pair)) == 1
        reached |= set(pair)


@pytest.mark.parametrize("n", SIZES)
def test_longer_beginnings_compare_all_elements_almost_equally_often(n):
    order = least_loss(n)
    for k in range(2 * n, len(order) + 1):
        assert max(counts(order[:k], n)) - min(counts(order[:k], n)) <= 2


@pytest.mark.parametrize(("n", "smallest"), [(4, 2.5), (5, 5.9167), (6, 11.3333)])
def test_the_sum_of_losses_is_that_of_the_best_of_all_sequences(n, smallest):
    """``smallest``: by dynamic programming over every set of pairs of n elements."""
    assert summed_loss(least_loss(n), n) == pytest.approx(smallest, rel=0.001)


@pytest.mark.parametrize("n", range(4, 16))
def test_it_loses_less_than_row_by_row(n):
    assert summed_loss(least_loss(n), n) < summed_loss(row_order(n), n)


@pytest.mark.slow
@pytest.mark.parametrize("n", [5, 6, 7])
def test_simulated_experts_who_stop_early_lose_less(n):
    found = losses(n, experts=200)
    assert sum(found["least loss"]) < 0.97 * sum(found["row by row"])
    # Those whom chance left without any weights are not even counted.
    assert sum(found["least loss"]) < 0.99 * sum(found["by chance"])
    assert found["no weights"][0] > 0.2


@given(st.integers(2, 9), seeds)
def test_random_order_is_a_permutation_that_its_seed_decides(n, seed):
    order = random_order(n, seed)
    assert sorted(order) == sorted(all_pairs(n))
    assert order == random_order(n, seed)


def test_other_seeds_give_other_orders():
    assert len({random_order(5, seed) for seed in range(50)}) > 40


@given(st.integers(0, 60), seeds)
def test_half_of_the_sides_are_exchanged(count, seed):
    sides = swapped_sides(count, seed)
    assert len(sides) == count
    assert sum(sides) in {count // 2, (count + 1) // 2}
    assert sides == swapped_sides(count, seed)


def test_over_many_experts_every_pair_is_exchanged_about_half_the_time():
    shares = np.mean([swapped_sides(3, seed) for seed in range(600)], axis=0)
    assert shares == pytest.approx([0.5] * 3, abs=0.07)


@settings(max_examples=30)
@given(st.integers(3, 7), seeds)
def test_one_more_pair_never_costs_anything(n, seed):
    order = random_order(n, seed)
    found = [expected_loss(order[:k], n) for k in range(1, len(order) + 1)]
    assert found == sorted(found, reverse=True)
    assert found[-1] == 0


@pytest.mark.parametrize("n", range(3, 8))
def test_of_all_trees_the_star_loses_least(n):
    """Bozóki and Szádoczki 2022, abstract."""
    star = expected_loss([(0, other) for other in range(1, n)], n)
    path = expected_loss([(other - 1, other) for other in range(1, n)], n)
    assert star == pytest.approx((n - 1) * (n - 1) / n - (n - 1) / n)
    assert n == 3 or star < path


@pytest.mark.parametrize("n", [4, 5])
def test_what_follows_a_star_costs_more_than_the_star_gains(n):
    """The best of all sequences that begin with a star, against ours, place by place."""
    star = row_order(n)[: n - 1]
    rest = row_order(n)[n - 1 :]
    begun = min(
        (star + tuple(order) for order in permutations(rest)), key=lambda o: summed_loss(o, n)
    )
    assert summed_loss(least_loss(n), n) < summed_loss(begun, n)
    ahead = [
        expected_loss(begun[:k], n) - expected_loss(least_loss(n)[:k], n)
        for k in range(n - 1, len(begun) + 1)
    ]
    assert ahead[0] < 0 < ahead[1]
    assert min(ahead[1:]) >= 0


@pytest.mark.parametrize(
    "ask", [least_loss, row_order, lambda n: random_order(n, 1), lambda n: expected_loss([], n)]
)
def test_a_single_element_has_no_pairs(ask):
    with pytest.raises(MethodError) as refused:
        ask(1)
    assert refused.value.code == "too-few-elements"
