"""The consent says what the site does, each fact once, and is kept as it was shown."""

import pytest
from django.test import Client
from django.urls import reverse

from surveys.consent import consent_facts, standard_consent
from surveys.models import Response, Survey
from surveys.old_consent import OLD_WORDS
from tests import factories
from tests.surveys import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(org):
    return builders.survey(org, sizes=(3,))


def page_of(survey):
    return builders.expert(builders.invitation(survey)).get("/answer/consent/").content.decode()


@pytest.mark.parametrize("anonymous", [False, True])
def test_the_page_says_who_reads_what_is_exported_and_for_how_long(survey, anonymous):
    survey.anonymous = anonymous
    survey.save()
    page = page_of(survey)
    assert len(consent_facts(survey)) == 4
    for fact in consent_facts(survey):
        assert page.count(f">{fact.title}<") == page.count(fact.text) == 1
    assert ("menampilkan kode, bukan nama Anda" in page) == anonymous
    assert "Mereka juga dapat mengunduhnya" in page  # not researchers alone


def test_who_oversees_the_organization_is_named_as_a_reader(survey, org, other_org):
    assert other_org.name not in page_of(survey)
    org.parent = other_org
    org.save()
    Response.objects.all().delete()
    survey.invitations.all().delete()
    assert other_org.name in page_of(survey)


@pytest.mark.parametrize("kind", Survey.Kind.values)
def test_new_words_promise_no_more_than_the_site_does(kind):
    words = standard_consent(kind)
    assert "tidak untuk hal lain" not in words
    assert "penelitian" in words
    assert words not in OLD_WORDS.values()


def test_what_the_site_said_is_kept_with_the_answers(survey):
    invitation = builders.invitation(survey)
    browser = builders.expert(invitation)
    browser.post("/answer/consent/", {"consent": "on"})
    kept = Response.objects.get().consent_terms
    assert "Pesisir" in kept
    survey.scorecard.organization.name = "Koperasi lain"
    survey.scorecard.organization.save()
    assert Response.objects.get().consent_terms == kept


@pytest.mark.parametrize("kind_and_language", OLD_WORDS)
def test_a_draft_with_the_old_words_gets_the_new_ones_by_one_press(
    survey, client_for, edi, bob, kind_and_language
):
    kind, language = kind_and_language
    old = OLD_WORDS[kind_and_language]
    Survey.objects.filter(pk=survey.pk).update(
        consent_text=old, status=Survey.Status.DRAFT, kind=kind
    )
    address = reverse("surveys:survey", args=["pesisir", survey.pk])
    renew = reverse("surveys:consent-renew", args=["pesisir", survey.pk])
    officer = client_for(edi)
    assert renew in officer.get(address).content.decode()
    assert renew not in client_for(bob).get(address).content.decode()
    assert Survey.objects.get().consent_text == old
    for _twice in range(2):
        assert officer.post(renew).url == address
    words = Survey.objects.get().consent_text
    assert ("research" in words) == (language == "en")
    assert renew not in officer.get(address).content.decode()


def test_words_of_ones_own_are_left_alone(survey, client_for, edi):
    renew = reverse("surveys:consent-renew", args=["pesisir", survey.pk])
    client_for(edi).post(renew)
    assert Survey.objects.get().consent_text == survey.consent_text


def test_an_open_one_says_how_many_agreed_to_what_is_not_so(survey, client_for, edi):
    survey.consent_text = OLD_WORDS["pairwise", "id"]
    survey.save()
    response = builders.response(builders.invitation(survey))
    officer = client_for(edi)
    address = reverse("surveys:survey", args=["pesisir", survey.pk])
    assert "1 pakar menyetujui teks ini" in officer.get(address).content.decode()
    officer.post(reverse("surveys:consent-renew", args=["pesisir", survey.pk]))
    response.refresh_from_db()
    assert response.consent_text == OLD_WORDS["pairwise", "id"]


def test_the_old_words_are_those_of_the_first_version(org):
    assert {kind for kind, _language in OLD_WORDS} == set(Survey.Kind.values)
    assert all("menghapusnya" in w or "delete them" in w for w in OLD_WORDS.values())


def test_a_preview_deletes_nothing(survey, client_for, edi):
    browser: Client = client_for(edi)
    browser.post(reverse("surveys:survey-preview", args=["pesisir", survey.pk]), follow=True)
    before = survey.invitations.count(), factories.User.objects.count()
    browser.post("/answer/consent/", {"consent": "on"})
    assert browser.get("/answer/erase/").status_code == 200
    assert browser.post("/answer/erase/", {"act": "deleted"}).status_code == 200
    assert browser.get("/answer/", follow=True).status_code == 200
    assert (survey.invitations.count(), factories.User.objects.count()) == before
