"""The expert's own copy as PDF."""

import pytest
from django.utils import timezone

from surveys.exports.answers_pdf import copy_content
from surveys.services.rounds import ask_again, submit_round
from surveys.services.sending import submit_response
from surveys.wording import question_of
from tests.surveys import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def response(org):
    survey = builders.survey(org, sizes=(3, 2), name='Bobot #let x = "1" $KPI')
    made = builders.response(builders.invitation(survey))
    builders.answer_all(made, 3)
    return made


def test_who_has_sent_downloads_a_copy(response):
    browser = builders.expert(response.invitation)
    url = f"/answer/{response.submission_id}/copy.pdf"
    assert browser.get(url).url == "/answer/"
    submit_response(response=response, now=timezone.now())
    assert url in browser.get(f"/answer/{response.submission_id}/copy/").content.decode()
    copy = browser.get(url)
    assert copy.status_code == 200
    assert copy.headers["Content-Type"] == "application/pdf"
    assert response.reference in copy.headers["Content-Disposition"]
    assert "noindex" in copy.headers["X-Robots-Tag"]
    assert copy.content.startswith(b"%PDF")


def test_nobody_else_downloads_it(response, client):
    submit_response(response=response, now=timezone.now())
    assert client.get(f"/answer/{response.submission_id}/copy.pdf").status_code == 403
    other = builders.expert(builders.invitation(response.invitation.survey, code="P2"))
    assert other.get(f"/answer/{response.submission_id}/copy.pdf").status_code == 403


def test_it_holds_what_counts(response):
    submit_response(response=response, now=timezone.now())
    again = ask_again(
        response=response,
        matrix=response.invitation.survey.matrices.first(),
        message="Mohon dilihat lagi.",
        by=None,
        now=timezone.now(),
    )
    builders.judge(response, *builders.pairs(response.invitation.survey)[0], 7, seq=2)
    response.refresh_from_db()
    assert "3" in copy_content(response)["parts"][0]["answers"][0]["text"]
    submit_round(round=again, now=timezone.now())
    found = copy_content(response)
    assert "7" in found["parts"][0]["answers"][0]["text"]
    assert [len(part["answers"]) for part in found["parts"]] == [3, 1]
    assert "CR" in found["parts"][0]["note"]
    assert found["parts"][1]["note"] == question_of("")  # two elements have no CR
    assert found["consent"] == response.consent_text
    assert len(found["facts"]) == 5


def test_a_screenings_copy_has_ratings_remarks_and_proposals(org):
    survey = builders.screening(org)
    response = builders.response(builders.invitation(survey))
    builders.rate_all(response, 4)
    found = copy_content(response)
    texts = [answer["text"] for part in found["parts"] for answer in part["answers"]]
    assert len(texts) == survey.candidates.count()
    assert all(answer["given"] for part in found["parts"] for answer in part["answers"])
