"""The three values of a KPI have its decimals wherever they are read: 0,10 beside 0,15."""

from datetime import date
from decimal import Decimal

import pytest

from scorecards.models import Measurement
from tests import factories
from tests.scorecards.pages import page


@pytest.fixture
def period(org):
    objective = factories.objective(factories.perspective(factories.scorecard(org)))
    kpi = factories.kpi(objective, code="P-1", unit="rasio", decimals=2)
    factories.target(kpi, valid_from=date(2026, 1, 1))
    kpi.targets.update(worst=Decimal("0.1"), standard=Decimal("0.15"), goal=Decimal("0.3"))
    period = factories.period(kpi.scorecard, start=date(2026, 1, 1), end=date(2026, 12, 31))
    Measurement.objects.create(kpi=kpi, period=period, value=Decimal("0.2"))
    return period


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("target-plan", ("0,10 · 0,15 · 0,30",)),
        ("report", ("terburuk\u00a00,10", "target\u00a00,30", "(0,20 − 0,15) ÷ (0,30 − 0,15)")),
        ("kpi", ("0,10", "0,30")),
    ],
)
def test_every_page_has_them(client_for, edi, period, name, words):
    kpi = period.scorecard.kpis.get()
    args = {"report": [period.start], "kpi": [kpi.pk]}.get(name, [])

    text = client_for(edi).get(page(name, period.scorecard, *args)).text

    for each in words:
        assert each in text


def test_what_has_more_decimals_keeps_them(client_for, edi, period):
    period.scorecard.kpis.get().targets.update(worst=Decimal("0.125"))

    assert "0,125 · 0,15 · 0,30" in client_for(edi).get(page("target-plan", period.scorecard)).text
