"""Entering values on a phone: saved field by field, asked back, offline for a while."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Dialog, Locator, Page, expect

from organizations.models import Organization, Role, User
from scorecards.models import KPI, Measurement, Period, UnsavedEntry
from scorecards.services.measurements import record_measurement
from scorecards.services.periods import close_period
from tests import factories
from tests.browser.conftest import PHONE, Visitors

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kpi(org: Organization) -> KPI:
    scorecard = factories.scorecard(org)
    kpi = factories.kpi(
        factories.objective(factories.perspective(scorecard)), code="C-1", unit="%", decimals=1
    )
    factories.target(kpi)
    return kpi


@pytest.fixture
def period(kpi: KPI) -> Period:
    return factories.period(kpi.scorecard, start=date(2026, 7, 1), end=date(2026, 9, 30))


def address(period: Period) -> str:
    scorecard = period.scorecard
    return reverse(
        "scorecards:entry", args=[scorecard.organization.slug, scorecard.pk, period.start]
    )


def box(page: Page, kpi: KPI) -> Locator:
    return page.locator(f"#kpi-{kpi.pk}-value")


def status(page: Page) -> Locator:
    return page.locator("[data-status]")


@pytest.fixture
def entering(phone: Page, sign_in: Callable[[Page, User], None], edi: User, period: Period) -> Page:
    sign_in(phone, edi)
    phone.goto(address(period))
    return phone


SAVED = re.compile(r"\d\d[.:]\d\d")


def test_value_is_saved_while_typing(entering, kpi, axe):
    axe(entering)
    box(entering, kpi).fill("12,5")
    expect(status(entering)).to_have_text(SAVED)
    assert Measurement.objects.get().value == Decimal("12.5")
    row = entering.locator(f"#kpi-{kpi.pk}")
    expect(row.locator(".light-red")).to_be_visible()
    # A red value opens the box for its note.
    row.locator("textarea").fill("Pemasok terlambat")
    expect(row.locator(".entry-row__ask")).to_have_count(0)
    assert Measurement.objects.get().note == "Pemasok terlambat"
    axe(entering)


def test_unclear_number_is_asked_back(entering, kpi, visitors):
    box(entering, kpi).fill("1.500")
    expect(box(entering, kpi)).to_have_attribute("aria-invalid", "true")
    expect(status(entering)).to_contain_text("C-1")
    expect(box(entering, kpi)).to_have_value("1.500")
    assert not Measurement.objects.exists()
    visitors.forgive("422")


def test_dropped_network_loses_nothing(entering, kpi, visitors):
    entering.context.set_offline(True)
    box(entering, kpi).fill("40")
    expect(status(entering)).to_have_text(status(entering).get_attribute("data-offline"))
    entering.context.set_offline(False)
    expect(status(entering)).to_have_text(SAVED)
    assert Measurement.objects.get().value == 40
    visitors.forgive("ERR_INTERNET_DISCONNECTED")


def test_only_the_button_decides_a_conflict(entering, kpi, period, alice, visitors):
    record_measurement(kpi=kpi, period=period, value=Decimal(50), by=alice)
    box(entering, kpi).fill("60")
    expect(entering.locator(".entry-conflict")).to_contain_text("Alice")
    box(entering, kpi).fill("61")
    box(entering, kpi).blur()
    entering.wait_for_timeout(1500)
    assert Measurement.objects.get().value == 50
    entering.locator(".entry-bar button").click()
    expect(status(entering)).to_have_text(SAVED)
    assert Measurement.objects.get().value == 61
    visitors.forgive("409")


def test_form_without_javascript(visitors: Visitors, sign_in, edi, period, kpi):
    page = visitors.open(PHONE, java_script_enabled=False)
    sign_in(page, edi)
    page.goto(address(period))
    box(page, kpi).fill("dua belas")
    page.locator(".entry-bar button").click()
    expect(box(page, kpi)).to_have_value("dua belas")
    box(page, kpi).fill("12")
    page.locator(".entry-bar button").click()
    expect(page.locator(".alert-success")).to_be_visible()
    assert Measurement.objects.get().value == 12
    visitors.forgive("422")


def test_fixed_bars_leave_a_phone_its_page(entering, kpi, period, alice, visitors):
    """At most 96 px together, also with more refused than fits, a conflict and a signed-out end."""
    for n in range(5):
        factories.target(factories.kpi(kpi.objective, code=f"PELANGGAN-{n}", unit="rupiah"))
    entering.reload()
    record_measurement(kpi=kpi, period=period, value=Decimal(50), by=alice)
    for field in entering.locator(".entry-row__input").all():
        field.fill("60" if field.get_attribute("id") == f"kpi-{kpi.pk}-value" else "dua")
    entering.locator(".entry-row__input").last.blur()
    expect(status(entering)).to_have_text(SAVED)
    assert _fixed(entering) <= 96
    entering.context.clear_cookies()
    box(entering, kpi).fill("61")
    expect(status(entering).locator("a[target]")).to_be_visible()
    assert _fixed(entering) <= 96
    assert entering.evaluate("document.documentElement.scrollWidth") == 360
    for status_code in ("422", "409", "403"):
        visitors.forgive(status_code)


def _fixed(page: Page) -> float:
    """How many pixels of the window its fixed bars take, scrolled to the middle of the page."""
    page.evaluate("scrollTo(0, document.body.scrollHeight / 3)")
    return page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((each) => ["fixed", "sticky"].includes(getComputedStyle(each).position))
            .reduce((sum, each) => sum + each.getBoundingClientRect().height, 0)"""
    )


