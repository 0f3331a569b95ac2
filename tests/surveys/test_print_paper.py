"""The questionnaire on paper: the questions of the screen, and nothing that isn't data."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from surveys.exports.paper_pdf import PaperFor, paper_pdf
from surveys.models import Survey
from surveys.selectors.answering import answer_sheet
from surveys.services.invitations import revoke_invitation
from tests.surveys import builders

pytestmark = pytest.mark.django_db

LINK = "https://canting.example/a/1-secret/"


@pytest.fixture
def survey(org) -> Survey:
    return builders.survey(org, sizes=(4, 3), swaps_sides=True, pair_order="random")


@pytest.fixture
def invitation(survey):
    return builders.invitation(survey, seed=11)


def pages(pdf: bytes) -> int:
    return int(re.search(rb"/Type/Pages/Count (\d+)", pdf)[1])


def test_the_paper_asks_what_the_screen_asks(survey, invitation, content):
    pdf = paper_pdf(survey, PaperFor(invitation, LINK))
    assert pdf.startswith(b"%PDF-")
    sheet = answer_sheet(invitation)
    printed = [
        (pair["first"], pair["second"]) for part in content["parts"] for pair in part["pairs"]
    ]
    assert printed == [(pair.first.label, pair.second.label) for pair in sheet.pairs]
    assert any(pair.swapped for pair in sheet.pairs)
    assert content["code"] == "P1"
    assert content["footer"].startswith("P1 · ")
    assert content["consent"] == survey.consent_text
    assert "<path" in content["qr"]
    assert pages(pdf) >= 2, "the signed page stands by itself"


def test_a_blank_paper_says_nothing_of_an_expert(survey, content):
    paper_pdf(survey)
    assert content["code"] == ""
    assert content["qr"] is None
    assert {field["value"] for field in content["fields"]} == {""}
    first = content["parts"]
    paper_pdf(survey)
    assert content["parts"] == first, "every blank sheet has the same order"


@pytest.mark.parametrize(("language", "word"), [("id", "Halaman"), ("en", "Page")])
def test_the_paper_is_in_the_language_of_the_questionnaire(survey, content, language, word):
    survey.language = language
    with translation.override("en" if language == "id" else "id"):
        paper_pdf(survey)
    assert (content["language"], content["words"]["page"]) == (language, word)


def test_a_matrix_that_the_expert_doesnt_judge_is_not_printed(survey, invitation, content):
    invitation.exemptions.create(matrix=survey.matrices.first(), origin="officer")
    paper_pdf(survey, PaperFor(invitation, LINK))
    assert [len(part["pairs"]) for part in content["parts"]] == [3]


def test_the_scale_has_seventeen_places_with_words_at_the_odd_ones(survey, content):
    paper_pdf(survey)
    assert len(content["scale"]) == 17
    assert [bool(word) for word in content["scale"]] == [place % 2 == 0 for place in range(17)]
    assert content["scale"] == content["scale"][::-1]


def test_text_is_never_read_as_a_command(survey, invitation, content):
    nasty = '#panic("x") *a* $1$ \\ ] " </svg>'
    survey.name, survey.introduction, survey.consent_text = nasty, nasty, f"{nasty}\n\n{nasty}"
    invitation.name, invitation.position = nasty, nasty
    survey.matrices.first().criteria.update(label=nasty, description=nasty)
    assert paper_pdf(survey, PaperFor(invitation, LINK)).startswith(b"%PDF-")
    assert content["title"] == nasty


def test_a_long_questionnaire_goes_over_several_pages(org):
    survey = builders.survey(org, sizes=(7, 7, 7, 7))
    assert pages(paper_pdf(survey)) >= 5


def test_a_screening_is_a_table_of_candidates(org, content):
    survey = builders.screening(org)
    pdf = paper_pdf(survey, PaperFor(builders.invitation(survey), LINK))
    assert pdf.startswith(b"%PDF-")
    labels = [item["label"] for group in content["groups"] for item in group["items"]]
    assert labels == [candidate.label for candidate in survey.candidates.all()]
    assert len(content["points"]) == 5
    assert content["proposals"] == survey.takes_proposals


@pytest.fixture
def officer(client_for, edi):
    return client_for(edi)


def test_both_papers_are_downloaded(officer, org, survey, invitation):
    for name, args in (
        ("paper-blank", [survey.pk]),
        ("paper-print", [survey.pk, invitation.pk]),
    ):
        reply = officer.get(reverse(f"surveys:{name}", args=[org.slug, *args]))
        assert reply.status_code == 200
        assert reply["Content-Type"] == "application/pdf"
        assert "attachment" in reply["Content-Disposition"]
        assert reply.content.startswith(b"%PDF-")


def test_a_draft_and_a_revoked_link_are_not_printed(officer, org, survey, invitation):
    revoke_invitation(invitation=invitation, now=timezone.now())
    own = reverse("surveys:paper-print", args=[org.slug, survey.pk, invitation.pk])
    assert officer.get(own).status_code == 302
    survey.status = Survey.Status.DRAFT
    survey.save()
    blank = reverse("surveys:paper-blank", args=[org.slug, survey.pk])
    assert officer.get(blank).status_code == 302
    assert officer.get(own).status_code == 302


def test_as_many_queries_for_large_questionnaires(officer, org, survey, invitation, flat_queries):
    url = reverse("surveys:paper-print", args=[org.slug, survey.pk, invitation.pk])

    def grow() -> None:
        builders.matrix(survey, 7, order=8)

    flat_queries(lambda: officer.get(url), grow)
