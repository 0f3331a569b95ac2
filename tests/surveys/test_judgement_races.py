"""Finished judgements confirmed by many at the same moment: one effect, and no error page."""

from collections import Counter
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from surveys.links import link_of
from surveys.models import GroupMatrix, Invitation, Judgement, Response, Survey
from surveys.services.questionnaires import close_survey
from tests.crowd import at_once
from tests.surveys import builders
from tests.surveys.judgements import group_import, judgement_import

pytestmark = pytest.mark.django_db(transaction=True)

CROWD = 12


@pytest.fixture
def survey(org) -> Survey:
    return builders.survey(org, sizes=(3,))


def address(kept) -> str:
    org = kept.survey.scorecard.organization
    return reverse("surveys:judgements-preview", args=[org.slug, kept.survey.pk, kept.pk])


def test_one_file_confirmed_by_many_is_stored_once(tmp_path, client_for, edi, survey):
    url = address(judgement_import(survey))
    acts = [partial(client_for(edi).post, url, {}) for _ in range(CROWD)]
    answers = at_once(tmp_path, acts)
    # Who came after the name was there is asked, or led to what was made.
    assert {answer.status_code for answer in answers} <= {302, 422}
    assert Invitation.objects.count() == 1
    assert Judgement.objects.count() == 3


def test_many_files_of_one_name_make_one_expert(tmp_path, client_for, edi, survey):
    urls = [address(judgement_import(survey)) for _ in range(CROWD)]
    answers = at_once(tmp_path, [partial(client_for(edi).post, url, {}) for url in urls])
    assert {answer.status_code for answer in answers} <= {302, 422}
    assert Invitation.objects.count() == 1
    assert Response.objects.count() == 1


def test_an_expert_who_begins_at_that_moment_keeps_his_own(tmp_path, client_for, edi, survey):
    invitation = builders.invitation(survey)
    url = address(judgement_import(survey, invitation.name))
    form = {"expert-0": str(invitation.pk)}

    def begin() -> object:
        browser = Client()
        browser.post(f"/a/{link_of(invitation)}/")
        return browser.post("/answer/consent/", {"consent": "on"})

    acts = [begin, partial(client_for(edi).post, url, form)] * (CROWD // 2)
    answers = at_once(tmp_path, acts)
    assert all(answer.status_code < 500 for answer in answers)
    response = Response.objects.get()
    assert response.judgements.count() == (3 if response.origin == "imported" else 0)


def test_closing_and_confirming_at_once(tmp_path, client_for, edi, survey):
    url = address(judgement_import(survey))
    close = partial(close_survey, survey=survey, by=edi)
    answers = at_once(tmp_path, [partial(client_for(edi).post, url, {}), close])
    assert answers[0].status_code == 302
    assert Survey.objects.get().status == Survey.Status.CLOSED
    assert Judgement.objects.count() in (0, 3)


def test_two_group_matrices_at_once_are_one(tmp_path, client_for, edi, survey):
    urls = [address(group_import(survey, ratio=1 + number / 10)) for number in range(CROWD)]
    acts = [partial(client_for(edi).post, url, {"replaces": ""}) for url in urls]
    answers = at_once(tmp_path, acts)
    assert Counter(answer.status_code for answer in answers) == {302: CROWD}
    assert GroupMatrix.objects.count() == 1
    assert Survey.objects.get().is_of_group


def test_inviting_and_a_group_matrix_at_once(tmp_path, client_for, edi, survey):
    url = address(group_import(survey))
    invite = reverse("surveys:invitation-create", args=["pesisir", survey.pk])
    person = {"name": "Bu Sekar", "weight": "1", "expected_code": "P1"}
    acts = [partial(client_for(edi).post, url, {"replaces": ""})]
    acts += [partial(client_for(edi).post, invite, person)]
    answers = at_once(tmp_path, acts * (CROWD // 2))
    assert {answer.status_code for answer in answers} <= {302, 422}
    assert Invitation.objects.exists() != GroupMatrix.objects.exists()
