"""Each part asks for what its elements are compared: the question names their parent."""

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.exports.answers_pdf import _judgements as copied
from surveys.exports.paper_pdf import _of_pairs as on_paper
from surveys.models import Matrix, Survey
from surveys.selectors.answering import answer_sheet
from surveys.services.questionnaires import create_survey, open_survey
from surveys.wording import standard_question
from tests import factories
from tests.surveys import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def scorecard(org):
    scorecard = factories.scorecard(org)
    for name in ("Pelanggan", "Infrastruktur"):
        objective = factories.objective(factories.perspective(scorecard, name=name))
        for _number in range(2):
            factories.kpi(objective)
    return scorecard


@pytest.fixture
def draft(scorecard, edi):
    survey = create_survey(scorecard=scorecard, name="Bobot", consent_text="Setuju.", by=edi)
    Survey.objects.update(language="id")
    survey.refresh_from_db()
    return survey


def opened(survey, by):
    return open_survey(survey=survey, by=by, now=timezone.now())


def asked(survey):
    return [matrix.question for matrix in survey.matrices.order_by("order")]


def test_opening_freezes_a_question_that_names_the_parent(draft, edi):
    assert asked(opened(draft, edi)) == [
        "Mana yang lebih penting agar hubungan dengan pelanggan baik?",
        "Mana yang lebih penting bagi Pelanggan?",
        "Mana yang lebih penting bagi Infrastruktur?",
    ]


def test_a_questionnaire_of_before_still_asks_what_its_experts_read():
    """0003_questions wrote it down; tests/test_versions.py looks for it in a database of then."""
    survey = builders.survey(sizes=(3,))
    then = "Mana yang lebih penting bagi hubungan pelanggan yang baik?"
    Matrix.objects.update(question=then)
    response = builders.response(builders.invitation(survey))
    page = builders.expert(response.invitation).get(f"/answer/{response.submission_id}/parts/1/1/")
    assert then in page.text


def form_data(survey, **changes):
    return {
        "version": survey.version,
        "name": survey.name,
        "introduction": "",
        "consent_text": survey.consent_text,
        "language": "id",
        "closes_at": "",
        "pair_order": survey.pair_order,
        "matrices": [str(m.perspective_id or "perspectives") for m in survey.matrices.all()],
    } | changes


def test_the_words_are_written_before_opening_and_stay_afterwards(draft, org, edi, client_for):
    page = reverse("surveys:survey-edit", args=[org.slug, draft.pk])
    part = draft.matrices.last()
    key = f"question-{part.perspective_id}"
    client = client_for(edi)
    text = client.get(page).text
    assert f'name="{key}"' in text
    assert "mana yang lebih penting bagi Infrastruktur." in text  # what an empty box asks

    own = "Mana yang lebih menentukan bagi karyawan kita?"
    assert client.post(page, form_data(draft, **{key: own})).status_code == 302
    draft.refresh_from_db()
    assert asked(opened(draft, edi))[-1] == own
    draft.refresh_from_db()
    assert f'name="{key}"' not in client.get(page).text


def test_a_question_that_is_too_long_comes_back_with_what_was_typed(draft, org, edi, client_for):
    page = reverse("surveys:survey-edit", args=[org.slug, draft.pk])
    key = f"question-{draft.matrices.last().perspective_id}"
    answer = client_for(edi).post(page, form_data(draft, **{key: "x" * 251}))
    assert answer.status_code == 422
    assert "x" * 251 in answer.text
    assert set(Matrix.objects.values_list("question", flat=True)) == {""}


def test_screen_paper_copy_workshop_results_and_files_ask_the_same(draft, org, edi, client_for):
    Matrix.objects.filter(perspective__name="Infrastruktur").update(question="Mana lebih laris?")
    survey = opened(draft, edi)
    response = builders.response(builders.invitation(survey))
    builders.answer_all(response, 3)
    sheet = answer_sheet(response.invitation, response)
    expert = builders.expert(response.invitation)
    number = sheet.parts[-1].number
    for url in (f"parts/{number}/1/", f"parts/{number}/"):
        assert "Mana lebih laris?" in expert.get(f"/answer/{response.submission_id}/{url}").text
    assert on_paper(sheet)["parts"][-1]["question"] == "Mana lebih laris?"
    assert "Mana lebih laris?" in copied(response)[-1]["note"]
    client = client_for(edi)
    pair = sheet.parts[-1].pairs[0]
    workshop = reverse("surveys:workshop", args=[org.slug, survey.pk])
    assert "Mana lebih laris?" in client.get(workshop, {"pair": pair.item}).text
    result = reverse("surveys:matrix-result", args=[org.slug, survey.pk, sheet.parts[-1].matrix.pk])
    assert "Mana lebih laris?" in client.get(result).text
    research = reverse("surveys:research-file", args=[org.slug, survey.pk, "data.json"])
    assert "Mana lebih laris?" in client.get(research).getvalue().decode()


def test_the_standard_question_fits(draft):
    assert len(standard_question("x" * 150)) <= Matrix._meta.get_field("question").max_length
