"""Trying a questionnaire out with people before it opens: answered like it, counted nowhere."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from scorecards.models import KPI
from surveys.exports.research_files import FILES
from surveys.links import link_of
from surveys.models import Invitation, Response, Survey
from surveys.selectors.adoption import adoption_of
from surveys.selectors.home import organization_home
from surveys.selectors.progress import survey_progress
from surveys.selectors.questionnaires import survey_overview, surveys_of
from surveys.selectors.research_data import research_data
from surveys.selectors.results import survey_results
from surveys.services.invitations import invite_expert
from surveys.services.questionnaires import create_survey, open_survey
from surveys.services.sending import submit_response
from surveys.services.trials import COPIED
from tests import factories
from tests.surveys import builders

TRYING = "Mbak Coba"


@pytest.fixture
def draft(org, alice) -> Survey:
    scorecard = factories.scorecard(org)
    for _ in range(2):
        objective = factories.objective(factories.perspective(scorecard))
        for _ in range(3):
            factories.kpi(objective, status=KPI.Status.ADOPTED)
    return create_survey(
        scorecard=scorecard, name="Bobot 2027", consent_text="Saya bersedia.", by=alice
    )


def trial_url(survey: Survey, name: str = "survey-trial") -> str:
    return reverse(f"surveys:{name}", args=[survey.scorecard.organization.slug, survey.pk])


def trying(survey: Survey) -> Invitation:
    return Invitation.objects.get(survey__trial_of=survey, name=TRYING)


def try_out(client, survey: Survey) -> Response:
    """Somebody is asked to try, and sends strong answers."""
    assert (
        client.post(trial_url(survey), {"name": TRYING, "expected_code": "P1"}).status_code == 302
    )
    response = builders.response(trying(survey))
    builders.answer_all(response, 9)
    submit_response(response=response, now=timezone.now())
    return response


def test_a_person_with_a_link_answers_and_is_told_that_it_does_not_count(client_for, edi, draft):
    client = client_for(edi)
    client.post(trial_url(draft), {"name": "1. " + TRYING, "expected_code": "P1"})
    invitation = trying(draft)
    page = client.get(trial_url(draft)).content.decode()
    assert f"/a/{link_of(invitation)}/" in page
    assert "uji coba" in page
    browser = builders.expert(invitation)
    for address in (f"/a/{link_of(invitation)}/", reverse("surveys:answer-consent")):
        shown = browser.get(address).content.decode()
        assert "Uji coba: jawaban Anda tidak dihitung" in shown
    response = builders.response(invitation)
    builders.answer_all(response, 3)
    submit_response(response=response, now=timezone.now())
    page = client.get(trial_url(draft))
    assert page.context["trial"].sent == 1
    assert "Uji coba: 1 dari 1" in client.get(trial_url(draft, "survey")).content.decode()


def test_pressed_twice_is_one_person(client_for, edi, draft):
    for _ in range(2):
        client_for(edi).post(trial_url(draft), {"name": TRYING, "expected_code": "P1"})
    assert Survey.including_trials.filter(trial_of=draft).count() == 1
    assert trying(draft)


def test_trials_are_counted_nowhere(client_for, org, edi, bob, draft):
    """A walk along everything that counts experts, answers or results."""
    try_out(client_for(edi), draft)
    assert list(surveys_of(org)) == [draft]
    assert surveys_of(org).get().invited == 0
    [progress] = organization_home(org).scorecards
    assert (progress.survey, progress.survey.sent) == (draft, 0)
    assert survey_progress(draft) == ()
    assert survey_overview(draft).begun == 0
    results = survey_results(draft)
    assert (results.sent, results.expected) == (0, 0)
    assert adoption_of(results).adopted is None
    assert not results.can_be_adopted
    data = research_data(draft, names=True)
    assert len(data.experts) == 0
    for key in ("home", "survey-list", "results", "survey", "survey-export"):
        args = [org.slug] if key in ("home", "survey-list") else [org.slug, draft.pk]
        assert (
            TRYING not in client_for(bob).get(reverse(f"surveys:{key}", args=args)).content.decode()
        )


def test_no_file_has_a_trial(client_for, org, edi, bob, draft):
    """Nor has it one once the questionnaire is open and a real expert has sent."""
    try_out(client_for(edi), draft)
    opened = open_survey(survey=draft, by=edi, now=timezone.now())
    response = builders.response(invite_expert(survey=opened, name="Bu Pakar"))
    builders.answer_all(response, 2)
    submit_response(response=response, now=timezone.now())
    assert [expert.name for expert in research_data(opened, names=True).experts] == ["Bu Pakar"]
    for key, file in FILES.items():
        if file.suits(is_screening=False):
            url = reverse("surveys:research-file", args=[org.slug, opened.pk, key])
            answer = client_for(bob).get(f"{url}?names=1")
            content = answer.getvalue() if answer.streaming else answer.content
            assert TRYING.encode() not in content


@pytest.mark.parametrize(
    "name", ["survey", "results", "survey-export", "survey-edit", "survey-preview", "paper-blank"]
)
def test_a_trial_has_no_pages_of_a_questionnaire(client_for, alice, edi, draft, name):
    try_out(client_for(edi), draft)
    trial = Survey.including_trials.get(trial_of=draft)
    assert client_for(alice).get(trial_url(trial, name)).status_code == 404


def test_opening_removes_the_trial_and_says_so(client_for, edi, draft):
    client = client_for(edi)
    try_out(client, draft)
    link = f"/a/{link_of(trying(draft))}/"
    page = client.post(trial_url(draft, "survey-open"), follow=True).content.decode()
    assert "Uji coba sudah dihapus" in page
    assert not Survey.including_trials.filter(trial_of=draft).exists()
    assert not Response.objects.exists()
    assert client.get(link).status_code == 404
    assert client.get(trial_url(draft)).status_code == 302


def test_one_press_removes_the_trial(client_for, edi, draft):
    client = client_for(edi)
    try_out(client, draft)
    for said in (True, False):
        page = client.post(trial_url(draft, "survey-trial-remove"), follow=True)
        assert ("Uji coba sudah dihapus" in page.content.decode()) is said
    assert list(Survey.including_trials.all()) == [draft]


def test_a_deleted_draft_takes_its_trial_along(client_for, alice, edi, draft):
    try_out(client_for(edi), draft)
    client_for(alice).post(trial_url(draft, "survey-delete"), {"version": draft.version})
    assert not Survey.including_trials.exists()


def test_a_draft_that_can_not_open_can_not_be_tried(client_for, edi, draft):
    draft.matrices.all().delete()
    answer = client_for(edi).post(trial_url(draft), {"name": TRYING, "expected_code": "P1"})
    assert answer.status_code == 422
    assert "Belum ada yang bisa dibandingkan" in answer.content.decode()
    assert not Survey.including_trials.filter(trial_of=draft).exists()


def test_a_trial_copies_whatever_an_expert_meets():
    """A new field of a questionnaire is copied, or is named here as the original's own."""
    own = {"id", "version", "saved_at", "saved_by", "created_at", "trial_of"}
    own |= {"opens_at", "closes_at", "status", "provenance"}
    fields = {field.name for field in Survey._meta.concrete_fields}
    assert fields == own | set(COPIED)


def test_one_rule_leaves_trials_out():
    """Who looks at trials says so by name, and only where trials are what it is about."""
    named = {
        str(path.relative_to(settings.BASE_DIR))
        for path in Path(settings.BASE_DIR, "surveys").rglob("*.py")
        if "including_trials" in path.read_text(encoding="utf-8")
    }
    assert named == {
        "surveys/models/survey.py",
        "surveys/selectors/trials.py",
        "surveys/services/locks.py",
        "surveys/services/questionnaires.py",
        "surveys/services/trials.py",
    }
    # By way of a relation the rule is not asked: such a filter names the questionnaires.
    around = re.compile(r"\b\w*survey__(status|kind|name|scorecard)\w*=")
    for path in Path(settings.BASE_DIR, "surveys").rglob("*.py"):
        assert not around.search(path.read_text(encoding="utf-8")), path
