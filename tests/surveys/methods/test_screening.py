"""Aiken's V with its exact chance, Lawshe's ratio, sums and means of ratings."""

import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.methods.errors import MethodError
from surveys.methods.screening import aiken_limit, aiken_v, lawshe_cvr, rating_figures
from tests.studies import study

# Aiken (1985), Table 1: raters, categories, V and its right-tail probability. Cited from memory;
# by_counting is what proves p.
TABLE = [
    (2, 5, 1.00, 0.040),
    (2, 6, 1.00, 0.028),
    (2, 7, 1.00, 0.020),
    (3, 3, 1.00, 0.037),
    (3, 5, 1.00, 0.008),
    (3, 5, 0.92, 0.032),
    (3, 7, 0.89, 0.029),
    (4, 4, 0.92, 0.020),
    (4, 5, 0.94, 0.008),
    (4, 5, 0.88, 0.024),
    (5, 2, 1.00, 0.031),
    (5, 3, 0.90, 0.025),
    (5, 4, 0.93, 0.006),
    (5, 4, 0.87, 0.021),
    (5, 5, 0.90, 0.007),
    (5, 5, 0.80, 0.040),
    (5, 6, 0.80, 0.032),
    (5, 7, 0.77, 0.047),
    (6, 4, 0.78, 0.050),
    (6, 5, 0.79, 0.029),
    (7, 5, 0.75, 0.041),
    (7, 7, 0.74, 0.036),
    (8, 4, 0.75, 0.040),
    (8, 5, 0.75, 0.030),
    (8, 7, 0.79, 0.007),
    (9, 5, 0.72, 0.038),
]


@st.composite
def panels(draw):
    points = draw(st.integers(2, 7))
    raters, candidates = draw(st.integers(1, 9)), draw(st.integers(1, 5))
    rating = st.one_of(st.integers(1, points), st.just(math.nan))
    row = st.lists(rating, min_size=candidates, max_size=candidates)
    return np.array(draw(st.lists(row, min_size=raters, max_size=raters))), points


def by_counting(raters, points, total):
    """All points ** raters ways one by one, exactly."""
    ways = product(range(1, points + 1), repeat=raters)
    return Fraction(sum(sum(way) >= total for way in ways), points**raters)


@pytest.mark.parametrize(("raters", "points", "v", "p"), TABLE)
def test_aiken1985_table_of_right_tail_probabilities(raters, points, v, p):
    """Aiken (1985), Educational and Psychological Measurement 45(1), Table 1."""
    above = round(v * raters * (points - 1))
    ratings = np.ones(raters)
    for step in range(above):
        ratings[step % raters] += 1
    found = aiken_v(ratings, points)
    assert found.v == pytest.approx(v, abs=0.0051)
    assert found.p == pytest.approx(p, abs=0.0006)


@pytest.mark.parametrize(("raters", "points"), [(1, 5), (2, 3), (4, 4), (5, 5), (3, 7)])
def test_p_equals_counting_every_way(raters, points):
    for total in range(raters, raters * points + 1):
        ratings = np.ones(raters)
        for step in range(total - raters):
            ratings[step % raters] += 1
        assert aiken_v(ratings, points).p == float(by_counting(raters, points, total))


def test_v_of_the_bayat_ratings_by_hand():
    """Bayat, table 1: five raters, five points; V = (total - 5) / 20."""
    rows = study("batik-bayat")["screening"]["rows"]
    found = rating_figures(np.array([ratings for *_, ratings, _ in rows]).T)
    assert found.raters.tolist() == [5] * len(rows)
    assert found.v.tolist() == pytest.approx([(sum(r) - 5) / 20 for *_, r, _ in rows])
    assert found.mean.tolist() == pytest.approx([sum(r) / 5 for *_, r, _ in rows])
    assert min(found.v) >= 0.75


@given(panel=panels())
def test_one_candidate_alone_or_among_others_is_the_same(panel):
    ratings, points = panel
    together = rating_figures(ratings, points)
    for place, column in enumerate(ratings.T):
        alone = aiken_v(column, points)
        same = pytest.approx((together.v[place], together.p[place]), nan_ok=True, abs=0)
        assert (alone.v, alone.p) == same


@given(panel=panels(), data=st.data())
def test_the_order_of_raters_does_not_matter(panel, data):
    ratings, points = panel
    order = data.draw(st.permutations(range(len(ratings))))
    one, other = rating_figures(ratings, points), rating_figures(ratings[order], points)
    assert np.array_equal(one.v, other.v, equal_nan=True)
    assert np.array_equal(one.p, other.p, equal_nan=True)


