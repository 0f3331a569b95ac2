"""The report without colour and on paper."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from surveys.demo.people import PASSWORD
from tests.browser.conftest import LAPTOP, PHONE, Visitors
from tests.browser.looks import overflow
from tests.every_page import World

pytestmark = pytest.mark.django_db(transaction=True)

SHAPES = {"Merah": "light-red", "Kuning": "light-amber", "Hijau": "light-green"}
SHAPES |= {"Belum diisi": "light-not-entered", "Tidak berlaku": "light-not-applicable"}
A4 = (595, 842)  # points
PAPER_WIDTH = 718  # CSS pixels: A4 without the margins of print.css


def open_report(visitors: Visitors, world: World, start: str, device: dict = LAPTOP) -> Page:
    page = visitors.open(device)
    page.goto("/sign-in/")
    page.locator("input[name=email]").fill(world.admin.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/o/**")
    page.goto(f"/o/batik-lasem/scorecards/{world.scorecard.pk}/periods/{start}/report/")
    return page


@pytest.mark.parametrize("device", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_every_light_has_a_word_and_a_shape_of_its_own(visitors, world, device):
    page = open_report(visitors, world, "2018-01-01", device)
    lights = page.locator(".light")
    seen = set()
    for light in lights.all():
        if not light.is_visible():
            continue
        word = light.locator(".light__word").inner_text()
        shape = light.locator("use").get_attribute("href")
        assert shape.endswith(f"#{SHAPES[word]}"), (word, shape)
        seen.add(word)
    assert seen == SHAPES.keys()


def test_the_shapes_differ_in_grey(visitors, world):
    """What is drawn, with the colour taken away: no two lights look alike."""
    page = open_report(visitors, world, "2018-01-01")
    pictures = page.evaluate(
        """async (names) => {
          const sprite = await (await fetch("/static/img/icons.svg")).text();
          const symbols = new DOMParser().parseFromString(sprite, "image/svg+xml");
          return names.map((name) => symbols.getElementById(name).innerHTML
            .replace(/(fill|stroke|class)="[^"]*"/g, ""));
        }""",
        list(SHAPES.values()),
    )
    assert len(set(pictures)) == len(SHAPES)


def test_marks_on_ladders_have_the_shape_of_their_light(visitors, world):
    page = open_report(visitors, world, "2018-01-01")
    for light in ("red", "amber", "green"):
        marks = page.locator(f".report-row--{light} .ladder use")
        for mark in marks.all():
            assert mark.get_attribute("href").endswith(f"#light-{light}")


def test_the_report_fits_on_paper(visitors, world):
    page = open_report(visitors, world, "2017-01-01")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER_WIDTH, "height": 1000})
    assert not overflow(page)
    clipped = page.evaluate(
        """() => [...document.querySelectorAll("main *")]
          .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1
            && getComputedStyle(one).overflowX !== "visible"
            && !one.closest(".visually-hidden"))
          .map((one) => one.outerHTML.slice(0, 100))"""
    )
    assert not clipped
    for hidden in ("header.site-header", ".skip-link", ".page-header__actions"):
        expect(page.locator(hidden)).to_be_hidden()


def test_the_report_as_pdf(visitors, world, tmp_path: Path):
    """What "save as PDF" gives: A4 pages on which every KPI stands with its light."""
    page = open_report(visitors, world, "2017-01-01")
    file = tmp_path / "report.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", file.read_bytes())
    assert sizes
    assert all((round(float(w)), round(float(h))) == A4 for w, h in sizes)
    reader = shutil.which("pdftotext")
    if reader is None:
        return  # what is said above holds without it
    text = subprocess.run([reader, "-layout", file, "-"], capture_output=True, check=True).stdout
    words = text.decode()
    for kpi in world.scorecard.kpis.all():
        assert re.search(rf"\b{kpi.code}\b", words), kpi.code
    assert {"Merah", "Kuning"} <= set(re.findall(r"\w+", words))
