"""Answers that are worth asking about, as an officer sees them at both widths."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from organizations.models import Role
from surveys.models import Survey
from surveys.services.questionnaires import create_survey, open_survey
from tests import factories
from tests.browser.conftest import LAPTOP, PHONE
from tests.surveys import builders, screenings
from tests.surveys.designs import scorecard_with_kpis
from tests.surveys.sent import send

pytestmark = pytest.mark.django_db(transaction=True)

SAME, CALM, OTHER = [1 / 3] * 6, [2, 3, 5, 2, 4, 2], [1 / 3, 2, 4, 3, 7, 2]


@pytest.fixture
def editor(transactional_db):
    organization = factories.organization("Koperasi Batik Pesisir", slug="pesisir")
    return factories.membership(factories.user("Edi"), organization, Role.EDITOR).user


@pytest.fixture
def comparison(editor) -> Survey:
    organization = editor.memberships.get().organization
    scorecard = scorecard_with_kpis(organization, kpis=4)
    draft = create_survey(scorecard=scorecard, name="Pembobotan", consent_text="S", by=editor)
    survey = open_survey(survey=draft, by=editor, now=timezone.now())
    hasty = send(survey, [2], SAME, CALM, name="Raden Ajeng Kartini, S.E., M.M.")
    for number, judgement in enumerate(hasty.judgements.order_by("matrix_id", "pk")):
        judgement.given_after = 1200 * number
        judgement.save()
    send(survey, [2], CALM, OTHER)
    send(survey, [2], CALM, OTHER)
    return survey


@pytest.mark.parametrize("device", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_marks_are_read_at_both_widths(visitors, sign_in, editor, comparison, axe, picture, device):
    page = visitors.open(device)
    sign_in(page, editor)
    results = reverse("surveys:results", args=["pesisir", comparison.pk])
    adopt = reverse("surveys:adopt", args=["pesisir", comparison.pk])
    for name, url in (("results", results), ("adopt", adopt)):
        page.goto(url)
        expect(page.get_by_text("6 perbandingan dalam 6 detik").first).to_be_visible()
        axe(page)
        picture(page, f"answer-marks-{name}")
    page.goto(results)
    page.locator("a[href='#answer-marks']").first.click()
    expect(page.locator("#answer-marks")).to_be_in_viewport()
    page.locator("section:has(#answer-marks) .said a").first.click()
    expect(page.locator("h1")).to_contain_text("P1")
    expect(page.locator("#answer-marks")).to_be_visible()
    axe(page)
    picture(page, "answer-marks-expert")


@pytest.mark.parametrize("device", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_marked_ratings_are_read_at_both_widths(visitors, sign_in, editor, axe, picture, device):
    organization = editor.memberships.get().organization
    survey = builders.screening(organization, sizes=(6, 6))
    screenings.send_all(survey, [4] * 12, [5, 4, 3, 5, 4, 2, 5, 5, 4, 3, 4, 5])
    page = visitors.open(device)
    sign_in(page, editor)
    page.goto(reverse("surveys:screening-results", args=["pesisir", survey.pk]))
    expect(page.locator("#answer-marks")).to_be_visible()
    axe(page)
    picture(page, "answer-marks-screening")
