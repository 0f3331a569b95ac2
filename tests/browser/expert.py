"""An expert's way: a personal link, a phone, and what is to be seen there.

One at a time is how experts answer. Those that a story needs besides press the same page's form
with all questions of a part, most of them without scripts.
"""

import re
from collections.abc import Mapping, Sequence

from playwright.sync_api import Locator, Page, expect

from tests.browser.seeing import button, heading, link

# How many times as important the element that stands first in the name is.
Ratios = Mapping[tuple[str, str], float]
NEXT = "Simpan dan lanjut"


def begin(page: Page, address: str) -> None:
    """From the link to the overview; the secret is left behind."""
    page.goto(address)
    button(page, "Lanjut").click()
    expect(heading(page, "Sebelum mulai")).to_be_visible()
    assert page.url not in address
    page.get_by_label("Saya sudah membaca").check()
    button(page, "Setuju dan mulai").click()
    expect(heading(page, "Isi kuesioner ini")).to_be_visible()


def send(page: Page) -> None:
    button(page, "Kirim jawaban saya").click()
    expect(heading(page, re.compile("Terima kasih"))).to_be_visible()
    expect(page.get_by_text("Nomor referensi")).to_be_visible()


def rate(page: Page, points: Mapping[str, int], number: int, total: int) -> None:
    """The candidate on the screen, once it is the ``number``-th."""
    expect(page.get_by_text(f"Usulan {number} dari {total}")).to_be_visible()
    label = page.get_by_role("heading", level=1).locator("[data-text=label]").inner_text()
    choose(page.get_by_role("main"), f"{points[label]}")
    button(page, NEXT).click()


def rate_together(page: Page, points: Mapping[str, int], perspective: str) -> None:
    """All candidates of a perspective on one page."""
    expect(heading(page, perspective)).to_be_visible()
    for card in cards(page):
        choose(card, f"{points[card.get_attribute('aria-label') or '']}")
    button(page, NEXT).click()


def see_pair(page: Page, part: int, number: int, parts: Sequence[int]) -> None:
    """Waits for a comparison: it is the ``number``-th of its part; ``parts`` has their lengths."""
    place = f"Perbandingan {number} dari {parts[part - 1]}, bagian {part} dari {len(parts)}"
    expect(page.get_by_text(place)).to_be_visible()


def go_on(page: Page, comparisons: int) -> None:
    """After a part, past what its answers say about each other; one alone says nothing."""
    if comparisons > 1:
        link(page, "Lanjut").click()


def judge(place: Page | Locator, ratios: Ratios) -> None:
    """The two steps, for the elements that are on the screen, whichever stands first there."""
    codes = place.locator(".side__code").all_inner_texts()
    row, column = codes if tuple(codes) in ratios else reversed(codes)
    ratio = ratios[row, column]
    if ratio == 1:
        choose(place, "Sama penting")
        return
    choose(place, row if ratio > 1 else column)
    choose(place, f"{round(max(ratio, 1 / ratio))}")


def judge_together(page: Page, ratios: Ratios) -> None:
    """All comparisons of a part on one page."""
    for card in cards(page):
        judge(card, ratios)
    button(page, NEXT).click()


def cards(page: Page) -> list[Locator]:
    """The questions of a page that has many; the button below them is there when all are."""
    expect(button(page, NEXT)).to_be_visible()
    return page.locator("main [data-item]").all()


def choose(place: Page | Locator, words: str) -> None:
    """The answer that begins with these words, where a thumb presses it."""
    begins = re.compile(rf"^\s*{re.escape(words)}\b")
    place.locator("label").filter(has_text=begins).first.click()


def part_on_one_page(page: Page, title: str) -> None:
    row = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=title))
    link(row, re.compile("^Semua di satu halaman")).click()
