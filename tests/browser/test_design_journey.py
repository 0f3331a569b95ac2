"""From the front page to a design that lacks nothing, on a phone, by what a person sees.

A new officer signs up, writes the strategy down, and makes a scorecard: once from the library,
once from nothing and without JavaScript. The list of what is missing leads the way.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Visitors
from tests.browser.test_lasem_story import button, heading, link

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "canting tembaga di atas kompor"
VISION = "Batik tulis kami dikenal di seluruh negeri"
MISSIONS = ("Pelanggan dilayani dengan baik", "Pembatik hidup layak")
FRAMEWORK = "CRM scorecard hierarkis, seperti di Lasem"
ADDED = "Pembatik muda terlatih"


def sign_up(page: Page) -> None:
    page.goto("/")
    link(page, "Daftarkan organisasi Anda").first.click()
    page.get_by_label("Nama Anda").fill("Ibu Sekar")
    page.get_by_label("Alamat email").fill("sekar@contoh.id")
    page.get_by_label("Sandi").fill(PASSWORD)
    page.get_by_label("Nama organisasi").fill("Koperasi Batik Sekar Jagad")
    button(page, "Daftar").click()
    expect(page.get_by_label("Alamat email")).to_have_value("sekar@contoh.id")
    page.get_by_label("Sandi").fill(PASSWORD)
    button(page.get_by_role("main"), "Masuk").click()
    expect(heading(page, "Koperasi Batik Sekar Jagad")).to_be_visible()


def write_strategy(page: Page) -> None:
    link(page, "Tuliskan visi dan misi dulu").click()
    link(page, "Tulis visi dan misi").click()
    page.get_by_label("Visi").fill(VISION)
    page.get_by_label("Tahun pertama").fill("2026")
    page.get_by_label("Tahun terakhir").fill("2030")
    page.get_by_label("Misi 1").fill(MISSIONS[0])
    button(page, "Tambah misi").click()
    page.get_by_label("Misi 2").fill(MISSIONS[1])
    button(page, "Simpan").click()
    expect(page.get_by_text(MISSIONS[1])).to_be_visible()


def make_scorecard(page: Page, start: str) -> None:
    link(page.get_by_role("navigation", name="Menu utama"), "Beranda").click()
    link(page, "Buat scorecard").click()
    page.get_by_role("textbox", name="Nama").fill("Scorecard CRM")
    page.get_by_label("Strategi").select_option(label="2026–2030")
    page.get_by_label(start).check()
    button(page, "Buat scorecard").click()


def tab(page: Page, name: str) -> None:
    link(page.get_by_role("navigation", name="Halaman scorecard ini"), name).click()


def checklist(page: Page) -> Locator:
    return page.get_by_role("group").filter(has=page.get_by_text("Yang masih kurang"))


def lacking(page: Page, title: str) -> Locator:
    """The links that repair one thing that the checklist finds missing."""
    row = checklist(page).get_by_role("listitem").filter(has=page.get_by_text(title, exact=True))
    return row.get_by_role("link")


def repair(page: Page, title: str) -> None:
    """Follows the checklist's first link for what is missing there."""
    tab(page, "Rancangan")
    lacking(page, title).first.click()


def expect_nothing_lacking(page: Page) -> None:
    tab(page, "Rancangan")
    expect(checklist(page).get_by_text("tidak ada", exact=True)).to_be_visible()
    expect(checklist(page).get_by_role("link")).to_have_count(0)


def expect_only_a_large_group(page: Page) -> None:
    """The framework has a perspective of more KPIs than are compared easily: that alone is said."""
    tab(page, "Rancangan")
    title = "Maksimal 7 KPI untuk dibandingkan dalam satu perspektif"
    links = checklist(page).get_by_role("link")
    expect(links.first).to_be_visible()
    expect(links).to_have_count(lacking(page, title).count())


def add_perspective(page: Page, name: str) -> None:
    page.get_by_role("textbox", name="Nama").fill(name)
    button(page, "Simpan").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def add_objective(page: Page, statement: str, mission: str) -> None:
    page.get_by_role("textbox", name="Sasaran strategis").fill(statement)
    page.get_by_label(mission).check()
    button(page, "Simpan").click()
    expect(page.get_by_role("heading", name=statement)).to_be_visible()


def add_kpi(page: Page, name: str, unit: str) -> None:
    page.get_by_role("textbox", name="Nama").fill(name)
    page.get_by_role("textbox", name="Satuan").fill(unit)
    page.get_by_role("radio", name="dipakai").check()
    button(page, "Simpan").click()


def set_target(page: Page, worst: str, standard: str, goal: str) -> None:
    """By its own form; ends on the KPI's page."""
    page.get_by_label("Berlaku sejak").fill("2026-01-01")
    for label, value in (("Nilai terburuk", worst), ("Standar", standard), ("Target", goal)):
        page.get_by_label(re.compile(rf"^{label} \(")).fill(value)
    button(page, "Simpan target").click()
    expect(page.get_by_text("Target mulai 1 Januari 2026")).to_be_visible()


def plan_the_other_targets(page: Page) -> None:
    """All boxes of a day that are still empty, on one page."""
    tab(page, "Target")
    link(page, "1 Januari 2026").click()
    for label, value in (("Nilai terburuk", "0"), ("Standar", "3"), ("Target", "5")):
        for box in page.get_by_role("textbox", name=re.compile(rf"^{label} \(level")).all():
            if not box.input_value():
                box.fill(value)
    button(page, "Simpan target").click()
    expect(page.get_by_text(re.compile(r"\d+ target sudah disimpan"))).to_be_visible()


