"""A perspective of twelve KPIs, on a phone: nothing of it is left out without a word."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from organizations.models import Role
from scorecards.models import KPI
from scorecards.selectors.weights import weights_page
from surveys.models import Survey
from tests import factories
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.seeing import button, heading, link
from tests.surveys.designs import scorecard_with_kpis
from tests.surveys.screenings import send as rate
from tests.surveys.sent import send

pytestmark = pytest.mark.django_db(transaction=True)

DEVICES = pytest.mark.parametrize("device", [PHONE, LAPTOP], ids=["phone", "laptop"])
NOT_COMPARED = "12 KPI perspektif Pelanggan tidak dibandingkan"


@pytest.fixture
def scorecard(transactional_db):
    """Two perspectives of three KPIs, and one of twelve."""
    organization = factories.organization("Koperasi Batik Pesisir", slug="pesisir")
    made = scorecard_with_kpis(organization)
    customers = factories.perspective(made, code="PL", name="Pelanggan", order=3)
    objective = factories.objective(customers)
    for place in range(1, 13):
        factories.kpi(objective, code=f"PL{place}", status=KPI.Status.ADOPTED, order=place)
    for kpi in made.kpis.all():
        factories.target(kpi)
    return made


@pytest.fixture
def editor(scorecard):
    return factories.membership(factories.user("Edi"), scorecard.organization, Role.EDITOR).user


def make(page: Page, scorecard) -> Survey:
    """From the scorecard to a draft, past what the page says that it leaves out."""
    page.goto(reverse("scorecards:scorecard", args=["pesisir", scorecard.pk]))
    page.goto(reverse("surveys:survey-create", args=["pesisir"]) + "?kind=pairwise")
    expect(page.get_by_text(NOT_COMPARED)).to_be_visible()
    button(page, "Buat kuesioner").click()
    expect(heading(page, "Perbandingan pakar")).to_be_visible()
    expect(page.get_by_text(NOT_COMPARED)).to_be_visible()
    return Survey.objects.get(kind=Survey.Kind.PAIRWISE)


def open_for_answers(page: Page) -> None:
    button(page.get_by_role("main"), "Buka untuk dijawab").first.click()
    expect(page.locator("form[action$='/close/']")).to_be_visible()


def look_before_adopting(page: Page, survey: Survey) -> None:
    page.goto(reverse("surveys:results", args=["pesisir", survey.pk]))
    link(page, "Pakai bobot ini").click()
    expect(heading(page, "Pakai bobot ini?")).to_be_visible()


def adopt(page: Page) -> None:
    button(page, re.compile("^(Tetap pakai|Pakai) bobot ini$")).click()
    expect(heading(page, "Bobot")).to_be_visible()


@DEVICES
@pytest.mark.parametrize("scripts", [True, False], ids=["", "without-scripts"])
def test_an_officer_asks_them_all_the_same(
    visitors, sign_in, scorecard, editor, axe, picture, device, scripts
):
    page = visitors.open(device, java_script_enabled=scripts)
    sign_in(page, editor)
    survey = make(page, scorecard)
    if scripts:
        axe(page)
        picture(page, "not-asked")
    link(page, "Undang sekaligus dari daftar").first.click()
    expect(page.get_by_text(NOT_COMPARED)).to_be_visible()
    if scripts:
        axe(page)
    link(page, "Ubah yang ditanyakan").click()
    button(page, re.compile("Tetap tanyakan: 66 perbandingan, sekitar 22 menit")).click()
    expect(page.get_by_text("tambahan 66 perbandingan")).to_be_visible()
    expect(page.get_by_text(NOT_COMPARED)).to_have_count(0)
    open_for_answers(page)
    survey.refresh_from_db()
    for _expert in range(3):
        send(survey, [2, 2, 1], [2, 4, 2], [2, 4, 2], [1] * 65 + [2])
    page.locator("form[action$='/close/'] button").click()
    look_before_adopting(page, survey)
    expect(page.get_by_text("tidak dibandingkan siapa pun")).to_have_count(0)
    adopt(page)
    assert scorecard.weight_sets.get().weights.filter(kpi__code__startswith="PL").count() == 12


def test_an_officer_screens_first_and_asks_what_is_left(
    phone, sign_in, scorecard, editor, axe, picture
):
    sign_in(phone, editor)
    survey = make(phone, scorecard)
    button(phone, "Saring 12 KPI ini dulu").click()
    expect(heading(phone, "Penyaringan: Pelanggan")).to_be_visible()
    expect(phone.get_by_text("12 calon KPI untuk setiap pakar")).to_be_visible()
    axe(phone)
    open_for_answers(phone)
    screening = Survey.objects.get(kind=Survey.Kind.SCREENING)
    for _expert in range(3):
        rate(screening, [5] * 5 + [1] * 7)
    phone.goto(reverse("surveys:screening-apply", args=["pesisir", screening.pk]))
    expect(
        phone.get_by_text("Kuesioner masih menerima jawaban")
        .or_(phone.get_by_text("kebetulan"))
        .first
    ).to_be_visible()
    axe(phone)
    picture(phone, "screening-said")
    button(phone, "Tetap terapkan").click()
    link(phone, "Lanjutkan “Perbandingan pakar”").click()
    expect(phone.get_by_text("5 KPI perspektif Pelanggan tidak dibandingkan")).to_be_visible()
    button(phone, re.compile("Tetap tanyakan: 10 perbandingan")).click()
    open_for_answers(phone)
    assert survey.matrices.get(perspective__code="PL").criteria.count() == 5


def test_an_officer_who_leaves_them_out_is_told_before_and_after(
    phone, sign_in, scorecard, editor, axe, picture
):
    sign_in(phone, editor)
    survey = make(phone, scorecard)
    open_for_answers(phone)
    survey.refresh_from_db()
    send(survey, [2, 2, 1], [2, 4, 2], [9, 1 / 9, 9], name="Bu Sari")
    send(survey, [2, 2, 1], [2, 4, 2], [2, 4, 2], name="Pak Joko", sent=False)
    look_before_adopting(phone, survey)
    for said in (
        "12 KPI perspektif Pelanggan tidak dibandingkan siapa pun; masing-masing mendapat 1/12",
        "1 dari 2 pakar sudah mengirim, yang belum: P2 Pak Joko",
        "Perspektif 2: melebihi batas 0,05 (RI: Saaty (1980)) dan tetap dihitung: P1 Bu Sari (CR",
        "Perspektif 1: hanya dari jawaban 1 pakar",
    ):
        expect(phone.get_by_text(said)).to_be_visible()
    phone.locator("#kpi-changes summary").click()
    axe(phone)
    picture(phone, "before-adopting")
    adopt(phone)
    expect(phone.get_by_text("tidak dibandingkan siapa pun")).to_be_visible()
    axe(phone)
    picture(phone, "weights-said")
    page = weights_page(scorecard)
    [customers] = [group for group in page.groups if group.perspective.code == "PL"]
    assert {round(row.local, 9) for row in customers.rows} == {round(1 / 12, 9)}
    assert len(page.said) >= 4
