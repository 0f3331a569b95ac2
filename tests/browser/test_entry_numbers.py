"""Entering the numbers behind KPIs: one typed once fills every box that asks for it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from organizations.models import Organization, User
from scorecards.models import KPI, Measurement
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def retention(org: Organization) -> KPI:
    scorecard = factories.scorecard(org)
    objective = factories.objective(factories.perspective(scorecard))
    return factories.kpi(objective, code="C-1", unit="%", formula="retention-rate")


@pytest.fixture
def churn(retention: KPI) -> KPI:
    return factories.kpi(retention.objective, code="C-2", unit="%", formula="churn-rate")


def test_number_typed_once_is_saved_at_every_kpi(
    phone: Page,
    sign_in: Callable[[Page, User], None],
    edi: User,
    retention: KPI,
    churn: KPI,
) -> None:
    period = factories.period(retention.scorecard, start=date(2026, 7, 1), end=date(2026, 9, 30))
    slug = retention.scorecard.organization.slug
    sign_in(phone, edi)
    phone.goto(reverse("scorecards:entry", args=[slug, retention.scorecard_id, period.start]))

    phone.locator(f"#kpi-{churn.pk}-input-lost").fill("8")
    for key, number in {"gained": "10", "closing": "52", "opening": "50"}.items():
        phone.locator(f"#kpi-{retention.pk}-input-{key}").fill(number)

    expect(phone.locator(f"#kpi-{churn.pk}-input-opening")).to_have_value("50")
    expect(phone.locator(f"#kpi-{retention.pk}-feedback")).to_contain_text("84")
    expect(phone.locator(f"#kpi-{churn.pk}-feedback")).to_contain_text("16")
    values = Measurement.objects.order_by("kpi__code").values_list("value", flat=True)
    assert list(values) == [84, 16]


def test_only_the_chosen_formula_asks_for_names(
    phone: Page, sign_in: Callable[[Page, User], None], edi: User, retention: KPI
) -> None:
    scorecard = retention.scorecard
    sign_in(phone, edi)
    phone.goto(
        reverse(
            "scorecards:kpi-edit", args=[scorecard.organization.slug, scorecard.pk, retention.pk]
        )
    )
    ratio_name = phone.locator("[name=name_ratio_base]")
    expect(phone.locator("[name=name_retention-rate_opening]")).to_be_visible()
    expect(ratio_name).to_be_hidden()
    phone.locator("[name=formula][value=ratio]").check()
    expect(ratio_name).to_be_visible()
