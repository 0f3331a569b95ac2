"""The heat map, the dot plot and the judgements that stand apart, as the pages read them."""

import pytest
from django.utils import translation

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


def test_a_row_for_each_pair(result):
    assert [(pair.row.code, pair.column.code) for pair in result.pairs] == [
        ("C-11", "C-12"),
        ("C-11", "C-13"),
        ("C-12", "C-13"),
    ]
    first, second, third = result.pairs
    assert (first.low, first.high) == (pytest.approx(-6), 2)
    assert (third.low, third.high, third.group_ratio) == (1, 1, pytest.approx(2))
    assert first.group_ratio == pytest.approx((3**4 / 7) ** (1 / 5))
    assert second.spread == pytest.approx(1)
    assert first.spread > 3


def test_the_judgement_that_stands_apart_is_named(result):
    [found] = result.outliers
    assert (found.invitation.code, found.row.code, found.column.code) == ("P5", "C-11", "C-12")
    assert (found.judged, found.median) == (pytest.approx(1 / 7), pytest.approx(3))
    assert found.score < -3.5


def test_a_dot_for_each_expert_who_has_weights(result):
    assert len(result.dots) == 3
    assert [len(row.dots) for row in result.dots] == [5, 5, 5]
    for place, row in enumerate(result.dots):
        assert row.group == result.weights[place]
        assert [dot.weight for dot in row.dots] == [e.weights[place] for e in result.experts]
    # Who left a pair out has weights, and no CR to be within a limit.
    assert [dot.within_limit for dot in result.dots[0].dots] == [True] * 4 + [None]


def test_with_and_without_experts_over_their_limit_whoever_counts(org):
    made = builders.survey(org, (3,))
    send(made, [2, 4, 2])
    send(made, [9, 1 / 9, 9])
    everybody = survey_results(made).matrices[0]
    assert (everybody.group.experts, everybody.alternative.experts) == (2, 1)
    made.scorecard.experts_counted = Scorecard.Experts.CONSISTENT
    strict = survey_results(made).matrices[0]
    assert (strict.group, strict.alternative) == (everybody.alternative, everybody.group)
    assert [expert.counts for expert in strict.experts] == [True, False]
    # One who counts has no agreement with others.
    assert (strict.agreement, strict.priorities_experts) == (None, 1)


def test_where_nobody_is_over_the_limit_both_are_the_group(result):
    assert result.group.experts == 5
    assert result.alternative is None


def test_a_group_of_the_consistent_without_any(org):
    made = builders.survey(org, (3,))
    send(made, [9, 1 / 9, 9])
    made.scorecard.experts_counted = Scorecard.Experts.CONSISTENT
    [result] = survey_results(made).matrices
    assert result.group is None
    assert result.alternative.experts == 1
    assert result.bootstrap is None
    with translation.override("en"):
        assert result.reason.startswith("Everybody who answered this part is over the limit")


def test_an_expert_who_weighs_nothing_does_not_count_in_any_figure(org):
    made = builders.survey(org, (3,))
    for upper in ([2, 4, 2], [3, 5, 2], [3, 6, 2]):
        send(made, upper)
    without = survey_results(made).matrices[0]
    send(made, [1 / 3, 1 / 5, 1 / 2], weight=0)
    result = survey_results(made).matrices[0]
    assert result.group == without.group
    assert result.by_priorities == without.by_priorities
    assert (result.priorities_experts, result.agreement) == (3, without.agreement)
    assert result.concordance == without.concordance == 1
    assert [expert.counts for expert in result.experts] == [True, True, True, False]
    assert result.bootstrap == without.bootstrap
    assert result.perturbation == without.perturbation
    assert [(pair.low, pair.high, pair.spread) for pair in result.pairs] == [
        (pair.low, pair.high, pair.spread) for pair in without.pairs
    ]


def test_an_expert_who_weighs_nothing_neither_stands_apart_nor_lets_others(org):
    made = builders.survey(org, (2,))
    for ratio in (3, 3, 3):
        send(made, [ratio])
    send(made, [1 / 9], weight=0)
    send(made, [1 / 7])
    send(made, [1 / 9], weight=0)
    [outlier] = survey_results(made).matrices[0].outliers
    assert outlier.invitation.code == "P5"
    assert outlier.median == pytest.approx(3)
    made.invitations.update(weight=0)
    [nobody] = survey_results(made).matrices
    assert nobody.outliers == nobody.pairs == ()


def test_rankings_of_who_does_not_count_are_not_compared(org):
    made = builders.survey(org, (3, 3))
    for upper in ([2, 4, 2], [3, 5, 2]):
        send(made, upper, upper)
    send(made, [1 / 3, 1 / 5, 1 / 2], [2, 4, 2], weight=0)
    send(made, [9, 1 / 9, 9], [2, 4, 2])
    everybody = survey_results(made).concordance
    made.scorecard.experts_counted = Scorecard.Experts.CONSISTENT
    assert everybody < survey_results(made).concordance == 1
