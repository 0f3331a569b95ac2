"""Whatever happens to a KPI, a closed period stays as it was."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from scorecards.models import KPI, Measurement, Period
from scorecards.selectors.report import digest, period_report
from scorecards.services.measurements import record_measurement
from scorecards.services.periods import close_period
from tests import factories
from tests.scorecards.pages import page

NOW = datetime(2026, 11, 21, 3, 42, tzinfo=UTC)


@pytest.fixture
def kpi(org) -> KPI:
    scorecard = factories.scorecard(org)
    kpi = factories.kpi(
        factories.objective(factories.perspective(scorecard)),
        code="C-1",
        unit="%",
        formula="ratio",
        input_names={"amount": "Keluhan", "base": "Pesanan"},
    )
    factories.target(kpi, worst=20, standard=10, goal=0)
    return kpi


@pytest.fixture
def period(kpi, edi) -> Period:
    period = factories.period(kpi.scorecard)
    inputs = {"amount": Decimal(1), "base": Decimal(20)}
    record_measurement(kpi=kpi, period=period, inputs=inputs, by=edi)
    close_period(period=period, by=edi, now=NOW)
    period.refresh_from_db()
    return period


def edited(kpi: KPI, **changes: object) -> dict[str, object]:
    return {
        "objective": kpi.objective_id,
        "name": kpi.name,
        "code": kpi.code,
        "unit": "%",
        "decimals": "0",
        "formula": "ratio",
        "name_ratio_amount": "Keluhan",
        "name_ratio_base": "Pesanan",
        "version": kpi.version,
    } | changes


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("kpi-edit", lambda kpi: edited(kpi, formula="profit-margin")),
        ("kpi-edit", lambda kpi: edited(kpi, formula="", name="Lain", unit="kali")),
        ("kpi-edit", lambda kpi: edited(kpi, name_ratio_base="Nota", rule_ratio="last")),
        ("kpi-edit", lambda kpi: edited(kpi, frequency="yearly", decimals="4")),
        (
            "kpi-status",
            lambda kpi: {"status": "dropped", "status_reason": "Sulit", "version": kpi.version},
        ),
        ("kpi-delete", lambda kpi: {"version": kpi.version, "sure": "on"}),
    ],
)
def test_closed_report_stays(
    kpi, period, edi, client_for, name: str, sent: Callable[[KPI], dict[str, object]]
):
    before = digest(period_report(period))
    client = client_for(edi)
    assert client.post(page(name, kpi.scorecard, kpi.pk), sent(kpi)).status_code == 302
    assert digest(period_report(period)) == before
    row = next(period_report(period).rows)
    assert [(each.title, each.value) for each in row.inputs] == [("Keluhan", 1), ("Pesanan", 20)]


def test_measured_kpi_is_deleted_only_with_a_word_and_dropping_is_offered(
    kpi, period, edi, client_for
):
    client = client_for(edi)
    url = page("kpi-delete", kpi.scorecard, kpi.pk)
    assert page("kpi-status", kpi.scorecard, kpi.pk) in client.get(url).text
    assert client.post(url, {"version": kpi.version}).status_code == 422
    assert Measurement.objects.filter(kpi=kpi).exists()
