"""The officer's year in Lasem after the weights: values, explanations, report, a correction."""

import re

import pytest
from playwright.sync_api import Page, expect

from surveys.study_data import study_data
from tests.browser.conftest import Visitors
from tests.browser.seeing import button, heading, link, number

SCORECARD = "Scorecard CRM Lasem"
SAVED = re.compile(r"^Tersimpan pukul \d\d\.\d\d$")
# What the officer enters: the cooperative's published year once more.
ACTUALS = {
    kpi["code"]: str(kpi["actual"]).replace(".", ",")
    for perspective in study_data("batik-lasem")["perspectives"]
    for kpi in perspective["kpis"]
}
ASKED = "C-2"  # an index: 1.500 is fifteen hundred or one and a half
# Levels and lights that the ladders of the published study give for them; one has the digit more
# that makes its product with the weight come true.
LEVELS = {
    "PO-1": ("6,50", "Kuning"),
    "PO-2": ("4,40", "Kuning"),
    "C-3": ("1,20", "Merah"),
    "C-6": ("7,90", "Kuning"),
    "P-3": ("7,667", "Kuning"),
    "I-1": ("0,75", "Merah"),
    "I-2": ("3,00", "Merah"),
    "I-7": ("1,33", "Merah"),
}
# I-2 stands exactly at level 3 and need not explain itself.
EXPLAINED = ("C-3", "C-4", "C-5", "I-1", "I-7")


def open_next_period(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Scorecard").first.click()
    link(page, SCORECARD).first.click()
    link(page, "Periode").click()
    button(page, "Buka periode 2018").click()


def enter_values(page: Page, visitors: Visitors) -> None:
    rows = {code: page.get_by_label(re.compile(f"^{code} ")) for code in ACTUALS}
    for code, actual in ACTUALS.items():
        rows[code].fill("1.500" if code == ASKED else actual)
    button(page, "Simpan").click()
    expect(page.get_by_text("dapat dibaca sebagai")).to_be_visible()
    expect(page.get_by_text("17 dari 18 terisi")).to_be_visible()
    visitors.forgive("status of 422")
    rows[ASKED].fill(ACTUALS[ASKED])
    button(page, "Simpan").click()
    expect(page.get_by_text("18 dari 18 terisi")).to_be_visible()
    expect(page.get_by_text("dapat dibaca sebagai")).to_have_count(0)
    expect(page.get_by_text("Terbaca: 4,1 indeks")).to_be_visible()
    expect(page.get_by_text(SAVED)).to_be_visible()


def explain_reds_and_close(page: Page, visitors: Visitors) -> None:
    link(page, "Tutup periode").click()
    button(page, "Tutup periode").click()
    refused = page.get_by_role("alert")
    expect(refused).to_be_visible()
    expect(page).to_have_title(re.compile("^Kesalahan:"))
    visitors.forgive("status of 422")
    page.get_by_role("link", name=re.compile(f"^{EXPLAINED[0]} ")).click()
    for code in EXPLAINED:
        page.get_by_role("textbox", name=f"Catatan {code}").fill("Akan dilatih lagi.")
    button(page, "Simpan").click()
    expect(page.get_by_text(SAVED)).to_be_visible()
    link(page, "Tutup periode").click()
    button(page, "Tutup periode").click()
    expect(page.get_by_text("2018 sudah ditutup")).to_be_visible()


def read_report(page: Page) -> None:
    expect(heading(page, "2018")).to_be_visible()
    for code, (level, light) in LEVELS.items():
        row = (
            page.get_by_role("row")
            .filter(has=page.get_by_text(code, exact=True))
            .filter(has=page.get_by_role("cell", name=level, exact=True))
        )
        expect(row).to_have_count(1)
        expect(row).to_contain_text(light)
    perspectives = page.get_by_role("region", name="Ringkasan").get_by_role("listitem").all()
    assert len(perspectives) == 4
    index = 0.0
    for perspective in perspectives:
        [weight] = re.findall(r"bobot (\d+,\d)", perspective.inner_text())
        index += number(weight) / 100 * number(perspective.inner_text())
    shown = number(page.get_by_text(re.compile("^\\d+,\\d\\d dari 10$")).inner_text())
    assert shown == pytest.approx(index, abs=0.02)
    expect(page.get_by_text("Akan dilatih lagi.")).to_have_count(len(EXPLAINED))


def reopen(page: Page, visitors: Visitors) -> None:
    link(page, "Buka lagi").click()
    button(page, "Buka lagi periode").click()
    expect(page).to_have_title(re.compile("^Kesalahan:"))
    visitors.forgive("status of 422")
    page.get_by_role("textbox", name="Mengapa dibuka lagi?").fill("Satu angka salah ketik.")
    button(page, "Buka lagi periode").click()
    expect(page.get_by_text("2018 sudah dibuka lagi")).to_be_visible()
    expect(page.get_by_label(re.compile("^PO-1 "))).to_have_value("0,2")
