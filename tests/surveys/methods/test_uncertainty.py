import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecards.methods.ahp import aggregate_judgements, from_upper, priorities
from scorecards.methods.errors import MethodError
from surveys.methods import perturbation as perturbing
from surveys.methods.perturbation import perturbation
from surveys.methods.uncertainty import bootstrap, draw_experts, drawn_weights, summarise
from tests.studies import number, study

both = pytest.mark.parametrize("draw", [bootstrap, perturbation])


def lasem(code):
    experts = study("batik-lasem")["reconstructed_judgements"]["matrices"][code]
    return from_upper([[number(text) for text in upper] for upper in experts])


@both
@pytest.mark.parametrize("method", ["eigenvector", "row_geometric_mean", "column_mean"])
def test_the_weights_lie_within_their_draws(draw, method):
    experts = lasem("C")
    found = draw(experts, seed=5, draws=300, method=method)
    expected = priorities(aggregate_judgements(experts), method)
    assert found.weights == pytest.approx(expected.tolist(), abs=1e-12)
    assert found.draws == 300
    for low, weight, high in zip(found.low, found.weights, found.high, strict=True):
        assert 0 < low < weight < high < 1


@both
def test_the_same_seed_gives_the_same_draws(draw):
    experts = lasem("P")
    assert draw(experts, seed=5, draws=50) == draw(experts, seed=5, draws=50)
    assert draw(experts, seed=5, draws=50).low != draw(experts, seed=6, draws=50).low


def test_experts_of_one_mind_leave_nothing_to_draw():
    found = bootstrap(np.repeat(from_upper([[2, 4, 2]]), 3, axis=0), seed=1, draws=50)
    assert found.low == pytest.approx(found.weights)
    assert found.high == pytest.approx(found.weights)
    assert found.first_place_changes == 0


def test_experts_of_two_minds_often_change_the_first_place():
    found = bootstrap(from_upper([[9], [9], [1 / 9], [1 / 9], [2]]), seed=1)
    assert 0.2 < found.first_place_changes < 0.5


def test_ties_for_the_first_place_are_no_change():
    found = bootstrap(np.ones((3, 3, 3)), seed=1, draws=50)
    assert found.first_place_changes == 0


def test_perturbation_keeps_to_the_scale_and_needs_one_expert():
    found = perturbation(from_upper([[9]]), seed=1)
    assert found.high[0] == pytest.approx(0.9)
    assert found.low[0] == pytest.approx(8 / 9)
    found = perturbation(from_upper([[1 / 9]]), seed=1)
    assert found.low[0] == pytest.approx(0.1)


def test_expert_weights_count():
    experts = from_upper([[9], [1 / 9], [1 / 9]])
    assert bootstrap(experts, seed=1, expert_weights=[1, 0.01, 0.01]).weights[0] > 0.5
    assert perturbation(experts, seed=1, expert_weights=[1, 0, 0]).low[0] > 0.5


def test_draws_that_missing_answers_leave_unconnected_are_not_counted():
    nan = np.nan
    experts = from_upper([[2, nan, nan], [nan, nan, 3], [2, nan, 3]])
    found = bootstrap(experts, seed=1, draws=400)
    assert 0 < found.draws < 400
    assert perturbation(experts, seed=1, draws=400).draws == 400


def test_without_any_connected_draw_there_is_no_result():
    nan = np.nan
    alone = [[2 if pair == expert else nan for pair in range(6)] for expert in (0, 3, 5)]
    with pytest.raises(MethodError) as caught:
        bootstrap(from_upper(alone), seed=1, draws=1)
    assert caught.value.code == "no-usable-draw"


# -- Against the definition, one draw after the other


@pytest.mark.parametrize("method", ["eigenvector", "row_geometric_mean", "column_mean"])
def test_bootstrap_is_the_group_of_the_drawn_experts_efron1993(method):
    experts, shares = lasem("I"), [1.0, 2.0, 0.5, 1.0, 3.0]
    counts = draw_experts(5, seed=8, draws=40)
    found = drawn_weights(experts, counts, method=method, expert_weights=shares)
    for row, count in zip(found, counts, strict=True):
        drawn = np.repeat(np.arange(5), count)
        joined = aggregate_judgements(experts[drawn], np.array(shares)[drawn])
        assert row == pytest.approx(priorities(joined, method), abs=1e-12)
    summed = summarise(priorities(aggregate_judgements(experts, shares), method), found, seed=8)
    assert summed == bootstrap(experts, seed=8, draws=40, method=method, expert_weights=shares)
    assert summed.low == pytest.approx(np.percentile(found, 5, axis=0))


def test_experts_are_drawn_alike():
    counts = draw_experts(6, seed=2, draws=4000)
    assert (counts.sum(axis=1) == 6).all()
    assert counts.mean(axis=0) == pytest.approx(np.ones(6), abs=0.06)
    assert counts.var(axis=0) == pytest.approx(np.full(6, 5 / 6), abs=0.08)  # of a multinomial


