"""The story of a cooperative's year, by what a person sees: from the front page to the report.

The officer sits at a laptop; the experts have a link, a phone and ten minutes.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from organizations.models import User
from scorecards.models import Scorecard
from surveys.demo.load import load_demo
from surveys.demo.people import PASSWORD
from surveys.links import invitation_link
from surveys.models import Response
from surveys.selectors.judgements import current_judgements
from surveys.services.invitations import invite_expert
from surveys.services.questionnaires import create_survey, open_survey
from surveys.study_data import study_data
from tests.browser import research
from tests.browser.conftest import LAPTOP, PHONE, Visitors
from tests.browser.expert import (
    begin,
    go_on,
    judge,
    judge_together,
    part_on_one_page,
    see_pair,
    send,
)
from tests.browser.lasem_year import (
    SAVED,
    SCORECARD,
    enter_values,
    explain_reds_and_close,
    open_next_period,
    read_report,
    reopen,
)
from tests.browser.officer import (
    adopt,
    go_to,
    invite_list,
    make_questionnaire,
    open_for_answers,
    open_results,
    personal_links,
    see_all_sent,
    sign_in,
)
from tests.browser.seeing import button, heading, link, number

pytestmark = pytest.mark.django_db(transaction=True)

ADMIN = "pengurus@lasem.example"
NAME = "Koperasi Batik Tulis Lasem"
QUESTIONNAIRE = "Pembobotan pakar 2018"
STUDY = study_data("batik-lasem")

# Each expert's comparisons of KPIs, as reconstructed; of the perspectives the paper has none.
EXPERTS = [title.replace(", ", "; ", 1) for title in STUDY["experts"]]
TITLES = {row["code"]: row["name"] for row in STUDY["perspectives"]}
CODES = {row["code"]: [kpi["code"] for kpi in row["kpis"]] for row in STUDY["perspectives"]}
PARTS = [6, *(len(codes) * (len(codes) - 1) // 2 for codes in CODES.values())]
UNDECIDED = dict.fromkeys(combinations(CODES, 2), 1.0)
CIRCLE = dict.fromkeys(combinations(CODES, 2), 5.0) | {("PO", "P"): 1 / 5}


def ratios_of(expert: int) -> dict[tuple[str, str], float]:
    matrices = STUDY["reconstructed_judgements"]["matrices"]
    return {
        pair: float(Fraction(value))
        for code, codes in CODES.items()
        for pair, value in zip(combinations(codes, 2), matrices[code][expert], strict=True)
    }


def test_the_story_of_a_year(
    visitors: Visitors, transactional_db: None, picture: Callable, tmp_path: Path
):
    load_demo()
    officer = visitors.open(LAPTOP)
    sign_in(officer, ADMIN, PASSWORD, NAME)
    go_to(officer, "Kuesioner")
    make_questionnaire(officer, "Berapa bobot masing-masing", SCORECARD, QUESTIONNAIRE)
    invite_list(officer, [f"Pakar {place}; {post}" for place, post in enumerate(EXPERTS, start=1)])
    open_for_answers(officer)
    [address, *others] = personal_links(officer, QUESTIONNAIRE)

    judge_with_a_break(visitors, address, picture)
    for expert, other in enumerate(others, start=1):
        page = visitors.open(PHONE, java_script_enabled=False)
        judge_by_part(page, other, UNDECIDED | ratios_of(expert))
    see_all_sent(officer, len(EXPERTS))
    read_weights(officer)
    picture(officer, "story-results")
    take_weights_home(officer, tmp_path)
    adopt(officer, QUESTIONNAIRE)

    open_next_period(officer)
    enter_values(officer, visitors)
    explain_reds_and_close(officer, visitors)
    read_report(officer)
    picture(officer, "story-report")
    reopen(officer, visitors)


def test_the_experts_part_without_scripts(visitors: Visitors, transactional_db: None):
    load_demo()
    scorecard = Scorecard.objects.get(organization__slug="batik-lasem")
    officer = User.objects.get(email=ADMIN)
    survey = create_survey(
        scorecard=scorecard,
        name=QUESTIONNAIRE,
        consent_text="Saya bersedia menjadi pakar.",
        perspectives=[scorecard.perspectives.get(code="P")],
        by=officer,
    )
    survey = open_survey(survey=survey, by=officer, now=timezone.now())
    address = invitation_link(invite_expert(survey=survey, name="Ibu Sekar"), visitors.address)
    parts = (6, 3)

    page = visitors.open(PHONE, java_script_enabled=False)
    begin(page, address)
    link(page, "Ke perbandingan pertama").click()
    button(page, "Simpan dan lanjut").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page).to_have_title(re.compile("^Kesalahan:"))
    visitors.forgive("status of 422")
    go_round_in_a_circle(page, parts)
    see_pair(page, 2, 1, parts)
    page.context.close()

    other = visitors.open(PHONE, java_script_enabled=False)
    other.goto(address)
    button(other, "Lanjut").click()
    judge_part(other, 2, ratios_of(0), parts=parts)
    link(other, "Lanjut").click()
    expect(other.get_by_text("9 dari 9 perbandingan sudah dijawab.")).to_be_visible()
    send(other)
    response = Response.objects.get(invitation__survey=survey)
    assert response.submitted_at is not None
    assert len(current_judgements(response.judgements.all())) == sum(parts)


def judge_pair(page: Page, ratios: Mapping[tuple[str, str], float]) -> None:
    judge(page.get_by_role("main"), ratios)
    button(page, "Simpan dan lanjut").click()


def judge_part(
    page: Page,
    part: int,
    ratios: Mapping[tuple[str, str], float],
    first: int = 1,
    parts: Sequence[int] = PARTS,
) -> None:
    for place in range(first, parts[part - 1] + 1):
        see_pair(page, part, place, parts)
        judge_pair(page, ratios)


def go_round_in_a_circle(page: Page, parts: Sequence[int] = PARTS) -> None:
    """The first part with contradictions, and the help that follows."""
    judge_part(page, 1, CIRCLE, parts=parts)
    expect(page.get_by_role("heading", name="Perubahan yang disarankan")).to_be_visible()
    proposals = page.get_by_role("article")
    count = proposals.count()
    assert 1 <= count <= 3
    button(proposals.first, "Tetap jawaban saya").click()
    expect(page.get_by_text("Anda tetap pada jawaban Anda.")).to_be_visible()
    inconsistent = page.get_by_text("(CR): 0,958")
    expect(inconsistent).to_be_visible()
    button(page.get_by_role("article").last, "Pakai saran ini").click()
    expect(inconsistent).to_have_count(0)
    link(page, "Lanjut").click()


def judge_with_a_break(visitors: Visitors, address: str, picture: Callable) -> None:
    ratios = ratios_of(0)
    page = visitors.open(PHONE)
    begin(page, address)
    link(page, "Ke perbandingan pertama").click()
    go_round_in_a_circle(page)
    judge_part(page, 2, ratios)
    judge_without_network(page, visitors, ratios)
    page.context.close()

    other = visitors.open(PHONE)
    other.goto(address)
    button(other, "Lanjut").click()
    judge_part(other, 3, ratios, first=9)
    link(other, "Lanjut").click()
    for part in (4, 5):
        judge_part(other, part, ratios)
        link(other, "Lanjut").click()
    expect(heading(other, "Periksa dan kirim")).to_be_visible()
    expect(other.get_by_text("46 dari 46 perbandingan sudah dijawab.")).to_be_visible()
    send(other)
    picture(other, "story-receipt")


def judge_without_network(page: Page, visitors: Visitors, ratios: Mapping) -> None:
    for place in range(1, 4):
        see_pair(page, 3, place, PARTS)
        judge_pair(page, ratios)
    see_pair(page, 3, 4, PARTS)
    expect(page.get_by_text(SAVED)).to_be_visible()
    page.context.set_offline(True)
    for place in range(4, 9):
        see_pair(page, 3, place, PARTS)
        judge_pair(page, ratios)
    see_pair(page, 3, 9, PARTS)
    expect(page.get_by_text("Belum tersimpan")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text(SAVED)).to_be_visible(timeout=15_000)
    visitors.forgive("ERR_INTERNET_DISCONNECTED")


def judge_by_part(page: Page, address: str, ratios: Mapping[tuple[str, str], float]) -> None:
    begin(page, address)
    for title, size in zip(("Antarperspektif", *TITLES.values()), PARTS, strict=True):
        part_on_one_page(page, title)
        judge_together(page, ratios)
        go_on(page, size)
        link(page, "Daftar bagian").click()
    link(page, "Periksa dan kirim").click()
    send(page)


def read_weights(page: Page) -> None:
    """Joined by geometric mean, each part against the limit of its size; weights as printed."""
    open_results(page)
    expect(page.get_by_text("Dihitung dari jawaban 5 pakar")).to_be_visible()
    parts = page.get_by_role("region", name="Bagian").get_by_role("row")
    for code, limit in {"PO": "–", "C": "0,10", "P": "0,05", "I": "0,10"}.items():
        row = parts.filter(has=page.get_by_role("link", name=re.compile(f"^{code} ")))
        expect(row.locator("[data-label=Batas]")).to_have_text(limit)
    expect(parts.nth(1).locator("[data-label=Batas]")).to_have_text("0,09")
    link(page, f"C {TITLES['C']}").first.click()
    rows = page.get_by_role("region", name="Bobot kelompok").get_by_role("row")
    for code, weight in zip(
        CODES["C"], STUDY["aggregated_matrices"]["C"]["published_weights"], strict=True
    ):
        shown = rows.filter(has=page.get_by_role("rowheader", name=re.compile(f"^{code} ")))
        cell = shown.locator("[data-label=Bobot]").inner_text()
        assert number(cell) == pytest.approx(weight, abs=0.002)
    link(page, "Ringkasan").click()


def take_weights_home(page: Page, folder: Path) -> None:
    link(page, "Unduh untuk penelitian").click()
    rows = research.workbook_rows(
        research.fetch(page, "data.xlsx", folder), "whose", "method", "weight"
    )
    found = {
        row["element_code"]: row["weight"]
        for row in rows
        if (row["whose"], row["method"]) == ("group", "column_mean")
    }
    for code, table in STUDY["aggregated_matrices"].items():
        weights = [found[kpi] for kpi in CODES[code]]
        assert weights == pytest.approx(table["published_weights"], abs=0.002)
    long = research.csv_rows(research.fetch(page, "answers-long.csv", folder))
    of_second = {
        (row["row_code"], row["column_code"]): float(row["ratio"])
        for row in long
        if row["expert"] == "P2"
    }
    assert of_second == pytest.approx(UNDECIDED | ratios_of(1))
    page.go_back()
    expect(heading(page, "Hasil")).to_be_visible()
