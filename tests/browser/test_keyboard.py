"""Without a mouse: from signing in to a saved value, always seeing where one is."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from scorecards.models import Measurement
from surveys.demo.people import PASSWORD
from tests.browser.conftest import LAPTOP, PHONE, Visitors
from tests.browser.looks import STILL, focus_fault, focused_name
from tests.every_page import HALFWAY, World

pytestmark = pytest.mark.django_db(transaction=True)

LONGEST_WAY = 120


def tab_to(page: Page, name: str | re.Pattern[str]) -> None:
    """Presses Tab until the control with this name has the focus; each on the way must show it.

    A page can be seen before its scripts have run: keys that are meant for them wait.
    """
    page.wait_for_load_state()
    for _ in range(LONGEST_WAY):
        page.keyboard.press("Tab")
        assert not (fault := focus_fault(page)), f"{page.url}: {fault}"
        if re.search(name, focused_name(page)):
            return
    raise AssertionError(f"Tab never reaches {name!r} on {page.url}")


def sign_in_by_keyboard(page: Page, world: World) -> None:
    page.goto("/")
    tab_to(page, "^Masuk$")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Masuk", level=1)).to_be_visible()
    tab_to(page, "^Alamat email")
    page.keyboard.type(world.admin.email)
    tab_to(page, "^Sandi")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Koperasi Batik Tulis Lasem")).to_be_visible()


@pytest.mark.parametrize("device", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_from_signing_in_to_a_saved_value(visitors: Visitors, world: World, device: dict):
    page = visitors.open(device, **STILL)
    sign_in_by_keyboard(page, world)
    tab_to(page, "^Baca laporan$")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Indeks kinerja")).to_be_visible()
    page.go_back()
    page.reload()
    for _scorecard in range(9):  # newer ones stand above, which have no period to enter
        tab_to(page, "^Isi realisasi$")
        if page.evaluate("document.activeElement.href").endswith("/entry/"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="2018", level=1)).to_be_visible()
    tab_to(page, "^C-6 ")
    page.keyboard.type("3,85")
    tab_to(page, "^Simpan$")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(r"^Tersimpan pukul \d\d\.\d\d$"))).to_be_visible()
    stored = Measurement.objects.get(kpi__code="C-6", period__start="2018-01-01")
    assert stored.value == Decimal("3.85")


def test_the_content_is_one_key_away(visitors: Visitors, world: World):
    page = visitors.open(LAPTOP, **STILL)
    sign_in_by_keyboard(page, world)
    page.reload()
    page.keyboard.press("Tab")
    assert focused_name(page) == "Langsung ke isi"
    expect(page.get_by_role("link", name="Langsung ke isi")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_account_menu_opens_and_closes(visitors: Visitors, world: World):
    page = visitors.open(LAPTOP, **STILL)
    sign_in_by_keyboard(page, world)
    tab_to(page, "Menu akun")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Akun saya")).to_be_visible()
    tab_to(page, "^Akun saya$")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Akun saya")).to_be_hidden()
    assert "Menu akun" in focused_name(page)


PAGES = {
    "entry": "scorecards/{scorecard}/periods/2018-01-01/entry/",
    "design": "scorecards/{scorecard}/",
    "map": "scorecards/{scorecard}/map/",
    "weights": "scorecards/{scorecard}/weights/edit/",
    "report": "scorecards/{scorecard}/periods/2017-01-01/report/",
    "survey": "surveys/{open}/",
}


def test_nothing_with_the_focus_is_hidden(visitors: Visitors, world: World):
    """Tab through the long pages, down and up: sticky bars cover nothing (WCAG 2.4.7, 2.4.11)."""
    page = visitors.open(LAPTOP, **STILL)
    sign_in_by_keyboard(page, world)
    faults = set()
    for device in (LAPTOP, PHONE):
        page.set_viewport_size(device["viewport"])
        for address in PAGES.values():
            page.goto(f"/o/batik-lasem/{address.format(**world.words)}")
            for key in ["Tab"] * 70 + ["Shift+Tab"] * 70:
                page.keyboard.press(key)
                faults.add(f"{address} {device['viewport']['width']}: {focus_fault(page)}")
    assert len(faults) >= len(PAGES)
    found = sorted(fault for fault in faults if not fault.endswith(": "))
    assert not found, "\n".join(found)


def test_an_expert_sees_where_the_focus_is(visitors: Visitors, world: World):
    page = visitors.open(PHONE, **STILL)
    page.goto(world.links[HALFWAY])
    page.locator("main form button").first.click()
    expect(page.locator("[data-heading]")).to_be_visible()
    page.locator("input[value=row]").focus()
    seen = set()
    for key in ("Space", "Tab", *["ArrowRight"] * 7, *["Tab"] * 8):
        page.keyboard.press(key)
        assert not (fault := focus_fault(page)), fault
        seen.add(focused_name(page))
    assert len(seen) > 10
