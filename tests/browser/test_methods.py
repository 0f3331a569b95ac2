"""The methods page on a phone, on paper and without JavaScript."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from surveys.views.methods import SECTIONS
from tests.browser.conftest import PHONE
from tests.browser.looks import barriers, overflow

BIBTEX = re.compile(r"^@misc\{canting-\d{4},")


def test_a_phone_finds_each_section_from_the_list(phone):
    phone.goto(reverse("surveys:methods"))
    assert overflow(phone) == []
    assert barriers(phone) == []
    contents = phone.locator(".methods__contents")
    expect(contents.get_by_role("link")).to_have_count(len(SECTIONS))
    contents.locator('a[href="#gci"]').click()
    expect(phone.locator("#gci-title")).to_be_in_viewport()


def test_a_short_reference_leads_to_its_doi(phone):
    phone.goto(reverse("surveys:methods"))
    phone.locator("#aiken a.cite").first.click()
    line = phone.locator("#source-aiken-1980")
    expect(line).to_be_in_viewport()
    address = line.get_by_role("link").get_attribute("href")
    assert address == "https://doi.org/10.1177/001316448004000419"


def test_without_javascript_formulas_stand_open_and_citing_can_be_copied(visitors):
    page = visitors.open(PHONE, java_script_enabled=False)
    page.goto(reverse("surveys:methods"))
    expect(page.locator("#kendall ~ details .formula").first).to_be_visible()
    expect(page.locator("#cite-bibtex")).to_have_value(BIBTEX)
    expect(page.locator("#cite .copy__button").first).to_be_hidden()


def test_on_paper_every_formula_is_there_and_no_list(laptop):
    laptop.goto(reverse("surveys:methods"))
    laptop.emulate_media(media="print")
    expect(laptop.locator(".methods__contents")).to_be_hidden()
    formulas = laptop.locator(".formula")
    assert formulas.count() > 25
    for place in range(formulas.count()):
        expect(formulas.nth(place)).to_be_visible()
