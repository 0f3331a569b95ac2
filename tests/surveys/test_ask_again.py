"""Asking an expert for one matrix again: the form, the list, and the results of each round."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.models import Invitation, Matrix, Round, Survey
from surveys.services.invitations import invite_expert, revoke_invitation
from surveys.services.questionnaires import close_survey
from surveys.services.rounds import submit_round
from tests.surveys import builders
from tests.surveys import result_worlds as worlds
from tests.surveys.result_worlds import CALM, CIRCLE, NAME, NEAR


@pytest.fixture
def survey(org) -> Survey:
    made = worlds.survey(org)
    worlds.answer(made, CALM, CIRCLE)
    return made


@pytest.fixture
def matrix(survey) -> Matrix:
    return survey.matrices.last()


@pytest.fixture
def over(survey) -> Invitation:
    """The expert over the limit."""
    return survey.invitations.last()


def again_url(matrix: Matrix, expert: Invitation) -> str:
    survey = matrix.survey
    args = [survey.scorecard.organization.slug, survey.pk, matrix.pk, expert.pk]
    return reverse("surveys:round-create", args=args)


def matrix_url(matrix: Matrix) -> str:
    survey = matrix.survey
    args = [survey.scorecard.organization.slug, survey.pk, matrix.pk]
    return reverse("surveys:matrix-result", args=args)


def test_the_officer_asks_with_a_friendly_message_and_gets_the_letter(
    client_for, edi, org, survey, matrix, over
):
    client = client_for(edi)
    assert again_url(matrix, over) in client.get(matrix_url(matrix)).content.decode()
    page = client.get(again_url(matrix, over))
    message = page.context["form"].initial["message"]
    assert "0,05" in message, "the limit, as the language of the questionnaire writes it"
    assert "0,050" not in message, "two decimals, as on every page"
    assert page.context["page"].check.within_limit is False
    done = client.post(again_url(matrix, over), {"message": message}, follow=True)
    letter = reverse("surveys:invitation", args=[org.slug, survey.pk, over.pk])
    assert done.redirect_chain == [(letter, 302)]
    asked = Round.objects.get()
    assert (asked.response.invitation, asked.matrix, asked.number) == (over, matrix, 2)
    assert asked.asked_by == edi
    assert asked.message == message.strip()


def test_the_message_is_in_the_language_of_the_questionnaire(client_for, edi, survey, matrix, over):
    survey.language = "en"
    survey.save()
    client = client_for(edi)
    client.cookies["django_language"] = "id"
    message = client.get(again_url(matrix, over)).context["form"].initial["message"]
    assert message.startswith("Some of your answers contradict each other")
    assert "." in message.split("(CR) is ")[1].split(",")[0]
    calm = survey.invitations.first()
    other = client.get(again_url(matrix, calm)).context["form"].initial["message"]
    assert other.startswith("Please look at these comparisons once more.")


def test_a_message_that_says_nothing_is_asked_for(client_for, edi, matrix, over):
    assert client_for(edi).post(again_url(matrix, over), {"message": " "}).status_code == 422
    assert not Round.objects.exists()


def test_who_is_being_asked_is_not_asked_twice(client_for, edi, matrix, over):
    client = client_for(edi)
    client.post(again_url(matrix, over), {"message": "Mohon."})
    page = client.get(again_url(matrix, over))
    assert page.context["page"].is_asked_already
    assert "<textarea" not in page.content.decode()
    client.post(again_url(matrix, over), {"message": "Mohon sekali lagi."})
    assert Round.objects.count() == 1


def test_a_closed_questionnaire_says_how_to_open_it(client_for, edi, org, survey, matrix, over):
    close_survey(survey=survey, by=None)
    client = client_for(edi)
    page = client.get(again_url(matrix, over)).content.decode()
    assert reverse("surveys:survey-reopen", args=[org.slug, survey.pk]) in page
    assert "<textarea" not in page
    answer = client.post(again_url(matrix, over), {"message": "Mohon."})
    assert answer.url == again_url(matrix, over)
    assert not Round.objects.exists()


def test_an_expert_whose_link_was_taken_back_needs_a_new_one(
    client_for, edi, org, survey, matrix, over
):
    revoke_invitation(invitation=over, now=timezone.now())
    page = client_for(edi).get(again_url(matrix, over)).content.decode()
    assert reverse("surveys:invitation", args=[org.slug, survey.pk, over.pk]) in page
    assert "<textarea" not in page


def test_who_does_not_judge_a_matrix_is_not_asked_for_it(client_for, edi, matrix, over):
    over.exemptions.create(matrix=matrix, origin="officer")
    page = client_for(edi).get(again_url(matrix, over))
    assert page.context["page"].check is None
    client_for(edi).post(again_url(matrix, over), {"message": "Mohon."})
    assert not Round.objects.exists()
    assert again_url(matrix, over) not in client_for(edi).get(matrix_url(matrix)).content.decode()


def test_who_has_not_sent_is_not_asked_again(client_for, edi, survey, matrix):
    waiting = invite_expert(survey=survey, name=NAME)
    assert client_for(edi).get(again_url(matrix, waiting)).status_code == 404


def test_an_anonymous_expert_is_asked_under_his_code(client_for, edi, survey, matrix, over):
    survey.anonymous = True
    survey.save()
    page = client_for(edi).get(again_url(matrix, over)).content.decode()
    assert over.code in page
    assert NAME not in page


def test_the_list_says_who_is_asked_and_the_officer_takes_it_back(
    client_for, edi, bob, org, survey, matrix, over
):
    asked = builders.asked_again(over.response, matrix)
    withdraw = reverse("surveys:round-withdraw", args=[org.slug, survey.pk, asked.pk])
    client = client_for(edi)
    page = client.get(matrix_url(matrix))
    assert page.context["asked_now"] == {over.pk}
    assert withdraw in page.content.decode()
    assert again_url(matrix, over) not in page.content.decode(), "asked already"
    assert withdraw not in client_for(bob).get(matrix_url(matrix)).content.decode()
    assert client.post(withdraw).url == matrix_url(matrix)
    asked.refresh_from_db()
    assert (asked.withdrawn_at is not None, asked.withdrawn_by) == (True, edi)
    assert client.get(matrix_url(matrix)).context["asked_now"] == set()


def test_an_expert_who_was_faster_keeps_the_new_answers(client_for, edi, org, survey, matrix, over):
    asked = _answered_again(over, matrix)
    withdraw = reverse("surveys:round-withdraw", args=[org.slug, survey.pk, asked.pk])
    page = client_for(edi).post(withdraw, follow=True)
    assert len(page.context["messages"]) == 1
    asked.refresh_from_db()
    assert asked.withdrawn_at is None


def test_both_rounds_are_shown_and_the_newer_counts(client_for, bob, org, survey, matrix, over):
    client = client_for(bob)
    before = client.get(matrix_url(matrix)).context["result"]
    assert before.over_limit == 1
    _answered_again(over, matrix)
    now = client.get(matrix_url(matrix))
    assert now.context["result"].over_limit == 0
    assert [row.number for row in now.context["by_round"].rows] == [1, 2]
    assert now.context["by_round"].rows[0].weights == before.weights
    then = client.get(f"{matrix_url(matrix)}?round=1")
    assert then.context["result"].weights == before.weights
    assert f"{matrix_url(matrix)}?round=1" in now.content.decode()
    args = [org.slug, survey.pk, over.pk]
    own = client.get(reverse("surveys:expert-result", args=args))
    part = own.context["page"].parts[-1]
    assert [each.number for each in part.rounds] == [2]
    assert [answer.earlier != "" for answer in part.answers].count(True) == 3
    assert all(answer.earlier in own.content.decode() for answer in part.answers)


def _answered_again(expert: Invitation, matrix: Matrix) -> Round:
    """Asked, answered in accord this time, and sent."""
    asked = builders.asked_again(expert.response, matrix)
    criteria = list(matrix.criteria.select_related("matrix"))
    pairs = [(criteria[0], criteria[1]), (criteria[0], criteria[2]), (criteria[1], criteria[2])]
    for (row, column), ratio in zip(pairs, (int(value) for value in NEAR), strict=True):
        builders.judge(expert.response, row, column, ratio, seq=7)
    return submit_round(round=asked, now=timezone.now() + timedelta(minutes=5))


@pytest.mark.parametrize("pk", [2**63, 10**30])
def test_an_expert_whose_number_no_database_holds_does_not_exist(client_for, edi, matrix, pk):
    survey = matrix.survey
    args = [survey.scorecard.organization.slug, survey.pk, matrix.pk, pk]
    client = client_for(edi)
    assert client.get(reverse("surveys:round-create", args=args)).status_code == 404
    assert client.post(reverse("surveys:round-create", args=args)).status_code == 404
