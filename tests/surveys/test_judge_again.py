"""Asked again after sending: both rounds are kept, and the newest one that was sent counts."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from surveys.links import link_of
from surveys.models import Judgement, Origin, ProposalDecision, Round, Survey
from surveys.selectors.answering import answer_sheet, sent_sheet
from surveys.selectors.part_check import check_part
from surveys.selectors.rules import Rules
from surveys.services.proposals import decide_proposal
from surveys.services.refusals import AlreadySubmitted, CannotSubmit, SurveyError, SurveyNotOpen
from surveys.services.rounds import ask_again, submit_round, withdraw_round
from surveys.services.sending import submit_response
from tests.surveys import builders

pytestmark = pytest.mark.django_db

MESSAGE = "Mohon dilihat lagi: tiga jawaban berputar.\n\nTerima kasih."


@pytest.fixture
def survey(org):
    return builders.survey(org, sizes=(3, 4))


@pytest.fixture
def response(survey):
    made = builders.response(builders.invitation(survey))
    for pair, ratio in zip(builders.pairs(survey), (3, 1 / 3, 3), strict=True):
        builders.judge(made, *pair, ratio)
    for pair in builders.pairs(survey, 2):
        builders.judge(made, *pair, 1)
    return submit_response(response=made, now=timezone.now())


@pytest.fixture
def matrix(survey):
    return survey.matrices.first()


def ask(response, matrix, **changes):
    fields = {"message": MESSAGE, "by": None, "now": timezone.now()} | changes
    return ask_again(response=response, matrix=matrix, **fields)


@pytest.fixture
def asked(response, matrix, alice):
    return ask(response, matrix, by=alice)


@pytest.fixture
def browser(asked):
    return builders.expert(asked.response.invitation)


@pytest.fixture
def root(response):
    return f"/answer/{response.submission_id}/"


def ratios(sheet):
    return [pair.judgement.ratio for pair in sheet.parts[0].pairs]


def in_force(response):
    response.refresh_from_db()
    return ratios(sent_sheet(response.invitation, response))


def test_the_answers_of_the_new_round_count_once_they_are_sent(response, survey, asked):
    first = builders.pairs(survey)[0]
    again = builders.judge(response, *first, 5, seq=2)
    assert (again.round, asked.number) == (2, 2)
    assert in_force(response) == [3, 1 / 3, 3]
    submit_round(round=asked, now=timezone.now())
    assert in_force(response) == [5, 1 / 3, 3]
    assert Judgement.objects.filter(row=first[0], column=first[1]).count() == 2


def test_only_what_is_asked_again_can_be_answered(response, survey, asked):
    with pytest.raises(AlreadySubmitted):
        builders.judge(response, *builders.pairs(survey, 2)[0], 5, seq=2)
    submit_round(round=asked, now=timezone.now())
    with pytest.raises(AlreadySubmitted):
        builders.judge(response, *builders.pairs(survey)[0], 7, seq=3)


def test_what_is_taken_back_is_kept_and_does_not_count(response, survey, matrix, asked, alice):
    first = builders.pairs(survey)[0]
    builders.judge(response, *first, 5, seq=2)
    withdrawn = withdraw_round(round=asked, by=alice, now=timezone.now())
    assert withdraw_round(round=asked, by=None, now=timezone.now()) == withdrawn
    assert withdrawn.withdrawn_by == alice
    assert in_force(response) == [3, 1 / 3, 3]
    with pytest.raises(AlreadySubmitted):
        submit_round(round=asked, now=timezone.now())
    third = ask(response, matrix)
    sheet = answer_sheet(response.invitation, response)
    # The next one starts from what counts, above every number that was ever used.
    assert third.number == 3
    assert (ratios(sheet)[0], sheet.pairs[0].seq) == (3, 2)
    builders.judge(response, *first, 7, seq=3)
    submit_round(round=third, now=timezone.now())
    assert in_force(response) == [7, 1 / 3, 3]


def test_sending_again_twice_is_once_and_needs_connected_answers(response, survey, asked):
    Judgement.objects.filter(matrix=asked.matrix).exclude(
        row=builders.pairs(survey)[0][0], column=builders.pairs(survey)[0][1]
    ).delete()
    with pytest.raises(CannotSubmit) as refused:
        submit_round(round=asked, now=timezone.now(), missing_accepted=True)
    assert refused.value.reasons
    for pair in builders.pairs(survey)[1:]:
        builders.judge(response, *pair, 1, seq=9)
    sent = submit_round(round=asked, now=timezone.now())
    later = timezone.now() + timedelta(hours=1)
    assert submit_round(round=asked, now=later).submitted_at == sent.submitted_at


def test_who_sent_again_cannot_be_stopped_any_more(asked):
    submit_round(round=asked, now=timezone.now())
    with pytest.raises(SurveyError, match="round-sent"):
        withdraw_round(round=asked, by=None, now=timezone.now())


def test_one_is_asked_once_at_a_time(response, matrix, asked):
    with pytest.raises(SurveyError, match="asked-already"):
        ask(response, matrix)
    submit_round(round=asked, now=timezone.now())
    assert ask(response, matrix).number == 3


def test_before_sending_there_is_nothing_to_ask_again(survey, matrix):
    begun = builders.response(builders.invitation(survey, code="P2"))
    with pytest.raises(SurveyError, match="not-sent"):
        ask(begun, matrix)


def test_a_closed_questionnaire_asks_nobody(response, survey, matrix):
    Survey.objects.update(status=Survey.Status.CLOSED)
    with pytest.raises(SurveyError, match="not-open"):
        ask(response, matrix)


def test_a_matrix_that_is_not_his_is_not_asked_again(response, matrix):
    response.invitation.exemptions.create(matrix=matrix, origin="officer")
    with pytest.raises(SurveyError, match="not-judged"):
        ask(response, matrix)


def test_a_matrix_without_pairs_or_of_another_questionnaire_is_not_asked_again(
    org, response, survey
):
    single = builders.matrix(survey, 1, order=2)
    foreign = builders.survey(org, sizes=(3,)).matrices.get()
    for matrix in (single, foreign):
        with pytest.raises(SurveyError, match="not-judged"):
            ask(response, matrix)
    assert not Round.objects.exists()


def test_of_two_matrices_one_is_taken_back_while_both_are_open_in_the_browser(
    response, survey, asked, browser, root
):
    other = ask(response, survey.matrices.last())
    items = [
        "-".join(str(criterion.pk) for criterion in builders.pairs(survey, part)[0])
        for part in (1, 2)
    ]
    withdraw_round(round=asked, by=None, now=timezone.now())
    replies = [
        browser.post(
            f"{root}judgements/",
            {"item": item, "preferred": "column", "strength": 4, "seq": 2},
            content_type="application/json",
        ).status_code
        for item in items
    ]
    # The one is dropped by the browser's queue, so that it doesn't hold up the other.
    assert replies == [400, 200]
    assert browser.get("/answer/").url == f"{root}parts/2/again/"
    assert browser.post(f"{root}parts/1/1/", {"preferred": "equal", "seq": 3}).status_code == 409
    submit_round(round=other, now=timezone.now())
    assert in_force(response) == [3, 1 / 3, 3]
    assert sent_sheet(response.invitation, response).parts[1].pairs[0].judgement.ratio == 1 / 4


def test_after_the_last_moment_the_round_is_over_too(response, survey, asked):
    Survey.objects.update(closes_at=timezone.now() - timedelta(minutes=16))
    with pytest.raises(SurveyNotOpen):
        builders.judge(response, *builders.pairs(survey)[0], 5, seq=2)
    with pytest.raises(SurveyNotOpen):
        submit_round(round=asked, now=timezone.now())


def decide(response, pair, *, accept):
    [part, *_others] = sent_sheet(response.invitation, response).parts
    check = check_part(part, Rules.of(response.invitation.survey.scorecard))
    [seen] = [each.key for each in check.suggestions if (each.pair.row, each.pair.column) == pair]
    row, column = pair
    return decide_proposal(
        response=response, row=row, column=column, seen=seen, accept=accept, now=timezone.now()
    )


def test_a_proposal_taken_again_belongs_to_its_round(response, survey, asked):
    for accept in (False, True):
        decide(response, builders.pairs(survey)[1], accept=accept)
    assert set(ProposalDecision.objects.values_list("round", "decision")) == {
        (2, "kept"),
        (2, "accepted"),
    }
    taken = Judgement.objects.get(origin=Origin.PROPOSAL)
    assert (taken.round, taken.seq) == (2, 2)


def test_a_proposal_for_what_was_sent_is_refused(response, survey):
    with pytest.raises(AlreadySubmitted):
        decide(response, builders.pairs(survey)[0], accept=True)


def test_the_link_leads_over_the_message_to_the_matrix_and_back(browser, root, response):
    start = browser.get("/answer/")
    assert start.url == f"{root}parts/1/again/"
    page = browser.get(start.url)
    text = page.content.decode()
    assert "tiga jawaban berputar" in text
    assert text.count("?from=check") == 3
    pair = browser.get(f"{root}parts/1/1/")
    assert pair.context["home_url"] == start.url
    assert pair.context["form"].initial["preferred"] == "row"
    answer = {"preferred": "equal", "seq": 2}
    assert browser.post(f"{root}parts/1/1/", answer).url.startswith(f"{root}parts/1/2/")
    last = browser.post(f"{root}parts/1/3/", {"preferred": "row", "strength": 2, "seq": 2})
    assert last.url.startswith(f"{root}parts/1/consistency/")
    check = browser.get(f"{root}parts/1/consistency/")
    assert check.context["next_url"] == start.url
    sent = browser.post(start.url, {})
    assert sent.url == f"{root}copy/"
    assert browser.get(sent.url).context["sheet"].pairs[0].preferred == "equal"
    assert browser.get(start.url).url == f"{root}copy/"
    assert Round.objects.get().submitted_at is not None


def test_the_first_page_shows_the_message(asked, response):
    page = Client().get(f"/a/{link_of(response.invitation)}/").content.decode()
    assert "tiga jawaban berputar" in page


def test_the_copy_shows_what_counts_and_what_is_asked(browser, root, survey, response):
    builders.judge(response, *builders.pairs(survey)[0], 9, seq=2)
    page = browser.get(f"{root}copy/")
    assert f"{root}parts/1/again/" in page.content.decode()
    assert ratios(page.context["sheet"]) == [3, 1 / 3, 3]


@pytest.mark.parametrize("path", ["parts/2/", "parts/2/1/", "parts/2/again/", "check/", ""])
def test_the_other_parts_stay_closed(browser, root, path):
    assert browser.get(f"{root}{path}").url == f"{root}copy/"


def test_nobody_sends_a_round_that_is_none(browser, root, response, asked, alice):
    withdraw_round(round=asked, by=alice, now=timezone.now())
    assert browser.post(f"{root}parts/1/again/", {}).status_code == 409
    assert browser.get(f"{root}parts/9/again/").url == f"{root}copy/"


def test_open_comparisons_need_the_experts_word(browser, root, asked, survey):
    last = builders.pairs(survey)[2]
    Judgement.objects.filter(row=last[0], column=last[1]).delete()
    page = browser.post(f"{root}parts/1/again/", {})
    assert page.status_code == 422
    sent = browser.post(f"{root}parts/1/again/", {"missing_accepted": "on"})
    assert sent.url == f"{root}copy/"


def test_a_saved_answer_of_the_round_is_confirmed(browser, root, survey, response):
    row, column = builders.pairs(survey)[0]
    body = {"item": f"{row.pk}-{column.pk}", "preferred": "column", "strength": 4, "seq": 2}
    saved = browser.post(f"{root}judgements/", body, content_type="application/json")
    assert saved.status_code == 200
    assert Judgement.objects.get(seq=2).round == 2
    row, column = builders.pairs(survey, 2)[0]
    other = body | {"item": f"{row.pk}-{column.pk}"}
    refused = browser.post(f"{root}judgements/", other, content_type="application/json")
    assert refused.status_code in (400, 409)
    assert Judgement.objects.filter(round=2).count() == 1


@pytest.mark.parametrize("page", ["parts/1/again/", "copy/", "parts/1/1/"])
def test_more_rounds_and_answers_take_no_more_queries(org, flat_queries, page):
    survey = builders.survey(org, sizes=(3, 3, 3))
    response = builders.response(builders.invitation(survey))
    builders.answer_all(response, 3)
    submit_response(response=response, now=timezone.now())
    response.refresh_from_db()
    first, *others = survey.matrices.all()
    for _twice in range(2):
        submit_round(round=ask(response, first), now=timezone.now())
    ask(response, first)
    browser = builders.expert(response.invitation)

    def grow():
        for other in others:
            submit_round(round=ask(response, other), now=timezone.now())
        for number in range(5):
            builders.judge(response, *builders.pairs(survey)[0], 2 + number, seq=5 + number)

    flat_queries(lambda: browser.get(f"/answer/{response.submission_id}/{page}"), grow)
