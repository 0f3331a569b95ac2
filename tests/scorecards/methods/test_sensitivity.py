import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.methods.ahp import global_weights
from scorecards.methods.errors import MethodError
from scorecards.methods.lights import LIKERT_LIMITS, Light, light
from scorecards.methods.sensitivity import light_changes, rank_changes, varied_weights


@st.composite
def hierarchies(draw):
    count = draw(st.integers(2, 5))
    raw = draw(st.lists(st.floats(0.05, 1), min_size=count, max_size=count))
    scores = draw(st.lists(st.floats(0, 10), min_size=count, max_size=count))
    local = []
    for _ in range(count):
        row = draw(st.lists(st.floats(0.05, 1), min_size=1, max_size=4))
        local.append([weight / sum(row) for weight in row])
    return [weight / sum(raw) for weight in raw], scores, local, draw(st.integers(0, count - 1))


@given(hierarchy=hierarchies(), weight=st.floats(0, 1))
def test_varied_weights_sum_to_one_and_keep_the_others_in_proportion(hierarchy, weight):
    weights, _, _, place = hierarchy
    varied = varied_weights(weights, place, weight)
    assert sum(varied) == pytest.approx(1)
    assert varied[place] == weight
    others = [i for i in range(len(weights)) if i != place]
    for i in others:
        assert varied[i] * weights[others[0]] == pytest.approx(varied[others[0]] * weights[i])


def test_varying_to_the_old_weight_changes_nothing():
    assert varied_weights([0.5, 0.3, 0.2], 1, 0.3) == pytest.approx([0.5, 0.3, 0.2])


def test_others_without_weight_share_the_rest_equally():
    assert varied_weights([1.0, 0.0, 0.0], 0, 0.5) == [0.5, 0.25, 0.25]


def test_a_single_perspective_keeps_its_weight():
    assert varied_weights([1.0], 0, 0.2) == [1.0]
    assert light_changes([1.0], [9.0], 0) == ()


@given(hierarchy=hierarchies())
def test_the_light_between_two_changes_is_the_one_that_they_say(hierarchy):
    weights, scores, _, place = hierarchy
    changes = light_changes(weights, scores, place)
    assert len(changes) <= 2
    stops = [0.0, *(change.weight for change in changes), 1.0]
    for left, right in zip(stops, stops[1:], strict=False):
        middle = (left + right) / 2
        if right - left < 1e-5:
            continue
        index = sum(
            w * s for w, s in zip(varied_weights(weights, place, middle), scores, strict=True)
        )
        if min(abs(index - 3), abs(index - 8)) < 1e-6:
            continue
        for change in changes:
            if change.weight == left:
                assert change.above is light(index)
            if change.weight == right:
                assert change.below is light(index)


def test_light_changes_on_the_likert_scale():
    [change] = light_changes([0.5, 0.5], [2.0, 3.0], 0, LIKERT_LIMITS)
    assert change.weight == pytest.approx(0.4)
    assert (change.below, change.above) == (Light.AMBER, Light.RED)


def test_an_index_that_only_starts_on_a_limit_does_not_change_its_light_there():
    assert light_changes([0.5, 0.5], [1.0, 3.0], 0) == ()


def test_equal_scores_never_change_the_light():
    assert light_changes([0.5, 0.5], [3.0, 3.0], 0) == ()


@given(hierarchy=hierarchies())
def test_at_a_rank_change_both_kpis_weigh_the_same(hierarchy):
    weights, _, local, place = hierarchy
    changes = rank_changes(weights, local, place)
    elsewhere = sum(len(row) for i, row in enumerate(local) if i != place)
    assert len(changes) == len(local[place]) * elsewhere
    for change in changes:
        varied = global_weights(varied_weights(weights, place, change.weight), local)
        (i, j), (k, m) = change.overtaking, change.overtaken
        assert varied[i][j] == pytest.approx(varied[k][m])
    assert [c.weight for c in changes] == sorted(c.weight for c in changes)


def test_a_kpi_without_weight_overtakes_nothing():
    changes = rank_changes([0.5, 0.5], [[1.0, 0.0], [1.0, 0.0]], 0)
    assert [(c.overtaking, c.overtaken) for c in changes] == [((0, 0), (1, 0))]


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("perspective-unknown", lambda: varied_weights([0.5, 0.5], 2, 0.1)),
        ("perspective-unknown", lambda: varied_weights([0.5, 0.5], -1, 0.1)),
        ("scores-length", lambda: light_changes([0.5, 0.5], [1.0], 0)),
        ("scores-length", lambda: light_changes([0.5, 0.5], [1.0, math.nan], 0)),
        ("kpis-length", lambda: rank_changes([0.5, 0.5], [[1.0]], 0)),
    ],
)
def test_what_cannot_be_varied_is_refused(code, act):
    with pytest.raises(MethodError) as caught:
        act()
    assert caught.value.code == code
