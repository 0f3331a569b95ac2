"""S* and W of experts who answer at random, and how likely unrelated rankings reach a W."""

import math
from itertools import permutations, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.methods.errors import MethodError
from surveys.methods.chance import (
    agreement_by_chance,
    concordance_by_chance,
    concordance_p,
    random_priorities,
)
from surveys.methods.consensus import consensus, kendall_w


def ranked(*rankings):
    """Weights in the order of these ranks; 1 is the least important."""
    ranks = np.array(rankings, dtype=float)
    return ranks / ranks.sum(axis=1, keepdims=True)


# Friedman (1937), tables V and VI: elements, experts, chi-square and its exact probability.
FRIEDMAN = [
    (3, 3, 6.0, 0.028, [(1, 2, 3)] * 3),
    (3, 4, 6.5, 0.042, [(1, 2, 3)] * 3 + [(1, 3, 2)]),
    (3, 4, 8.0, 0.005, [(1, 2, 3)] * 4),
    (4, 2, 6.0, 0.042, [(1, 2, 3, 4)] * 2),
    (4, 3, 9.0, 0.002, [(1, 2, 3, 4)] * 3),
    (4, 3, 7.4, 0.033, [(1, 2, 3, 4), (1, 2, 3, 4), (2, 1, 4, 3)]),
]


@pytest.mark.parametrize(("elements", "experts", "chi_square", "p", "rankings"), FRIEDMAN)
def test_friedman1937_exact_probabilities(elements, experts, chi_square, p, rankings):
    """J. American Statistical Association 32, 675-701; chi-square is m (n - 1) W."""
    weights = ranked(*rankings)
    w = kendall_w(weights)
    assert experts * (elements - 1) * w == pytest.approx(chi_square, abs=0.05)
    assert concordance_p(weights) == pytest.approx(p, abs=0.0006)


def test_exact_p_counts_every_ranking_with_its_ties():
    weights = np.array([[0.4, 0.4, 0.2], [0.5, 0.3, 0.2], [0.3, 0.5, 0.2]])
    w = kendall_w(weights)
    ways = [kendall_w(np.array(way)) for way in product(*(permutations(row) for row in weights))]
    assert concordance_p(weights) == pytest.approx(
        sum(found >= w - 1e-12 for found in ways) / len(ways)
    )


def test_counted_and_drawn_p_are_alike():
    weights = ranked((1, 2, 3, 4), (1, 2, 3, 4), (2, 1, 3, 4), (2, 1, 4, 3), (1, 3, 2, 4))
    drawn = agreement_by_chance(5, 4).concordance.p(kendall_w(weights))
    assert concordance_p(weights) == pytest.approx(drawn, abs=0.01)


# By a simulation of its own: 300 panels of random answers each.
AT_RANDOM = [
    (4, 3, 0.73),
    (4, 5, 0.68),
    (4, 10, 0.65),
    (5, 3, 0.79),
    (5, 5, 0.76),
    (5, 10, 0.72),
    (7, 3, 0.86),
    (7, 5, 0.83),
    (7, 10, 0.81),
]


@pytest.mark.parametrize(("elements", "experts", "mean"), AT_RANDOM)
def test_random_answers_reach_a_high_consensus(elements, experts, mean):
    assert agreement_by_chance(experts, elements).consensus.mean == pytest.approx(mean, abs=0.02)


@pytest.mark.parametrize(("experts", "high"), [(2, 0.90), (5, 0.49), (7, 0.36), (10, 0.25)])
def test_95_points_of_w_for_four_elements(experts, high):
    found = agreement_by_chance(experts, 4).concordance
    assert found.mean == 1 / experts
    assert found.high == pytest.approx(high, abs=0.02)
    assert found.panels.mean() == pytest.approx(1 / experts, abs=0.01)


