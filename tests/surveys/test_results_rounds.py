"""Asked again: the earlier answers count until the new ones are sent, and both are kept."""

from urllib.parse import quote

import pytest
from django.http import Http404, QueryDict
from django.utils import timezone

from surveys.lens import read_lens
from surveys.selectors.result_rounds import rounds_of_matrices
from surveys.selectors.results import survey_results
from tests.surveys import builders
from tests.surveys.sent import ask_again, judge, send, shares

CIRCLE = [9, 1 / 9, 9]
STRAIGHT = [2, 4, 2]


@pytest.fixture
def survey(org):
    return builders.survey(org, (3, 2))


def first_weights(survey, **options):
    return survey_results(survey, **options).matrices[0].weights


def test_answers_of_an_open_round_do_not_count_yet(survey):
    response = send(survey, CIRCLE, [3])
    before = first_weights(survey)
    first = survey.matrices.first()
    round = ask_again(response, first)
    judge(response, first, STRAIGHT, seq=2, round=2)
    results = survey_results(survey)
    assert results.matrices[0].weights == before
    assert results.rounds == (1,)
    assert [each.state for each in results.asked_again] == ["open"]
    round.submitted_at = timezone.now()
    round.save()
    results = survey_results(survey)
    assert results.matrices[0].weights == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    assert results.matrices[0].experts[0].round == 2
    assert results.matrices[1].experts[0].round == 1
    assert results.rounds == (1, 2)
    assert first_weights(survey, round=1) == before
    assert first_weights(survey, round=2) == first_weights(survey, round=9)


def test_answers_of_a_withdrawn_round_never_count(survey):
    response = send(survey, CIRCLE, [3])
    before = first_weights(survey)
    first = survey.matrices.first()
    ask_again(response, first, withdrawn_at=timezone.now())
    judge(response, first, STRAIGHT, seq=2, round=2)
    assert first_weights(survey) == before
    assert [each.state for each in survey_results(survey).asked_again] == ["withdrawn"]


def test_pairs_that_were_not_judged_again_keep_their_answer(survey):
    response = send(survey, STRAIGHT, [3])
    first = survey.matrices.first()
    ask_again(response, first, submitted_at=timezone.now())
    judge(response, first, [None, 9, None], seq=2, round=2)
    judged = survey_results(survey).matrices[0].group.judgements
    assert [judged[0][1], judged[0][2], judged[1][2]] == pytest.approx([2, 9, 2])


def test_a_round_of_another_expert_says_nothing_about_this_one(survey):
    one, other = send(survey, CIRCLE, [3]), send(survey, CIRCLE, [3])
    first = survey.matrices.first()
    ask_again(one, first, submitted_at=timezone.now())
    ask_again(other, first)
    for response in (one, other):
        judge(response, first, STRAIGHT, seq=2, round=2)
    assert [expert.round for expert in survey_results(survey).matrices[0].experts] == [2, 1]


def test_results_round_by_round(survey):
    responses = [send(survey, CIRCLE, [3]) for _ in range(3)]
    first = survey.matrices.first()
    for number, response in enumerate(responses[:2], start=2):
        ask_again(response, first, number=2, submitted_at=timezone.now())
        judge(response, first, STRAIGHT, seq=2, round=2)
        if number == 3:
            ask_again(response, first, number=3, submitted_at=timezone.now())
            judge(response, first, [3, 6, 2], seq=3, round=3)
    results = survey_results(survey)
    compared, untouched = rounds_of_matrices(results)
    assert [row.number for row in compared.rows] == [1, 2, 3]
    assert [row.changed for row in compared.rows] == [3, 2, 1]
    assert [row.number for row in untouched.rows] == [1]
    assert compared.rows[-1].weights == results.matrices[0].weights
    crs = [row.cr for row in compared.rows]
    assert crs[0] > crs[1]
    assert [row.within_limit for row in compared.rows][0] is False
    assert compared.rows[0].agreement == pytest.approx(1)


def test_rounds_are_compared_with_the_same_experts_weights(survey):
    one, _other = send(survey, [9, 9, 1], [3]), send(survey, [1, 1, 1], [3])
    first = survey.matrices.first()
    ask_again(one, first, submitted_at=timezone.now())
    judge(one, first, [3, 3, 1], seq=2, round=2)
    chosen = shares({"P1": 1, "P2": 0}, survey)
    [before, after] = rounds_of_matrices(survey_results(survey, expert_weights=chosen))[0].rows
    assert before.weights[0] == pytest.approx(9 / 11)
    assert after.weights[0] == pytest.approx(3 / 5)


@pytest.mark.parametrize("typed", ["0", "-1", "100", "1.0", "\u0661", "0" * 8 + "1" + "0" * 5000])
def test_a_round_that_no_page_of_ours_has_asked_for_does_not_exist(survey, typed):
    with pytest.raises(Http404):
        read_lens(QueryDict(f"round={quote(typed)}"), survey)
