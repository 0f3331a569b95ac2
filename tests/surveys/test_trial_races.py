"""Trials, parts and decisions that several people press for at the same moment."""

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from scorecards.models import KPI
from surveys.models import Invitation, Response, Survey
from surveys.preview_cookie import Tried
from surveys.services.previewing import begin_preview
from surveys.services.questionnaires import create_survey, open_survey
from surveys.services.screening import create_screening
from surveys.services.trials import invite_to_trial
from tests import factories
from tests.crowd import at_once
from tests.surveys import builders
from tests.surveys.designs import scorecard_with_kpis

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(org, alice) -> Survey:
    return create_survey(
        scorecard=scorecard_with_kpis(org), name="Bobot", consent_text="Setuju?", by=alice
    )


def url(name: str, survey: Survey) -> str:
    return reverse(f"surveys:{name}", args=[survey.scorecard.organization.slug, survey.pk])


@pytest.fixture
def post(client_for, edi, tmp_path) -> Callable[..., Counter[int]]:
    """Sends forms, each from a browser of its own, together; how often each status came."""

    def send(*forms: tuple[str, dict[str, object]]) -> Counter[int]:
        acts = [partial(client_for(edi).post, address, data) for address, data in forms]
        return Counter(answer.status_code for answer in at_once(tmp_path, acts))

    return send


def trials(survey: Survey):
    return Survey.including_trials.filter(trial_of=survey)


def person(number: int) -> dict[str, object]:
    return {"name": f"Coba {number}", "expected_code": "P1"}


def test_trial_begins_once(post, draft):
    answers = post(*[(url("survey-trial", draft), person(1))] * 8)
    assert answers == {302: 8}
    assert trials(draft).get().invitations.count() == 1


def test_trial_made_and_removed_while_the_questionnaire_opens(post, draft):
    make, remove = url("survey-trial", draft), url("survey-trial-remove", draft)
    opens = url("survey-open", draft)
    answers = post(
        *[(make, person(1)), (remove, {}), (make, person(2)), (opens, {})] * 2,
        (remove, {}),
        (make, person(3)),
    )
    assert set(answers) <= {302, 422}
    draft.refresh_from_db()
    assert draft.status == Survey.Status.OPEN
    assert not trials(draft).exists()


def test_answers_to_a_trial_while_the_questionnaire_opens(tmp_path, client_for, edi, draft, alice):
    people = [
        invite_to_trial(
            survey=draft, name=f"Coba {n}", expected_code=f"P{n}", by=alice, now=timezone.now()
        )
        for n in range(1, 7)
    ]
    begun = builders.response(people[0])
    consent = reverse("surveys:answer-consent")
    answer = reverse("surveys:answer-check", args=[begun.submission_id])
    acts = [partial(builders.expert(each).post, consent, {"consent": "on"}) for each in people]
    acts.append(partial(client_for(edi).post, url("survey-open", draft), {}))
    acts.append(partial(builders.expert(people[0]).post, answer, {}))
    acts.append(partial(client_for(edi).post, url("survey-trial-remove", draft), {}))
    answers = Counter(each.status_code for each in at_once(tmp_path, acts))
    assert max(answers) < 500
    assert not trials(draft).exists()
    assert not Response.objects.exists()
    assert not Invitation.objects.exists()


def test_part_is_asked_once(post, draft):
    left_out = draft.matrices.exclude(perspective=None).first().perspective
    draft.matrices.filter(perspective=left_out).delete()
    before = draft.matrices.count()
    answers = post(*[(url("part-ask", draft), {"part": left_out.pk})] * 8)
    assert answers == {302: 8}
    draft.refresh_from_db()
    assert draft.matrices.count() == before + 1
    assert draft.version == 2


def test_all_candidates_are_asked_once(post, draft, alice):
    scorecard = draft.scorecard
    kpis = list(scorecard.kpis.all())
    scorecard.kpis.update(status=KPI.Status.CANDIDATE)
    screening = create_screening(
        scorecard=scorecard, name="Saring", consent_text="Setuju?", kpis=kpis[:2], by=alice
    )
    opens = (url("survey-open", screening), {})
    answers = post(*[(url("candidates-ask", screening), {})] * 7, opens)
    assert answers == {302: 8}
    screening.refresh_from_db()
    assert screening.candidates.filter(kpi__in=kpis).count() in (2, len(kpis))
    assert screening.version in (2, 3)


def test_part_is_asked_while_its_perspective_is_deleted(post, draft):
    left_out = factories.perspective(draft.scorecard)
    for _ in range(3):
        factories.kpi(factories.objective(left_out), status=KPI.Status.ADOPTED)
    delete = reverse(
        "scorecards:perspective-delete",
        args=[draft.scorecard.organization.slug, draft.scorecard_id, left_out.pk],
    )
    ask = (url("part-ask", draft), {"part": left_out.pk})
    answers = post(
        ask, (delete, {"version": 1, "sure": "on"}), ask, (url("survey-open", draft), {})
    )
    assert max(answers) < 500


def test_previews_of_one_questionnaire_while_it_opens(tmp_path, client_for, edi, alice, bob, draft):
    browsers = [client_for(who) for who in (edi, alice, bob, edi)]
    for browser in browsers:
        browser.post(url("survey-preview", draft), {})
    consent = reverse("surveys:answer-consent")
    acts = [partial(browser.post, consent, {"consent": "on"}) for browser in browsers * 2]
    acts.append(partial(client_for(alice).post, url("survey-open", draft), {}))
    answers = Counter(each.status_code for each in at_once(tmp_path, acts))
    assert answers == {302: len(acts)}
    assert not Response.objects.exists()
    assert not trials(draft).exists()


def test_a_preview_sees_what_was_opened_since_it_was_let_in(draft, alice):
    let_in = Survey.objects.get(pk=draft.pk)
    open_survey(survey=draft, by=alice, now=timezone.now())
    with transaction.atomic():
        invitation = begin_preview(
            survey=let_in, tried=Tried("pesisir", draft.pk), user=alice, now=timezone.now()
        )
        sizes = [matrix.criteria.count() for matrix in invitation.survey.matrices.all()]
        transaction.set_rollback(True)
    assert sizes == [matrix.criteria.count() for matrix in draft.matrices.all()]
