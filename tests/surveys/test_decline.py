"""An expert who doesn't take part, and who changes his mind."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from surveys.letters import Letter, fitting_letters
from surveys.links import link_of
from surveys.models import Invitation, Judgement, Survey
from surveys.selectors.progress import expert_progress
from surveys.services.answering import decline_invitation, start_response, take_back_decline
from surveys.services.refusals import AlreadySubmitted, InvitationDeclined, SurveyNotOpen
from surveys.services.sending import submit_response
from tests.surveys import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(org):
    return builders.survey(org, sizes=(3,))


@pytest.fixture
def invitation(survey):
    return builders.invitation(survey)


@pytest.fixture
def browser(invitation):
    return builders.expert(invitation)


def decline(invitation, reason="", now=None):
    return decline_invitation(invitation=invitation, reason=reason, now=now or timezone.now())


def take_back(invitation):
    return take_back_decline(invitation=invitation, now=timezone.now())


def test_the_consent_page_leads_to_saying_no_and_back(browser, invitation):
    assert "/answer/decline/" in browser.get("/answer/consent/").content.decode()
    assert browser.get("/answer/decline/").status_code == 200
    assert browser.post("/answer/decline/", {"reason": "Sedang cuti"}).status_code == 302
    invitation.refresh_from_db()
    assert invitation.declined_at is not None
    page = browser.get("/answer/decline/").content.decode()
    assert "Sedang cuti" in page
    for path in ("/answer/", "/answer/consent/"):
        assert browser.get(path, follow=True).redirect_chain[-1][0] == "/answer/decline/"
    assert browser.post("/answer/accept/").url == "/answer/"
    invitation.refresh_from_db()
    assert (invitation.declined_at, invitation.decline_reason) == (None, "")
    assert browser.get("/answer/").url == "/answer/consent/"


def test_a_reason_is_not_asked_for_but_kept_short(browser, invitation):
    assert browser.post("/answer/decline/", {"reason": "x" * 501}).status_code == 422
    assert browser.post("/answer/decline/", {}).status_code == 302


def test_looking_at_the_page_declines_nothing(browser, invitation):
    browser.get("/answer/decline/")
    assert browser.get("/answer/accept/").status_code == 405
    assert Invitation.objects.get().declined_at is None


def test_who_declined_answers_nothing_until_he_takes_it_back(invitation, survey):
    response = builders.response(invitation)
    pair = builders.pairs(survey)[0]
    builders.judge(response, *pair, 3)
    declined = decline(invitation)
    decline(declined, "Lupa alasannya")
    with pytest.raises(InvitationDeclined):
        builders.judge(response, *pair, 5, seq=2)
    with pytest.raises(InvitationDeclined):
        submit_response(response=response, now=timezone.now())
    taken_back = take_back_decline(invitation=invitation, now=timezone.now())
    builders.judge(response, *pair, 5, seq=2)
    assert taken_back.declined_at is None
    assert Judgement.objects.count() == 2


def test_an_open_tab_is_told(invitation, survey):
    response = builders.response(invitation)
    browser = builders.expert(invitation)
    decline(invitation)
    row, column = builders.pairs(survey)[0]
    body = {"item": f"{row.pk}-{column.pk}", "preferred": "row", "strength": 4, "seq": 1}
    root = f"/answer/{response.submission_id}/"
    saved = browser.post(f"{root}judgements/", body, content_type="application/json")
    assert saved.status_code == 409
    form = {"preferred": "row", "strength": 3, "seq": 1}
    assert browser.post(f"{root}parts/1/1/", form).status_code == 409
    assert browser.get(root).url == "/answer/decline/"
    assert not Judgement.objects.exists()


def test_nobody_agrees_to_what_he_declined(invitation):
    decline(invitation)
    invitation.refresh_from_db()
    with pytest.raises(InvitationDeclined):
        start_response(invitation=invitation, now=timezone.now())


def test_what_was_sent_is_not_declined(invitation, browser):
    response = builders.response(invitation)
    builders.answer_all(response)
    submit_response(response=response, now=timezone.now())
    with pytest.raises(AlreadySubmitted):
        decline(invitation)
    assert browser.get("/answer/decline/").status_code == 302
    assert Invitation.objects.get().declined_at is None


@pytest.mark.parametrize("change", [decline, take_back])
def test_after_the_last_moment_it_is_too_late(invitation, change):
    Survey.objects.update(closes_at=timezone.now() - timedelta(minutes=20))
    with pytest.raises(SurveyNotOpen):
        change(invitation)


def test_the_link_says_that_one_declined(invitation):
    decline(invitation)
    page = Client().get(f"/a/{link_of(invitation)}/", headers={"Accept-Language": "en"})
    assert "You said that you are not taking part" in page.content.decode()


def test_who_declined_is_offered_no_reminder(invitation):
    assert Letter.REMINDER in fitting_letters(expert_progress(invitation))
    decline(invitation)
    letters = fitting_letters(expert_progress(invitation))
    assert letters == (Letter.INVITATION, Letter.NEW_LINK)


def test_a_closed_questionnaire_takes_no_refusal(browser, invitation):
    Survey.objects.update(status=Survey.Status.CLOSED)
    assert browser.post("/answer/decline/", {"reason": ""}).status_code == 409
    assert browser.post("/answer/accept/").status_code == 409
