import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scorecards.methods.errors import MethodError
from scorecards.methods.omax import (
    LEVEL_MODES,
    CustomLadder,
    Direction,
    Ladder,
    RangeLadder,
)
from tests.studies import study

KPIS = {
    kpi["code"]: kpi
    for perspective in study("batik-lasem")["perspectives"]
    for kpi in perspective["kpis"]
}
LEVELS = {
    **{"PO-1": 6.5, "PO-2": 4.4, "C-1": 5.333, "C-2": 4.96, "C-3": 1.2, "C-4": 2.2, "C-5": 2.16},
    **{"C-6": 7.9, "P-1": 3.933, "P-2": 6.5, "P-3": 7.667, "I-1": 0.75, "I-2": 3.0, "I-3": 3.933},
    **{"I-4": 6.15, "I-5": 6.5, "I-6": 5.0, "I-7": 1.333},
}
numbers = st.floats(-1e15, 1e15)
modes = pytest.mark.parametrize("mode", LEVEL_MODES)


def ladder_of(kpi):
    return Ladder(kpi["worst"], kpi["standard"], kpi["goal"])


@st.composite
def ladders(draw, numbers=numbers):
    """A ladder of either direction, now and then with the standard at the goal."""
    worst, standard, goal = sorted(draw(st.lists(numbers, min_size=3, max_size=3)))
    assume(worst < standard)
    if draw(st.booleans()):
        goal = standard
    if draw(st.booleans()):
        return Ladder(worst, standard, goal)
    return Ladder(-worst, -standard, -goal)


# Anchors as people type them, so near to each other that rounded rungs coincide.
coarse = st.integers(-400, 400).map(lambda number: number / 100)


@st.composite
def any_ladders(draw):
    """Three anchors, five of a range or eleven given values; with the points of its levels."""
    kind = draw(st.sampled_from(["anchors", "range", "custom"]))
    if kind == "anchors":
        ladder = draw(ladders(coarse))
        return ladder, [(ladder.worst, 0), (ladder.standard, 3), (ladder.goal, 10)]
    size = {"range": 5, "custom": 11}[kind]
    points = sorted(draw(st.lists(coarse, min_size=size, max_size=size, unique=True)))
    if kind == "range":
        return RangeLadder(*points), list(zip(points, (0, 3, 10, 3, 0), strict=True))
    if draw(st.booleans()):
        points.reverse()
    return CustomLadder(points), [(points[10], 0), (points[7], 3), (points[0], 10)]


# Published source


@pytest.mark.parametrize("code", KPIS)
def test_levels_lasem_exact(code):
    """Lasem, the 18 KPIs of 2017, by exact interpolation."""
    kpi = KPIS[code]
    assert ladder_of(kpi).level(kpi["actual"]) == pytest.approx(LEVELS[code], abs=0.0005)


def test_levels_lasem_cover_every_kpi():
    assert set(LEVELS) == set(KPIS)
    assert len(KPIS) == 18


@pytest.mark.parametrize(
    ("code", "by_hand"),
    [("PO-2", 4.5), ("C-1", 5.5), ("C-6", 7.857), ("P-3", 7.668), ("I-4", 6.143)],
)
def test_levels_lasem_between_rounded_rungs(code, by_hand):
    """Lasem, where the printed level was read between rungs of two decimals."""
    kpi = KPIS[code]
    level = ladder_of(kpi).level(kpi["actual"], mode="rung", decimals=2)
    assert level == pytest.approx(by_hand, abs=0.0005)
    assert level == pytest.approx(kpi["published_level"], abs=0.01)


@pytest.mark.parametrize("code", [code for code in KPIS if KPIS[code]["published_ladder_10_to_0"]])
def test_rungs_lasem(code):
    """Lasem, every printed ladder; C-6 prints 2.50 on its lowest rung, below 1.83."""
    kpi = KPIS[code]
    printed = kpi["published_ladder_10_to_0"]
    rungs = list(ladder_of(kpi).rungs(2))
    if code == "C-6":
        assert (printed[-1], rungs[-1]) == (2.5, 1.0)
        printed, rungs = printed[:-1], rungs[:-1]
    assert rungs == pytest.approx(printed, abs=1e-9)