def test_each_move_has_the_same_chance():
    """One expert, one pair: three different draws, each a third of them."""
    found = perturbation(from_upper([[4]]), seed=3, draws=6000)
    assert (found.low[0], found.high[0]) == pytest.approx((3 / 4, 5 / 6))
    _sizes, shares = np.unique(moved_once([[4]], 6000).round(9), return_counts=True)
    assert shares / 6000 == pytest.approx([1 / 3] * 3, abs=0.03)


def moved_once(uppers, draws):
    logs = perturbing._moved(
        np.array(uppers, dtype=float),
        np.full(len(uppers), 1 / len(uppers)),
        np.random.default_rng(3),
        draws,
    )
    return np.exp(logs)


@pytest.mark.parametrize("experts", [1, 4, 5, 6, 11])
def test_moves_of_several_experts_are_independent(experts):
    """Mean and variance of the joined logarithm are the sums of the experts' own."""
    chance = np.random.default_rng(experts)
    strengths = chance.integers(2, 9, (experts, 3)).astype(float)
    logs = np.log(moved_once(strengths, 20_000))
    own = np.log(np.stack([strengths - 1, strengths, strengths + 1])) / experts
    assert logs.mean(axis=0) == pytest.approx(own.mean(axis=0).sum(axis=0), abs=0.01)
    variance = own.var(axis=0).sum(axis=0)
    assert logs.var(axis=0) == pytest.approx(variance, rel=0.06)
    correlations = np.corrcoef(logs.T)[np.triu_indices(3, 1)]
    assert abs(correlations).max() < 0.03


def test_a_pair_that_nobody_answered_stays_open_in_every_draw():
    nan = np.nan
    found = perturbation(from_upper([[2, nan, 3], [4, nan, 3]]), seed=1, draws=50)
    assert found.draws == 50
    assert np.isnan(moved_once([[2, nan, 3], [4, nan, 3]], 5)[:, 1]).all()


# -- Identities


scale = st.sampled_from([*range(1, 10), *(1 / strength for strength in range(2, 10))])
groups = st.lists(st.lists(scale, min_size=3, max_size=3), min_size=3, max_size=7)


@settings(max_examples=25, deadline=None)
@given(groups)
def test_only_the_ratio_of_the_experts_weights_matters(uppers):
    experts = from_upper(uppers)
    weights = np.arange(1.0, len(uppers) + 1)
    for draw in (bootstrap, perturbation):
        one = draw(experts, seed=1, draws=40, expert_weights=weights)
        doubled = draw(experts, seed=1, draws=40, expert_weights=2 * weights)
        assert doubled.low == pytest.approx(one.low, abs=1e-12)
        assert doubled.first_place_changes == one.first_place_changes


@settings(max_examples=25, deadline=None)
@given(groups, st.randoms(use_true_random=False))
def test_the_order_of_the_experts_changes_no_group(uppers, chance):
    order = list(range(len(uppers)))
    chance.shuffle(order)
    experts = from_upper(uppers)
    counts = draw_experts(len(uppers), seed=4, draws=30)
    shuffled = drawn_weights(experts[order], counts[:, order])
    assert shuffled == pytest.approx(drawn_weights(experts, counts), abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(groups)
def test_an_expert_who_is_there_twice_counts_twice(uppers):
    experts = from_upper(uppers)
    twice = np.concatenate([experts, experts[:1]])
    counts = draw_experts(len(twice), seed=4, draws=30)
    weights = np.ones(len(uppers))
    weights[0] = 2.0
    merged = counts[:, :-1].astype(float)
    merged[:, 0] = (counts[:, 0] + counts[:, -1]) / 2
    found = drawn_weights(experts, merged, expert_weights=weights)
    assert found == pytest.approx(drawn_weights(twice, counts), abs=1e-12)


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("draws-shape", lambda: drawn_weights(np.ones((3, 2, 2)), [[1, 1]])),
        ("draws-shape", lambda: drawn_weights(np.ones((2, 2)), [[1, 1]])),
        ("too-few-experts", lambda: draw_experts(2, seed=1)),
        ("no-usable-draw", lambda: summarise([0.5, 0.5], [[np.nan, np.nan]], seed=1)),
        ("too-few-experts", lambda: bootstrap(np.ones((2, 3, 3)), seed=1)),
        ("too-few-draws", lambda: bootstrap(np.ones((3, 3, 3)), seed=1, draws=0)),
        ("too-few-draws", lambda: perturbation(np.ones((1, 3, 3)), seed=1, draws=0)),
        ("no-experts", lambda: perturbation(np.ones((3, 3)), seed=1)),
        (
            "not-connected",
            lambda: bootstrap(np.full((3, 2, 2), [[1, np.nan], [np.nan, 1]]), seed=1),
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused(code, act):
    with pytest.raises(MethodError) as caught:
        act()
    assert caught.value.code == code
