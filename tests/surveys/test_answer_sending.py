"""The last look, sending, and the copy to keep."""

from datetime import timedelta

import pytest
from django.utils import timezone

from surveys.models import Response, Survey
from surveys.services.refusals import CannotSubmit, NothingAnswered
from surveys.services.sending import submit_response
from tests.surveys import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(org):
    return builders.survey(org, sizes=(4, 2))


@pytest.fixture
def response(survey):
    return builders.response(builders.invitation(survey))


@pytest.fixture
def browser(response):
    return builders.expert(response.invitation)


@pytest.fixture
def root(response):
    return f"/answer/{response.submission_id}/"


def is_sent():
    return Response.objects.get().submitted_at is not None


def test_the_check_page_shows_every_answer_with_a_way_to_change_it(browser, root, response):
    builders.answer_all(response, 3)
    page = browser.get(f"{root}check/")
    text = page.content.decode()
    assert text.count("?from=check") == 7
    for pair in page.context["sheet"].pairs:
        assert pair.sentence in text


def test_complete_answers_are_sent_and_get_a_reference(browser, root, response):
    builders.answer_all(response, 3)
    sent = browser.post(f"{root}check/", {}, follow=True)
    assert sent.redirect_chain == [(f"{root}copy/", 302)]
    assert response.reference in sent.content.decode()
    for pair in sent.context["sheet"].pairs:
        assert pair.sentence in sent.content.decode()
    assert is_sent()


def test_the_receipt_repeats_no_contradiction(browser, root, response, survey):
    """It can't be changed any more, so it lists the answers and judges nothing."""
    for row, column in builders.pairs(survey) + builders.pairs(survey, 2):
        builders.judge(response, row, column, 9 if (row.order + column.order) % 2 else 1 / 9)
    assert "(CR)" in browser.get(f"{root}check/").content.decode()
    receipt = browser.post(f"{root}check/", {}, follow=True).content.decode()
    assert response.reference in receipt
    assert "(CR)" not in receipt
    assert "bertentangan" not in receipt


def test_sending_twice_is_sending_once(browser, root, response):
    builders.answer_all(response, 3)
    browser.post(f"{root}check/", {})
    first = Response.objects.get().submitted_at
    assert browser.post(f"{root}check/", {}).url == f"{root}copy/"
    assert Response.objects.get().submitted_at == first


def test_after_sending_every_page_leads_to_the_copy(browser, root, response):
    builders.answer_all(response)
    submit_response(response=response, now=timezone.now())
    for page in ("", "parts/1/1/", "parts/1/", "parts/1/consistency/", "check/"):
        assert browser.get(root + page).url == f"{root}copy/"
    assert browser.get("/answer/").url == f"{root}copy/"


def test_after_sending_a_change_is_refused_and_says_so(browser, root, response):
    builders.answer_all(response)
    submit_response(response=response, now=timezone.now())
    late = browser.post(f"{root}parts/1/1/", {"preferred": "row", "strength": "9", "seq": "9"})
    assert late.status_code == 409
    assert late.templates[0].name == "surveys/answer/sent_already.html"


def test_the_copy_can_be_seen_after_the_survey_closed(response):
    builders.answer_all(response)
    submit_response(response=response, now=timezone.now())
    Survey.objects.update(status=Survey.Status.CLOSED)
    browser = builders.expert(response.invitation)
    assert browser.get("/answer/", follow=True).status_code == 200


def test_before_sending_there_is_no_copy(browser, root):
    assert browser.get(f"{root}copy/").url == "/answer/"


def test_nothing_answered_is_not_sent(browser, root, response):
    refused = browser.post(f"{root}check/", {"missing_accepted": "on"})
    assert refused.status_code == 422
    assert not is_sent()
    with pytest.raises(NothingAnswered):
        submit_response(response=response, now=timezone.now(), missing_accepted=True)


def test_open_comparisons_need_the_experts_word(browser, root, response, survey):
    first, second, third = builders.pairs(survey)[:3]  # they connect all four elements
    for pair in (first, second, third):
        builders.judge(response, *pair, 3)
    refused = browser.post(f"{root}check/", {})
    assert refused.status_code == 422
    assert "missing_accepted" in refused.context["form"].errors
    assert not is_sent()
    assert browser.post(f"{root}check/", {"missing_accepted": "on"}).status_code == 302
    assert is_sent()


def test_answers_that_leave_elements_unconnected_are_not_sent(browser, root, response, survey):
    builders.judge(response, *builders.pairs(survey)[0], 3)
    refused = browser.post(f"{root}check/", {"missing_accepted": "on"})
    assert refused.status_code == 422
    assert not is_sent()
    [reason] = refused.context["disconnected"].values()
    assert builders.LABELS[2] in reason or builders.LABELS[0] in reason
    assert reason in refused.content.decode()
    with pytest.raises(CannotSubmit) as refusal:
        submit_response(response=response, now=timezone.now(), missing_accepted=True)
    assert refusal.value.reasons


@pytest.mark.parametrize(("minutes", "status"), [(14, 302), (16, 409)])
def test_sending_has_the_same_grace(browser, root, response, minutes, status):
    builders.answer_all(response)
    Survey.objects.update(closes_at=timezone.now() - timedelta(minutes=minutes))
    assert browser.post(f"{root}check/", {}).status_code == status


def test_the_copy_takes_no_more_queries_with_more_answers(org, flat_queries):
    survey = builders.survey(org, sizes=(3,))
    response = builders.response(builders.invitation(survey))
    builders.answer_all(response)
    submit_response(response=response, now=timezone.now())
    browser = builders.expert(response.invitation)
    flat_queries(
        lambda: browser.get(f"/answer/{response.submission_id}/copy/"),
        lambda: builders.matrix(survey, 7, order=1),
    )
