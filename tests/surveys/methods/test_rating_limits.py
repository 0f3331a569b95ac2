"""The score interval of Aiken's V, and the limits of Lawshe's CVR."""

import math
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.methods.errors import MethodError
from surveys.methods.rating_limits import aiken_interval, cvr_limit
from surveys.methods.screening import lawshe_cvr

# Ayre and Scally (2014), table 2: panel size, how many must agree, critical CVR.
AYRE_SCALLY = [
    (5, 5, 1.000),
    (6, 6, 1.000),
    (7, 7, 1.000),
    (8, 7, 0.750),
    (9, 8, 0.778),
    (10, 9, 0.800),
    (11, 9, 0.636),
    (12, 10, 0.667),
    (13, 10, 0.538),
    (14, 11, 0.571),
    (15, 12, 0.600),
    (16, 12, 0.500),
    (17, 13, 0.529),
    (18, 13, 0.444),
    (19, 14, 0.474),
    (20, 15, 0.500),
    (25, 18, 0.440),
    (30, 20, 0.333),
    (35, 23, 0.314),
    (40, 26, 0.300),
]


@pytest.mark.parametrize(("raters", "essential", "cvr"), AYRE_SCALLY)
def test_ayre_scally2014_critical_values_of_cvr(raters, essential, cvr):
    """Ayre and Scally (2014), Meas. Eval. Couns. Dev. 47(1), table 2 (one-sided, 0.05)."""
    found = cvr_limit(raters)
    assert (found.essential, round(found.cvr, 3)) == (essential, cvr)
    assert found.cvr == lawshe_cvr([3] * essential + [1] * (raters - essential))
    below = sum(math.comb(raters, k) for k in range(essential - 1, raters + 1)) / 2**raters
    assert found.p <= 0.05 < below


@pytest.mark.parametrize("raters", [1, 2, 3, 4])
def test_so_few_raters_show_nothing_by_cvr(raters):
    assert cvr_limit(raters) is None


def test_lawshe1975_ten_raters_are_held_to_more_than_he_printed():
    """He prints .62; 8 of 10, which is .60, comes by chance in 5.5 %, so 9 are needed."""
    assert cvr_limit(10).cvr == 0.8
    assert cvr_limit(10, alpha=0.055).cvr == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("v", "raters", "points", "confidence"),
    [(0.8, 5, 5, 0.95), (0.75, 7, 5, 0.90), (1.0, 3, 5, 0.95), (0.0, 4, 7, 0.99), (0.5, 2, 2, 0.8)],
)
def test_penfield_giacobbi2004_score_interval_by_its_definition(v, raters, points, confidence):
    """The ends are where the score test just doesn't reject: |V - p| = z sqrt(p (1 - p) / N)."""
    found = aiken_interval(v, raters, points, confidence)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    for end in (found.low, found.high):
        reach = z * math.sqrt(end * (1 - end) / (raters * (points - 1)))
        # An end at 0 or 1 has no reach; it is V itself.
        assert abs(v - end) == pytest.approx(reach, abs=1e-9)


def test_wilson1927_interval_is_the_case_of_two_categories():
    """Score interval of 8 of 10: 0.4902 to 0.9433 (Newcombe 1998, method 3)."""
    found = aiken_interval(0.8, raters=10, points=2)
    assert (round(found.low, 4), round(found.high, 4)) == (0.4902, 0.9433)


@given(steps=st.integers(0, 20), raters=st.integers(1, 60))
def test_the_interval_holds_v_and_narrows_with_raters(steps, raters):
    v = steps / 20
    found, more = aiken_interval(v, raters), aiken_interval(v, raters + 1)
    assert 0 <= found.low <= v <= found.high <= 1
    assert more.high - more.low < found.high - found.low


def test_a_candidate_that_nobody_rated_has_no_interval():
    assert math.isnan(aiken_interval(math.nan, raters=5).low)


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("validity-range", lambda: aiken_interval(1.2, 5)),
        ("ratings-raters", lambda: aiken_interval(0.5, 0)),
        ("scale-points", lambda: aiken_interval(0.5, 5, points=1)),
        ("confidence-range", lambda: aiken_interval(0.5, 5, confidence=1)),
        ("ratings-raters", lambda: cvr_limit(0)),
        ("alpha-range", lambda: cvr_limit(5, alpha=1)),
    ],
)
def test_what_gives_no_limit_is_refused(code, act):
    with pytest.raises(MethodError) as caught:
        act()
    assert caught.value.code == code
