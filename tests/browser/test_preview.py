"""An officer walks through a draft on a phone as an expert will, with and without scripts."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from scorecards.models import KPI
from surveys.models import Judgement, Response, Survey
from surveys.services.questionnaires import create_survey
from tests import factories
from tests.browser.conftest import PHONE
from tests.browser.expert import begin, choose, send
from tests.browser.seeing import button, heading, link

pytestmark = pytest.mark.django_db(transaction=True)

BANNER = "Pratinjau: tidak ada yang disimpan"


@pytest.fixture
def draft(org) -> Survey:
    scorecard = factories.scorecard(org)
    for _ in range(2):
        objective = factories.objective(factories.perspective(scorecard))
        for _ in range(3):
            factories.kpi(objective, status=KPI.Status.ADOPTED)
    return create_survey(
        scorecard=scorecard, name="Bobot 2027", consent_text="Saya bersedia.", by=None
    )


def compare(page: Page, number: int, total: int, part: int) -> None:
    expect(page.get_by_text(f"Perbandingan {number} dari {total}, bagian {part}")).to_be_visible()
    expect(page.get_by_text(BANNER)).to_be_visible()
    first = page.locator(".side__label").first.inner_text()
    choose(page, page.locator(".side__code").first.inner_text())
    choose(page, "5")
    button(page, "Simpan dan lanjut").click()
    assert first


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_draft_is_walked_on_a_phone(draft, visitors, sign_in, edi, org, axe, scripts):
    page = visitors.open(PHONE, java_script_enabled=scripts)
    sign_in(page, edi)
    page.goto(reverse("surveys:survey", args=[org.slug, draft.pk]))
    link(page, "Pratinjau").click()
    expect(page.get_by_text(BANNER)).to_be_visible()
    if scripts:
        axe(page)
    begin(page, page.url)
    link(page, "Ke perbandingan pertama").click()
    compare(page, 1, 1, 1)
    for number in (1, 2, 3):
        compare(page, number, 3, 2)
    # Three answers that may contradict: the part's consistency, then on.
    expect(page.get_by_text("CR").first).to_be_visible()
    link(page, "Lanjut").click()
    for number in (1, 2, 3):
        compare(page, number, 3, 3)
    link(page, "Lanjut").click()
    expect(heading(page, "Periksa dan kirim")).to_be_visible()
    send(page)
    expect(page.get_by_text(BANNER)).to_be_visible()
    button(page, "Akhiri pratinjau").click()
    expect(heading(page, "Bobot 2027")).to_be_visible()
    assert not Judgement.objects.exists()
    assert not Response.objects.exists()
    assert Survey.including_trials.count() == 1


def test_somebody_tries_it_out_with_a_link(draft, visitors, sign_in, edi, org, axe):
    page = visitors.open(PHONE)
    sign_in(page, edi)
    page.goto(reverse("surveys:survey", args=[org.slug, draft.pk]))
    link(page, "Uji coba").click()
    page.get_by_label("Nama").fill("Mbak Coba")
    button(page, "Buat tautan uji coba").click()
    axe(page)
    address = page.get_by_label("Tautan uji coba").input_value()
    other = visitors.open(PHONE)
    begin(other, address)
    expect(other.get_by_text("Uji coba: jawaban Anda tidak dihitung")).to_be_visible()
    axe(other)
    button(page, "Hapus uji coba dan jawabannya").click()
    expect(page.get_by_text("Uji coba sudah dihapus")).to_be_visible()
    assert not Response.objects.exists()
