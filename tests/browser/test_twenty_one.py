"""Twenty-one comparisons on a 360 px phone, by somebody whom nobody helps.

Only touched, one thing after another; put away in the middle, and gone on with on another phone.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from surveys.links import invitation_link
from surveys.models import Invitation, Response
from surveys.selectors.judgements import current_judgements
from tests.browser.conftest import PHONE, Visitors
from tests.browser.expert import see_pair
from tests.browser.looks import barriers, overflow, small_targets
from tests.browser.seeing import Words, button, heading, link
from tests.surveys import builders

pytestmark = pytest.mark.django_db(transaction=True)

PAIRS = [21]
LEFT_AFTER = 10
THUMB = 44
SAVED = re.compile(r"^Tersimpan pukul \d\d\.\d\d$")
# Nobody answers without care here: the earlier in this list, the more important. But one answer
# says the opposite, so that the check at the end has something to say.
FALLING = [f"C-1{place}" for place in range(1, 8)]
OPPOSITE = {FALLING[0], FALLING[6]}


@pytest.fixture
def invitation(transactional_db: None) -> Invitation:
    survey = builders.survey(sizes=(7,), pair_order="least-loss", swaps_sides=True)
    return builders.invitation(survey, seed=7, name="Ibu Sekar")


def tap(target: Locator) -> None:
    """Only what a thumb can hit, and nothing that lies beside the screen."""
    expect(target).to_be_visible()
    box = target.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= THUMB, f"{target}: {box}"
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["viewport"]["width"]
    target.tap()


def tap_button(page: Page, name: Words) -> None:
    tap(button(page.get_by_role("main"), name))


def looks_right(page: Page) -> None:
    assert overflow(page) + small_targets(page) == []


def begin(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_text(re.compile(r"^21 perbandingan, sekitar \d+ menit$"))).to_be_visible()
    looks_right(page)
    tap_button(page, "Lanjut")
    expect(heading(page, "Sebelum mulai")).to_be_visible()
    tap(page.locator("label").filter(has_text="Saya sudah membaca"))
    looks_right(page)
    tap_button(page, "Setuju dan mulai")
    expect(heading(page, "Isi kuesioner ini")).to_be_visible()
    looks_right(page)
    tap(link(page, "Ke perbandingan pertama"))


def answer(page: Page, number: int) -> None:
    """Two steps and a sentence; where one is stays on the screen all the time."""
    see_pair(page, 1, number, PAIRS)
    sides = page.locator(".side")
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    expect(page.locator(".strength").first).to_be_hidden()
    codes = page.locator(".side__code").all_inner_texts()
    wanted = max(codes) if set(codes) == OPPOSITE else min(codes)
    tap(sides.filter(has_text=wanted))
    tap(page.locator(".strength").filter(has_text=re.compile(r"^\s*3\b")))
    expect(page.get_by_text(re.compile("^Artinya: .* 3 kali"))).to_be_visible()
    expect(page.locator(".answer-progress")).to_be_in_viewport()
    looks_right(page)
    tap_button(page, "Simpan dan lanjut")


def test_a_person_finishes_twenty_one_comparisons_alone(
    visitors: Visitors, invitation: Invitation, picture: Callable
):
    address = invitation_link(invitation, visitors.address)
    first = visitors.open(PHONE)
    begin(first, address)
    for number in range(1, LEFT_AFTER + 1):
        answer(first, number)
    see_pair(first, 1, LEFT_AFTER + 1, PAIRS)
    picture(first, "twenty-one-middle")
    expect(first.get_by_text(SAVED)).to_be_visible()
    first.context.close()

    other = visitors.open(PHONE)
    other.goto(address)
    expect(other.get_by_text("10 dari 21 perbandingan sudah dijawab.")).to_be_visible()
    picture(other, "twenty-one-welcome-back")
    looks_right(other)
    tap_button(other, "Lanjut")
    for number in range(LEFT_AFTER + 1, PAIRS[0] + 1):
        answer(other, number)
    settle(other, picture)
    send(other, picture)
    response = Response.objects.get(invitation=invitation)
    assert response.submitted_at is not None
    assert len(current_judgements(response.judgements.all())) == PAIRS[0]


def settle(page: Page, picture: Callable) -> None:
    """What goes round in a circle is said in words; the first proposal is the odd answer."""
    expect(page.get_by_role("heading", name="Perubahan yang disarankan")).to_be_visible()
    assert barriers(page) == []
    looks_right(page)
    picture(page, "twenty-one-help")
    proposals = page.get_by_role("article")
    assert 1 <= proposals.count() <= 3
    tap(button(proposals.first, "Pakai saran ini"))
    expect(heading(page, "Jawaban Anda selaras")).to_be_visible()
    picture(page, "twenty-one-settled")
    tap(link(page, "Lanjut"))


def send(page: Page, picture: Callable) -> None:
    expect(page.get_by_text("21 dari 21 perbandingan sudah dijawab.")).to_be_visible()
    assert barriers(page) == []
    looks_right(page)
    picture(page, "twenty-one-check")
    tap_button(page, "Kirim jawaban saya")
    expect(heading(page, re.compile("Terima kasih"))).to_be_visible()
    looks_right(page)
    picture(page, "twenty-one-sent")
    with page.expect_download() as waiting:
        tap(link(page, re.compile("PDF")))
    assert waiting.value.suggested_filename.endswith(".pdf")
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")
