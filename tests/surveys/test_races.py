"""The same button pressed twenty times at the same moment: one effect, and no error page."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from scorecards.models import WeightSet
from surveys.models import Criterion, Invitation, Judgement, Origin, ProposalDecision, Survey
from surveys.selectors.adoption_review import adoption_review
from surveys.selectors.results import survey_results
from surveys.services.questionnaires import close_survey, create_survey, open_survey
from surveys.services.refusals import AlreadySubmitted, SurveyNotOpen
from surveys.services.sending import submit_response
from tests.crowd import at_once
from tests.surveys import builders
from tests.surveys.designs import scorecard_with_kpis

pytestmark = pytest.mark.django_db(transaction=True)

CROWD = 20


@pytest.fixture
def draft(org, alice) -> Survey:
    return create_survey(
        scorecard=scorecard_with_kpis(org), name="Bobot", consent_text="Setuju?", by=alice
    )


@pytest.fixture
def survey(draft, alice) -> Survey:
    return open_survey(survey=draft, by=alice, now=timezone.now())


@pytest.fixture
def pressed(client_for, edi, tmp_path) -> Callable[..., Counter[int]]:
    """Posts the same form from twenty browsers of one person; how often each status came."""

    def press(url: str, data: dict[str, str] | None = None) -> Counter[int]:
        browsers = [client_for(edi) for _ in range(CROWD)]
        return crowd(tmp_path, browsers, url, data)

    return press


def crowd(
    folder: Path, browsers: list[Client], url: str, data: dict[str, str] | None
) -> Counter[int]:
    answers = at_once(folder, [partial(browser.post, url, data or {}) for browser in browsers])
    return Counter(answer.status_code for answer in answers)


def answered(survey: Survey, ratio: float = 3) -> Invitation:
    invitation = builders.invitation(survey)
    response = builders.response(invitation)
    builders.answer_all(response, ratio)
    return invitation


def test_r6_making(pressed, org, alice):
    scorecard = scorecard_with_kpis(org)
    form = {"scorecard": str(scorecard.pk), "name": "Bobot", "consent_text": "Setuju?"}
    form["kind"] = "pairwise"
    assert pressed(reverse("surveys:survey-create", args=[org.slug]), form) == {302: CROWD}
    assert Survey.objects.get().matrices.count() == 3


def test_r6_opening(pressed, org, draft):
    assert pressed(reverse("surveys:survey-open", args=[org.slug, draft.pk])) == {302: CROWD}
    draft.refresh_from_db()
    assert (draft.status, draft.version) == (Survey.Status.OPEN, 2)
    assert Criterion.objects.count() == 2 + 3 + 3


def test_r6_inviting(pressed, org, survey):
    form = {"name": "Bu Sri", "weight": "1", "expected_code": "P1"}
    url = reverse("surveys:invitation-create", args=[org.slug, survey.pk])
    assert pressed(url, form) == {302: CROWD}
    assert survey.invitations.get().code == "P1"


def test_r6_adopting(pressed, org, survey):
    invitation = answered(survey)
    submit_response(response=invitation.response, now=timezone.now())
    seen = adoption_review(survey_results(survey)).seen
    url = reverse("surveys:adopt", args=[org.slug, survey.pk])
    assert pressed(url, {"seen": seen}) == {302: CROWD}
    assert WeightSet.objects.get().weights.count() == 2 + 3 + 3


def test_r6_sending(tmp_path, survey):
    invitation = answered(survey)
    url = reverse("surveys:answer-check", args=[invitation.response.submission_id])
    browsers = [builders.expert(invitation) for _ in range(CROWD)]
    assert crowd(tmp_path, browsers, url, None) == {302: CROWD}
    invitation.response.refresh_from_db()
    assert invitation.response.submitted_at is not None


def test_r6_taking_a_proposal(tmp_path, survey):
    """Those who come later see how it stands now, with the proposal gone."""
    invitation = builders.invitation(survey)
    response = builders.response(invitation)
    [first, second, third] = builders.pairs(survey, part=2)
    for pair, ratio in ((first, 9), (second, 1 / 9), (third, 9)):
        builders.judge(response, *pair, ratio)
    url = reverse("surveys:answer-decide", args=[response.submission_id, 2])
    browsers = [builders.expert(invitation) for _ in range(CROWD)]
    page = browsers[0].get(reverse("surveys:answer-consistency", args=[response.submission_id, 2]))
    item = f"{second[0].pk}-{second[1].pk}"
    [seen] = [each.key for each in page.context["check"].suggestions if each.pair.item == item]
    form = {"item": item, "seen": seen, "decision": "accept"}
    assert crowd(tmp_path, browsers, url, form) == {302: 1, 409: CROWD - 1}
    assert ProposalDecision.objects.count() == 1
    assert Judgement.objects.filter(origin=Origin.PROPOSAL).count() == 1


def test_r6_agreeing(tmp_path, survey):
    invitation = builders.invitation(survey)
    browsers = [builders.expert(invitation) for _ in range(CROWD)]
    form = {"consent": "on"}
    assert crowd(tmp_path, browsers, reverse("surveys:answer-consent"), form) == {302: CROWD}
    assert Invitation.objects.get(response__isnull=False) == invitation


def test_r10_nothing_is_stored_once_the_questionnaire_is_closed(tmp_path, survey, alice):
    """Closing waits for the answers that are being stored, and counts them all."""
    response = builders.response(builders.invitation(survey))
    pair = builders.pairs(survey)[0]

    def close() -> int:
        close_survey(survey=survey, by=alice)
        return Judgement.objects.count()

    def save(seq: int) -> int:
        try:
            builders.judge(response, *pair, ratio=3, seq=seq)
        except (SurveyNotOpen, AlreadySubmitted):
            return -1
        return seq

    acts = [close, *(partial(save, seq) for seq in range(1, CROWD + 1))]
    [at_closing, *_saved] = at_once(tmp_path, acts)
    assert Judgement.objects.count() == at_closing
