"""A small crowd for a few seconds, as `python -m benchmarks.crowd` sends a large one (R1, L1)."""

from collections import Counter

from django.db import connection

from benchmarks.crowd import Pace, Times, run
from benchmarks.site import percentile


def test_l1_a_crowd_saves_without_errors():
    pace = Pace(arriving=1.0, thinking=(0.1, 0.5), answering=2.0)
    times = run(experts=8, database=connection.vendor, pace=pace)
    # How fast it is, the whole run tells: the tests share their machine.
    assert not times.errors
    assert len(times.saves) > 8
    assert len(times.pages) == 8


def test_slow_failing_or_empty_crowds_are_not_good():
    assert Times(saves=[0.1]).is_good
    assert not Times(saves=[0.1] * 9 + [0.6]).is_good
    assert not Times(saves=[0.1], errors=Counter({"status 500": 1})).is_good
    assert not Times().is_good


def test_percentile():
    assert percentile([3.0, 1.0, 2.0, 4.0], 0.5) == 3.0
    assert percentile([1.0, 2.0], 1.0) == 2.0
    assert percentile([], 0.95) == 0.0
