from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from organizations.models import Organization, User
from tests.browser.conftest import LAPTOP, PHONE, Visitors


@pytest.mark.parametrize("device", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_officer_signs_in_and_comes_home(
    visitors: Visitors,
    sign_in: Callable[[Page, User], None],
    axe: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    alice: User,
    org: Organization,
    device: dict,
):
    page = visitors.open(device)
    page.goto(reverse("organizations:login"))
    axe(page)
    picture(page, "sign-in")
    sign_in(page, alice)
    assert f"/o/{org.slug}/" in page.url
    axe(page)
    picture(page, "home")


def test_wrong_password_is_answered_on_the_page(visitors: Visitors, phone: Page, alice: User):
    phone.goto(reverse("organizations:login"))
    phone.locator("input[name=email]").fill(alice.email)
    phone.locator("input[name=password]").fill("salah")
    phone.locator("main form button[type=submit]").click()
    phone.wait_for_selector("[role=alert], .error-summary")
    assert phone.locator("input[name=email]").input_value() == alice.email
    visitors.forgive("status of 422")