@pytest.mark.parametrize("code", KPIS)
def test_direction_lasem_follows_the_anchors(code):
    assert ladder_of(KPIS[code]).direction == KPIS[code]["direction"]


# Properties


@modes
@given(ladder=ladders(), value=numbers)
def test_every_value_has_a_level_from_0_to_10(mode, ladder, value):
    found = ladder.score(value, mode)
    assert 0 <= found.level <= 10


@modes
@given(ladder=ladders(), first=numbers, second=numbers)
def test_a_better_value_never_has_a_lower_level(mode, ladder, first, second):
    if ladder.direction is Direction.HIGHER:
        worse, better = sorted([first, second])
    else:
        better, worse = sorted([first, second])
    assert ladder.level(worse, mode) <= ladder.level(better, mode) + 1e-9


@given(ladder=ladders(), value=numbers)
def test_a_value_is_clamped_exactly_when_it_lies_beyond_the_ends(ladder, value):
    ends = sorted([ladder.worst, ladder.goal])
    assert ladder.score(value).clamped == (not ends[0] <= value <= ends[1])


@modes
@given(ladder=ladders(), value=numbers)
def test_mirrored_anchors_mirror_the_levels(mode, ladder, value):
    mirrored = Ladder(-ladder.worst, -ladder.standard, -ladder.goal)
    assert mirrored.level(-value, mode) == pytest.approx(ladder.level(value, mode), abs=1e-9)


@given(ladder=ladders())
def test_the_anchors_have_their_levels(ladder):
    assert ladder.level(ladder.worst) == 0
    assert ladder.level(ladder.goal) == 10
    assert ladder.level(ladder.standard) == (10 if ladder.standard == ladder.goal else 3)


@given(ladder=ladders(), level=st.floats(0, 10))
def test_a_level_leads_to_its_value_and_back(ladder, level):
    assume(ladder.standard != ladder.goal)
    span = min(abs(ladder.standard - ladder.worst), abs(ladder.goal - ladder.standard))
    assume(span > 1e-6 * max(abs(ladder.worst), abs(ladder.goal), 1e-300))
    assert ladder.level(ladder.value_at(level)) == pytest.approx(level, abs=1e-6)


@given(
    anchors=st.lists(st.integers(-1000, 1000), min_size=3, max_size=3, unique=True),
    value=st.integers(-1100, 1100),
)
def test_floor_is_the_whole_part_of_the_exact_level(anchors, value):
    ladder = Ladder(*sorted(anchors))
    expected = math.floor(ladder.level(value) + 1e-7)
    assert ladder.level(value, "floor", decimals=9) == expected


# Edges


def test_a_target_at_the_best_value_jumps_from_below_3_to_10():
    """Lasem, C-5."""
    ladder = Ladder(2.0, 4.5, 4.5)
    assert ladder.level(4.5) == 10
    assert ladder.level(4.499) < 3
    assert ladder.rungs(2) == (4.5,) * 8 + (3.67, 2.83, 2.0)
    assert ladder.level(4.5, "rung") == 10
    assert ladder.level(4.4, "floor") == 2


def test_lower_is_better():
    ladder = Ladder(25, 15, 5)
    assert ladder.direction is Direction.LOWER
    assert [ladder.level(value) for value in (30, 25, 15, 10, 5, 0)] == [0, 0, 3, 6.5, 10, 10]
    assert ladder.level(10, "floor") == 6


@pytest.mark.parametrize(
    "anchors", [(-10, 0, 10), (0, 2, 5), (10, 0, -10), (-30, -20, -10), (1e-12, 2e-12, 3e-12)]
)
@modes
def test_zero_negative_and_tiny_anchors(mode, anchors):
    ladder = Ladder(*anchors)
    assert ladder.level(anchors[0], mode) == 0
    assert ladder.level(anchors[1], mode) == pytest.approx(3, abs=1e-9)
    assert ladder.level(anchors[2], mode) == 10


