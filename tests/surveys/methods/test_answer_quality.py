"""Answers that are worth asking about: the bounds, from both sides, and what chance gives."""

import time
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.methods import ahp
from scorecards.methods.errors import MethodError
from surveys.methods.answer_quality import (
    ALIKE_COMPARISONS,
    ALIKE_RATINGS,
    FEWEST_COMPARISONS,
    FEWEST_RATINGS,
    Pace,
    alike,
    all_extreme,
    fewest_alike,
    is_hasty,
    is_telling,
    paces,
    same_answer,
)
from surveys.study_data import study_data

NAN = float("nan")
# On the scale, as it was shown: for the first of the two, equal, for the second.
SHOWN = st.sampled_from([*range(-9, -1), *range(1, 10)])
VARIED = [3, 5, 1, -2, 3, 7]


def nan_or(values: list[float]) -> list[float | None]:
    return [None if np.isnan(value) else value for value in values]


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ([3] * 6, 3),
        ([-9] * 6, -9),
        ([1] * 6, 1),
        ([3] * 5 + [-3], None),
        ([3] * 5 + [4], None),
        ([3] * 5 + [NAN], None),
        ([3] * 6 + [NAN] * 4, 3),
        ([NAN] * 6, None),
    ],
)
def test_one_answer_throughout_is_found_from_six_on(answers, found):
    assert nan_or(same_answer([answers], FEWEST_COMPARISONS).tolist()) == [found]


def test_three_answers_alike_are_none_of_our_business():
    assert nan_or(same_answer([[1, 1, 1], [3, 3, 3]], FEWEST_COMPARISONS).tolist()) == [None, None]


def test_one_strength_throughout_contradicts_itself_from_four_elements_on():
    """Why six comparisons are enough: nobody who compares means it so, unless it is 1."""
    for strength in range(2, 10):
        for directions in permutations(range(4)):
            place = dict(zip(range(4), directions, strict=True))
            upper = [
                strength if place[i] < place[j] else 1 / strength
                for i, j in combinations(range(4), 2)
            ]
            assert float(ahp.consistency(ahp.from_upper(upper)).cr) > 0.01
    calm = ahp.consistency(ahp.from_upper([1] * 6))
    assert abs(float(calm.cr)) < 1e-9


@given(st.lists(SHOWN, min_size=6, max_size=40))
def test_an_answer_is_the_same_just_where_there_is_one_value(answers):
    [found] = same_answer([answers], FEWEST_COMPARISONS).tolist()
    assert np.isnan(found) == (len(set(answers)) > 1)
    assert len(set(answers)) > 1 or found == answers[0]


def test_nines_are_found_whichever_way_they_point():
    rows = [[9, -9] * 3 + [9], [9] * 6 + [8], [9] * 5 + [NAN] * 2, [9] * 6 + [NAN]]
    assert all_extreme(rows, 9, FEWEST_COMPARISONS).tolist() == [True, False, False, True]


def test_a_pace_is_from_the_first_answer_to_the_last_whatever_their_order():
    assert paces([[30, 10, NAN, 14], [5, NAN, NAN, NAN], [NAN] * 4]) == [Pace(3, 20.0), None, None]


@pytest.mark.parametrize(
    ("pace", "asked", "found"),
    [
        # Five gaps of two seconds are not less than two seconds.
        (Pace(6, 10.0), 6, False),
        (Pace(6, 9.99), 6, True),
        (Pace(5, 1.0), 5, False),
        # No more than half of a part.
        (Pace(6, 3.0), 12, False),
        (Pace(7, 3.0), 12, True),
        # They came together: nobody knows how long anybody thought.
        (Pace(10, 0.0), 10, False),
        (None, 10, False),
    ],
)
def test_haste_is_a_whole_part_in_less_than_two_seconds_an_answer(pace, asked, found):
    assert is_hasty(pace, asked, FEWEST_COMPARISONS) is found


@given(
    st.lists(st.floats(0, 60), min_size=6, max_size=30),
    st.floats(0, 1e6),
)
def test_haste_depends_on_the_time_between_and_not_on_the_hour(gaps, start):
    moments = np.cumsum([0, *gaps])
    [now], [later] = paces([moments]), paces([moments + round(start)])
    assert now.seconds == pytest.approx(later.seconds)
    if now.seconds >= 2.0 * len(gaps):
        assert not is_hasty(now, len(moments), FEWEST_COMPARISONS)


def test_one_long_pause_clears_a_part():
    """The telephone rang, or he thought: nobody is suspected of what isn't sure."""
    [pace] = paces([[*range(10), 40]])
    assert not is_hasty(pace, 11, FEWEST_COMPARISONS)


def test_alike_are_whole_rows_in_the_order_of_the_first():
    rows = [VARIED, [*VARIED[:5], 8], VARIED, [*VARIED[:5], 8], VARIED]
    assert alike(rows, fewest=6) == [(0, 2, 4), (1, 3)]


