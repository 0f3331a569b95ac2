"""One answer saved on the spot: the contract of the autosave, and everything it refuses."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.models import Judgement, Survey
from surveys.selectors.judgements import current_judgements
from surveys.services.answering import record_judgement
from surveys.services.refusals import AlreadySubmitted, InvalidAnswer, SurveyNotOpen
from surveys.services.sending import submit_response
from tests.surveys import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(org):
    return builders.survey(org)


@pytest.fixture
def response(survey):
    return builders.response(builders.invitation(survey))


@pytest.fixture
def pair(survey):
    return builders.pairs(survey)[0]


@pytest.fixture
def save(response):
    browser = builders.expert(response.invitation)

    def send(body, **headers):
        content = body if isinstance(body, str | bytes) else json.dumps(body)
        url = f"/answer/{response.submission_id}/judgements/"
        return browser.post(url, content, content_type="application/json", **headers)

    return send


@pytest.fixture
def answer(pair):
    item = f"{pair[0].pk}-{pair[1].pk}"
    return {"item": item, "preferred": "column", "strength": 4, "seq": 1}


def test_a_saved_answer_is_confirmed_with_its_value(save, answer):
    reply = save(answer)
    assert reply.status_code == 200
    stored = Judgement.objects.get()
    body = reply.json()
    assert body.pop("sentence")
    assert body == {
        "item": answer["item"],
        "value": {"preferred": "column", "strength": 4},
        "seq": 1,
        "saved_at": stored.answered_at.isoformat(),
        "url": f"/answer/{stored.response.submission_id}/parts/1/1/",
    }
    assert stored.ratio == 0.25
    assert "no-store" in reply.headers["Cache-Control"]


@pytest.mark.parametrize("seq", [1, 2])
def test_a_late_request_gets_the_stored_value(save, answer, seq):
    save(answer | {"seq": 2, "preferred": "equal", "strength": 1})
    late = save(answer | {"seq": seq})
    assert late.status_code == 200
    assert late.json()["value"] == {"preferred": "equal", "strength": 1}
    assert late.json()["seq"] == 2
    assert Judgement.objects.count() == 1


def test_a_repeated_request_stores_one_answer(save, answer):
    replies = [save(answer).json() for _ in range(3)]
    assert replies[0] == replies[1] == replies[2]
    assert Judgement.objects.count() == 1


def test_two_devices_with_one_number_keep_the_first_and_say_so(save, answer, response):
    other = builders.expert(response.invitation)
    save(answer)
    url = f"/answer/{response.submission_id}/judgements/"
    theirs = other.post(url, answer | {"strength": 9}, content_type="application/json")
    assert theirs.json()["value"]["strength"] == 4


NOT_ANSWERS = [
    "",
    "{",
    "[]",
    "null",
    "5",
    '"x"',
    "[" * 10_000,
    b"\xff\xfe",
    {},
    {"item": "1-2"},
]


@pytest.mark.parametrize("body", NOT_ANSWERS, ids=range(len(NOT_ANSWERS)))
def test_what_is_not_an_answer_is_refused(save, body):
    assert save(body).status_code == 400
    assert Judgement.objects.count() == 0


@pytest.mark.parametrize("strength", ["NaN", "Infinity", "1e400", "0", "1", "10", "-3", "2.5"])
@pytest.mark.parametrize("preferred", ["row", "column"])
def test_a_strength_off_the_scale_is_refused(save, answer, preferred, strength):
    raw = json.dumps(answer | {"preferred": preferred, "strength": 0})
    assert save(raw.replace('"strength": 0', f'"strength": {strength}')).status_code == 400
    assert Judgement.objects.count() == 0


@pytest.mark.parametrize(
    "change",
    [
        {"strength": "5"},
        {"strength": True},
        {"strength": 5.0},
        {"strength": [5]},
        {"strength": None},
        {"preferred": "equal", "strength": 2},
        {"preferred": "both"},
        {"preferred": None},
        {"preferred": ["row"]},
        {"seq": "1"},
        {"seq": True},
        {"seq": 1.0},
        {"seq": 0},
        {"seq": -1},
        {"seq": None},
        {"seq": 2**53},
        {"seq": 10**400},
        {"item": 5},
        {"item": None},
        {"item": ""},
        {"item": "1"},
        {"item": "x-y"},
        {"item": "1-2-3"},
        {"item": "٣-٤"},
        {"item": f"{'9' * 19}-1"},
        {"surprise": 1},
    ],
    ids=str,
)
def test_a_wrong_field_is_refused(save, answer, change):
    reply = save(answer | change)
    assert reply.status_code == 400
    assert reply.json() == {"error": "invalid"}
    assert Judgement.objects.count() == 0


def test_pairs_that_are_not_this_questionnaires_are_refused_alike(save, answer, survey, pair):
    row, column = pair
    other_part = builders.pairs(survey, part=2)[0]
    foreign = builders.pairs(builders.survey(survey.scorecard.organization))[0]
    wrong = [
        f"{column.pk}-{row.pk}",
        f"{row.pk}-{row.pk}",
        f"{row.pk}-{other_part[1].pk}",
        f"{foreign[0].pk}-{foreign[1].pk}",
        f"{row.pk}-{foreign[1].pk}",
        "998-999",
    ]
    replies = [save(answer | {"item": item}) for item in wrong]
    assert {reply.status_code for reply in replies} == {400}
    assert len({reply.content for reply in replies}) == 1, "nothing leaks about what exists"
    assert Judgement.objects.count() == 0


def test_after_sending_it_is_closed(save, answer, response):
    builders.answer_all(response)
    submit_response(response=response, now=timezone.now())
    before = Judgement.objects.count()
    assert save(answer | {"seq": 9}).status_code == 409
    assert Judgement.objects.count() == before


def test_after_closing_it_is_closed(save, answer):
    Survey.objects.update(status=Survey.Status.CLOSED)
    assert save(answer).status_code == 409
    assert Judgement.objects.count() == 0


@pytest.mark.parametrize(("minutes", "status"), [(14, 200), (16, 409)])
def test_a_form_that_was_open_has_fifteen_minutes_of_grace(save, answer, minutes, status):
    Survey.objects.update(closes_at=timezone.now() - timedelta(minutes=minutes))
    assert save(answer).status_code == status


def test_without_the_cookie_the_link_is_needed(response, answer):
    url = f"/answer/{response.submission_id}/judgements/"
    reply = Client().post(url, answer, content_type="application/json")
    assert reply.status_code == 403
    assert reply.json() == {"error": "link-needed"}


def test_without_the_forms_token_nothing_is_stored(response, answer):
    browser = builders.expert(response.invitation)
    browser.handler.enforce_csrf_checks = True
    url = f"/answer/{response.submission_id}/judgements/"
    assert browser.post(url, answer, content_type="application/json").status_code == 403
    assert Judgement.objects.count() == 0


def test_saving_takes_a_fixed_small_number_of_queries(save, answer, flat_queries):
    seq = [0]

    def act():
        seq[0] += 1
        save(answer | {"seq": seq[0]})

    flat_queries(act, lambda: [act() for _ in range(20)])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    sent=st.lists(
        st.tuples(st.integers(0, 2), st.integers(1, 40), st.sampled_from([1 / 9, 1 / 2, 1, 3, 9])),
        max_size=40,
    )
)
def test_r8_whatever_the_order_the_highest_number_wins(survey, response, sent):
    """Answers reach the server in any order, some twice; one number never has two values."""
    Judgement.objects.all().delete()
    unique = {(place, seq): ratio for place, seq, ratio in sent}
    pairs = builders.pairs(survey)
    for place, seq, _ratio in sent:
        builders.judge(response, *pairs[place], unique[place, seq], seq)
    newest = {place: max(s for p, s in unique if p == place) for place, _seq in unique}
    expected = {
        (pairs[place][0].pk, pairs[place][1].pk): (seq, unique[place, seq])
        for place, seq in newest.items()
    }
    stored = current_judgements(response.judgements.all())
    assert {(j.row_id, j.column_id): (j.seq, j.ratio) for j in stored} == expected


@pytest.mark.parametrize(
    ("preferred", "strength"), [("row", 1), ("row", 10), (None, 3), ("other", 3), ("row", 2.0)]
)
def test_the_service_refuses_what_is_no_judgement(response, survey, pair, preferred, strength):
    other = builders.pairs(survey)[-1][1]
    chosen = {"row": pair[0], "other": other, None: None}[preferred]
    with pytest.raises(InvalidAnswer):
        record_judgement(
            response=response,
            row=pair[0],
            column=pair[1],
            preferred=chosen,
            strength=strength,
            seq=1,
            now=timezone.now(),
        )


def test_the_service_refuses_a_closed_survey_and_sent_answers(response, pair):
    row, column = pair
    answer = {"row": row, "column": column, "preferred": row, "strength": 3, "seq": 1}
    Survey.objects.update(closes_at=builders.yesterday())
    with pytest.raises(SurveyNotOpen):
        record_judgement(response=response, now=timezone.now(), **answer)
    response.submitted_at = timezone.now()
    response.save()
    with pytest.raises(AlreadySubmitted):
        record_judgement(response=response, now=timezone.now(), **answer)