@modes
def test_huge_anchors_and_values_stay_finite(mode):
    ladder = Ladder(0, 1e15, 2e15)
    assert ladder.level(1.7e308, mode) == 10
    assert ladder.level(-1.7e308, mode) == 0
    assert ladder.level(1.5e15, mode) == pytest.approx(6.5, abs=0.5)


def test_rungs_that_rounding_merges_lead_to_the_highest_of_them_and_anchors_to_their_own():
    """Trainings, counted in whole numbers: levels 10 and 9 both print 5, levels 4 and 3 both 2."""
    ladder = Ladder(0, 2, 5)
    assert ladder.rungs(0) == (5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 0)
    assert [ladder.level(value, "floor", 0) for value in (5, 4, 3, 2, 1, 0)] == [10, 8, 6, 3, 2, 0]


@modes
@pytest.mark.parametrize("sign", [1, -1])
def test_a_value_at_an_anchor_has_its_level_where_rungs_coincide(mode, sign):
    """Anchors 0, 1, 2 without decimals: 1 was read as level 6, and the worst value as level 1."""
    ladder = Ladder(0, sign, 2 * sign)
    assert [ladder.level(sign * value, mode, 0) for value in (0, 1, 2)] == [0, 3, 10]


@modes
def test_an_anchor_with_more_digits_than_the_kpi_has_its_level(mode):
    ladder = Ladder(0.04, 0.16, 0.94)
    assert [ladder.level(value, mode, 1) for value in (0.04, 0.16, 0.94)] == [0, 3, 10]


@modes
@given(found=any_ladders(), decimals=st.integers(0, 3))
def test_anchors_have_their_levels_whatever_the_decimals(mode, found, decimals):
    ladder, points = found
    for value, level in points:
        is_one = isinstance(ladder, Ladder) and ladder.standard == ladder.goal == value
        assert ladder.level(value, mode, decimals) == (10 if is_one else level)


@modes
@given(found=any_ladders(), decimals=st.integers(0, 3), first=coarse, second=coarse)
def test_better_is_never_lower_whatever_the_decimals(mode, found, decimals, first, second):
    ladder, _points = found
    low, high = sorted([first, second])
    rises = ladder.direction is Direction.HIGHER
    if isinstance(ladder, RangeLadder):
        assume(high <= ladder.goal or low >= ladder.goal)
        rises = high <= ladder.goal
    worse, better = (low, high) if rises else (high, low)
    assert ladder.level(better, mode, decimals) >= ladder.level(worse, mode, decimals)


def test_rounding_that_would_merge_the_anchors_is_not_done():
    ladder = Ladder(0.001, 0.002, 0.004)
    assert ladder.level(0.003, "rung", decimals=2) == pytest.approx(6.5)


def test_rung_and_floor_reach_a_rung_as_it_is_shown():
    ladder = Ladder(5, 10, 25)
    assert ladder.rungs(2)[2] == 20.71  # unrounded 20.714
    assert ladder.level(20.71, "floor") == 8
    assert ladder.level(20.71, "rung") == 8
    assert ladder.level(20.71) < 8


# Custom rungs


CURVED = (100, 90, 81, 73, 66, 60, 55, 51, 48, 46, 45)


def test_given_rungs_are_interpolated():
    ladder = CustomLadder(CURVED)
    assert ladder.level(95) == 9.5
    assert ladder.level(95, "floor") == 9
    assert ladder.score(101).clamped
    assert ladder.score(44) == (found := ladder.score(0))
    assert (found.level, found.clamped) == (0, True)
    assert ladder.rungs() == CURVED
    assert ladder.direction is Direction.HIGHER


