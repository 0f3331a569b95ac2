"""What an expert sends just when the link is taken back or the questionnaire is deleted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organizations.models import EditConflict
from scorecards.models import KPI
from surveys.models import CandidateDecision, Invitation, Response, Round, Survey
from surveys.services.answering import (
    decline_invitation,
    hold_response,
    start_response,
    take_back_decline,
)
from surveys.services.candidate_proposals import (
    decline_proposal,
    reconsider_proposal,
    take_proposal,
)
from surveys.services.exemptions import set_exemptions
from surveys.services.expert_weights import set_expert_weights
from surveys.services.invitations import (
    extend_invitation,
    invite_expert,
    invite_experts,
    reissue_invitation,
    revoke_invitation,
)
from surveys.services.mailings import mail_invitations
from surveys.services.questionnaires import close_survey, open_survey, reopen_survey
from surveys.services.refusals import SurveyNotOpen
from surveys.services.rounds import ask_again, withdraw_round
from surveys.services.screening_decisions import decide_candidate
from surveys.services.screening_outcome import apply_screening, undo_screening
from tests import factories
from tests.surveys import builders, screenings

pytestmark = pytest.mark.django_db

NEEDED = "surveys/answer/link_needed.html"


@pytest.fixture
def response(org) -> Response:
    made = builders.response(builders.invitation(builders.survey(org, sizes=(3,))))
    builders.answer_all(made, 3)
    return made


@pytest.fixture
def browser(response) -> Client:
    return builders.expert(response.invitation)


def delete(response: Response) -> None:
    Survey.objects.get(pk=response.invitation.survey_id).delete()


def revoke(response: Response) -> None:
    revoke_invitation(invitation=response.invitation, now=timezone.now())


@contextmanager
def just_before_it_is_held(act: Callable[[], None]) -> Iterator[None]:
    """Once the page let the expert in, and before the first row is kept from changing."""
    done = False
    outside = len(connection.savepoint_ids)

    def look(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        nonlocal done
        if sql.startswith("SAVEPOINT") and len(connection.savepoint_ids) == outside and not done:
            done = True
            act()
        return execute(sql, *args)

    with connection.execute_wrapper(look):
        yield
    assert done


@pytest.mark.parametrize("act", [delete, revoke])
@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/answer/{}/parts/1/1/", {"preferred": "row", "strength": "9", "seq": "99"}),
        ("/answer/{}/check/", {}),
        ("/answer/{}/parts/1/back/", {"reason": "Bukan bidang saya."}),
        ("/answer/decline/", {"reason": "Sakit."}),
        ("/answer/accept/", {}),
    ],
)
def test_the_page_says_that_the_link_is_needed(browser, response, act, path, data):
    with just_before_it_is_held(lambda: act(response)):
        page = browser.post(path.format(response.submission_id), data)
    assert page.status_code == 403
    assert NEEDED in [template.name for template in page.templates]
    left = Response.objects.filter(pk=response.pk).first()
    assert left is None or left.judgements.count() == 3


@pytest.mark.parametrize("act", [delete, revoke])
def test_a_script_is_told_that_it_is_closed(browser, response, act):
    row, column = builders.pairs(response.invitation.survey)[0]
    answer = {"item": f"{row.pk}-{column.pk}", "preferred": "row", "strength": 9, "seq": 99}
    url = f"/answer/{response.submission_id}/judgements/"
    with just_before_it_is_held(lambda: act(response)):
        said = browser.post(url, answer, content_type="application/json")
    assert (said.status_code, said.json()) == (409, {"error": "closed"})


def test_nobody_begins_with_a_link_that_was_just_taken_back(response):
    invitation = builders.invitation(response.invitation.survey, "P2")
    read_before = Invitation.objects.get(pk=invitation.pk)
    revoke_invitation(invitation=invitation, now=timezone.now())
    with pytest.raises(SurveyNotOpen):
        start_response(invitation=read_before, now=timezone.now())
    assert not Response.objects.filter(invitation=invitation).exists()


def test_the_services_say_that_what_is_deleted_is_not_open(response):
    invitation, now = response.invitation, timezone.now()
    delete(response)
    for act in (
        lambda: hold_response(response),
        lambda: start_response(invitation=invitation, now=now),
        lambda: decline_invitation(invitation=invitation, reason="", now=now),
        lambda: take_back_decline(invitation=invitation, now=now),
    ):
        with pytest.raises(SurveyNotOpen):
            act()


def test_an_officer_who_comes_too_late_is_told_and_keeps_what_was_typed(
    client_for, alice, org, response
):
    survey = response.invitation.survey
    client = client_for(alice)
    steps = {
        "survey-close": {},
        "survey-reopen": {"closes_at": ""},
        "invitation-create": {"name": "Bu Sri Rahayu", "weight": "1"},
    }
    for name, typed in steps.items():
        url = reverse(f"surveys:{name}", args=[org.slug, survey.pk])
        with transaction.atomic(), just_before_it_is_held(lambda: delete(response)):
            page = client.post(url, typed)
            transaction.set_rollback(True)
        assert page.status_code == 409, name
        assert typed.get("name", "") in page.content.decode()


def test_what_officers_do_with_what_is_deleted_is_a_conflict(response):
    invitation, now = response.invitation, timezone.now()
    survey = invitation.survey
    matrix = survey.matrices.get()
    delete(response)
    which: dict[str, Any] = {"survey": survey, "by": None}
    one: dict[str, Any] = {"invitation": invitation, "by": None}
    for act in (
        lambda: open_survey(**which, now=now),
        lambda: close_survey(**which),
        lambda: reopen_survey(**which, now=now, closes_at=None),
        lambda: set_exemptions(**which, judged={}),
        lambda: set_expert_weights(**which, weights={}, seen={}),
        lambda: invite_expert(**which, name="Bu Sri"),
        lambda: invite_experts(**which, experts=[], known=[], expected_code=""),
        lambda: extend_invitation(**one, closes_at=None, now=now),
        lambda: revoke_invitation(**one, now=now),
        lambda: reissue_invitation(**one),
        lambda: ask_again(response=response, matrix=matrix, message="", by=None, now=now),
        lambda: withdraw_round(round=Round(response=response), by=None, now=now),
    ):
        with pytest.raises(EditConflict) as told:
            act()
        assert told.value.current is None


@pytest.fixture
def screening(org) -> Survey:
    return screenings.applied(org)


def test_what_officers_do_with_a_deleted_screening_is_a_conflict(screening):
    outcome = screening.outcomes.get()
    proposal = screenings.propose(Response.objects.first())
    candidate = screening.candidates.first()
    objective = screening.scorecard.objectives.first()
    kpis, now = KPI.objects.count(), timezone.now()
    statuses = screenings.statuses(screening)
    Survey.objects.get(pk=screening.pk).delete()
    typed: dict[str, Any] = {"name": "Pesanan daring", "definition": "", "by": None}
    for act in (
        lambda: decline_proposal(proposal=proposal, now=now),
        lambda: reconsider_proposal(proposal=proposal),
        lambda: take_proposal(proposal=proposal, objective=objective, **typed),
        lambda: decide_candidate(candidate=candidate, keeps=True, reason="Perlu.", by=None),
        lambda: apply_screening(survey=screening, by=None, now=now, seen=""),
        lambda: undo_screening(outcome=outcome, by=None, now=now),
    ):
        with pytest.raises(EditConflict) as told:
            act()
        assert told.value.current is None
    assert (KPI.objects.count(), screenings.statuses(screening)) == (kpis, statuses)
    assert not CandidateDecision.objects.exists()


def test_no_kpi_comes_of_a_proposal_under_an_objective_that_is_deleted(
    client_for, edi, org, screening
):
    proposal = screenings.propose(Response.objects.first())
    objective = factories.objective(screening.scorecard.perspectives.first())
    url = reverse("surveys:proposal-take", args=[org.slug, screening.pk, proposal.pk])
    typed = {"objective": objective.pk, "name": "Pesanan daring", "definition": "Tiap bulan"}
    client = client_for(edi)
    with transaction.atomic(), just_before_it_is_held(lambda: objective.delete()):
        page = client.post(url, typed)
    assert page.status_code == 409
    # What was never typed isn't listed: a KPI has many more fields.
    shown = [str(yours) for _label, yours, _theirs in page.context["fields"]]
    assert shown == [str(objective), "Pesanan daring", "Tiap bulan"]
    assert not KPI.objects.filter(name="Pesanan daring").exists()


def test_a_timer_passes_over_what_is_deleted(response, settings):
    settings.MAIL_IS_SENT = True
    survey = response.invitation.survey
    delete(response)
    assert mail_invitations(survey=survey, now=timezone.now()) == 0
