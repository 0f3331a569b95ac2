import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.methods.ahp import from_upper
from scorecards.methods.errors import MethodError
from surveys.methods.outliers import SCALE_STEP, geometric_spread, judgement_scores, outliers

nan = np.nan
SCALE = [*range(1, 10), *(1 / strength for strength in range(2, 10))]
groups = st.lists(st.lists(st.sampled_from(SCALE), min_size=3, max_size=3), min_size=4, max_size=12)


def one_pair(*ratios):
    return from_upper([[ratio] for ratio in ratios])


def scores(*ratios):
    return judgement_scores(one_pair(*ratios))[:, 0, 1]


def test_modified_z_scores_iglewicz1993():
    """Iglewicz and Hoaglin (1993): 0.6745 (x - median)/MAD, of logarithms here."""
    logs = [0.1, 0.4, 0.9, 1.6, 2.1]  # median 0.9, deviations 0.8 0.5 0 0.7 1.2, MAD 0.7
    expected = [0.6745 * (x - 0.9) / 0.7 for x in logs]
    assert scores(*map(math.exp, logs)) == pytest.approx(expected)


def test_the_median_of_an_even_number_is_between_the_middle_two():
    logs = [0.0, 0.6, 1.0, 2.0]  # median 0.8, deviations 0.8 0.2 0.2 1.2, MAD 0.5
    assert scores(*map(math.exp, logs)) == pytest.approx([0.6745 * (x - 0.8) / 0.5 for x in logs])


def test_one_step_beside_experts_of_one_mind_is_nothing():
    assert outliers(one_pair(3, 3, 3, 3, 3, 4)) == []
    assert outliers(one_pair(1, 1, 1, 1, 1, 2)) == []
    assert scores(3, 3, 3, 4)[3] == pytest.approx(0.6745 * math.log(4 / 3) / SCALE_STEP)


def test_far_beside_experts_of_one_mind_is_marked():
    [found] = outliers(one_pair(1, 1, 1, 1, 9))
    assert (found.expert, found.judged, found.median) == (4, 9, 1)
    assert found.score > 3.5
    [found] = outliers(one_pair(5, 5, 6, 5, 1 / 5))
    assert (found.expert, found.score < -3.5) == (4, True)


def test_experts_of_two_minds_have_no_outlier():
    assert outliers(one_pair(9, 9, 9, 1 / 9, 1 / 9, 1 / 9)) == []


def test_a_pair_needs_four_answers():
    assert np.isnan(scores(3, 3, 1 / 9)).all()
    experts = from_upper([[3, 3, nan], [3, 3, 5], [3, 3, 5], [1 / 9, 1 / 9, 5], [nan, 3, nan]])
    found = outliers(experts)
    assert [(each.expert, each.row, each.column) for each in found] == [(3, 0, 1), (3, 0, 2)]
    assert np.isnan(judgement_scores(experts)[:, 1, 2]).all()
    assert np.isnan(judgement_scores(experts)[4, 0, 1])


def test_the_farthest_comes_first():
    experts = from_upper([[3, 1, 1]] * 6 + [[1 / 9, 1, 1], [3, 9, 1]])
    assert [found.expert for found in outliers(experts)] == [6, 7]


@given(groups)
def test_turning_every_pair_round_turns_the_sign(uppers):
    """The other order of two elements says the same the other way round."""
    found = judgement_scores(from_upper(uppers))
    mirrored = judgement_scores(from_upper(1 / np.array(uppers)))
    assert mirrored == pytest.approx(-found, abs=1e-9)


@given(groups, st.randoms(use_true_random=False))
def test_the_order_of_the_experts_does_not_matter(uppers, chance):
    order = list(range(len(uppers)))
    chance.shuffle(order)
    experts = from_upper(uppers)
    assert judgement_scores(experts[order]) == pytest.approx(judgement_scores(experts)[order])
    assert geometric_spread(experts[order]) == pytest.approx(geometric_spread(experts))
    found = {(order[each.expert], each.row, each.column) for each in outliers(experts[order])}
    assert found == {(each.expert, each.row, each.column) for each in outliers(experts)}


@given(groups)
def test_everybody_twice_moves_no_score(uppers):
    experts = from_upper(uppers)
    twice = judgement_scores(np.concatenate([experts, experts]))
    assert twice[: len(uppers)] == pytest.approx(judgement_scores(experts))


def test_geometric_spread_kirkwood1979():
    """Kirkwood (1979): exp of the standard deviation of the logarithms (n - 1)."""
    found = geometric_spread(one_pair(2, 8, 4))
    assert found[0, 1] == pytest.approx(math.exp(np.std(np.log([2, 8, 4]), ddof=1)))
    assert found[1, 0] == pytest.approx(found[0, 1])
    assert found[0, 0] == 1


def test_spread_of_who_answered():
    experts = from_upper([[2, nan, 3], [2, nan, nan], [2, 4, 3]])
    found = geometric_spread(experts)
    assert found[0, 1] == found[1, 2] == pytest.approx(1)
    assert np.isnan(found[0, 2])


@pytest.mark.parametrize("act", [judgement_scores, outliers, geometric_spread])
def test_somebody_has_to_have_answered(act):
    for nobody in (np.ones((0, 3, 3)), np.ones((3, 3))):
        with pytest.raises(MethodError) as caught:
            act(nobody)
        assert caught.value.code == "no-experts"
