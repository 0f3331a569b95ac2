"""A number that several KPIs ask for is typed once."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from scorecards.models import KPI, Measurement, Period, Scorecard
from scorecards.selectors.entry import entry_sheet
from scorecards.services.measurements import record_measurement
from tests import factories


@pytest.fixture
def scorecard(org) -> Scorecard:
    return factories.scorecard(org)


@pytest.fixture
def objective(scorecard):
    return factories.objective(factories.perspective(scorecard))


@pytest.fixture
def retention(objective) -> KPI:
    return factories.kpi(objective, code="C-1", unit="%", formula="retention-rate")


@pytest.fixture
def churn(objective) -> KPI:
    return factories.kpi(objective, code="C-2", unit="%", formula="churn-rate")


@pytest.fixture
def acquisition(objective) -> KPI:
    return factories.kpi(objective, code="C-3", unit="%", formula="acquisition-rate")


@pytest.fixture
def period(scorecard) -> Period:
    return factories.period(scorecard)


@pytest.fixture
def url(period) -> str:
    scorecard = period.scorecard
    return reverse(
        "scorecards:entry", args=[scorecard.organization.slug, scorecard.pk, period.start]
    )


def boxes(kpi: KPI, version: int = 0, **texts: str) -> dict[str, str]:
    prefix = f"kpi-{kpi.pk}"
    typed = {f"{prefix}-input-{key}": text for key, text in texts.items()}
    return typed | {f"{prefix}-version": str(version)}


def others_of(period: Period, kpi: KPI) -> dict[str, tuple[str, ...]]:
    return {
        box.number.one.key: box.number.others for box in entry_sheet(period).rows[kpi.pk].numbers
    }


def stored(kpi: KPI) -> Measurement:
    return Measurement.objects.get(kpi=kpi)


def numbers(**inputs: int) -> dict[str, Decimal]:
    return {key: Decimal(value) for key, value in inputs.items()}


def test_boxes_say_who_else_asks(retention, churn, acquisition, period):
    assert others_of(period, retention) == {
        "opening": ("C-2", "C-3"),
        "gained": ("C-3",),
        "closing": (),
    }


def test_one_number_computes_every_kpi(retention, churn, acquisition, url, edi, client_for):
    """Without JavaScript: each number is typed at one KPI and left empty at the others."""
    data = boxes(retention, opening="50", gained="10", closing="52")
    data |= boxes(churn, lost="8", opening="") | boxes(acquisition, gained="", opening="")
    assert client_for(edi).post(url, data).status_code == 302
    assert [stored(kpi).value for kpi in (retention, churn, acquisition)] == [84, 16, 20]


def test_changed_number_goes_to_all(retention, churn, url, edi, period, client_for):
    for kpi, inputs in (
        (retention, numbers(opening=50, gained=10, closing=52)),
        (churn, numbers(lost=8, opening=50)),
    ):
        record_measurement(kpi=kpi, period=period, inputs=inputs, by=edi)
    data = boxes(retention, 1, opening="80", gained="10", closing="52")
    data |= boxes(churn, 1, lost="8", opening="50")
    assert client_for(edi).post(url, data).status_code == 302
    assert (stored(retention).inputs["opening"], stored(churn).value) == ("80", 10)


def test_two_different_numbers_are_asked_back(retention, churn, url, edi, client_for):
    data = boxes(retention, opening="50", gained="10", closing="52")
    data |= boxes(churn, lost="8", opening="55")
    answer = client_for(edi).post(url, data)
    assert answer.status_code == 422
    rows = answer.context["sheet"].rows
    assert "55" in rows[retention.pk].boxes.errors["input-opening"]
    assert "C-1" in rows[churn.pk].boxes.errors["input-opening"]
    assert not Measurement.objects.exists()


def test_stored_number_is_suggested_to_the_others(retention, churn, period, url, edi, client_for):
    inputs = numbers(opening=50, gained=10, closing=52)
    record_measurement(kpi=retention, period=period, inputs=inputs, by=edi)
    lost, opening = entry_sheet(period).rows[churn.pk].numbers
    assert (lost.text, opening.text, opening.source) == ("", "50", "C-1")
    client_for(edi).post(url, boxes(churn, lost="", opening="50"))
    assert not Measurement.objects.filter(kpi=churn).exists()


def test_stored_numbers_that_differ_are_shown(retention, churn, period, edi):
    inputs = numbers(opening=50, gained=10, closing=52)
    record_measurement(kpi=retention, period=period, inputs=inputs, by=edi)
    record_measurement(kpi=churn, period=period, inputs=numbers(lost=8, opening=55), by=edi)
    opening = entry_sheet(period).rows[retention.pk].numbers[0]
    assert opening.number.elsewhere == (("C-2", Decimal(55)),)


def test_suggestions_need_not_be_emptied_for_not_applicable(
    retention, churn, period, url, edi, client_for
):
    inputs = numbers(opening=50, gained=10, closing=52)
    record_measurement(kpi=retention, period=period, inputs=inputs, by=edi)
    ticked = {f"kpi-{churn.pk}-not_applicable": "on", f"kpi-{churn.pk}-note": "Belum dicatat"}
    data = boxes(churn, lost="", opening="50") | ticked
    assert client_for(edi).post(url, data).status_code == 302
    assert stored(churn).not_applicable
    assert entry_sheet(period).rows[churn.pk].numbers[1].text == ""


def test_numbers_with_names_of_their_own_are_shared_by_name(objective, period):
    complaints = {"formula": "ratio", "unit": "%"}
    orders = factories.kpi(
        objective, code="A", input_names={"amount": "Keluhan", "base": "Pesanan"}, **complaints
    )
    factories.kpi(
        objective, code="B", input_names={"amount": "Retur", "base": "pesanan "}, **complaints
    )
    unnamed = factories.kpi(objective, code="C", **complaints)
    factories.kpi(objective, code="D", **complaints)
    assert others_of(period, orders) == {"amount": (), "base": ("B",)}
    assert others_of(period, unnamed) == {"amount": (), "base": ()}


def test_cost_of_an_effort_is_each_efforts_own(objective, period):
    first, _second = (factories.kpi(objective, formula="roi", unit="%") for _ in range(2))
    assert others_of(period, first) == {"proceeds": (), "cost": ()}


def test_numbers_of_a_year_are_not_those_of_a_quarter(retention, churn, scorecard):
    churn.frequency = "yearly"
    churn.save()
    period = factories.period(scorecard, start=date(2026, 10, 1), end=date(2026, 12, 31))
    assert others_of(period, retention) == {"opening": (), "gained": (), "closing": ()}
    assert entry_sheet(period).rows[churn.pk].about


def test_long_list_of_codes_is_cut(retention, objective, period):
    for number in range(8):
        factories.kpi(objective, code=f"D-{number}", unit="%", formula="acquisition-rate")
    opening = entry_sheet(period).rows[retention.pk].numbers[0]
    assert len(opening.number.others) == 8
    with translation.override("en"):
        assert opening.others == "D-0, D-1, D-2, D-3, D-4, D-5 and 2 more"
