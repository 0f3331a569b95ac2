"""What raises the index, where there is hardly anything to gain."""

from datetime import date

import pytest
from django.utils import translation

from scorecards.templatetags import report as report_tags
from tests import factories
from tests.scorecards.pages import page


@pytest.mark.parametrize(
    ("gain", "indonesian"),
    [(0.61, "+0,61"), (0.005001, "+0,01"), (0.0049, "sedikit lagi"), (0, "0,00")],
)
def test_a_small_gain_is_not_nothing(gain, indonesian):
    """Red at level 3 and nothing to gain by the next colour: signs that contradict each other."""
    with translation.override("id"):
        assert report_tags.gained(gain) == indonesian


def test_exactly_on_target_the_next_colour_is_a_gain(client_for, edi, org):
    """Level 3 in a KPI of two decimals with a small weight: amber is a hair away."""
    objective = factories.objective(factories.perspective(factories.scorecard(org)))
    kpi = factories.kpi(objective, code="P-1", unit="%", decimals=4)
    factories.target(kpi, 0, 30, 100, valid_from=date(2026, 1, 1))
    period = factories.period(kpi.scorecard, start=date(2026, 1, 1), end=date(2026, 12, 31))
    factories.measurement(kpi, period, 30)

    text = client_for(edi).get(page("report", kpi.scorecard, period.start)).text

    row = text[text.index('class="table table--cards gains"') :]
    assert "sedikit lagi" in row
    assert "sudah dipenuhi" in row
    assert "+0,00" not in row