def add_link(page: Page, cause: str, effect: str, reason: str) -> None:
    for label, name in (("(sebab)", cause), ("(akibat)", effect)):
        choice = page.get_by_label(label)
        option = choice.get_by_role("option").filter(has_text=name)
        choice.select_option(value=option.get_attribute("value"))
    page.get_by_label("Karena").fill(reason)
    page.get_by_role("button", name=re.compile("^(Simpan|Tambah hubungan)$")).click()
    expect(page.get_by_text(re.compile("^Hubungan .* sudah disimpan"))).to_be_visible()


def add_initiative(page: Page, objective: str, name: str) -> None:
    card = page.get_by_role("article").filter(has=page.get_by_role("heading", name=objective))
    card.get_by_role("link", name="Tambah inisiatif").click()
    page.get_by_role("textbox", name="Inisiatif").fill(name)
    page.get_by_role("textbox", name="Anggaran").fill("1.500.000")
    button(page, "Simpan").click()
    expect(page.get_by_text("Anggaran terbaca: Rp1.500.000")).to_be_visible()


def serve_missions(page: Page, mission: str) -> None:
    """Follows the checklist until every objective serves a mission."""
    tab(page, "Rancangan")
    unserved = lacking(page, "Setiap sasaran strategis mendukung sebuah misi")
    while unserved.count():
        unserved.first.click()
        page.get_by_label(mission).check()
        button(page, "Simpan").click()
        expect(page.get_by_text("Yang masih kurang")).to_be_visible()


def read_map_as_list(page: Page, cause: str, effect: str, reason: str) -> None:
    """A phone shows no picture; each objective tells what it leads to, and why."""
    tab(page, "Peta")
    expect(page.locator("svg.map")).to_have_count(1)
    expect(page.locator("svg.map")).to_be_hidden()
    expect(page.get_by_text("Panah mengarah dari sebab ke akibat.", exact=True)).to_be_hidden()
    expect(page.get_by_text("apa yang didorongnya dan apa yang mendorongnya")).to_be_visible()
    entry = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=cause))
    expect(entry.get_by_text("Mendorong")).to_be_visible()
    expect(entry).to_contain_text(effect)
    expect(entry).to_contain_text(reason)


def test_scorecard_from_the_library(visitors: Visitors, picture: Callable):
    page = visitors.open(PHONE)
    sign_up(page)
    write_strategy(page)
    make_scorecard(page, "kerangka")
    link(page, FRAMEWORK).click()
    button(page, "Ambil semuanya").click()
    expect(page.get_by_text("18 KPI")).to_be_visible()

    link(page, "Tambah sasaran untuk I").click()
    add_objective(page, ADDED, MISSIONS[1])
    repair(page, "Setiap sasaran strategis punya KPI")
    add_kpi(page, "Pembatik muda yang lulus", "orang")
    repair(page, "Setiap sasaran strategis menjadi sebab atau akibat sasaran lain")
    add_link(page, ADDED, "C-5", "Batik yang rapi memuaskan pelanggan")
    serve_missions(page, MISSIONS[0])

    repair(page, "Setiap KPI yang dipakai punya target")
    set_target(page, "0", "10,5", "25")
    plan_the_other_targets(page)
    repair(page, "Setiap KPI yang dipakai punya bobot")
    button(page, "Samakan semua bobot").click()
    expect_only_a_large_group(page)

    add_initiative(page, ADDED, "Sekolah batik malam hari")
    read_map_as_list(page, ADDED, "C-5", "Batik yang rapi memuaskan pelanggan")
    picture(page, "journey-map")


def test_scorecard_from_nothing_without_scripts(visitors: Visitors):
    page = visitors.open(PHONE, java_script_enabled=False)
    sign_up(page)
    write_strategy(page)
    make_scorecard(page, "rancangan kosong")

    for name in ("Pelanggan", "Proses"):
        repair(page, "Dua perspektif atau lebih")
        add_perspective(page, name)
    for statement, mission in (("Pelanggan setia", MISSIONS[0]), (ADDED, MISSIONS[1])):
        repair(page, "Setiap perspektif punya sasaran strategis")
        add_objective(page, statement, mission)
    for name, unit in (("Pelanggan yang kembali", "%"), ("Pembatik muda yang lulus", "orang")):
        repair(page, "Setiap sasaran strategis punya KPI")
        add_kpi(page, name, unit)
    tab(page, "Peta")
    add_link(page, ADDED, "Pelanggan setia", "Batik yang rapi memuaskan pelanggan")
    for _kpi in range(2):
        repair(page, "Setiap KPI yang dipakai punya target")
        set_target(page, "0", "30", "100")
    tab(page, "Rancangan")
    expect(checklist(page).get_by_text("siap diberi bobot")).to_be_visible()
    repair(page, "Setiap KPI yang dipakai punya bobot")
    button(page, "Samakan semua bobot").click()
    expect_nothing_lacking(page)

    add_initiative(page, ADDED, "Sekolah batik malam hari")
    read_map_as_list(page, ADDED, "Pelanggan setia", "Batik yang rapi memuaskan pelanggan")
