"""Linking two objectives by pressing them on the map, with the mouse and with the keyboard."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import factories


@pytest.fixture
def scorecard(org):
    scorecard = factories.scorecard(org)
    top = factories.perspective(scorecard, code="PO", order=1)
    below = factories.perspective(scorecard, code="P", order=2)
    factories.objective(top, code="PO-1", statement="Laba naik")
    factories.objective(below, code="P-1", statement="Pelanggan baru")
    return scorecard


def address(live_server, scorecard):
    path = reverse("scorecards:map", args=[scorecard.organization.slug, scorecard.pk])
    return f"{live_server.url}{path}"


def test_pressing_two_objectives_fills_in_the_form(live_server, laptop, sign_in, edi, scorecard):
    sign_in(laptop, edi)
    laptop.goto(address(live_server, scorecard))
    laptop.locator("map-linking [data-toggle]").click()
    laptop.locator("[data-objective]", has_text="P-1").click()
    laptop.locator("[data-objective]", has_text="PO-1").click()
    expect(laptop.locator("#links [name=reason]")).to_be_focused()
    laptop.keyboard.type("Pelanggan baru membeli")
    laptop.keyboard.press("Enter")
    expect(laptop.locator(".link-row__what")).to_contain_text("P-1")
    link = scorecard.cause_links.get()
    assert (link.cause.code, link.effect.code) == ("P-1", "PO-1")
    assert link.reason == "Pelanggan baru membeli"


def test_enter_on_an_objective_counts_as_pressing(live_server, laptop, sign_in, edi, scorecard):
    sign_in(laptop, edi)
    laptop.goto(address(live_server, scorecard))
    laptop.locator("map-linking [data-toggle]").press("Enter")
    laptop.locator("[data-objective]", has_text="PO-1").press("Enter")
    laptop.locator("[data-objective]", has_text="P-1").press("Enter")
    chosen = laptop.locator("#links [name=effect] option:checked")
    expect(chosen).to_contain_text("P-1")
    expect(laptop.locator("#links [name=reason]")).to_be_focused()


def test_escape_leaves_the_objectives_as_links(live_server, laptop, sign_in, edi, scorecard):
    sign_in(laptop, edi)
    laptop.goto(address(live_server, scorecard))
    button = laptop.locator("map-linking [data-toggle]")
    button.click()
    button.press("Escape")
    expect(button).to_have_attribute("aria-pressed", "false")
    laptop.locator("[data-objective]", has_text="P-1").click()
    laptop.wait_for_url("**#objective-*")
