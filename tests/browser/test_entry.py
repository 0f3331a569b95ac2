"""Entering values on a phone: saved field by field, asked back, offline for a while."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from organizations.models import Organization, User
from scorecards.models import KPI, Measurement, Period
from scorecards.services.measurements import record_measurement
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
    expect(status(entering)).to_have_text(
        entering.locator("entry-sheet").get_attribute("data-retrying")
    )
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
    entering.locator("form.entry button[type=submit]").click()
    expect(status(entering)).to_have_text(SAVED)
    assert Measurement.objects.get().value == 61
    visitors.forgive("409")


def test_form_without_javascript(visitors: Visitors, sign_in, edi, period, kpi):
    page = visitors.open(PHONE, java_script_enabled=False)
    sign_in(page, edi)
    page.goto(address(period))
    box(page, kpi).fill("dua belas")
    page.locator("form.entry button[type=submit]").click()
    expect(box(page, kpi)).to_have_value("dua belas")
    box(page, kpi).fill("12")
    page.locator("form.entry button[type=submit]").click()
    expect(page.locator(".alert-success")).to_be_visible()
    assert Measurement.objects.get().value == 12
    visitors.forgive("422")
