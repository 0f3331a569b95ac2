"""What an expert and an officer do at the same moment: one effect, and no error page."""

from collections import Counter
from functools import partial

import pytest
from django.utils import timezone

from surveys.models import Exemption, Invitation, Judgement, Response, Round
from surveys.services.answering import decline_invitation
from surveys.services.exemptions import hand_back, set_exemptions
from surveys.services.questionnaires import SurveyError
from surveys.services.refusals import AlreadySubmitted, InvalidAnswer, InvitationDeclined
from surveys.services.rounds import ask_again, submit_round, withdraw_round
from surveys.services.sending import submit_response
from tests.crowd import at_once
from tests.surveys import builders

pytestmark = pytest.mark.django_db(transaction=True)

CROWD = 12


@pytest.fixture
def response(org) -> Response:
    made = builders.response(builders.invitation(builders.survey(org, sizes=(3, 2))))
    builders.answer_all(made, 3)
    return made


def ask(response) -> str:
    try:
        matrix = response.invitation.survey.matrices.first()
        ask_again(response=response, matrix=matrix, message="?", by=None, now=timezone.now())
    except SurveyError as error:
        return error.code
    return "asked"


def press(folder, invitation, path: str, data: dict[str, str]) -> Counter[int]:
    browsers = [builders.expert(invitation) for _ in range(CROWD)]
    answers = at_once(folder, [partial(browser.post, path, data) for browser in browsers])
    return Counter(answer.status_code for answer in answers)


def test_asking_again_at_once_asks_once(tmp_path, response):
    submit_response(response=response, now=timezone.now())
    said = Counter(at_once(tmp_path, [partial(ask, response)] * CROWD))
    assert said == {"asked": 1, "asked-already": CROWD - 1}
    assert Round.objects.count() == 1


def test_sending_again_at_once_sends_once(tmp_path, response):
    submit_response(response=response, now=timezone.now())
    assert ask(response) == "asked"
    url = f"/answer/{response.submission_id}/parts/1/again/"
    # Who comes second finds it sent, and is shown the copy or told so.
    assert press(tmp_path, response.invitation, url, {}).keys() <= {302, 409}
    assert Round.objects.get().submitted_at is not None


def test_a_round_is_sent_or_taken_back_never_both(tmp_path, response):
    submit_response(response=response, now=timezone.now())
    assert ask(response) == "asked"
    again = Round.objects.get()

    def send() -> str:
        try:
            submit_round(round=again, now=timezone.now())
        except AlreadySubmitted:
            return "too late"
        return "sent"

    def withdraw() -> str:
        try:
            withdraw_round(round=again, by=None, now=timezone.now())
        except SurveyError as error:
            return error.code
        return "withdrawn"

    said = set(at_once(tmp_path, [send, withdraw]))
    assert said in ({"sent", "round-sent"}, {"too late", "withdrawn"})
    again.refresh_from_db()
    assert (again.submitted_at is None) != (again.withdrawn_at is None)


def test_sending_or_declining_never_both(tmp_path, response):
    def send() -> str:
        try:
            submit_response(response=response, now=timezone.now())
        except InvitationDeclined:
            return "declined already"
        return "sent"

    def decline() -> str:
        try:
            decline_invitation(invitation=response.invitation, reason="", now=timezone.now())
        except AlreadySubmitted:
            return "sent already"
        return "declined"

    said = set(at_once(tmp_path, [send, decline]))
    assert said in ({"sent", "sent already"}, {"declined", "declined already"})
    is_sent = Response.objects.get().submitted_at is not None
    assert is_sent == (Invitation.objects.get().declined_at is None)


def test_an_officer_who_asks_for_less_while_it_is_handed_back(tmp_path, response):
    survey, invitation = response.invitation.survey, response.invitation
    first, second = survey.matrices.all()

    def hand() -> str:
        try:
            hand_back(response=response, matrix=first, reason="-", now=timezone.now())
        except InvalidAnswer:
            return "not asked"
        return "handed back"

    def spare() -> str:
        set_exemptions(survey=survey, judged={invitation: [second]}, by=None)
        return "spared"

    assert set(at_once(tmp_path, [hand, spare])) <= {"handed back", "not asked", "spared"}
    assert Exemption.objects.get().matrix == first


def test_handing_back_at_once_hands_back_once(tmp_path, response):
    url = f"/answer/{response.submission_id}/parts/1/back/"
    assert press(tmp_path, response.invitation, url, {"reason": "-"}) == {302: CROWD}
    assert Exemption.objects.count() == 1
    assert Judgement.objects.count() == 4