def test_a_gap_is_part_of_an_answer():
    assert alike([[*VARIED, NAN], [*VARIED, 2]], fewest=6) == []
    assert alike([[*VARIED, NAN], [*VARIED, -NAN]], fewest=6) == [(0, 1)]


@pytest.mark.parametrize(
    "answers",
    [[1] * 20, [5] * 18 + [4, 4], VARIED[:5], [NAN] * 20],
    ids=["all equal", "nearly all alike", "too few", "nothing"],
)
def test_what_everybody_says_is_no_sign_of_copying(answers):
    assert alike([answers, answers], fewest=6) == []


@given(st.lists(st.lists(SHOWN, min_size=7, max_size=7), min_size=1, max_size=12))
def test_alike_agrees_with_comparing_everybody_with_everybody(rows):
    found = {pair for group in alike(rows, fewest=6) for pair in combinations(group, 2)}
    slowly = {
        (a, b)
        for a, b in combinations(range(len(rows)), 2)
        if rows[a] == rows[b] and is_telling(np.array(rows[a], float), 6)
    }
    assert found == slowly


@pytest.mark.parametrize("agreement", [ALIKE_COMPARISONS, ALIKE_RATINGS])
@pytest.mark.parametrize("experts", [2, 3, 5, 15, 50, 200])
def test_chance_makes_two_alike_in_one_of_twenty_panels_at_most(experts, agreement):
    least = fewest_alike(experts, agreement, fewest=1)
    pairs = experts * (experts - 1) / 2
    assert pairs * agreement**least <= 1 / 20
    assert pairs * agreement ** (least - 1) > 1 / 20 or least == 1


def test_a_larger_panel_needs_more_answers_and_never_fewer_than_the_fewest():
    found = [fewest_alike(m, ALIKE_RATINGS, FEWEST_RATINGS) for m in (0, 1, 2, 5, 15, 200)]
    assert found == [10, 10, 10, 11, 15, 26]


def test_simulated_panels_are_marked_as_seldom_as_promised():
    """Ten experts of one mind in thirty per cent of their answers, two thousand panels."""
    chance = np.random.default_rng(11)
    least = fewest_alike(10, ALIKE_COMPARISONS, FEWEST_COMPARISONS)
    # Ten values, one of them half of the time: two give the same with 0.25 + 9 * 0.0031 = 0.28.
    values = [1, 2, 3, 4, 5, 6, 7, 8, 9, -2]
    shares = [0.5, *[0.5 / 9] * 9]
    marked = sum(
        bool(alike(chance.choice(values, (10, least), p=shares), least)) for _panel in range(2000)
    )
    assert marked / 2000 <= 1 / 20


def test_bayats_respondents_agree_less_often_than_is_taken_for_ratings():
    """Mauidzoh (2018), table 1: five respondents, fifteen candidates."""
    ratings = [row[2] for row in study_data("batik-bayat")["screening"]["rows"]]
    shares = [
        sum(rated[a] == rated[b] for rated in ratings) / len(ratings)
        for a, b in combinations(range(5), 2)
    ]
    assert round(sum(shares) / len(shares), 2) == 0.49 < ALIKE_RATINGS
    assert max(shares) == 0.8


@pytest.mark.parametrize("agreement", [0.0, 1.0, -1.0])
def test_an_agreement_is_a_share(agreement):
    with pytest.raises(MethodError, match="between 0 and 1"):
        fewest_alike(5, agreement, 6)


@pytest.mark.parametrize("answers", [[1, 2, 3], 4, [[[1]]], [[1, 2], [1]]])
def test_what_is_no_table_is_refused(answers):
    for method in (
        lambda: same_answer(answers, 6),
        lambda: all_extreme(answers, 9, 6),
        lambda: paces(answers),
        lambda: alike(answers, 6),
    ):
        with pytest.raises(MethodError, match="one row"):
            method()


def test_nobody_and_nothing_are_no_error():
    empty = np.empty((0, 6))
    assert same_answer(empty, 6).tolist() == []
    assert all_extreme(np.empty((2, 0)), 9, 6).tolist() == [False, False]
    assert paces(np.empty((2, 0))) == [None, None]
    assert alike(empty, 6) == []


def test_two_hundred_experts_of_a_hundred_comparisons_are_quick():
    """Linear: every row is looked at once, not beside every other."""
    chance = np.random.default_rng(1)
    rows = chance.integers(1, 10, (200, 100)).astype(float)
    rows[150] = rows[20]
    began = time.perf_counter()
    assert alike(rows, fewest_alike(200, ALIKE_COMPARISONS, FEWEST_COMPARISONS)) == [(20, 150)]
    assert time.perf_counter() - began < 0.5
