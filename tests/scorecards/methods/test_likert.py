import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.methods.errors import MethodError
from scorecards.methods.likert import CutPoints, classes, classify
from scorecards.methods.scoring import LIKERT_SCALE, KPIInput, PerspectiveInput, score_period
from tests.studies import study


def test_index_loocs_is_the_plain_mean_and_poor():
    """Loocs, abstract: 1, 3.45, 3.35 and 2 give 2.45, "Tidak Baik"."""
    data = study("toko-loocs")
    period = score_period(
        [
            PerspectiveInput(each["code"], (KPIInput(each["code"], each["published_score"]),))
            for each in data["perspectives"]
        ],
        LIKERT_SCALE,
    )
    assert period.index == pytest.approx(data["published_overall"], abs=1e-12)
    found = classify(period.index)
    assert (found.index, found.key) == (2, "poor")
    assert period.light.value == "red"


def test_classes_of_five_points_are_080_wide():
    found = classes()
    edges = [each.low for each in found] + [found[-1].high]
    assert edges == pytest.approx([1, 1.8, 2.6, 3.4, 4.2, 5])
    assert [each.key for each in found] == ["very-poor", "poor", "fair", "good", "very-good"]


@pytest.mark.parametrize(
    ("mean", "index"),
    [(1, 1), (1.79, 1), (1.8, 2), (2.6, 3), (3.4, 4), (4.2, 5), (5, 5), (1 + 3 * 0.8, 4)],
)
def test_an_edge_belongs_to_the_better_class(mean, index):
    assert classify(mean).index == index


@given(points=st.integers(2, 11), share=st.floats(0, 1))
def test_every_mean_lies_in_its_class(points, share):
    mean = 1 + share * (points - 1)
    found = classify(mean, points)
    assert found in classes(points)
    assert found.low - 1e-6 <= mean <= found.high + 1e-6


def test_classes_of_another_scale_are_numbered():
    assert [each.key for each in classes(3)] == ["class-1", "class-2", "class-3"]


@pytest.mark.parametrize("direction", [1, -1])
def test_cut_points_score_in_either_direction(direction):
    points = CutPoints([direction * cut for cut in (2, 5, 10, 20)])
    assert points.higher_is_better == (direction == 1)
    values = (-1e15, 1.9, 2, 4.9, 5, 10, 19.9, 20, 1e15)
    assert [points.score(direction * v) for v in values] == [1, 1, 2, 2, 3, 4, 4, 5, 5]


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("mean-outside-scale", lambda: classify(0.9)),
        ("mean-outside-scale", lambda: classify(5.1)),
        ("mean-outside-scale", lambda: classify(math.nan)),
        ("likert-points", lambda: classes(1)),
        ("cut-points-count", lambda: CutPoints((1, 2, 3))),
        ("cut-points-not-monotone", lambda: CutPoints((1, 2, 2, 3))),
        ("cut-points-not-monotone", lambda: CutPoints((1, 3, 2, 4))),
        ("cut-points-not-monotone", lambda: CutPoints((1, 2, 3, math.inf))),
        ("cut-points-not-monotone", lambda: CutPoints((1, 2, math.nan, 3))),
        ("value-not-finite", lambda: CutPoints((1, 2, 3, 4)).score(math.nan)),
    ],
)
def test_what_is_not_on_the_scale_is_refused(code, act):
    with pytest.raises(MethodError) as caught:
        act()
    assert caught.value.code == code
