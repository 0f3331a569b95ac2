"""Numbers while they are typed: weights that are added up, amounts that are read back."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from organizations.models import Organization, User
from scorecards.models import KPI, Measurement
from tests import factories
from tests.scorecards.percentages import PERCENTAGES

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kpi(org: Organization) -> KPI:
    objective = factories.objective(factories.perspective(factories.scorecard(org)))
    kpi = factories.kpi(objective, code="F-1", unit="rupiah")
    factories.kpi(objective, code="F-2")
    factories.target(kpi)
    return kpi


def test_weights_are_added_up_as_the_server_reads_them(
    phone: Page, sign_in: Callable[[Page, User], None], edi: User, kpi: KPI
) -> None:
    sign_in(phone, edi)
    scorecard = kpi.scorecard
    phone.goto(reverse("scorecards:weights-edit", args=[scorecard.organization.slug, scorecard.pk]))
    first, total = phone.locator("weight-sum input").first, phone.locator(".weight-sum__total")
    for text, number in PERCENTAGES.items():
        first.fill(text)
        if number is None:
            expect(total).to_be_hidden()
        else:
            shown = f"{number.normalize():f}".replace(".", ",")
            # Of three decimals, two are shown.
            expect(total).to_contain_text(shown[: len("33,33")])


def test_an_amount_in_words_is_read_back_on_a_phone(
    phone: Page, sign_in: Callable[[Page, User], None], edi: User, kpi: KPI
) -> None:
    period = factories.period(kpi.scorecard, start=date(2026, 7, 1), end=date(2026, 9, 30))
    sign_in(phone, edi)
    slug = kpi.scorecard.organization.slug
    phone.goto(reverse("scorecards:entry", args=[slug, kpi.scorecard.pk, period.start]))
    phone.locator(f"#kpi-{kpi.pk}-value").fill("1,5 juta")
    expect(phone.locator(f"#kpi-{kpi.pk} .entry-row__read").first).to_contain_text(
        "Terbaca: 1.500.000"
    )
    assert Measurement.objects.get().value == Decimal(1_500_000)
