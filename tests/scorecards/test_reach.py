"""What lifts the index: a goal is a value, and its gain what scoring gives for that value."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from organizations import figures
from scorecards.methods.lights import Light, light
from scorecards.models import KPI, Scorecard, Target
from scorecards.selectors.report.levels import level_of, scale_of
from scorecards.selectors.report.reach import reach_of
from scorecards.target_scale import points_of, standards

ORDER = [Light.RED, Light.AMBER, Light.GREEN]
Kind = Target.Kind
COLUMNS = ("worst", "standard", "goal", "standard_high", "worst_high")


def scorecard(red="3", green="8", mode="exact", scoring="omax"):
    return Scorecard(
        scoring=scoring,
        level_mode=mode,
        red_limit=Decimal(red),
        green_limit=Decimal(green),
        minimum_coverage=Decimal("0.8"),
    )


def target(kind, points):
    kpi = KPI(code="K-1")
    if kind == Kind.LADDER:
        return Target(kpi=kpi, kind=kind, rungs=[str(point) for point in points])
    names = COLUMNS if kind != Kind.CUT_POINTS else ("cut_1", "cut_2", "cut_3", "cut_4")
    return Target(kpi=kpi, kind=kind, **dict(zip(names, points, strict=False)))


def anchors(worst, aim, best):
    return target(Kind.ANCHORS, [Decimal(each) for each in (worst, aim, best)])


# -- The edges that were wrong


def test_a_target_that_is_the_best_value_gives_level_ten():
    """C-5: reaching the target promised 3 - 2.5, and there is nothing between 3 and 10."""
    kpi = KPI(decimals=0)
    found = reach_of(Decimal(95), anchors(85, 97, 97), kpi, scorecard())
    assert found.levels.standard == 10
    assert (found.standard, found.goal) == (97, 97)
    assert (found.next_light, found.next_value) == ("green", 97)
    assert found.levels.next_light == 10


def test_the_next_light_of_whole_things_is_a_whole_step_away():
    """On target, level 3 is red: amber was "just past it", which no number of trainings is."""
    found = reach_of(Decimal(2), anchors(0, 2, 5), KPI(decimals=0), scorecard())
    assert (found.next_light, found.next_value) == ("amber", 3)
    assert found.levels.next_light == pytest.approx(3 + 7 / 3)
    assert found.standard is None  # reached


def test_a_light_that_lies_between_two_scores_is_left_out():
    cuts = target(Kind.CUT_POINTS, [Decimal(each) for each in (2, 5, 10, 20)])
    likert = scorecard("3.2", "3.8", scoring="likert")
    found = reach_of(Decimal(3), cuts, KPI(decimals=0), likert)
    assert (found.next_light, found.next_value, found.levels.next_light) == ("green", 10, 4)
    assert (found.standard, found.levels.standard) == (None, None)


def test_beyond_the_best_nothing_is_left_to_gain():
    found = reach_of(Decimal(40), anchors(0, 10, 20), KPI(decimals=0), scorecard())
    assert (found.next_value, found.standard, found.goal) == (None, None, None)
    assert found.levels.goal == 10


# -- By trying every value


@st.composite
def cases(draw):
    """A KPI with few decimals, a target of any kind, and a value on, between or beyond it."""
    shift = draw(st.integers(0, 2))
    unit = Decimal(1).scaleb(-shift)
    kind = draw(st.sampled_from([Kind.ANCHORS, Kind.LADDER, Kind.RANGE, Kind.CUT_POINTS]))
    size = {Kind.ANCHORS: 3, Kind.LADDER: 11, Kind.RANGE: 5, Kind.CUT_POINTS: 4}[kind]
    numbers = st.integers(-40, 120)
    steps = sorted(draw(st.lists(numbers, min_size=size, max_size=size, unique=True)))
    if kind == Kind.ANCHORS and draw(st.booleans()):
        steps[1] = steps[2]  # the target is the best value
    if kind != Kind.RANGE and draw(st.booleans()):
        steps = [-step for step in steps]
    red = draw(st.integers(0, 9))
    green = draw(st.integers(red + 1, 10))
    scale = scorecard(str(red), str(green), draw(st.sampled_from(["exact", "rung", "floor"])))
    if kind == Kind.CUT_POINTS:
        red = draw(st.integers(10, 48))
        green = draw(st.integers(red + 1, 50))
        scale = scorecard(str(Decimal(red) / 10), str(Decimal(green) / 10), scoring="likert")
    return (
        # With fewer decimals than its target the rounded rungs of a KPI may coincide.
        KPI(decimals=draw(st.integers(0, shift))),
        target(kind, [step * unit for step in steps]),
        draw(st.integers(min(steps) - 15, max(steps) + 15)) * unit,
        scale,
    )


def values_ahead(value, best, kpi, aim):
    """Every value that the KPI can have, from the measured one to the end of its scale. Rounded
    rungs may lie beyond the best value; behind the best of a range the other side begins."""
    numbers = (*points_of(aim), value)
    decimals = max(kpi.decimals, *(figures.count_decimals(number) for number in numbers))
    step = Decimal(1).scaleb(-decimals)
    sign = 1 if is_better_side(aim, value, value + step) else -1
    beyond = 100 if aim.kind == Kind.ANCHORS else 0
    count = int(sign * (best - value) / step) + beyond
    return [value + sign * step * place for place in range(1, count + 1)]


def way_of(aim, value):
    """The best value, and the target on this value's side of it."""
    points = points_of(aim)
    if aim.kind == Kind.RANGE:
        return points[2], points[1] if value <= points[2] else points[3]
    goal = standards(aim.kind, points)
    return points[-1], goal[0] if goal else None