# -- What isn't saved: said, asked about, and there when one comes back


@pytest.fixture
def other(kpi: KPI) -> KPI:
    other = factories.kpi(kpi.objective, code="C-2", unit="rupiah")
    factories.target(other)
    return other


@pytest.fixture
def two(other: KPI, entering: Page) -> Page:
    """The page with both KPIs on it."""
    entering.reload()
    return entering


def leave(page: Page) -> list[str]:
    """Goes away as somebody who says yes, and returns what was asked."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.locator(".breadcrumbs a").last.click()
    page.wait_for_url(lambda url: "/entry/" not in url)
    page.remove_listener("dialog", answer)
    return asked


def test_bar_names_what_is_refused_after_another_is_saved(two, kpi, other, period, visitors, axe):
    box(two, kpi).fill("dua belas")
    expect(box(two, kpi)).to_have_attribute("aria-invalid", "true")
    box(two, other).fill("1500")
    expect(status(two)).to_have_text(SAVED)
    expect(status(two)).to_contain_text("C-1")
    expect(status(two)).not_to_contain_text("C-2")
    axe(two)
    status(two).get_by_role("link", name="C-1").click()
    expect(box(two, kpi)).to_be_in_viewport()
    assert leave(two) == ["beforeunload"]
    two.goto(address(period))
    expect(box(two, kpi)).to_have_value("dua belas")
    expect(status(two)).to_contain_text("C-1")
    box(two, kpi).fill("12")
    expect(status(two)).not_to_contain_text("C-1")
    assert leave(two) == []
    visitors.forgive("422")


def test_conflict_waits_for_whoever_comes_back(two, kpi, other, period, alice, visitors):
    record_measurement(kpi=kpi, period=period, value=Decimal(50), by=alice)
    box(two, kpi).fill("60")
    expect(two.locator(".entry-conflict")).to_contain_text("Alice")
    box(two, kpi).fill("61")  # while it waits
    box(two, other).fill("1500")
    expect(status(two)).to_have_text(SAVED)
    expect(status(two)).to_contain_text("C-1")
    assert leave(two) == ["beforeunload"]
    two.goto(address(period))
    expect(box(two, kpi)).to_have_value("61")
    expect(two.locator(".entry-conflict")).to_contain_text("Alice")
    assert Measurement.objects.get(kpi=kpi).value == 50
    two.locator(".entry-bar button").click()
    expect(status(two)).to_have_text(SAVED)
    expect(two.locator(".entry-conflict")).to_have_count(0)
    assert Measurement.objects.get(kpi=kpi).value == 61
    visitors.forgive("409")


def test_discarding_puts_back_what_is_stored(two, kpi, other, period, edi, visitors):
    box(two, kpi).fill("12,5")
    expect(status(two)).to_have_text(SAVED)
    box(two, kpi).fill("dua belas")
    expect(box(two, kpi)).to_have_attribute("aria-invalid", "true")
    two.locator(f"#kpi-{kpi.pk} [name=discard]").click()
    expect(box(two, kpi)).to_have_value("12,5")
    expect(box(two, kpi)).not_to_have_attribute("aria-invalid", "true")
    expect(status(two)).not_to_contain_text("C-1")
    assert leave(two) == []
    visitors.forgive("422")


def test_enter_saves_and_discards_nothing(two, kpi, other, visitors):
    box(two, kpi).fill("dua belas")
    expect(box(two, kpi)).to_have_attribute("aria-invalid", "true")
    box(two, other).fill("1500")
    box(two, other).press("Enter")
    expect(status(two)).to_have_text(SAVED)
    expect(box(two, kpi)).to_have_value("dua belas")
    assert UnsavedEntry.objects.count() == 1
    visitors.forgive("422")


def test_what_was_not_sent_yet_is_sent_when_one_comes_back(two, kpi, other, period, visitors):
    two.context.set_offline(True)
    box(two, kpi).fill("40")
    box(two, other).fill("1500")
    expect(status(two)).to_have_text(status(two).get_attribute("data-offline"))
    two.close(run_before_unload=False)
    page = two.context.new_page()
    two.context.set_offline(False)
    page.goto(address(period))
    expect(status(page)).to_have_text(SAVED)
    expect(box(page, kpi)).to_have_value("40")
    assert set(Measurement.objects.values_list("value", flat=True)) == {40, 1500}
    assert page.evaluate("Object.keys(localStorage)") == []
    visitors.forgive("ERR_INTERNET_DISCONNECTED")


def test_browser_keeps_only_ids_and_values(two, kpi, other):
    two.context.set_offline(True)
    box(two, kpi).fill("40")
    stored = two.evaluate("JSON.stringify(localStorage)")
    assert f"kpi-{kpi.pk}-value" in stored
    for secret in ("Edi", "pesisir", "csrf", "C-1"):
        assert secret not in stored
    two.context.set_offline(False)
    expect(status(two)).to_have_text(SAVED)


def test_session_that_ended_loses_nothing(two, kpi, other, period, edi, sign_in, visitors):
    two.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    box(two, kpi).fill("40")
    expect(status(two).locator("a")).to_have_attribute("target", "_blank")
    requests: list[str] = []
    two.on("request", lambda request: requests.append(request.url))
    box(two, other).fill("1500")
    two.wait_for_timeout(1500)
    assert requests == [], "nobody is asked again in vain"
    again = two.context.new_page()
    sign_in(again, edi)
    again.close()
    two.bring_to_front()
    two.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(status(two)).to_have_text(SAVED)
    assert set(Measurement.objects.values_list("value", flat=True)) == {40, 1500}
    visitors.forgive("401")
    visitors.forgive("403")


@pytest.mark.parametrize("reason", ["refused", "gone"])
def test_what_can_never_be_saved_is_not_tried_again(two, kpi, edi, reason, visitors, period):
    if reason == "gone":
        period.delete()
    else:
        edi.memberships.update(role=Role.RESEARCHER)
    box(two, kpi).fill("40")
    expect(status(two)).to_have_text(status(two).get_attribute(f"data-{reason}"))
    requests: list[str] = []
    two.on("request", lambda request: requests.append(request.url))
    two.wait_for_timeout(2500)
    assert requests == []
    expect(box(two, kpi)).to_have_value("40")
    visitors.forgive("404" if reason == "gone" else "403")


def test_period_closed_meanwhile(two, kpi, other, period, edi, alice, visitors, axe):
    record_measurement(kpi=other, period=period, value=Decimal(1500), by=alice)
    close_period(period=period, by=alice, now=timezone.now())
    box(two, kpi).fill("60")
    expect(status(two)).to_contain_text("C-1")
    assert leave(two) == ["beforeunload"]
    two.goto(address(period))
    expect(two.get_by_text("C-1: 60").first).to_be_visible()
    axe(two)
    two.locator("[name=discard]").click()
    two.wait_for_url("**/report/")
    visitors.forgive("409")


def test_two_windows_of_one_person(two, kpi, other, period, visitors):
    second = two.context.new_page()
    second.goto(address(period))
    box(two, kpi).fill("dua belas")
    expect(box(two, kpi)).to_have_attribute("aria-invalid", "true")
    # The other window never showed it, and its button sends every box.
    box(second, other).fill("1500")
    second.locator(".entry-bar button").click()
    expect(status(second)).to_have_text(SAVED)
    second.goto(address(period))
    expect(box(second, kpi)).to_have_value("dua belas")
    visitors.forgive("422")


def test_without_javascript_nothing_is_lost_either(
    visitors, sign_in, edi, alice, period, kpi, other
):
    page = visitors.open(PHONE, java_script_enabled=False)
    sign_in(page, edi)
    page.goto(address(period))
    record_measurement(kpi=other, period=period, value=Decimal(50), by=alice)
    box(page, kpi).fill("dua belas")
    box(page, other).fill("60")
    page.locator(".entry-bar button").click()
    expect(page.locator(".entry-conflict")).to_contain_text("Alice")
    page.goto(reverse("surveys:home", args=[period.scorecard.organization.slug]))
    page.locator(".alert a").click()
    expect(box(page, kpi)).to_have_value("dua belas")
    expect(box(page, other)).to_have_value("60")
    expect(page.locator(".entry-conflict")).to_contain_text("Alice")
    page.locator(f"#kpi-{kpi.pk} [name=discard]").click()
    expect(box(page, kpi)).to_have_value("")
    assert Measurement.objects.get().value == 50, "discarding one decides nothing"
    page.locator(".entry-bar button").click()
    expect(page.locator(".alert-success")).to_be_visible()
    assert Measurement.objects.get().value == 60
    visitors.forgive("409")
