"""Ladders and ranges in what is made of them: report, entry, map, gains, CSV, frozen report."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from scorecards.anchor_words import anchor_words
from scorecards.models import Period, Scorecard, Target
from scorecards.selectors.report import KPIRow, build_report, from_json, period_report, to_json
from scorecards.selectors.report.words import level_formula, points_text, standard_text
from scorecards.services.periods import close_period
from tests import factories
from tests.scorecards.pages import page

RUNGS = ("45", "46", "48", "51", "55", "60", "66", "73", "81", "90", "100")  # from level 0 up
RANGE = {"worst": 75, "standard": 125, "goal": 175, "standard_high": 200, "worst_high": 300}
DAY = date(2020, 1, 1)


@pytest.fixture
def period(org) -> Period:
    """A scorecard with a ladder (growth) and a range (liquidity), nothing entered."""
    scorecard = factories.scorecard(org)
    objective = factories.objective(factories.perspective(scorecard, code="F"))
    ladder = factories.kpi(objective, code="F-1", unit="%", decimals=0)
    in_range = factories.kpi(objective, code="F-2", unit="%", decimals=0)
    Target.objects.create(kpi=ladder, kind="ladder", rungs=list(RUNGS), valid_from=DAY)
    Target.objects.create(kpi=in_range, kind="range", valid_from=DAY, **RANGE)
    return factories.period(scorecard)


def measure(period: Period, growth: str | None, liquidity: str | None) -> dict[str, KPIRow]:
    values = {"F-1": growth, "F-2": liquidity}
    for kpi in period.scorecard.kpis.all():
        if values[kpi.code] is not None:
            factories.measurement(kpi, period, Decimal(values[kpi.code]))
    return {row.code: row for row in build_report(period).rows}


@pytest.mark.parametrize(
    ("mode", "growth", "liquidity"), [("exact", 4.5, 1.5), ("rung", 4.5, 1.5), ("floor", 4.0, 1.0)]
)
def test_levels_by_mode(period, mode, growth, liquidity):
    period.scorecard.level_mode = mode
    rows = measure(period, "57.5", "250")

    assert rows["F-1"].level == pytest.approx(growth)
    # Rounded rungs of 200 to 300 in whole percent stand at 267 and 233: 250 lies in the middle.
    assert rows["F-2"].level == pytest.approx(liquidity)


@pytest.mark.parametrize(
    ("value", "level", "clamped", "on_standard"),
    [
        ("75", 0, False, False),
        ("50", 0, True, False),
        ("125", 3, False, True),
        ("175", 10, False, False),
        ("200", 3, False, True),
        ("320", 0, True, False),
        ("150", 6.5, False, False),
    ],
)
def test_range_counts_from_both_sides(period, value, level, clamped, on_standard):
    row = measure(period, None, value)["F-2"]

    assert row.level == pytest.approx(level)
    assert (row.clamped, row.on_standard) == (clamped, on_standard)


def test_target_of_a_ladder_is_its_rung_of_level_3(period):
    row = measure(period, "51", None)["F-1"]

    assert (row.level, row.on_standard, row.light) == (3, True, "red")


@pytest.mark.parametrize(
    ("mode", "growth", "sums"),
    [
        ("exact", "57.5", ("4 + (57.5 − 55) ÷ (60 − 55) = 4.5", "3 × (250 − 300) ÷ (200 − 300)")),
        (
            "floor",
            "57.5",
            ("reaches 55%, the value of level 4, and not yet 60%, that of level 5", "267%"),
        ),
        ("exact", "120", ("120% reaches the target 100%: level 10", "= 1.5")),
        ("exact", "45", ("does not get beyond the worst value 45%: level 0", "= 1.5")),
    ],
)
def test_computation_is_written_out(period, mode, growth, sums):
    period.scorecard.level_mode = mode
    measure(period, growth, "250")
    report = build_report(period)

    with translation.override("en"):
        for row, expected in zip(report.rows, sums, strict=True):
            assert expected in level_formula(row, report.settings)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("175", "175% reaches the target 175%: level 10"),
        ("70", "does not get beyond the worst value 75%"),
        ("310", "does not get beyond the worst value 300%"),
    ],
)
def test_ends_of_a_range_are_named_by_their_side(period, value, words):
    measure(period, None, value)
    report = build_report(period)

    with translation.override("en"):
        assert words in level_formula(list(report.rows)[1], report.settings)


def test_points_are_named(period):
    rows = measure(period, None, None)

    with translation.override("en"):
        called = anchor_words("standard")
        assert "standard\u00a0125%\u00a0to\u00a0200%" in points_text(rows["F-2"], called)
        points = points_text(rows["F-1"], called)
        assert "worst\u00a045% · standard\u00a051% · target\u00a0100%" in points
        points = points_text(rows["F-1"], anchor_words("lasem"))
        assert "worst\u00a045% · target\u00a051% · best\u00a0value\u00a0100%" in points
        assert [standard_text(row) for row in rows.values()] == ["51%", "125% to 200%"]


def test_gains_lead_to_level_3_and_to_the_middle(period):
    measure(period, "48", "250")
    gains = {gain.code: gain for gain in build_report(period).gains}

    assert gains["F-1"].to_standard == pytest.approx((3 - 2) / 2)
    assert gains["F-2"].to_standard == pytest.approx((3 - 1.5) / 2)
    assert gains["F-2"].to_goal == pytest.approx((10 - 1.5) / 2)
    assert gains["F-2"].next_light == "amber"


def test_closing_freezes_them_without_loss(period, alice):
    measure(period, "57.5", "150")
    live = build_report(period)
    assert from_json(to_json(live)) == live

    close_period(period=period, by=alice, now=timezone.now())
    for target in Target.objects.filter(kpi__scorecard=period.scorecard):
        target.kind = "anchors"
        target.worst, target.standard, target.goal, target.rungs = Decimal(0), Decimal(1), 2, []
        target.save()
    period.refresh_from_db()

    frozen = period_report(period)
    assert [row.level for row in frozen.rows] == [row.level for row in live.rows]
    assert [row.points for row in frozen.rows] == [row.points for row in live.rows]


def test_csv_keeps_every_point(period, alice, client_for):
    measure(period, "57.5", "150")
    client = client_for(alice)
    client.cookies["django_language"] = "en"
    url = reverse("scorecards:report-csv", args=["pesisir", period.scorecard_id, period.start])

    text = client.get(url).content.decode("utf-8-sig")

    head, ladder, in_range = csv.reader(io.StringIO(text))
    places = slice(head.index("Worst value (level 0)"), head.index("values of level 0 to 10") + 1)
    assert ladder[places] == ["45", "51", "100", "", "", " | ".join(RUNGS)]
    assert in_range[places] == ["75", "125", "175", "200", "300", ""]


def test_pages_show_them(period, edi, client_for):
    measure(period, "57.5", "150")
    scorecard, client = period.scorecard, client_for(edi)
    client.cookies["django_language"] = "en"
    names = {"report": "125%", "entry": "125% to 200%"}

    for name, words in names.items():
        url = reverse(f"scorecards:{name}", args=["pesisir", scorecard.pk, period.start])
        assert words in client.get(url).content.decode()
    drawn = client.get(page("map", scorecard) + "?lights=on")
    assert drawn.status_code == 200


def test_target_of_the_other_scoring_gives_no_level(period):
    period.scorecard.scoring = Scorecard.Scoring.LIKERT
    period.scorecard.red_limit, period.scorecard.green_limit = Decimal("2.6"), Decimal("3.4")
    rows = measure(period, "57.5", "150")

    assert {row.level for row in rows.values()} == {None}