def is_better_side(aim, value, other):
    points = points_of(aim)
    rises = value <= points[2] if aim.kind == Kind.RANGE else points[0] < points[-1]
    return other > value if rises else other < value


@given(cases())
@example((KPI(decimals=0), anchors(85, 97, 97), Decimal(95), scorecard()))
@example((KPI(decimals=0), anchors("1.5", "4.4", "4.6"), Decimal("4.4"), scorecard(mode="rung")))
def test_a_gain_is_what_scoring_gives_and_no_smaller_step_has_it(case):
    kpi, aim, value, scale = case
    limits = scale_of(scale)[0].limits

    def level(other):
        return level_of(other, aim, kpi, scale).level

    def colour(other):
        return ORDER.index(light(level(other), limits))

    found = reach_of(value, aim, kpi, scale)
    best, goal = way_of(aim, value)
    # What is promised is what the named value is scored.
    for named, promised in (
        (found.next_value, found.levels.next_light),
        (found.standard, found.levels.standard),
        (found.goal, found.levels.goal),
    ):
        assert promised == level(named) if named is not None else promised in (None, level(value))
    assert found.standard == (
        goal if goal is not None and is_better_side(aim, value, goal) else None
    )
    assert found.goal == (best if is_better_side(aim, value, best) else None)
    # The first of all values with a better light is the one that is named, with its light.
    steps = values_ahead(value, best, kpi, aim)
    better = next((other for other in steps if colour(other) > colour(value)), None)
    assert found.next_value == better
    assert found.next_light == (None if better is None else ORDER[colour(better)])
    # Nothing on the way is worse than what lies before it, but the best value of a range, which
    # is scored on its lower side with other rounded rungs.
    way = [value, *steps]
    inner = way[:-1] if aim.kind == Kind.RANGE and value > best else way
    assert all(level(one) <= level(other) for one, other in pairwise(inner))


@given(st.integers(100, 600), st.integers(10, 48), st.data())
def test_the_mean_of_a_questionnaire_reaches_its_next_light(hundredths, red, data):
    green = data.draw(st.integers(red + 1, 50))
    scale = scorecard(str(Decimal(red) / 10), str(Decimal(green) / 10), scoring="likert")
    value, aim = Decimal(hundredths) / 100, Target(kind=Kind.MEAN)
    found = reach_of(value, aim, KPI(decimals=2), scale)
    limits = scale_of(scale)[0].limits
    colours = {
        other: ORDER.index(light(min(5.0, other / 100), limits))
        for other in range(hundredths, max(hundredths, 500) + 1)
    }
    better = [other for other, colour in colours.items() if colour > colours[hundredths]]
    assert found.next_value == (Decimal(better[0]) / 100 if better else None)
    assert found.goal == (5 if value < 5 else None)
