"""What an expert and an officer do at the same moment: one effect, and no error page."""

from collections import Counter
from functools import partial

import pytest
from django.utils import timezone

from organizations.models import EditConflict
from surveys.models import Exemption, Invitation, Judgement, Mailing, Response, Round
from surveys.services.answering import decline_invitation, start_response
from surveys.services.erasing import delete_expert
from surveys.services.exemptions import hand_back, set_exemptions
from surveys.services.mailings import mail_reminder
from surveys.services.questionnaires import delete_survey
from surveys.services.refusals import (
    AlreadySubmitted,
    InvalidAnswer,
    InvitationDeclined,
    SurveyError,
    SurveyNotOpen,
)
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


def test_deleting_while_experts_answer_begin_and_hand_back(tmp_path, response):
    """Each is done before the questionnaire goes, or told that it is gone."""
    survey = response.invitation.survey
    answering = [builders.response(builders.invitation(survey, f"P{n}")) for n in range(10, 16)]
    beginning = [builders.invitation(survey, f"P{n}") for n in range(20, 24)]
    pairs, matrix = builders.pairs(survey), survey.matrices.last()

    def answer(own: Response) -> str:
        for row, column in pairs:
            builders.judge(own, row, column, 3)
        return "done"

    def leave(own: Response) -> str:
        hand_back(response=own, matrix=matrix, reason="", now=timezone.now())
        return "done"

    def begin(invitation: Invitation) -> str:
        start_response(invitation=invitation, now=timezone.now())
        return "done"

    def delete() -> str:
        delete_survey(survey=survey, seen=survey.version, by=None)
        return "done"

    acts = [*[partial(answer, own) for own in answering], *[partial(leave, o) for o in answering]]
    acts += [partial(begin, invitation) for invitation in beginning]
    said = at_once(tmp_path, [*[partial(_or_gone, act) for act in acts], delete])
    assert said[-1] == "done"
    assert set(said) <= {"done", "gone"}
    assert not Judgement.objects.exists()


def test_deleting_experts_while_they_hand_back_and_are_written_to(tmp_path, settings, response):
    """Each is handed back or written to before the expert goes, or finds nobody there."""
    settings.MAIL_IS_SENT = True
    survey, now = response.invitation.survey, timezone.now()
    matrix = survey.matrices.last()
    experts = [
        builders.invitation(survey, f"P{number}", email=f"p{number}@example.org")
        for number in range(10, 14)
    ]
    responses = [builders.response(invitation) for invitation in experts]

    def leave(own: Response) -> str:
        hand_back(response=own, matrix=matrix, reason="", now=now)
        return "done"

    def write(invitation: Invitation) -> str:
        mail_reminder(invitation=invitation, now=now)
        return "done"

    def delete(invitation: Invitation) -> str:
        delete_expert(invitation=invitation, by=None, now=now)
        return "done"

    acts = [partial(leave, own) for own in responses]
    acts += [partial(act, invitation) for act in (write, delete) for invitation in experts]
    said = at_once(tmp_path, [partial(_or_gone, act) for act in acts])
    assert set(said) <= {"done", "gone"}
    assert set(said[-len(experts) :]) == {"done"}
    assert list(Invitation.objects.all()) == [response.invitation]
    assert not Mailing.objects.exists()


def _or_gone(act) -> str:
    try:
        return act()
    except (SurveyNotOpen, EditConflict):
        return "gone"