def test_given_rungs_may_rise_towards_level_0():
    ladder = CustomLadder([-rung for rung in CURVED])
    assert ladder.direction is Direction.LOWER
    assert ladder.level(-95) == 9.5
    assert ladder.rungs(0)[0] == -100


@given(values=st.lists(st.integers(-1000, 1000), min_size=11, max_size=11, unique=True))
def test_every_given_rung_has_its_own_level(values):
    for order in (sorted(values), sorted(values, reverse=True)):
        ladder = CustomLadder(order)
        assert [ladder.level(rung) for rung in order] == list(range(10, -1, -1))


# A best value in the middle


def test_a_target_range_is_best_in_the_middle():
    ladder = RangeLadder(75, 125, 175, 200, 300)
    assert ladder.direction is Direction.RANGE
    assert [ladder.level(v) for v in (75, 125, 150, 175, 200, 300)] == [0, 3, 6.5, 10, 3, 0]
    assert not ladder.score(175).clamped
    assert ladder.score(74).clamped
    assert ladder.score(301).clamped
    assert ladder.side(180).rungs(0)[-1] == 300


@modes
@given(anchors=st.lists(st.floats(-1e6, 1e6), min_size=5, max_size=5, unique=True), value=numbers)
def test_levels_fall_on_both_sides_of_the_best_value(mode, anchors, value):
    ladder = RangeLadder(*sorted(anchors))
    nearer = (value + ladder.goal) / 2
    assert 0 <= ladder.level(value, mode) <= ladder.level(nearer, mode) + 1e-9 <= 10 + 1e-9


# What is refused


@pytest.mark.parametrize(
    ("code", "act", "named"),
    [
        ("anchors-equal", lambda: Ladder(1, 1, 2), ["1"]),
        ("anchors-equal", lambda: Ladder(1, 1, 1), ["1"]),
        ("anchors-not-monotone", lambda: Ladder(1, 3, 2), ["1", "3", "2"]),
        ("anchors-not-monotone", lambda: Ladder(2, 1, 3), ["2", "1", "3"]),
        ("anchors-not-finite", lambda: Ladder(math.nan, 1, 2), ["nan"]),
        ("anchors-not-finite", lambda: Ladder(0, 1, math.inf), ["inf"]),
        ("anchors-too-far-apart", lambda: Ladder(-1.7e308, 0, 1.7e308), ["1.7e+308"]),
        ("value-not-finite", lambda: Ladder(0, 1, 2).level(math.nan), []),
        ("value-not-finite", lambda: Ladder(0, 1, 2).level(math.inf), []),
        ("value-not-finite", lambda: CustomLadder(CURVED).level(math.nan), []),
        ("value-not-finite", lambda: RangeLadder(0, 1, 2, 3, 4).level(math.nan), []),
        ("level-mode-unknown", lambda: Ladder(0, 1, 2).level(1, "nearest"), ["nearest", "floor"]),
        ("level-mode-unknown", lambda: CustomLadder(CURVED).level(1, "nearest"), ["nearest"]),
        ("rungs-count", lambda: CustomLadder((3, 2, 1)), ["11", "3"]),
        ("rungs-not-monotone", lambda: CustomLadder((5,) * 11), ["5"]),
        ("rungs-not-monotone", lambda: CustomLadder((*CURVED[:-1], 47)), ["100", "47"]),
        ("rungs-not-monotone", lambda: CustomLadder((*CURVED[:-1], math.nan)), []),
        ("rungs-not-monotone", lambda: CustomLadder((*CURVED[:-1], -math.inf)), []),
        ("range-not-rising", lambda: RangeLadder(4, 3, 2, 1, 0), ["4", "0"]),
        ("anchors-not-monotone", lambda: RangeLadder(0, 3, 2, 4, 5), ["3", "2"]),
    ],
)
def test_what_is_no_ladder_or_value_is_refused_with_its_numbers(code, act, named):
    with pytest.raises(MethodError) as caught:
        act()
    assert caught.value.code == code
    for text in named:
        assert text in str(caught.value)
