import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.methods.errors import MethodError
from surveys.methods.scale import from_steps, to_steps

ratios = st.floats(min_value=1 / 9, max_value=9)


def test_the_scale_has_seventeen_even_steps_saaty1980():
    """Saaty (1980): 1 to 9 and their reciprocals."""
    scale = [1 / strength for strength in range(9, 1, -1)] + list(range(1, 10))
    assert to_steps(scale) == pytest.approx(np.arange(-8, 9))
    assert from_steps(np.arange(-8, 9)) == pytest.approx(scale)


@given(ratios)
def test_there_and_back(ratio):
    assert from_steps(to_steps(ratio)) == pytest.approx(ratio)


@given(ratios)
def test_the_other_way_round_is_the_same_distance(ratio):
    assert to_steps(1 / ratio) == pytest.approx(-to_steps(ratio), abs=1e-12)


@given(ratios, ratios)
def test_more_is_more(one, other):
    assert (to_steps(one) < to_steps(other)) == (one < other)


def test_no_answer_stays_none():
    assert np.isnan(to_steps([np.nan])).all()
    assert np.isnan(from_steps([np.nan])).all()


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("judgement-not-positive", lambda: to_steps([0.0])),
        ("judgement-not-positive", lambda: to_steps([np.inf])),
        ("step-infinite", lambda: from_steps([np.inf])),
    ],
)
def test_what_is_no_number_of_the_scale_is_refused(code, act):
    with pytest.raises(MethodError) as caught:
        act()
    assert caught.value.code == code
