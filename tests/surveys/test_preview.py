"""A questionnaire as its experts will see it: nothing is stored, whatever is pressed."""

import re
import secrets
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from organizations.models import Role
from scorecards.models import KPI
from surveys.links import link_of
from surveys.models import Survey
from surveys.preview_cookie import Tried, keep_preview, read_preview
from surveys.services.questionnaires import create_survey, open_survey
from surveys.services.screening import create_screening
from tests import factories
from tests.surveys import builders

BANNER = "Pratinjau: tidak ada yang disimpan"
BY_ROW = {"preferred": "row", "strength": "5", "seq": "1"}


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


@pytest.fixture
def screening(draft, alice) -> Survey:
    return create_screening(
        scorecard=draft.scorecard,
        name="Saring 2027",
        consent_text="Saya bersedia.",
        kpis=draft.scorecard.kpis.all(),
        perspectives=(),
        by=alice,
    )


def stored() -> dict[str, int]:
    """How many rows each table has, but for the sessions of who is signed in."""
    return {
        model.__name__: model._base_manager.count()
        for model in apps.get_models()
        if model.__name__ != "Session"
    }


def fields(page) -> dict[str, str]:
    """The hidden fields that a form carries along."""
    found = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode()
    )
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def begin(client, survey: Survey) -> str:
    """Through the first page and the consent; the address of the overview."""
    url = reverse("surveys:survey-preview", args=[survey.scorecard.organization.slug, survey.pk])
    assert BANNER in client.get(url).content.decode()
    consent = client.post(url, follow=True)
    assert consent.redirect_chain[-1][0] == reverse("surveys:answer-consent")
    assert BANNER in consent.content.decode()
    overview = client.post(reverse("surveys:answer-consent"), {"consent": "on"})
    assert overview.status_code == 302
    return overview.url


def test_a_draft_is_walked_from_the_first_page_to_the_copy(client_for, edi, draft):
    client, before = client_for(edi), stored()
    overview = begin(client, draft)
    page = client.get(f"{overview}parts/2/1/")
    assert BANNER in page.content.decode()
    for number in (1, 2, 3):
        preferred = "column" if number == 2 else "row"
        url = f"{overview}parts/2/{number}/"
        given = BY_ROW | fields(client.get(url)) | {"preferred": preferred}
        answer = client.post(url, given, follow=True)
    assert answer.redirect_chain[-1][0].startswith(f"{overview}parts/2/consistency/")
    text = answer.content.decode()
    for words in ("CR", "Tersimpan:"):
        assert words in text, "the part's consistency, and the read-back"
    check = client.get(f"{overview}check/")
    assert check.context["sheet"].answered == 3
    sent = client.post(f"{overview}check/", {"missing_accepted": "on"}, follow=True)
    assert sent.redirect_chain[-1][0] == f"{overview}copy/"
    assert BANNER in sent.content.decode()
    assert client.get(f"{overview}copy.pdf").content.startswith(b"%PDF")
    assert stored() == before


def test_a_screening_is_rated_and_something_proposed(client_for, edi, screening):
    client, before = client_for(edi), stored()
    overview = begin(client, screening)
    rated = {"points": "4", "remark": "Datanya ada.", "seq": "1"}
    url = f"{overview}candidates/1/"
    assert client.post(url, rated | fields(client.get(url))).status_code == 302
    check = client.get(f"{overview}check/").content.decode()
    assert "Datanya ada." in check
    assert BANNER in client.get(f"{overview}proposal/").content.decode()
    sent = client.post(f"{overview}check/", {"missing_accepted": "on"}, follow=True)
    assert sent.redirect_chain[-1][0] == f"{overview}copy/"
    assert stored() == before


def test_all_pairs_of_a_part_are_sent_by_the_numbers_that_the_page_named(client_for, edi, draft):
    """Every look makes the questionnaire anew, and its pairs keep their names."""
    client = client_for(edi)
    overview = begin(client, draft)
    first, second = (client.get(f"{overview}parts/2/").content.decode() for _ in range(2))
    names = re.findall(r'name="([0-9]+-[0-9]+)-seq"', first)
    assert len(names) == 3
    assert names == re.findall(r'name="([0-9]+-[0-9]+)-seq"', second)
    data = {f"{name}-{key}": value for name in names for key, value in BY_ROW.items()}
    data |= fields(client.get(f"{overview}parts/2/"))
    assert client.post(f"{overview}parts/2/", data).status_code == 302
    assert client.get(f"{overview}check/").context["sheet"].answered == 3


