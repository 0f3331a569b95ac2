"""The heat map, the dot plot and the judgements that stand apart, as the pages read them."""

import pytest

from scorecards.models import Scorecard
from surveys.selectors.results import survey_results
from tests.surveys import builders
from tests.surveys.sent import send


@pytest.fixture
def result(org):
    """Four experts of one mind on three elements, and one who turns the first pair round."""
    made = builders.survey(org, (3,))
    for _ in range(4):
        send(made, [3, 5, 2])
    send(made, [1 / 7, 5, None])
    return survey_results(made).matrices[0]


def test_a_row_for_each_pair_with_everybodys_answer(result):
    assert [(pair.row.code, pair.column.code) for pair in result.pairs] == [
        ("C-11", "C-12"),
        ("C-11", "C-13"),
        ("C-12", "C-13"),
    ]
    first, second, third = result.pairs
    assert [cell.invitation.code for cell in first.cells] == ["P1", "P2", "P3", "P4", "P5"]
    assert [cell.step for cell in first.cells] == [2, 2, 2, 2, pytest.approx(-6)]
    assert [cell.ratio for cell in third.cells] == [2, 2, 2, 2, None]
    assert (first.low, first.high) == (pytest.approx(-6), 2)
    assert first.group_ratio == pytest.approx((3**4 / 7) ** (1 / 5))
    assert first.group_step == pytest.approx(first.group_ratio - 1)
    assert second.spread == pytest.approx(1)
    assert first.spread > 3


def test_the_judgement_that_stands_apart_is_named(result):
    [found] = result.outliers
    assert (found.invitation.code, found.row.code, found.column.code) == ("P5", "C-11", "C-12")
    assert (found.judged, found.median) == (pytest.approx(1 / 7), pytest.approx(3))
    assert found.group == pytest.approx(result.pairs[0].group_ratio)
    assert found.score < -3.5
    marked = [cell.is_outlying for pair in result.pairs for cell in pair.cells]
    assert marked.count(True) == 1
    assert result.pairs[0].cells[4].is_outlying


def test_a_dot_for_each_expert_who_has_weights(result):
    assert len(result.dots) == 3
    assert [len(row.dots) for row in result.dots] == [5, 5, 5]
    for place, row in enumerate(result.dots):
        assert row.group == result.weights[place]
        assert [dot.weight for dot in row.dots] == [e.weights[place] for e in result.experts]
        ends = sorted(dot.weight for dot in row.dots)
        assert (row.low, row.high) == (ends[0], ends[-1])
    # Who left a pair out has weights, and no CR to be within a limit.
    assert [dot.within_limit for dot in result.dots[0].dots] == [True] * 4 + [None]


def test_with_and_without_experts_over_their_limit_whoever_counts(org):
    made = builders.survey(org, (3,))
    send(made, [2, 4, 2])
    send(made, [9, 1 / 9, 9])
    everybody = survey_results(made).matrices[0]
    assert (everybody.everyone.experts, everybody.consistent.experts) == (2, 1)
    assert everybody.weights == everybody.everyone.weights
    made.scorecard.experts_counted = Scorecard.Experts.CONSISTENT
    strict = survey_results(made).matrices[0]
    assert strict.weights == strict.consistent.weights == everybody.consistent.weights
    assert strict.everyone == everybody.everyone
    assert [cell.counts for cell in strict.pairs[0].cells] == [True, False]
    # One who counts has no agreement with others.
    assert (strict.agreement, strict.priorities_experts) == (None, 1)


def test_where_nobody_is_over_the_limit_both_are_the_group(result):
    assert result.alternative is None
    assert result.everyone is result.consistent is result.group


def test_a_group_of_the_consistent_without_any(org):
    made = builders.survey(org, (3,))
    send(made, [9, 1 / 9, 9])
    made.scorecard.experts_counted = Scorecard.Experts.CONSISTENT
    [result] = survey_results(made).matrices
    assert result.group is None
    assert result.everyone.experts == 1
    assert result.consistent is None
    assert result.bootstrap is None
