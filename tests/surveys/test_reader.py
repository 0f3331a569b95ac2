"""What a reader, say a chair, learns from questionnaires: together, and not who answered what."""

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.models import Survey
from surveys.services.sending import submit_response
from tests.surveys import builders, screenings

NAMES = ("Siti Rahayu", "KUB Srikandi", "siti@contoh.id", "P7")


@pytest.fixture
def survey(org) -> Survey:
    survey = builders.survey(org)
    known = {"name": NAMES[0], "institution": NAMES[1], "email": NAMES[2]}
    response = builders.response(builders.invitation(survey, NAMES[3], **known))
    builders.answer_all(response, 3)
    submit_response(response=response, now=timezone.now())
    return survey


def named(page) -> list[str]:
    return [name for name in NAMES if name in page.content.decode()]


@pytest.mark.parametrize("page", ["survey", "results"])
def test_a_reader_sees_how_many_and_not_who(client_for, org, bob, rita, survey, page):
    url = reverse(f"surveys:{page}", args=[org.slug, survey.pk])
    assert named(client_for(bob).get(url)), "a researcher sees them, so the test sees them"
    answer = client_for(rita).get(url)
    assert answer.status_code == 200
    assert named(answer) == []


def test_a_reader_sees_no_single_rating_or_remark(client_for, org, bob, rita):
    screening = builders.screening(org)
    screenings.send(screening, [5, 4, 3, 2, 1], remark="Datanya tidak ada.")
    url = reverse("surveys:screening-results", args=[org.slug, screening.pk])
    for words in ("Datanya tidak ada.", "Bu P1"):
        assert words in client_for(bob).get(url).content.decode()
        assert words not in client_for(rita).get(url).content.decode()


def test_a_reader_can_not_single_out_an_expert_by_weights(client_for, org, bob, rita, survey):
    """One expert who alone counts would show his own weights."""
    url = reverse("surveys:results", args=[org.slug, survey.pk])
    tried = f"{url}?weights={survey.invitations.get().pk}x3"
    assert client_for(bob).get(tried).status_code == 200
    assert client_for(rita).get(tried).status_code == 404


def test_a_draft_is_not_there_for_a_reader(client_for, org, bob, rita):
    draft = builders.survey(org, name="Masih disusun", status=Survey.Status.DRAFT)
    for name, args in (("home", []), ("survey-list", []), ("survey", [draft.pk])):
        url = reverse(f"surveys:{name}", args=[org.slug, *args])
        page = client_for(rita).get(url)
        assert page.status_code == (404 if args else 200)
        assert f"/surveys/{draft.pk}/" not in page.content.decode()
    listed = client_for(bob).get(reverse("surveys:survey-list", args=[org.slug]))
    assert "Masih disusun" in listed.content.decode()


def test_a_researcher_prints_the_questionnaire_from_its_page(client_for, org, bob, rita, survey):
    url = reverse("surveys:paper-blank", args=[org.slug, survey.pk])
    page = reverse("surveys:survey", args=[org.slug, survey.pk])
    assert url in client_for(bob).get(page).content.decode()
    file = client_for(bob).get(url)
    assert (file.status_code, file["Content-Type"]) == (200, "application/pdf")
    assert url not in client_for(rita).get(page).content.decode()
