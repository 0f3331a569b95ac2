"""The story of a cooperative's year, by what a person sees: from the front page to the report.

The officer sits at a laptop; the expert has a link, a phone and ten minutes.
"""

import re
from collections.abc import Callable, Sequence

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

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
from tests.browser.conftest import LAPTOP, PHONE, Visitors

pytestmark = pytest.mark.django_db(transaction=True)

ADMIN = "pengurus@lasem.example"
QUESTIONNAIRE = "Pembobotan pakar 2018"
PARTS = (6, 1, 15, 3, 21)  # comparisons: of the perspectives, then within each of them
SAVED = re.compile(r"^Tersimpan \d\d\.\d\d$")
# What the officer enters: the cooperative's published year once more.
ACTUALS = {
    kpi["code"]: str(kpi["actual"]).replace(".", ",")
    for perspective in study_data("batik-lasem")["perspectives"]
    for kpi in perspective["kpis"]
}
ASKED = "C-2"  # an index: 1.500 is fifteen hundred or one and a half
# Levels and lights that the ladders of the published study give for them.
LEVELS = {
    "PO-1": ("6,50", "Kuning"),
    "PO-2": ("4,40", "Kuning"),
    "C-3": ("1,20", "Merah"),
    "C-6": ("7,90", "Kuning"),
    "P-3": ("7,67", "Kuning"),
    "I-1": ("0,75", "Merah"),
    "I-2": ("3,00", "Merah"),
    "I-7": ("1,33", "Merah"),
}
RED = ("C-3", "C-4", "C-5", "I-1", "I-2", "I-7")


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def link(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("link", name=name, exact=True)


def heading(page: Page, name: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("heading", name=name, level=1)


def sign_in(page: Page) -> None:
    page.goto("/")
    link(page.get_by_role("main"), "Masuk").click()
    page.get_by_label("Alamat email").fill(ADMIN)
    page.get_by_label("Sandi").fill(PASSWORD)
    button(page.get_by_role("main"), "Masuk").click()
    expect(heading(page, "Koperasi Batik Tulis Lasem")).to_be_visible()


def make_questionnaire(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Kuesioner").click()
    link(page, "Buat kuesioner").click()
    page.locator("a[href*='kind=pairwise']").click()
    page.get_by_label("Scorecard").select_option("Scorecard CRM Lasem")
    page.get_by_role("textbox", name="Nama").fill(QUESTIONNAIRE)
    button(page, "Buat kuesioner").click()
    expect(heading(page, QUESTIONNAIRE)).to_be_visible()
    button(page, "Buka untuk dijawab").click()
    expect(button(page, "Tutup")).to_be_visible()


def invite_and_copy_link(page: Page, name: str) -> str:
    """The link, as the officer's clipboard has it."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("textbox", name="Nama").fill(name)
    button(page, "Undang").click()
    expect(heading(page, name)).to_be_visible()
    button(page, "Salin").first.click()
    expect(page.get_by_text("Tersalin")).to_be_visible()
    address = page.evaluate("navigator.clipboard.readText()")
    link(page, QUESTIONNAIRE).click()
    card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=name))
    expect(card.get_by_role("link", name="Tautan")).to_be_visible()
    return address


def begin(page: Page, address: str) -> None:
    """From the link to the first comparison; the secret is left behind."""
    page.goto(address)
    button(page, "Mulai").click()
    expect(heading(page, "Sebelum mulai")).to_be_visible()
    assert page.url not in address
    page.get_by_label("Saya sudah membaca").check()
    button(page, "Setuju dan lanjut").click()
    link(page, "Ke perbandingan pertama").click()


def at(page: Page, part: int, number: int, parts: Sequence[int] = PARTS) -> None:
    """Waits for a comparison: it is the `number`-th of its part."""
    place = f"Perbandingan {number} dari {parts[part - 1]}, bagian {part} dari {len(parts)}"
    expect(page.get_by_text(place)).to_be_visible()


def answer(page: Page, strength: int = 2, side: int = 0) -> None:
    """The thing on this side (0, 1) is `strength` times as important."""
    sides = page.get_by_role("group").first.get_by_role("radio")
    # Both things and "equally important" are there, in the order in which one reads them.
    [first, second] = [
        radio for radio in sides.all() if radio.get_attribute("value") in ("row", "column")
    ]
    (second if side else first).check(force=True)
    page.get_by_role("radio", name=re.compile(f"^{strength} ")).check(force=True)
    button(page, "Simpan dan lanjut").click()


def answer_part(page: Page, part: int, first: int = 1, parts: Sequence[int] = PARTS) -> None:
    for number in range(first, parts[part - 1] + 1):
        at(page, part, number, parts)
        answer(page)


def go_round_in_a_circle(page: Page, parts: Sequence[int] = PARTS) -> None:
    """The first part with contradictions, and the help that follows."""
    for number, side in enumerate((0, 1, 0, 0, 0, 0), start=1):
        at(page, 1, number, parts)
        answer(page, 5, side)
    expect(page.get_by_role("heading", name="Yang dapat membantu")).to_be_visible()
    proposals = page.get_by_role("article")
    count = proposals.count()
    assert 1 <= count <= 3
    button(proposals.first, "Saya tetap").click()
    expect(page.get_by_text("Anda tetap pada jawaban ini.")).to_be_visible()
    inconsistent = page.get_by_text("CR 1,009")
    expect(inconsistent).to_be_visible()
    button(page.get_by_role("article").last, "Pakai yang ini").click()
    expect(inconsistent).to_have_count(0)
    link(page, "Lanjut").click()


def test_the_story_of_a_year(visitors: Visitors, transactional_db: None, picture: Callable):
    load_demo()
    officer = visitors.open(LAPTOP)
    sign_in(officer)
    make_questionnaire(officer)
    address = invite_and_copy_link(officer, "Ibu Sekar")

    phone = visitors.open(PHONE)
    begin(phone, address)
    go_round_in_a_circle(phone)
    answer_part(phone, 2)
    answer_without_network(phone, visitors)
    phone.context.close()
    other = visitors.open(PHONE)
    resume_and_send(other, address)
    picture(other, "story-receipt")

    adopt(officer)
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
    button(page, "Simpan dan lanjut").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page).to_have_title(re.compile("^Kesalahan:"))
    visitors.forgive("status of 422")
    go_round_in_a_circle(page, parts)
    at(page, 2, 1, parts)
    page.context.close()

    other = visitors.open(PHONE, java_script_enabled=False)
    other.goto(address)
    button(other, "Lanjut").click()
    answer_part(other, 2, parts=parts)
    link(other, "Lanjut").click()
    expect(other.get_by_text("9 dari 9 perbandingan sudah dijawab.")).to_be_visible()
    button(other, "Kirim jawaban saya").click()
    expect(heading(other, re.compile("Terima kasih"))).to_be_visible()
    response = Response.objects.get(invitation__survey=survey)
    assert response.submitted_at is not None
    assert len(current_judgements(response.judgements.all())) == sum(parts)


def answer_without_network(page: Page, visitors: Visitors) -> None:
    for number in range(1, 4):
        at(page, 3, number)
        answer(page)
    at(page, 3, 4)
    expect(page.get_by_text(SAVED)).to_be_visible()
    page.context.set_offline(True)
    for number in range(4, 9):
        at(page, 3, number)
        answer(page)
    at(page, 3, 9)
    expect(page.get_by_text("Belum tersimpan")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text(SAVED)).to_be_visible(timeout=15_000)
    visitors.forgive("ERR_INTERNET_DISCONNECTED")


def resume_and_send(page: Page, address: str) -> None:
    page.goto(address)
    button(page, "Lanjut").click()
    answer_part(page, 3, first=9)
    link(page, "Lanjut").click()
    for part in (4, 5):
        answer_part(page, part)
        link(page, "Lanjut").click()
    expect(heading(page, "Periksa dan kirim")).to_be_visible()
    expect(page.get_by_text("46 dari 46 perbandingan sudah dijawab.")).to_be_visible()
    button(page, "Kirim jawaban saya").click()
    expect(heading(page, re.compile("Terima kasih"))).to_be_visible()
    expect(page.get_by_text("Nomor referensi")).to_be_visible()


def adopt(page: Page) -> None:
    page.reload()
    expect(page.get_by_text("1 dari 1 sudah mengirim")).to_be_visible()
    link(page, "Hasil").click()
    expect(page.get_by_text("Ibu Sekar").first).to_be_visible()
    button(page, "Pakai bobot ini").click()
    expect(page.get_by_text(QUESTIONNAIRE).first).to_be_visible()


def open_next_period(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Scorecard").first.click()
    link(page, "Scorecard CRM Lasem").first.click()
    link(page, "Periode").click()
    button(page, "Buka Tahun 2018").click()


def enter_values(page: Page, visitors: Visitors) -> None:
    rows = {code: page.get_by_label(re.compile(f"^{code} ")) for code in ACTUALS}
    for code, actual in ACTUALS.items():
        rows[code].fill("1.500" if code == ASKED else actual)
    button(page, "Simpan").click()
    expect(page.get_by_text("bisa berarti")).to_be_visible()
    expect(page.get_by_text("17 dari 18 terisi")).to_be_visible()
    visitors.forgive("status of 422")
    rows[ASKED].fill(ACTUALS[ASKED])
    button(page, "Simpan").click()
    expect(page.get_by_text("18 dari 18 terisi")).to_be_visible()
    expect(page.get_by_text("bisa berarti")).to_have_count(0)
    expect(page.get_by_text("Terbaca: 4,1 indeks")).to_be_visible()
    expect(page.get_by_text(SAVED)).to_be_visible()


def explain_reds_and_close(page: Page, visitors: Visitors) -> None:
    link(page, "Tutup periode").click()
    button(page, "Tutup periode").click()
    refused = page.get_by_role("alert")
    expect(refused).to_be_visible()
    expect(page).to_have_title(re.compile("^Kesalahan:"))
    visitors.forgive("status of 422")
    page.get_by_role("link", name=re.compile(f"^{RED[0]} ")).click()
    for code in RED:
        page.get_by_role("textbox", name=f"Catatan {code}").fill("Akan dilatih lagi.")
    button(page, "Simpan").click()
    expect(page.get_by_text(SAVED)).to_be_visible()
    link(page, "Tutup periode").click()
    button(page, "Tutup periode").click()
    expect(page.get_by_text("Tahun 2018 ditutup")).to_be_visible()


def number(text: str) -> float:
    found = re.search(r"\d+(,\d+)?", text)
    assert found, text
    return float(found.group().replace(",", "."))


def read_report(page: Page) -> None:
    expect(heading(page, "Tahun 2018")).to_be_visible()
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
    expect(page.get_by_text("Akan dilatih lagi.")).to_have_count(len(RED))


def reopen(page: Page, visitors: Visitors) -> None:
    link(page, "Buka kembali").click()
    button(page, "Buka kembali periode").click()
    expect(page).to_have_title(re.compile("^Kesalahan:"))
    visitors.forgive("status of 422")
    page.get_by_role("textbox", name="Mengapa dibuka kembali?").fill("Satu angka salah ketik.")
    button(page, "Buka kembali periode").click()
    expect(page.get_by_text("Tahun 2018 terbuka kembali")).to_be_visible()
    expect(page.get_by_label(re.compile("^PO-1 "))).to_have_value("0,2")
