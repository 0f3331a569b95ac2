import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.methods.errors import MethodError
from scorecards.methods.lights import (
    LIKERT_LIMITS,
    OMAX_LIMITS,
    Light,
    Limits,
    light,
    next_light,
    round_half_up,
    shown_decimals,
)
from scorecards.methods.omax import Ladder

both = pytest.mark.parametrize("limits", [OMAX_LIMITS, LIKERT_LIMITS])


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (0, Light.RED),
        (3, Light.RED),
        (3.0000000000000004, Light.RED),
        (2.9999999999999996, Light.RED),
        (3.001, Light.AMBER),
        (7.99, Light.AMBER),
        (7.999999999999999, Light.GREEN),
        (8, Light.GREEN),
        (8.000000000000002, Light.GREEN),
        (10, Light.GREEN),
    ],
)
def test_omax_on_target_is_still_red_and_green_begins_at_8(level, expected):
    assert light(level) is expected


@pytest.mark.parametrize(
    ("mean", "expected"),
    [
        (1, Light.RED),
        (2.59, Light.RED),
        (2.5999999999999996, Light.AMBER),
        (2.6, Light.AMBER),
        (3.39, Light.AMBER),
        (3.4, Light.GREEN),
        (1 + 3 * 0.8, Light.GREEN),
        (5, Light.GREEN),
    ],
)
def test_likert_limits_belong_to_the_better_light(mean, expected):
    assert light(mean, LIKERT_LIMITS) is expected


@pytest.mark.parametrize("level", [None, math.nan])
def test_no_data_is_no_light(level):
    assert light(level) is Light.NONE
    assert shown_decimals(level) == 2


def test_levels_that_are_3_and_8_but_for_rounding_are_on_the_limit():
    ladder = Ladder(0.1, 0.3, 1.0)
    assert light(ladder.level(0.1 + 0.2)) is Light.RED
    assert light(ladder.level(ladder.value_at(8))) is Light.GREEN


@both
@given(data=st.data())
def test_the_shown_level_never_contradicts_its_light(limits, data):
    near = data.draw(st.sampled_from([limits.red, limits.green, limits.lowest]))
    level = min(limits.highest, max(limits.lowest, near + data.draw(st.floats(-0.01, 0.01))))
    decimals = shown_decimals(level, limits)
    assert 2 <= decimals <= 9
    assert light(round_half_up(level, decimals), limits) is light(level, limits)


@both
@given(data=st.data())
def test_a_higher_level_never_has_a_worse_light(limits, data):
    order = [Light.RED, Light.AMBER, Light.GREEN]
    levels = st.floats(limits.lowest, limits.highest)
    low, high = sorted([data.draw(levels), data.draw(levels)])
    assert order.index(light(low, limits)) <= order.index(light(high, limits))


def test_shown_decimals_keep_what_is_asked_for():
    assert shown_decimals(7.996, decimals=1) == 3
    assert shown_decimals(5.5, decimals=12) == 12
    assert shown_decimals(8 - 2e-9, decimals=2) == 9


def test_next_light_is_the_limit_ahead():
    assert next_light(3) == 3
    assert next_light(7.9) == 8
    assert next_light(8) is None
    assert next_light(2.6, LIKERT_LIMITS) == 3.4


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [(0.125, 2, 0.13), (-0.125, 2, -0.13), (2.5, 0, 3.0), (1e15, 2, 1e15), (1e300, 2, 1e300)],
)
def test_halves_are_rounded_away_from_zero(value, decimals, rounded):
    assert round_half_up(value, decimals) == rounded


@pytest.mark.parametrize(
    ("red", "green"), [(3, 3), (8, 3), (-1, 8), (3, 11), (math.nan, 8), (3, math.nan)]
)
def test_limits_out_of_order_or_off_the_scale_are_refused(red, green):
    with pytest.raises(MethodError) as caught:
        Limits(red=red, green=green)
    assert caught.value.code == "limits-not-in-order"
