"""The strategy map printed: one A4 page across, whoever prints it, however much stands on it."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page

from scorecards.models import CauseLink, Objective, Scorecard
from tests import factories
from tests.browser.conftest import PHONE
from tests.scorecards.pages import page as address

A4_ACROSS = (842, 595)  # points


@pytest.fixture
def crowded(org) -> Scorecard:
    """Five bands of eight objectives, each of which drives two of the band above: 64 links."""
    scorecard = factories.scorecard(org, name="Empat puluh sasaran")
    bands: list[list[Objective]] = []
    for number in range(5):
        perspective = factories.perspective(scorecard, order=number)
        text = "Pelanggan puas atas pelayanan koperasi yang cepat"
        bands.append([factories.objective(perspective, statement=text) for _ in range(8)])
    CauseLink.objects.bulk_create(
        CauseLink(scorecard=scorecard, cause=cause, effect=effects[(place + shift) % 8])
        for effects, causes in pairwise(bands)
        for place, cause in enumerate(causes)
        for shift in (0, 3)
    )
    return scorecard


def paper_sizes(page: Page) -> list[tuple[int, int]]:
    """Width and height of each printed page, in points."""
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True))
    return [(round(float(width)), round(float(height))) for width, height in boxes]


@pytest.mark.parametrize("device", [PHONE, {"viewport": {"width": 1280, "height": 800}}])
def test_crowded_map_is_one_page_across(visitors, sign_in, edi, crowded, device):
    page = visitors.open(device)
    sign_in(page, edi)
    page.goto(address("map", crowded))

    assert paper_sizes(page) == [A4_ACROSS]


def test_map_fills_the_sheet_and_nothing_else_is_printed(laptop, sign_in, edi, crowded):
    sign_in(laptop, edi)
    laptop.goto(address("map", crowded))
    laptop.set_viewport_size({"width": 1084, "height": 756})  # the sheet within its margins
    laptop.emulate_media(media="print")

    drawing = laptop.locator("svg.map").bounding_box()
    assert drawing["height"] > 0.9 * 756
    assert drawing["y"] + drawing["height"] <= 756
    assert not laptop.locator(".map-list").is_visible()
    assert not laptop.get_by_role("navigation").first.is_visible()


def test_page_of_an_empty_map_stays_upright(laptop, sign_in, edi, org):
    sign_in(laptop, edi)
    laptop.goto(address("map", factories.scorecard(org)))

    assert paper_sizes(laptop) == [(595, 842)]
