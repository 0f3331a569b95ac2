"""Setting a target in a real browser: kinds, the ladder while typing, a pasted column."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from organizations.models import Organization, User
from scorecards.models import KPI
from tests import factories
from tests.browser.conftest import PHONE, Visitors

pytestmark = pytest.mark.django_db(transaction=True)

RUNGS = ("100", "90", "81", "73", "66", "60", "55", "51", "48", "46", "45")  # from level 10 down
PASTE = """(box, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", text);
    const paste = { clipboardData, bubbles: true, cancelable: true };
    box.dispatchEvent(new ClipboardEvent("paste", paste));
}"""


@pytest.fixture
def kpi(org: Organization) -> KPI:
    objective = factories.objective(factories.perspective(factories.scorecard(org)))
    return factories.kpi(objective, unit="%", decimals=0)


def address(kpi: KPI) -> str:
    scorecard = kpi.scorecard
    return reverse(
        "scorecards:target-create", args=[scorecard.organization.slug, scorecard.pk, kpi.pk]
    )


@pytest.fixture
def form(phone: Page, sign_in: Callable[[Page, User], None], edi: User, kpi: KPI) -> Page:
    sign_in(phone, edi)
    phone.goto(address(kpi))
    return phone


def fill(form: Page, **values: str) -> None:
    for name, value in values.items():
        form.locator(f"[name={name}]").fill(value)


def test_ladder_is_drawn_while_one_types(form: Page, kpi: KPI) -> None:
    fill(form, worst="5", standard="10", goal="25")

    said = form.locator("[data-preview] [data-said]")
    expect(said).to_contain_text("5,33")
    expect(form.locator(".target-ladder__rung")).to_have_count(11)
    expect(form.locator("[data-status]")).to_contain_text("5,33")
    form.locator("summary", has_text="tabel").click()
    fill(form, tried="20")
    expect(said).to_contain_text("7,67")
    expect(form.locator(".rungs")).to_be_visible()  # it stays open
    assert not kpi.targets.exists()


def test_only_the_boxes_of_the_chosen_kind_are_there(form: Page) -> None:
    expect(form.locator("[name=goal]")).to_be_visible()
    expect(form.locator("[name=worst_high]")).to_be_hidden()

    form.locator("[name=kind][value=range]").check()
    expect(form.locator("[name=worst_high]")).to_be_visible()
    expect(form.locator("[name=rung_3]")).to_be_hidden()

    form.locator("[name=kind][value=ladder]").check()
    expect(form.locator("[name=rung_3]")).to_be_visible()
    expect(form.locator("[name=goal]")).to_be_hidden()


def test_pasted_column_spreads_over_the_rungs(form: Page, kpi: KPI) -> None:
    form.locator("[name=kind][value=ladder]").check()

    form.locator("[name=rung_10]").evaluate(PASTE, "\n".join(RUNGS))

    expect(form.locator("[name=rung_0]")).to_have_value("45")
    expect(form.locator("[data-preview] .target-ladder")).to_contain_text("73")
    form.locator("#target-form button.btn-primary").click()
    form.wait_for_url(f"**/kpis/{kpi.pk}/")
    assert kpi.targets.get().rungs == list(reversed(RUNGS))


def test_without_javascript_a_button_draws_it(
    visitors: Visitors, sign_in: Callable[[Page, User], None], edi: User, kpi: KPI
) -> None:
    page = visitors.open(PHONE, java_script_enabled=False)
    sign_in(page, edi)
    page.goto(address(kpi))
    fill(page, worst="5", standard="10", goal="25", tried="15")

    page.locator("#target-form button[name=preview]").click()

    expect(page.locator("[data-said]")).to_contain_text("5,33")
    expect(page.locator("[name=goal]")).to_have_value("25")
    expect(page.locator("[name=rung_3]")).to_be_visible()
