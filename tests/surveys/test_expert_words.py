"""What an expert reads is so for whoever reads it: before, during and after answering."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from scorecards.models import WeightSet
from surveys.letters import Letter, write_letter
from surveys.links import link_of
from surveys.models import Invitation, Survey
from surveys.selectors.omissions import omissions_of
from surveys.selectors.progress import expert_progress
from surveys.services.answering import decline_invitation
from surveys.services.erasing import anonymize_expert
from surveys.services.questionnaires import create_survey
from surveys.services.sending import submit_response
from surveys.wording import STRENGTHS
from tests.surveys import builders
from tests.surveys.designs import scorecard_with_kpis

pytestmark = pytest.mark.django_db

NO = "Saya tidak ikut serta"


@pytest.fixture
def survey(org):
    return builders.survey(org, sizes=(3,), language="id")


@pytest.fixture
def invitation(survey):
    return builders.invitation(survey)


@pytest.fixture
def begun(invitation):
    """Two of three comparisons are answered."""
    response = builders.response(invitation)
    for pair in builders.pairs(invitation.survey)[:2]:
        builders.judge(response, *pair, 3)
    return response


def page_of(invitation, path):
    return builders.expert(invitation).get(path, follow=True).content.decode()


def first_page(invitation):
    return Client(headers={"Accept-Language": "id"}).get(f"/a/{link_of(invitation)}/")


# -- Not taking part


def test_the_first_page_leads_to_saying_no_as_the_letter_says(invitation):
    letter = write_letter(Letter.INVITATION, expert_progress(invitation))
    assert any(f"“{NO}”" in line for line in letter.after)
    assert NO in first_page(invitation).content.decode()
    browser = Client(headers={"Accept-Language": "id"})
    went = browser.post(f"/a/{link_of(invitation)}/", {"decline": "1"})
    assert went.url == reverse("surveys:answer-decline")
    assert browser.get(went.url).status_code == 200
    invitation.refresh_from_db()
    assert invitation.declined_at is None  # the next page asks


def test_the_first_page_offers_no_way_out_to_who_declined_or_sent(invitation, begun):
    submit_response(response=begun, now=timezone.now(), missing_accepted=True)
    assert NO not in first_page(invitation).content.decode()
    other = builders.invitation(invitation.survey, "P2")
    decline_invitation(invitation=other, reason="", now=timezone.now())
    assert NO not in first_page(other).content.decode()


@pytest.mark.parametrize("path", ["/answer/decline/", "parts/1/back/"])
def test_whoever_is_told_why_is_named(invitation, begun, path):
    if path.startswith("parts"):
        path = f"/answer/{begun.submission_id}/{path}"
    page = page_of(invitation, path)
    assert f"{invitation.survey.scorecard.organization.name} dapat membacanya." in page
    assert "Koperasi dapat" not in page


def test_a_skipped_part_is_not_said_to_be_judged_by_others(invitation, begun):
    """Nobody knows: the only expert may skip it, or all of them."""
    assert "pakar lain" not in page_of(invitation, f"/answer/{begun.submission_id}/parts/1/back/")


# -- How much there is to do


def test_what_is_left_stands_alone_once_one_has_begun(invitation, begun):
    page = page_of(invitation, f"/answer/{begun.submission_id}/")
    assert "Sisa 1 perbandingan, sekitar 1 menit." in page
    assert 'class="amount"' not in page  # all comparisons beside the minutes that are left
    builders.judge(begun, *builders.pairs(invitation.survey)[2], 3)
    page = page_of(invitation, f"/answer/{begun.submission_id}/")
    assert "Semua sudah dijawab, tetapi belum dikirim." in page


def test_a_screening_says_what_is_left_too(org):
    survey = builders.screening(org, sizes=(2,), language="id")
    invitation = builders.invitation(survey)
    response = builders.response(invitation)
    path = f"/answer/{response.submission_id}/"
    assert 'class="amount"' in page_of(invitation, path)
    builders.rate(response, survey.candidates.order_by("pk").first(), 4)
    assert "Sisa 1 usulan KPI, sekitar 1 menit." in page_of(invitation, path)


def test_a_closed_questionnaire_says_how_many_questions_not_how_many_answers(invitation, begun):
    Survey.objects.update(status=Survey.Status.CLOSED)
    page = first_page(invitation).content.decode()
    assert "2 dari 3 pertanyaan sudah dijawab. Jawaban Anda tersimpan, tetapi belum" in page
    begun.judgements.all().delete()
    assert "0 dari 3" not in first_page(invitation).content.decode()


# -- Deleting: the way there and the page have the same words, and no more than can be done


def test_deleting_is_called_what_it_is(invitation):
    path = reverse("surveys:answer-erase")
    decline_invitation(invitation=invitation, reason="", now=timezone.now())
    for page in (page_of(invitation, "/answer/decline/"), page_of(invitation, path)):
        assert "Hapus data saya" in page
        assert "Hapus jawaban saya" not in page


def test_a_name_is_offered_to_go_only_once_answers_were_sent(invitation, begun):
    ways = (f"/answer/{begun.submission_id}/", reverse("surveys:answer-erase"))
    for page in (page_of(invitation, way) for way in ways):
        assert "Hapus jawaban saya" in page
        assert "hilangkan nama saya" not in page
    submit_response(response=begun, now=timezone.now(), missing_accepted=True)
    for page in (page_of(invitation, way) for way in ways):
        assert "Hapus jawaban saya atau hilangkan nama saya" in page


# -- Letters


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Siti Rahayu", "Yth. Bapak/Ibu Siti Rahayu,"),
        ("Ir. H. Mulyono, M.M.", "Yth. Bapak/Ibu Ir. H. Mulyono, M.M.,"),
        ("Bunga Lestari", "Yth. Bapak/Ibu Bunga Lestari,"),
        ("Ibu Yuni", "Yth. Ibu Yuni,"),
        ("pak Karto", "Yth. pak Karto,"),
        ("Bpk. Joko", "Yth. Bpk. Joko,"),
    ],
)
def test_letters_address_people_once(survey, name, greeting):
    letter = write_letter(
        Letter.INVITATION, expert_progress(builders.invitation(survey, name=name))
    )
    assert letter.greeting == greeting


@pytest.mark.parametrize("letter", Letter)
def test_letters_say_bapak_ibu_and_pages_anda(begun, letter):
    text = write_letter(letter, expert_progress(Invitation.objects.get(response=begun)))
    said = " ".join([text.subject, *text.before, *text.after])
    assert "Bapak/Ibu" in said
    assert "Anda" not in said.replace(NO, "")


def test_a_new_link_keeps_answers_only_where_there_are_some(survey, begun):
    kept = "Jawaban Bapak/Ibu tetap tersimpan."
    assert kept in write_letter(Letter.NEW_LINK, expert_progress(begun.invitation)).before
    other = expert_progress(builders.invitation(survey, "P2"))
    assert kept not in write_letter(Letter.NEW_LINK, other).before


# -- One word for one idea


@pytest.mark.parametrize("letter", [Letter.REMINDER, Letter.MORE_TIME])
def test_who_answered_everything_reads_that_it_is_not_sent(survey, begun, letter):
    builders.answer_all(begun, 3)
    expert = expert_progress(Invitation.objects.get(response=begun))
    assert expert.answered == expert.questions
    text = " ".join(write_letter(letter, expert).before)
    assert "belum dikirim" in text
    assert "“Kirim jawaban saya”" in text
    assert "menit" not in text


def test_the_perspectives_against_each_other_have_one_name(invitation, begun):
    invitation.survey.matrices.update(title="")
    for path in ("", "parts/1/", "check/"):
        assert "Antarperspektif" in page_of(invitation, f"/answer/{begun.submission_id}/{path}")


def test_an_objective_is_not_called_what_is_measured(org):
    survey = builders.screening(org, sizes=(2,))
    response = builders.response(builders.invitation(survey))
    page = page_of(response.invitation, f"/answer/{response.submission_id}/candidates/1/")
    assert "Sasaran strategis" in page
    assert "Yang diukur" not in page


def test_what_is_compared_is_not_said_to_be_left_out(client_for, alice, org):
    """KPIs without a target are asked all the same."""
    scorecard = scorecard_with_kpis(org)
    survey = create_survey(scorecard=scorecard, name="Bobot", consent_text="Setuju?", by=alice)
    with translation.override("id"):
        assert any(
            "yang dibandingkan belum punya target" in each.text for each in omissions_of(survey)
        )
    client = client_for(alice)
    draft = reverse("surveys:survey", args=[org.slug, survey.pk])
    make = reverse("surveys:survey-create", args=[org.slug]) + "?kind=pairwise"
    for address in (draft, make):
        page = client.get(address).content.decode()
        assert "belum punya target" in page
        assert "Yang perlu diketahui" in page
        assert "tidak menanyakan" not in page
        assert "Yang tidak ikut" not in page


def test_who_can_no_longer_delete_is_not_told_that_he_will_not_be_able_to(invitation, begun):
    """Once adopted, it is over already: the page says so above."""
    submit_response(response=begun, now=timezone.now(), missing_accepted=True)
    path = reverse("surveys:answer-erase")
    afterwards = "Anda juga tidak dapat menghapus jawaban itu lagi."
    assert afterwards in page_of(invitation, path)
    survey = invitation.survey
    scorecard = survey.scorecard
    scorecard.weight_sets.create(
        origin=WeightSet.Origin.QUESTIONNAIRE,
        particulars={"survey_id": survey.pk, "expert_weights": {"P1": 1}},
    )
    page = page_of(invitation, path)
    assert "Jawaban Anda sudah dipakai" in page
    assert afterwards not in page


def test_who_has_no_link_any_more_is_not_offered_one(client_for, alice, invitation, begun):
    address = reverse(
        "surveys:survey", args=[invitation.survey.scorecard.organization.slug, invitation.survey_id]
    )
    assert "Tautan<span" in client_for(alice).get(address).content.decode()
    submit_response(response=begun, now=timezone.now(), missing_accepted=True)
    anonymize_expert(invitation=invitation, by=alice, now=timezone.now())
    page = client_for(alice).get(address).content.decode()
    assert "Tautan<span" not in page
    assert "Rincian<span" in page


@pytest.mark.parametrize(
    ("language", "words"), [("id", "antara 3 dan 5"), ("en", "between 3 and 5")]
)
def test_an_even_strength_names_its_neighbours(language, words):
    """“In between”, beside two choices, was read as between those two."""
    with translation.override(language):
        assert str(STRENGTHS[4]) == words
        assert [str(n) in str(STRENGTHS[m]) for m in (2, 8) for n in (m - 1, m + 1)] == [True] * 4
