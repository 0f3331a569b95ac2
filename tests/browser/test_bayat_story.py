"""Bayat as published, by what people see: five raters, 26 candidates, eleven kept, weights."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from organizations.models import Role
from scorecards.models import KPI
from surveys.demo.bayat import LOWEST_KEPT_SUM, PERSPECTIVES, design_bayat
from surveys.studies.bayat import global_priorities
from surveys.study_data import study_data
from tests import factories
from tests.browser import research
from tests.browser.conftest import LAPTOP, PHONE, Visitors
from tests.browser.expert import (
    begin,
    go_on,
    judge,
    judge_together,
    part_on_one_page,
    rate,
    rate_together,
    see_pair,
    send,
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

STUDY = study_data("batik-bayat")
NAME = STUDY["organization"]["name"]
SCORECARD = "Scorecard CRM Bayat"
SCREENING, PAIRWISE = "Penilaian tahap I", "Perbandingan tahap II"

# Table 1 prints what was kept alone. The other candidates get less than any of those here.
TABLE_1 = {name: points for _row, name, points, _total in STUDY["screening"]["rows"]}
NOT_PRINTED = 3
RATERS = STUDY["screening"]["respondents"]
NAMES = [name for _code, name, _statement in PERSPECTIVES]
ELEVEN = TABLE_1.keys() - set(NAMES)
CANDIDATES = 26 + len(NAMES)

# Tables 2 to 6: the perspectives in their own order, then each one's KPIs in that of the code.
CODES = [[code for code, _name, _statement in PERSPECTIVES]] + [
    [f"{code}{place}" for place, _label in enumerate(STUDY["pairwise"][code]["labels"], start=1)]
    for code, _name, _statement in PERSPECTIVES
]
UPPER = [
    STUDY["pairwise"][code]["upper"]
    for code in ("perspectives", *(code for code, _name, _statement in PERSPECTIVES))
]
RATIOS = {
    pair: float(Fraction(value))
    for codes, values in zip(CODES, UPPER, strict=True)
    for pair, value in zip(combinations(codes, 2), values, strict=True)
}
PARTS = [len(values) for values in UPPER]


@pytest.fixture
def officer(visitors: Visitors, transactional_db: None) -> Page:
    organization = factories.organization(NAME, slug="batik-bayat")
    user = factories.membership(factories.user("Wulan"), organization, Role.ADMIN).user
    design_bayat(organization, user)
    page = visitors.open(LAPTOP)
    sign_in(page, user.email, factories.PASSWORD, NAME)
    return page


def test_from_candidates_to_weights(
    officer: Page, visitors: Visitors, picture: Callable, tmp_path: Path
):
    prepare_screening(officer)
    [first, *others] = personal_links(officer, SCREENING)
    rate_one_by_one(visitors.open(PHONE), first, points_of(0))
    for rater, address in enumerate(others, start=1):
        page = visitors.open(PHONE, java_script_enabled=False)
        rate_by_perspective(page, address, points_of(rater))
    see_all_sent(officer, RATERS)
    read_ratings(officer)
    picture(officer, "bayat-screening")
    take_ratings_home(officer, tmp_path)
    keep_the_published(officer)
    picture(officer, "bayat-applied")

    prepare_comparisons(officer)
    [first, second] = personal_links(officer, PAIRWISE)
    judge_one_by_one(visitors.open(PHONE), first)
    judge_by_part(visitors.open(PHONE, java_script_enabled=False), second)
    see_all_sent(officer, 2)
    read_weights(officer, picture)
    take_weights_home(officer, tmp_path)
    adopt(officer, PAIRWISE)
    read_scorecard(officer)


def points_of(rater: int) -> dict[str, int]:
    rated = {name: points[rater] for name, points in TABLE_1.items()}
    return dict.fromkeys(KPI.objects.values_list("name", flat=True), NOT_PRINTED) | rated


def prepare_screening(page: Page) -> None:
    expect(page.get_by_text("26 KPI masih calon. Minta pakar menilainya")).to_be_visible()
    go_to(page, "Kuesioner")
    make_questionnaire(page, "KPI mana yang lolos", SCORECARD, SCREENING)
    expect(page.get_by_text("26 calon KPI untuk setiap pakar")).to_be_visible()
    link(page, "Ubah").click()
    expect(heading(page, "Ubah kuesioner")).to_be_visible()
    page.wait_for_load_state()
    for perspective in page.get_by_role("group", name="Perspektif").get_by_role("checkbox").all():
        perspective.check()
    button(page, "Simpan").click()
    expect(page.get_by_text(f"{CANDIDATES} calon KPI untuk setiap pakar")).to_be_visible()
    invite_list(page, [f"Responden {rater}; Pengrajin" for rater in range(1, RATERS + 1)])
    open_for_answers(page)


def rate_one_by_one(page: Page, address: str, points: Mapping[str, int]) -> None:
    begin(page, address)
    link(page, "Ke usulan pertama").click()
    for place in range(1, CANDIDATES + 1):
        rate(page, points, place, CANDIDATES)
    done = f"{CANDIDATES} dari {CANDIDATES} usulan KPI sudah dinilai"
    expect(page.get_by_text(done)).to_be_visible()
    send(page)


def rate_by_perspective(page: Page, address: str, points: Mapping[str, int]) -> None:
    begin(page, address)
    part_on_one_page(page, NAMES[0])
    for perspective in NAMES:
        rate_together(page, points, perspective)
    send(page)


def read_ratings(page: Page) -> None:
    """The points and totals of Table 1; one total there is no sum of its points."""
    open_results(page)
    for name, points in TABLE_1.items():
        cell = page.get_by_role("link", name=re.compile(rf"^[A-Z]+\d* {re.escape(name)}$"))
        row = page.get_by_role("row").filter(has=cell)
        expect(row.locator("[data-label=Jumlah]")).to_have_text(str(sum(points)))
        for rater, given in enumerate(points, start=1):
            expect(row.locator(f"[data-label=P{rater}]")).to_have_text(str(given))


def take_ratings_home(page: Page, folder: Path) -> None:
    link(page, "Unduh untuk penelitian").click()
    printed = [TABLE_1.get(name) for name in ELEVEN]
    long = research.csv_rows(research.fetch(page, "answers-long.csv", folder))
    found = {name: [int(r["points"]) for r in long if r["candidate"] == name] for name in ELEVEN}
    assert list(found.values()) == printed
    data = research.sav_data(research.fetch(page, "answers.sav", folder))
    assert len(data) == RATERS
    page.go_back()
    expect(heading(page, "Hasil")).to_be_visible()


def keep_the_published(page: Page) -> None:
    """A cut-off is tried, kept and applied: what Table 1 prints is adopted."""
    page.get_by_label("Calon lolos menurut").select_option("jumlah skor")
    page.get_by_label("Calon lolos mulai dari").fill(str(LOWEST_KEPT_SUM))
    button(page, "Coba").click()
    expect(page.get_by_text("11 KPI lolos, 15 tidak lolos")).to_be_visible()
    button(page, "Pakai nilai batas ini").click()
    link(page, "Terapkan ke scorecard").click()
    button(page, "Tetap terapkan").click()
    expect(heading(page, "Yang diterapkan")).to_be_visible()
    kept = page.get_by_role("row").filter(has=page.get_by_role("cell", name="dipakai", exact=True))
    expect(kept).to_have_count(len(ELEVEN))
    names = [text.split(maxsplit=1)[1] for text in kept.get_by_role("link").all_inner_texts()]
    assert sorted(names) == sorted(ELEVEN)


def prepare_comparisons(page: Page) -> None:
    go_to(page, "Kuesioner")
    make_questionnaire(page, "Berapa bobot masing-masing", SCORECARD, PAIRWISE)
    expect(page.get_by_text(f"{sum(PARTS)} perbandingan")).to_be_visible()
    invite_list(page, ["Pakar 1", "Pakar 2"])
    open_for_answers(page)


def judge_one_by_one(page: Page, address: str) -> None:
    begin(page, address)
    link(page, "Ke perbandingan pertama").click()
    for part, size in enumerate(PARTS, start=1):
        for place in range(1, size + 1):
            see_pair(page, part, place, PARTS)
            judge(page.get_by_role("main"), RATIOS)
            button(page, "Simpan dan lanjut").click()
        go_on(page, size)
    send(page)


def judge_by_part(page: Page, address: str) -> None:
    begin(page, address)
    for title, size in zip(("Antarperspektif", *NAMES), PARTS, strict=True):
        part_on_one_page(page, title)
        judge_together(page, RATIOS)
        go_on(page, size)
        link(page, "Daftar bagian").click()
    link(page, "Periksa dan kirim").click()
    send(page)


def read_weights(page: Page, picture: Callable) -> None:
    """Published: weights by eigenvector to three decimals, CR 0.05 (0.0486), who is first, last."""
    open_results(page)
    expect(page.get_by_text("Dihitung dari jawaban 2 pakar")).to_be_visible()
    picture(page, "bayat-results")
    page.wait_for_load_state()
    rows = page.get_by_role("region", name="Bobot global").get_by_role("row").all()[1:]
    shown = [(row.get_by_role("rowheader").inner_text(), row) for row in rows]
    assert STUDY["published"]["global_highest"] in shown[0][0]
    assert STUDY["published"]["global_lowest"] in shown[-1][0]
    for name, weight in global_priorities(STUDY).items():
        [row] = [row for title, row in shown if title.endswith(name)]
        cell = row.locator("[data-label=Global]").inner_text()
        assert number(cell) == pytest.approx(100 * weight, abs=0.05)

    pages = page.get_by_role("navigation", name="Halaman hasil")
    pages.get_by_role("link", name="Antarperspektif").click()
    expect(page.get_by_text("0,049 (batas 0,09)")).to_be_visible()
    for name, weight in STUDY["published"]["perspective_weights"].items():
        title = page.get_by_role("rowheader", name=re.compile(f"{name}$"))
        row = page.get_by_role("region", name="Bobot kelompok").get_by_role("row").filter(has=title)
        expect(row.locator("[data-label=Bobot]")).to_have_text(f"{weight:.3f}".replace(".", ","))
    picture(page, "bayat-perspectives")
    link(page, "Ringkasan").click()


def take_weights_home(page: Page, folder: Path) -> None:
    """Every program finds the published weights and CR, and Tables 2 to 6, in its file."""
    link(page, "Unduh untuk penelitian").click()
    workbook = research.fetch(page, "data.xlsx", folder)
    document = research.json_tables(research.fetch(page, "data.json", folder))
    published = STUDY["published"]["perspective_weights"]
    for weights, consistency in (
        (
            research.workbook_rows(workbook, "whose", "method", "weight"),
            research.workbook_rows(workbook, "whose", "lambda_max", "cr"),
        ),
        (document["weights"], document["consistency"]),
    ):
        found = {
            row["element"]: row["weight"]
            for row in weights
            if (row["part"], row["whose"], row["method"]) == (1, "group", "eigenvector")
        }
        assert found == pytest.approx(published, abs=0.0005)
        [ratio] = [row["cr"] for row in consistency if (row["part"], row["whose"]) == (1, "group")]
        assert ratio == pytest.approx(0.0486, abs=0.00005)
    long = research.csv_rows(research.fetch(page, "answers-long.csv", folder))
    ratios = {(row["row_code"], row["column_code"]): float(row["ratio"]) for row in long}
    assert ratios == pytest.approx(RATIOS)
    data = research.sav_data(research.fetch(page, "answers.sav", folder))
    assert data["m1_1_4"].tolist() == [-8, -8]
    page.go_back()
    expect(heading(page, "Hasil")).to_be_visible()


def read_scorecard(page: Page) -> None:
    """The scorecard's own page of weights has them now."""
    expect(heading(page, "Bobot")).to_be_visible()
    for name, weight in STUDY["published"]["perspective_weights"].items():
        region = page.get_by_role("region", name=re.compile(f"{name}$"))
        shown = region.get_by_text(re.compile(r"^Bobot \d")).inner_text()
        assert number(shown) == pytest.approx(100 * weight, abs=0.1)
