"""What a report says beside its numbers is true of every KPI on it."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from organizations.figures import NO_BREAK_SPACE
from scorecards.models import KPI, Period, Scorecard, Target
from scorecards.selectors.report import KPIRow, PeriodReport, build_report
from scorecards.selectors.report.words import clamped_text, level_formula
from tests import factories
from tests.scorecards.pages import in_english, page

CUTS = {"cut_1": 20, "cut_2": 15, "cut_3": 10, "cut_4": 5}
LIKERT = {"scoring": "likert", "red_limit": Decimal("2.5"), "green_limit": Decimal("3.5")}


def new_kpi(scorecard: Scorecard, **fields: object) -> KPI:
    return factories.kpi(factories.objective(factories.perspective(scorecard)), **fields)


def reported(kpi: KPI, value: str) -> tuple[KPIRow, PeriodReport]:
    period = kpi.scorecard.periods.first() or factories.period(kpi.scorecard)
    factories.measurement(kpi, period, Decimal(value))
    report = build_report(Period.objects.get(pk=period.pk))
    return next(row for row in report.rows if row.kpi_id == kpi.pk), report


def formula(kpi: KPI, value: str) -> str:
    with translation.override("en"):
        row, report = reported(kpi, value)
        return level_formula(row, report.settings).replace(NO_BREAK_SPACE, " ")


def report_text(client, period: Period) -> str:
    html = in_english(client).get(page("report", period.scorecard, period.start)).text
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


# -- How a level came about


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("6", "6 orang does not reach 7 orang, the value of level 1, so it is level 0"),
        ("5", "5 orang does not get beyond the worst value 5 orang: level 0"),
        ("9", "9 orang reaches 8 orang, the value of level 2, and not yet 10 orang"),
        ("10", "10 orang is exactly the standard: level 3"),
        ("30", "30 orang reaches the target 25 orang: level 10"),
    ],
)
def test_whole_levels_say_what_was_reached(org, value, said):
    kpi = new_kpi(factories.scorecard(org, level_mode="floor"), unit="orang", decimals=0)
    factories.target(kpi, 5, 10, 25)
    assert formula(kpi, value).startswith(said)


def test_whole_levels_where_lower_is_better(org):
    kpi = new_kpi(factories.scorecard(org, level_mode="floor"), unit="hari", decimals=0)
    factories.target(kpi, 25, 10, 5)
    assert "24 hari does not reach 20 hari, the value of level 1" in formula(kpi, "24")


@pytest.mark.parametrize(
    ("points", "value", "said"),
    [
        ((60, 90, 90), "89", "the value of level 2, and not yet 90 kali, that of level 10"),
        ((0, 1, 2), "0.5", "the value of level 1, and not yet 1 kali, that of level 3"),
        ((0, 1, 2), "1.5", "the value of level 6, and not yet 2 kali, that of level 10"),
    ],
)
def test_what_comes_next_is_the_level_that_it_gives(org, points, value, said):
    kpi = new_kpi(factories.scorecard(org, level_mode="floor"), unit="kali", decimals=0)
    factories.target(kpi, *points)
    assert formula(kpi, value).endswith(said)


@pytest.mark.parametrize("mode", ["rung", "floor"])
def test_the_standard_among_rungs_in_one_place(org, mode):
    """Rounded, levels 2 to 6 stand at 1: "1 reaches 1: level 3" explains nothing."""
    kpi = new_kpi(factories.scorecard(org, level_mode=mode), unit="kali", decimals=0)
    factories.target(kpi, 0, 1, 2)
    assert formula(kpi, "1") == "1 kali is exactly the standard: level 3"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("25", "25 kali does not reach 20 kali, the limit of score 2, so it is score 1"),
        ("15", "15 kali reaches 15 kali, the limit of score 3"),
        ("2", "2 kali reaches 5 kali, the limit of score 5"),
    ],
)
def test_scores_name_the_limit_that_was_reached(org, value, said):
    kpi = new_kpi(factories.scorecard(org, **LIKERT), unit="kali", decimals=0)
    Target.objects.create(kpi=kpi, kind="cut_points", valid_from=date(2020, 1, 1), **CUTS)
    assert formula(kpi, value) == said


@pytest.mark.parametrize(
    ("value", "words", "said"),
    [
        ("120", "standard", "Beyond the target, so it counts as level 10."),
        ("120", "lasem", "Beyond the best value, so it counts as level 10."),
        ("-5", "standard", "Worse than the worst value, so it counts as level 0."),
    ],
)
def test_beyond_the_scale_is_said_by_its_side(org, value, words, said):
    kpi = new_kpi(factories.scorecard(org, anchor_words=words))
    factories.target(kpi)
    row, report = reported(kpi, value)
    with translation.override("en"):
        assert clamped_text(row, report.settings) == said


# -- The legend


def test_a_standard_that_is_the_target_is_no_red(org, client_for, alice):
    scorecard = factories.scorecard(org)
    two, one = new_kpi(scorecard, code="K-2"), new_kpi(scorecard, code="K-1")
    factories.target(two)
    factories.target(one, 0, 100, 100)
    reported(two, "50")
    row, report = reported(one, "100")
    assert (row.level, row.light) == (10, "green")
    text = report_text(client_for(alice), Period.objects.get(pk=report.period_id))
    assert "K-1 : standard and target are the same there" in text.replace("K-1:", "K-1 :")
    assert "gets level 10 at once" in text


def test_where_amber_begins_follows_the_limit(org, client_for, alice):
    scorecard = factories.scorecard(org, red_limit=Decimal(5))
    kpi = new_kpi(scorecard)
    factories.target(kpi)
    _row, report = reported(kpi, "50")
    text = report_text(client_for(alice), Period.objects.get(pk=report.period_id))
    assert "is still red" in text
    assert "Amber begins once the standard is passed" not in text
    assert "Amber begins above the standard" not in text
    assert "are the same there" not in text


def test_a_report_of_scores_speaks_of_scores(org, client_for, alice):
    kpi = new_kpi(factories.scorecard(org, **LIKERT))
    Target.objects.create(kpi=kpi, kind="mean", valid_from=date(2020, 1, 1))
    _row, report = reported(kpi, "2.5")
    text = report_text(client_for(alice), Period.objects.get(pk=report.period_id))
    assert "How to read scores and colours" in text
    assert "To highest score" in text
    assert "score × weight, summed over its KPIs" in text
    for word in ("Level", "level ", "standard", "To target"):
        assert word not in text, word
