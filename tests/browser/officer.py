"""An officer's way with questionnaires, at a laptop, by what is to be seen."""

import re
from collections.abc import Sequence

from playwright.sync_api import Page, expect

from tests.browser.seeing import button, heading, link


def sign_in(page: Page, email: str, password: str, organization: str) -> None:
    """From the front page to the organization's home."""
    page.goto("/")
    link(page.get_by_role("main"), "Masuk").click()
    page.get_by_label("Alamat email").fill(email)
    page.get_by_label("Sandi").fill(password)
    button(page.get_by_role("main"), "Masuk").click()
    expect(heading(page, organization)).to_be_visible()


def go_to(page: Page, area: str) -> None:
    page.get_by_role("navigation").get_by_role("link", name=area, exact=True).first.click()
    expect(heading(page, area)).to_be_visible()


def make_questionnaire(page: Page, question: str, scorecard: str, name: str) -> None:
    """A draft, from the list of questionnaires."""
    link(page, "Buat kuesioner").first.click()
    link(page, question).click()
    page.get_by_label("Scorecard").select_option(scorecard)
    page.get_by_role("textbox", name="Nama").fill(name)
    button(page, "Buat kuesioner").click()
    expect(heading(page, name)).to_be_visible()


def invite_list(page: Page, people: Sequence[str]) -> None:
    """Pasted, looked at, agreed to."""
    link(page, "Undang sekaligus dari daftar").first.click()
    page.get_by_label("Pakar, satu orang per baris").fill("\n".join(people))
    button(page, "Periksa daftar").click()
    expect(heading(page, "Periksa sebelum mengundang")).to_be_visible()
    button(page, f"Undang {len(people)} pakar").click()
    expect(page.get_by_text(f"{len(people)} pakar sudah diundang.")).to_be_visible()
    expect(page.get_by_text(f"0 dari {len(people)} sudah mengirim")).to_be_visible()


def open_for_answers(page: Page) -> None:
    button(page, "Buka untuk dijawab").click()
    expect(page.get_by_text("Kuesioner sudah dibuka.")).to_be_visible()


def personal_links(page: Page, questionnaire: str) -> list[str]:
    """As the sheet for the printer shows them; then back to the questionnaire."""
    link(page, "Cetak semua tautan").first.click()
    expect(heading(page, "Semua tautan")).to_be_visible()
    page.wait_for_load_state()
    cards = page.get_by_role("main").get_by_role("listitem").filter(has=page.get_by_role("img"))
    links = [re.findall(r"https?://\S+", text) for text in cards.all_inner_texts()]
    link(page, questionnaire).click()
    expect(heading(page, questionnaire)).to_be_visible()
    return [address for [address] in links]


def see_all_sent(page: Page, experts: int) -> None:
    page.reload()
    expect(page.get_by_text(f"{experts} dari {experts} sudah mengirim")).to_be_visible()


def adopt(page: Page, questionnaire: str) -> None:
    """From the results, over the page that says what to know before."""
    link(page, "Pakai bobot ini").click()
    expect(heading(page, "Pakai bobot ini?")).to_be_visible()
    page.get_by_role("button", name=re.compile("^(Tetap pakai|Pakai) bobot ini$")).click()
    expect(page.get_by_text(questionnaire).first).to_be_visible()


def open_results(page: Page) -> None:
    link(page, "Hasil").first.click()
    expect(heading(page, "Hasil")).to_be_visible()