def test_a_script_saves_as_it_does_for_an_expert(client_for, edi, draft):
    client, before = client_for(edi), stored()
    overview = begin(client, draft)
    [name] = re.findall(
        r'"item": "([0-9-]+)"', client.get(f"{overview}parts/2/1/").content.decode()
    )[:1]
    sent = {"item": name, "preferred": "row", "strength": 3, "seq": 1}
    answer = client.post(f"{overview}judgements/", sent, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert client.get(f"{overview}check/").context["sheet"].answered == 1
    assert stored() == before


def test_the_draft_is_read_as_it_is_now(client_for, edi, draft):
    client = client_for(edi)
    overview = begin(client, draft)
    url = f"{overview}parts/2/1/"
    assert client.post(url, BY_ROW | fields(client.get(url))).status_code == 302
    KPI.objects.filter(scorecard=draft.scorecard).update(name="Nama yang baru")
    check = client.get(f"{overview}check/")
    assert "Nama yang baru" in check.content.decode()
    assert check.context["sheet"].answered == 0, "it was the answer to another question"


@pytest.mark.parametrize(("days", "is_told"), [(3, True), (-3, False)])
def test_the_last_moment_is_told_as_to_an_expert(client_for, edi, draft, days, is_told):
    """One that is past closes no preview: the officer sees to it when he opens."""
    draft.closes_at = timezone.now() + timedelta(days=days)
    draft.save()
    url = reverse("surveys:survey-preview", args=[draft.scorecard.organization.slug, draft.pk])
    page = client_for(edi).get(url)
    assert BANNER in page.content.decode()
    assert ('class="deadline"' in page.content.decode()) is is_told


def test_an_open_questionnaire_is_previewed_with_its_frozen_words(client_for, bob, draft):
    opened = open_survey(survey=draft, by=None, now=draft.created_at)
    label = opened.matrices.last().criteria.first().label
    KPI.objects.filter(scorecard=draft.scorecard).update(name="Nama yang baru")
    client, before = client_for(bob), stored()
    page = client.get(f"{begin(client, opened)}parts/3/").content.decode()
    assert label in page
    assert "Nama yang baru" not in page
    assert stored() == before


def test_a_draft_that_can_not_open_says_why(client_for, edi, draft):
    draft.scorecard.kpis.all().delete()
    draft.matrices.all().delete()
    url = reverse("surveys:survey-preview", args=[draft.scorecard.organization.slug, draft.pk])
    answer = client_for(edi).get(url, follow=True)
    assert "Belum ada yang bisa dibandingkan" in answer.content.decode()


def test_a_preview_ends_by_its_button_and_by_an_experts_own_link(client_for, org, edi, draft):
    client = client_for(edi)
    overview = begin(client, draft)
    url = reverse("surveys:survey-preview", args=[org.slug, draft.pk])
    assert client.post(url, {"end": ""}).url == reverse("surveys:survey", args=[org.slug, draft.pk])
    assert client.get(overview).status_code == 403
    begin(client, draft)
    real = builders.survey(org)
    client.post(f"/a/{link_of(builders.invitation(real))}/")
    page = client.get(reverse("surveys:answer"), follow=True).content.decode()
    assert real.name in page
    assert BANNER not in page


def test_an_expert_in_the_same_browser_keeps_his_pages(client_for, org, edi, draft):
    """To look at the first page begins nothing, and an answer's own address is the expert's."""
    real = builders.survey(org)
    response = builders.response(builders.invitation(real))
    client = client_for(edi)
    client.post(f"/a/{link_of(response.invitation)}/")
    client.get(reverse("surveys:survey-preview", args=[org.slug, draft.pk]))
    overview = reverse("surveys:answer-overview", args=[response.submission_id])
    assert client.get(reverse("surveys:answer")).url == overview
    begin(client, draft)
    assert BANNER not in client.get(overview).content.decode()


def test_a_preview_needs_the_rights_at_every_page(client_for, org, edi, draft):
    client = client_for(edi)
    overview = begin(client, draft)
    org.memberships.filter(user=edi).update(role=Role.READER)
    left = client.get(overview)
    assert left.url == reverse("organizations:start")
    client.logout()
    assert client.get(overview).status_code == 403


def test_more_than_a_cookie_holds(client_for, edi, screening):
    """Long remarks go first; the ratings stay, and the cookie stays one that browsers keep."""
    client = client_for(edi)
    overview = begin(client, screening)
    for number in range(1, 7):
        rated = {"points": "4", "remark": secrets.token_urlsafe(350), "seq": "1"}
        url = f"{overview}candidates/{number}/"
        assert client.post(url, rated | fields(client.get(url))).status_code == 302
    assert len(client.cookies["preview"].value) < 3900
    assert client.get(f"{overview}check/").context["sheet"].answered == 6


def test_long_reasons_fit_too():
    """Every text that a preview takes, at its longest."""
    tried = Tried(
        "pesisir",
        1,
        submission=str(uuid4()),
        declined=secrets.token_urlsafe(375),
        back=[(part, secrets.token_urlsafe(375)) for part in range(10)],
        proposed=[("Nama", secrets.token_urlsafe(375)) for _ in range(5)],
        judged=[[0, 0, 1, 5]],
    )
    response, request = HttpResponse(), HttpRequest()
    keep_preview(response, tried)
    request.COOKIES = {"preview": response.cookies["preview"].value}
    assert len(request.COOKIES["preview"]) < 3900
    kept = read_preview(request)
    assert [part for part, _reason in kept.back] == list(range(10))
    assert kept.judged == [[0, 0, 1, 5]]
    assert kept.declined == ""
