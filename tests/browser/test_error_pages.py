from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import LAPTOP, PHONE, Visitors


@pytest.mark.parametrize("device", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_page_that_does_not_exist(
    visitors: Visitors,
    axe: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    device: dict,
):
    page = visitors.open(device)
    response = page.goto("/this-page-does-not-exist/")
    assert response is not None
    assert response.status == 404
    assert page.locator("h1").count() == 1
    axe(page)
    picture(page, "404")
    visitors.forgive("status of 404")


@pytest.mark.parametrize("device", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_form_from_another_site(visitors: Visitors, axe: Callable[[Page], None], device: dict):
    page = visitors.open(device)
    page.goto("/livez")
    page.set_content('<form method="post" action="/language/"><button>Go</button></form>')
    with page.expect_navigation() as navigation:
        page.locator("button").click()
    assert navigation.value.status == 403
    axe(page)
    visitors.forgive("status of 403")