@given(panel=panels())
def test_a_missing_rating_is_as_if_that_rater_were_not_there(panel):
    ratings, points = panel
    for column in ratings.T:
        given = column[~np.isnan(column)]
        if given.size:
            assert aiken_v(column, points) == aiken_v(given, points)


@given(panel=panels())
def test_v_and_p_lie_between_0_and_1(panel):
    found = rating_figures(*panel)
    rated = found.raters > 0
    for values in (found.v[rated], found.p[rated]):
        assert ((values >= 0) & (values <= 1)).all()
    assert np.isnan(found.v[~rated]).all()
    assert np.isnan(found.total[~rated]).all()


@given(raters=st.integers(1, 12), points=st.integers(2, 7))
def test_a_higher_v_is_never_likelier(raters, points):
    found = [
        aiken_v([points] * high + [1] * (raters - high), points).p for high in range(raters + 1)
    ]
    assert found == sorted(found, reverse=True)
    assert found[0] == 1


@given(raters=st.integers(1, 12), points=st.integers(2, 7), alpha=st.floats(0.001, 0.2))
def test_the_limit_is_the_smallest_v_under_alpha(raters, points, alpha):
    found, highest = aiken_limit(raters, points, alpha), raters * (points - 1)
    everybody = aiken_v([points] * raters, points)
    if found is None:
        assert everybody.p > alpha
        return
    assert found.p <= alpha
    below = round(found.v * highest) - 1
    ratings = np.ones(raters)
    for step in range(below):
        ratings[step % raters] += 1
    assert aiken_v(ratings, points).p > alpha


def test_one_rater_everybody_alike_and_nobody():
    assert (aiken_v([5]).v, aiken_v([5]).p) == (1, 0.2)
    assert (aiken_v([1, 1, 1]).v, aiken_v([1, 1, 1]).p) == (0, 1)
    nobody = aiken_v([math.nan, math.nan])
    assert math.isnan(nobody.v)
    assert math.isnan(nobody.p)


def test_many_raters_are_counted_exactly():
    """The tail of 100 raters at the middle: one half and half the middle itself, by symmetry."""
    middle, above = aiken_v([3] * 100), aiken_v([3] * 99 + [4])
    assert middle.p + above.p == pytest.approx(1, abs=1e-15)


@pytest.mark.parametrize(
    ("essential", "raters", "cvr"),
    [(10, 10, 1), (9, 10, 0.8), (5, 10, 0), (0, 4, -1), (8, 11, 5 / 11)],
)
def test_cvr_lawshe1975_by_its_definition(essential, raters, cvr):
    """Lawshe (1975), page 567: all, half and none; (e - m/2) / (m/2)."""
    assert lawshe_cvr([3] * essential + [2] * (raters - essential)) == pytest.approx(cvr)


def test_cvr_leaves_missing_ratings_out():
    assert lawshe_cvr([3, 3, 1, math.nan]) == pytest.approx(1 / 3)
    assert math.isnan(lawshe_cvr([math.nan]))


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("ratings-shape", lambda: aiken_v([[4, 5], [3, 4]])),
        ("ratings-shape", lambda: aiken_v([])),
        ("ratings-shape", lambda: rating_figures([4, 5])),
        ("ratings-shape", lambda: rating_figures(np.ones((0, 3)))),
        ("ratings-shape", lambda: lawshe_cvr([[3]])),
        ("ratings-range", lambda: aiken_v([0, 4])),
        ("ratings-range", lambda: aiken_v([6])),
        ("ratings-range", lambda: aiken_v([4], points=3)),
        ("ratings-range", lambda: aiken_v([2.5])),
        ("ratings-range", lambda: aiken_v([math.inf])),
        ("ratings-range", lambda: lawshe_cvr([4])),
        ("ratings-raters", lambda: aiken_v([4] * 501)),
        ("ratings-raters", lambda: aiken_limit(0)),
        ("ratings-raters", lambda: aiken_limit(501)),
        ("scale-points", lambda: aiken_v([1], points=1)),
        ("scale-points", lambda: aiken_v([1], points=11)),
        ("scale-points", lambda: aiken_limit(5, points=1)),
        ("alpha-range", lambda: aiken_limit(5, alpha=0)),
        ("alpha-range", lambda: aiken_limit(5, alpha=1)),
    ],
)
def test_what_are_no_ratings_is_refused(code, act):
    with pytest.raises(MethodError) as refused:
        act()
    assert refused.value.code == code
    assert str(refused.value)
