import numpy as np
import pytest

from scorecards.methods.ahp import aggregate_judgements, from_upper, priorities
from scorecards.methods.errors import MethodError
from surveys.methods.uncertainty import bootstrap, perturbation
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


@pytest.mark.parametrize(
    ("code", "act"),
    [
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
