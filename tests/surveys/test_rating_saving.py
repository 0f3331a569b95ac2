"""One rating saved on the spot: the contract of the autosave, and everything it refuses."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.models import CandidateProposal, Origin, Rating, Survey
from surveys.selectors.rating_sheet import current_ratings, rating_sheet
from surveys.services.refusals import (
    AlreadySubmitted,
    CannotSubmit,
    InvalidAnswer,
    NothingAnswered,
    SurveyNotOpen,
)
from surveys.services.screening_answers import (
    MOST_PROPOSALS,
    RatingAnswer,
    propose_candidate,
    record_ratings,
    submit_ratings,
)
from tests.surveys import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(org):
    return builders.screening(org)


@pytest.fixture
def response(survey):
    return builders.response(builders.invitation(survey))


@pytest.fixture
def candidate(survey):
    return survey.candidates.first()


@pytest.fixture
def save(response):
    browser = builders.expert(response.invitation)

    def send(body):
        content = body if isinstance(body, str | bytes) else json.dumps(body)
        url = f"/answer/{response.submission_id}/ratings/"
        return browser.post(url, content, content_type="application/json")

    return send


@pytest.fixture
def sent(candidate):
    return {"item": str(candidate.pk), "points": 4, "remark": "", "seq": 1}


def test_a_saved_rating_is_confirmed_with_its_value(save, sent, candidate, response):
    reply = save(sent | {"remark": "  Datanya mudah didapat. "})
    assert reply.status_code == 200
    stored = Rating.objects.get()
    body = reply.json()
    assert candidate.label in body.pop("sentence")
    assert body == {
        "item": str(candidate.pk),
        "value": {"points": 4, "remark": "Datanya mudah didapat."},
        "seq": 1,
        "saved_at": stored.answered_at.isoformat(),
        "url": f"/answer/{response.submission_id}/candidates/1/",
    }
    assert stored.origin == Origin.ANSWER
    assert "no-store" in reply.headers["Cache-Control"]


def test_the_reply_names_the_page_of_the_rating_it_speaks_of(save, sent, survey, response):
    third = survey.candidates.all()[2]
    url = save(sent | {"item": str(third.pk)}).json()["url"]
    page = builders.expert(response.invitation).get(url)
    assert page.context["item"].candidate == third


def test_saving_takes_a_fixed_small_number_of_queries(save, sent, flat_queries):
    seq = iter(range(1, 100))

    def act():
        assert save(sent | {"seq": next(seq)}).status_code == 200

    flat_queries(act, lambda: [act() for _ in range(20)])


@pytest.mark.parametrize("seq", [1, 2])
def test_a_late_request_gets_the_stored_value(save, sent, seq):
    save(sent | {"seq": 2, "points": 5})
    late = save(sent | {"seq": seq})
    assert late.status_code == 200
    assert late.json()["value"] == {"points": 5, "remark": ""}
    assert late.json()["seq"] == 2
    assert Rating.objects.count() == 1


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None
)
@given(order=st.permutations(range(1, 5)))
def test_whatever_order_requests_arrive_in_the_newest_counts(response, candidate, order):
    Rating.objects.all().delete()
    for seq in order:
        builders.rate(response, candidate, seq, seq=seq)
    assert [rating.points for rating in current_ratings(Rating.objects.all())] == [4]


BAD = [
    {"points": 0},
    {"points": 6},
    {"points": 2.5},
    {"points": True},
    {"points": "4"},
    {"points": None},
    {"points": float("nan")},
    {"seq": 0},
    {"seq": -1},
    {"seq": 2**53},
    {"seq": 1.0},
    {"seq": "1"},
    {"remark": 5},
    {"remark": None},
    {"remark": "x" * 501},
    {"remark": "nol\x00nol"},
    {"item": "0"},
    {"item": "999999999"},
    {"item": "-1"},
    {"item": "1-2"},
    {"item": "9" * 30},
    {"item": 7},
    {"item": "٣"},
    {"more": 1},
]


@pytest.mark.parametrize("change", BAD, ids=str)
def test_what_is_no_rating_of_this_questionnaire_is_refused(save, sent, change):
    assert save(sent | change).status_code == 400
    assert not Rating.objects.exists()


@pytest.mark.parametrize(
    "body",
    ["", "null", "[]", "{", b"\xff", "[" * 100_000, '{"item":"1","points":4,"seq":1}'],
    ids=["empty", "null", "list", "cut", "bytes", "deep", "incomplete"],
)
def test_what_is_no_json_of_a_rating_is_refused(save, body):
    assert save(body).status_code == 400
    assert not Rating.objects.exists()


def test_half_a_character_is_refused(save, sent):
    body = json.dumps(sent).replace('"remark": ""', r'"remark": "\ud800"')
    assert save(body).status_code == 400
    assert not Rating.objects.exists()


def test_a_candidate_of_another_questionnaire_is_refused(save, sent, other_org):
    foreign = builders.screening(other_org).candidates.first()
    assert save(sent | {"item": str(foreign.pk)}).status_code == 400
    assert not Rating.objects.exists()


def test_a_service_refuses_a_foreign_candidate_too(response, other_org):
    foreign = builders.screening(other_org).candidates.first()
    with pytest.raises(InvalidAnswer):
        builders.rate(response, foreign, 3)


def test_a_stranger_is_told_to_open_the_link(response, sent):
    url = f"/answer/{response.submission_id}/ratings/"
    reply = Client().post(url, json.dumps(sent), content_type="application/json")
    assert (reply.status_code, reply.json()) == (403, {"error": "link-needed"})
    assert Client(enforce_csrf_checks=True).post(url, "{}", "application/json").status_code == 403
    assert not Rating.objects.exists()


def test_only_sending_saves(response):
    browser = builders.expert(response.invitation)
    assert browser.get(f"/answer/{response.submission_id}/ratings/").status_code == 405


def test_nothing_is_stored_after_closing_or_sending(save, sent, survey, response):
    Survey.objects.update(closes_at=timezone.now() - timedelta(hours=1))
    assert (save(sent).status_code, save(sent).json()) == (409, {"error": "closed"})
    Survey.objects.update(closes_at=None)
    builders.rate_all(response)
    submit_ratings(response=response, now=timezone.now())
    assert save(sent | {"seq": 9}).status_code == 409
    assert Rating.objects.count() == survey.candidates.count()


def test_a_form_that_was_open_at_the_last_moment_may_still_be_saved(save, sent):
    Survey.objects.update(closes_at=timezone.now() - timedelta(minutes=10))
    assert save(sent).status_code == 200


def test_several_ratings_are_stored_all_or_none(response, survey):
    candidates = list(survey.candidates.all())
    answers = [RatingAnswer(one, 4, "", 1) for one in candidates]
    wrong = RatingAnswer(candidates[0], 6, "", 2)
    with pytest.raises(InvalidAnswer):
        record_ratings(response=response, answers=[*answers, wrong], now=timezone.now())
    assert not Rating.objects.exists()
    stored = record_ratings(response=response, answers=answers, now=timezone.now())
    assert [rating.candidate for rating in stored] == candidates
    sheet = rating_sheet(survey, response)
    assert (sheet.answered, sheet.total, sheet.missing, sheet.minutes) == (5, 5, (), 0)


def test_what_an_officer_keys_in_is_marked(response, candidate, edi):
    record_ratings(
        response=response,
        answers=[RatingAnswer(candidate, 3, "", 1)],
        now=timezone.now(),
        origin=Origin.PAPER,
        keyed_by=edi,
    )
    response.refresh_from_db()
    assert (Rating.objects.get().origin, response.keyed_by) == (Origin.PAPER, edi)


def test_open_candidates_take_the_experts_word(response, candidate):
    now = timezone.now()
    with pytest.raises(NothingAnswered):
        submit_ratings(response=response, now=now, missing_accepted=True)
    builders.rate(response, candidate, 4)
    with pytest.raises(CannotSubmit):
        submit_ratings(response=response, now=now)
    sent = submit_ratings(response=response, now=now, missing_accepted=True)
    assert sent.submitted_at == now
    again = submit_ratings(response=response, now=now + timedelta(hours=1))
    assert again.submitted_at == now
    with pytest.raises(AlreadySubmitted):
        builders.rate(response, candidate, 5, seq=2)


def test_nothing_is_sent_after_closing(response, candidate):
    builders.rate(response, candidate, 4)
    Survey.objects.update(status=Survey.Status.CLOSED)
    with pytest.raises(SurveyNotOpen):
        submit_ratings(response=response, now=timezone.now(), missing_accepted=True)


@pytest.fixture
def propose(response, survey):
    def act(**changes):
        fields = {
            "key": uuid4(),
            "perspective": survey.scorecard.perspectives.first(),
            "name": "Jumlah pelanggan baru",
            "now": timezone.now(),
        }
        return propose_candidate(response=response, **fields | changes)

    return act


def test_proposing_twice_under_one_key_is_proposing_once(propose):
    key = uuid4()
    assert propose(key=key) == propose(key=key, name="Lain")
    assert CandidateProposal.objects.get().name == "Jumlah pelanggan baru"
    propose(key=uuid4())
    assert CandidateProposal.objects.count() == 2


def test_what_cannot_be_proposed_is_refused(propose, survey, other_org):
    foreign = builders.screening(other_org).scorecard.perspectives.first()
    with pytest.raises(InvalidAnswer):
        propose(perspective=foreign)
    for _ in range(MOST_PROPOSALS):
        propose()
    with pytest.raises(InvalidAnswer):
        propose()
    CandidateProposal.objects.all().delete()
    Survey.objects.filter(pk=survey.pk).update(takes_proposals=False)
    with pytest.raises(InvalidAnswer):
        propose()
    Survey.objects.filter(pk=survey.pk).update(takes_proposals=True, kind=Survey.Kind.PAIRWISE)
    with pytest.raises(InvalidAnswer):
        propose()
    assert not CandidateProposal.objects.exists()