@pytest.mark.parametrize("method", ["eigenvector", "row_geometric_mean", "column_mean"])
def test_panels_are_what_the_measures_say_of_drawn_experts(method):
    """The sums over experts, which are quick, against S* and W panel by panel."""
    pool, rng = random_priorities(5, method), np.random.default_rng(1)
    panels = [pool[rng.integers(len(pool), size=3)] for _ in range(1500)]
    found = agreement_by_chance(3, 5, method)
    each = np.sort([consensus(panel) for panel in panels])
    assert found.consensus.mean == pytest.approx(each.mean(), abs=0.01)
    assert found.consensus.high == pytest.approx(each[int(0.95 * len(each))], abs=0.02)
    rankings = [kendall_w(panel) for panel in panels]
    assert found.concordance.panels.mean() == pytest.approx(np.mean(rankings), abs=0.02)


def test_over_a_hierarchy_chance_gives_more_than_one_by_m():
    """Two KPIs of one perspective and six of another: the two have more weight, whoever says so."""
    top = random_priorities(2, seed=1)
    few, many = random_priorities(2, seed=2), random_priorities(6, seed=3)
    pool = np.concatenate([top[:, :1] * few, top[:, 1:] * many], axis=1)
    found = concordance_by_chance(pool, 4)
    assert found.mean > 0.25 + 0.03
    assert found.mean < found.high < 1


def test_the_table_of_the_docs_comes_out_of_the_code():
    page = (Path(__file__).parents[3] / "docs" / "methods.md").read_text(encoding="utf-8")
    for experts in (2, 3, 5, 10):
        found = [agreement_by_chance(experts, n).consensus for n in (3, 4, 5, 7, 10)]
        cells = [f"{each.mean:.2f}, {each.high:.2f}" for each in found]
        assert f"| {experts} | {' | '.join(cells)} |" in page


def test_the_same_every_time():
    agreement_by_chance.cache_clear()
    first = agreement_by_chance(4, 6)
    agreement_by_chance.cache_clear()
    random_priorities.cache_clear()
    again = agreement_by_chance(4, 6)
    assert (first.consensus.mean, first.consensus.high) == (
        again.consensus.mean,
        again.consensus.high,
    )
    assert first.concordance.high == again.concordance.high


def test_p_is_never_nothing():
    chance = agreement_by_chance(10, 10).concordance
    assert 0 < chance.p(1.0) < 0.001
    assert chance.p(0.0) == 1.0
    assert concordance_p(ranked(*[range(1, 11)] * 10)) == chance.p(1.0)


@given(experts=st.integers(2, 7), elements=st.integers(2, 5), data=st.data())
def test_p_falls_as_w_rises(experts, elements, data):
    rows = st.permutations(range(1, elements + 1))
    panels = [ranked(*[data.draw(rows) for _ in range(experts)]) for _ in range(2)]
    one, other = sorted(panels, key=kendall_w)
    assert concordance_p(one) >= concordance_p(other) - 1e-12


def test_two_elements_and_many_experts_are_counted():
    """Eight of ten alike: 2 (C(10,8) + C(10,9) + C(10,10)) / 2^10."""
    weights = ranked(*[(1, 2)] * 8, *[(2, 1)] * 2)
    assert concordance_p(weights) == pytest.approx(2 * (45 + 10 + 1) / 1024)


def test_no_w_no_p():
    assert math.isnan(concordance_p([[0.5, 0.5], [0.5, 0.5]]))
    assert math.isnan(concordance_p([[0.6, 0.4]]))


@pytest.mark.parametrize(
    "act",
    [
        lambda: random_priorities(1),
        lambda: agreement_by_chance(1, 3),
        lambda: agreement_by_chance(3, 1),
        lambda: concordance_by_chance([[0.5, 0.5]], 1),
        lambda: concordance_by_chance([[1.0]], 3),
    ],
)
def test_one_expert_or_one_element_is_refused(act):
    with pytest.raises(MethodError) as caught:
        act()
    assert caught.value.code == "chance-size"
