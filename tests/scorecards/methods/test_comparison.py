"""The change over the KPIs that two periods have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.methods.comparison import KPIPair, PerspectivePair, like_for_like
from scorecards.methods.scoring import (
    LIKERT_SCALE,
    KPIInput,
    PerspectiveInput,
    score_period,
)

LEVELS = st.floats(0, 10)
KPIS = st.lists(st.tuples(LEVELS, LEVELS, st.floats(0.01, 1)), min_size=1, max_size=6)
PARTS = st.lists(st.tuples(KPIS, st.floats(0.01, 1)), min_size=1, max_size=4)


def pairs(parts) -> list[PerspectivePair]:
    return [
        PerspectivePair(
            str(place),
            tuple(KPIPair(f"{place}-{n}", *kpi) for n, kpi in enumerate(kpis)),
            weight,
        )
        for place, (kpis, weight) in enumerate(parts)
    ]


def index(parts, of: int) -> float:
    return score_period(
        [
            PerspectiveInput("", tuple(KPIInput("", kpi[of], kpi[2]) for kpi in kpis), weight)
            for kpis, weight in parts
        ]
    ).index


@given(PARTS)
def test_with_the_same_kpis_it_is_the_plain_difference(parts):
    found = like_for_like(pairs(parts))
    assert found.before == pytest.approx(index(parts, 0))
    assert found.now == pytest.approx(index(parts, 1))


@given(PARTS, st.data())
def test_a_kpi_of_one_period_alone_moves_nothing(parts, data):
    """Whatever its level is, and in whichever period it has one."""
    alone = data.draw(st.integers(0, len(parts[0][0]) - 1))
    levels = [(None, level) for level in (0, 10)] + [(level, None) for level in (0, 10)]
    changes = set()
    for both in levels:
        kpis = list(parts[0][0])
        kpis[alone] = (*both, kpis[alone][2])
        changes.add(like_for_like(pairs([(kpis, parts[0][1]), *parts[1:]])).change)
    assert len(changes) == 1


@given(PARTS)
def test_it_is_the_weighted_sum_of_the_changes_of_levels(parts):
    """The rule as docs/methods.md writes it."""
    total = sum(weight for _, weight in parts)
    expected = sum(
        weight / total * kpi[2] / sum(each[2] for each in kpis) * (kpi[1] - kpi[0])
        for kpis, weight in parts
        for kpi in kpis
    )
    assert like_for_like(pairs(parts)).change == pytest.approx(expected, abs=1e-9)


def test_nothing_in_common():
    found = like_for_like([PerspectivePair("A", (KPIPair("1", None, 5), KPIPair("2", 5, None)))])
    assert (found.before, found.now, found.change, found.relative) == (None,) * 4
    assert found.common == ()


def test_what_is_common_has_no_weight():
    kpis = (KPIPair("1", 4, 5, 0.0), KPIPair("2", None, 5, 1.0))
    found = like_for_like([PerspectivePair("A", kpis)])
    assert (found.common, found.change) == (("1",), None)


def test_scores_from_1_to_5():
    found = like_for_like([PerspectivePair("A", (KPIPair("1", 2, 4),))], LIKERT_SCALE)
    assert (found.before, found.now, found.change, found.relative) == (2, 4, 2, 1)


def test_nothing_before_has_no_share():
    found = like_for_like([PerspectivePair("A", (KPIPair("1", 0, 4),))])
    assert (found.change, found.relative) == (4, None)
