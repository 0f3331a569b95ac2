"""An officer keys in a paper by keyboard, and a room looks at a screen that follows by itself."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from surveys.models import Judgement
from surveys.selectors.paper import keyed_sheet
from tests.browser.conftest import PHONE
from tests.surveys import builders

pytestmark = pytest.mark.django_db(transaction=True)

SCREEN = {"viewport": {"width": 1920, "height": 1080}}


@pytest.fixture
def survey(org):
    return builders.survey(org, sizes=(4,))


def keyed(response) -> list[float]:
    return [line.judgement.ratio for line in keyed_sheet(response).pages[0].lines]


def test_a_paper_is_keyed_in_without_the_mouse(survey, laptop, sign_in, edi, org, axe):
    response = builders.response(builders.invitation(survey))
    sign_in(laptop, edi)
    args = [org.slug, survey.pk, response.invitation_id, 1]
    laptop.goto(reverse("surveys:paper-part", args=args))
    axe(laptop)
    laptop.locator(".paper-line__box input").first.focus()
    # The last number leads to the button, which Enter presses.
    laptop.keyboard.type("5-31-92")
    laptop.keyboard.press("ArrowUp")
    laptop.keyboard.type("47")
    laptop.keyboard.press("Enter")
    laptop.wait_for_url("**/paper/")
    assert keyed(response) == [5, 1 / 3, 1, 1 / 9, 4, 7]


def test_a_paper_is_keyed_in_without_scripts(survey, visitors, sign_in, edi, org):
    response = builders.response(builders.invitation(survey))
    page = visitors.open(PHONE, java_script_enabled=False)
    sign_in(page, edi)
    args = [org.slug, survey.pk, response.invitation_id, 1]
    page.goto(reverse("surveys:paper-part", args=args))
    for line, boxes in enumerate(page.locator(".paper-line").all()):
        boxes.locator("input").nth(1 + line % 2).fill("6")
    page.locator("main form button[type=submit]").click()
    assert keyed(response) == [6, 1 / 6] * 3


def test_the_rooms_screen_follows_by_itself(survey, visitors, sign_in, bob, org, axe):
    responses = [
        builders.response(builders.invitation(survey, code=f"P{number}")) for number in range(1, 4)
    ]
    pair = builders.pairs(survey)[0]
    for response in responses[:2]:
        builders.judge(response, *pair, 5)
    page = visitors.open(SCREEN)
    sign_in(page, bob)
    page.goto(reverse("surveys:workshop", args=[org.slug, survey.pk]))
    expect(page.locator(".spread")).to_have_count(0)
    builders.judge(responses[2], *pair, 1 / 3)
    expect(page.locator(".spread")).to_be_visible()
    axe(page)
    page.locator("#spread-table summary").click()
    builders.judge(responses[2], *pair, 5, seq=2)
    expect(page.locator("#spread-table td")).to_have_text(["3"])
    expect(page.locator("#spread-table")).to_have_attribute("open", "")
    assert Judgement.objects.count() == 4
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**?pair=*")


def test_the_rooms_screen_works_without_scripts(survey, visitors, sign_in, bob, org):
    page = visitors.open(PHONE, java_script_enabled=False)
    sign_in(page, bob)
    page.goto(reverse("surveys:workshop", args=[org.slug, survey.pk]))
    for number in range(1, 4):
        response = builders.response(builders.invitation(survey, code=f"P{number}"))
        builders.judge(response, *builders.pairs(survey)[0], 5)
    page.locator("[data-refresh]").click()
    expect(page.locator(".spread")).to_be_visible()
    page.locator("[rel=next]").click()
    page.wait_for_url("**?pair=*")
