"""What a person looks for on a page: a heading, a link, a button, by its words."""

import re

from playwright.sync_api import Locator, Page

Words = str | re.Pattern[str]


def button(place: Page | Locator, name: Words) -> Locator:
    return place.get_by_role("button", name=name, exact=True)


def link(place: Page | Locator, name: Words) -> Locator:
    return place.get_by_role("link", name=name, exact=True)


def heading(page: Page, name: Words) -> Locator:
    """The page's own heading: whoever sees it has arrived."""
    return page.get_by_role("heading", name=name, level=1)


def number(text: str) -> float:
    """The first number in an Indonesian text."""
    found = re.search(r"\d+(,\d+)?", text)
    assert found, text
    return float(found.group().replace(",", "."))
