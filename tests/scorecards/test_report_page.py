"""The report as people read it, on the screen and in files."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from organizations.models import Organization, User
from scorecards.exports.cells import number_cell, text_cell
from scorecards.models import Period, Scorecard
from scorecards.selectors.report import period_report
from scorecards.selectors.report.words import level_formula
from scorecards.services.periods import close_period
from tests import factories
from tests.scorecards.lasem import LEVELS, Lasem, lasem

NOW = datetime(2026, 11, 21, 3, 42, tzinfo=UTC)


@pytest.fixture
def published(org: Organization) -> Lasem:
    return lasem(org)


def address(period: Period, name: str = "report") -> str:
    scorecard = period.scorecard
    return reverse(
        f"scorecards:{name}", args=[scorecard.organization.slug, scorecard.pk, period.start]
    )


@pytest.fixture
def reading(client_for: Callable[[User], Client], bob: User) -> Callable[[Period, str, str], str]:
    """What a researcher reads at one of a period's addresses, in a language."""

    def read(period: Period, name: str = "report", language: str = "en") -> str:
        client = client_for(bob)
        client.cookies["django_language"] = language
        answer = client.get(address(period, name))
        assert answer.status_code == 200
        return answer.content.decode("utf-8-sig")

    return read


# -- The page


@pytest.mark.parametrize(("language", "mark"), [("en", "."), ("id", ",")])
def test_lasem_on_the_page(published, reading, language, mark):
    text = reading(published.period, language=language)
    for level in LEVELS.values():
        assert f"{level:.2f}".replace(".", mark) in text
    assert f"4{mark}70" in text
    for score in ("5.77", "3.63", "5.74", "3.67"):
        assert score.replace(".", mark) in text


def test_on_target_is_explained(published, reading):
    text = reading(published.period)
    assert "Only just at the standard: level 3, which is still red." in text
    assert "Amber begins once the standard is passed" in text


def test_reconstructed_weights_are_marked(published, reading):
    text = reading(published.period)
    perspectives = len(period_report(published.period).perspectives)
    # In the summary, the weights' own section twice, every table, every KPI's label on a phone.
    assert text.count("reconstructed") >= 2 + perspectives + len(LEVELS)
    assert "The experts didn't press these answers here" in text
    assert reverse("surveys:study-list") in text


def test_computation_is_shown_with_its_numbers(published, reading):
    text = reading(published.period)
    assert "3 + 7 × (12.00 − 10.00) ÷ (25.00 − 10.00) = 3.933" in text
    assert "3 × (14.00 − 25.00) ÷ (10.00 − 25.00) = 2.2" in text


def test_empty_period_says_what_to_do(client_for, published, edi):
    empty = factories.period(published.scorecard, start=date(2018, 1, 1), end=date(2018, 12, 31))
    text = client_for(edi).get(address(empty)).text
    assert address(empty, "entry") in text
    assert "report-csv" not in text


def test_period_without_kpis_and_without_targets(client_for, reading, org, edi):
    period = factories.period(factories.scorecard(org))
    design = reverse("scorecards:scorecard", args=[org.slug, period.scorecard.pk])
    assert design in client_for(edi).get(address(period)).text
    kpi = factories.kpi(factories.objective(factories.perspective(period.scorecard)))
    factories.measurement(kpi, period)
    assert "target in force" in reading(period)


def test_period_in_which_nothing_applies_says_why(published, reading, org):
    period = lasem(org, entered=False).period
    for kpi in period.scorecard.kpis.all():
        factories.measurement(kpi, period, None, not_applicable=True, reason="Pasar tutup")
    page = reading(period, language="en")
    assert "No KPI applies in this period" in page
    assert page.count("Pasar tutup") == len(LEVELS)
    assert "Set targets" not in page


def test_missing_and_not_applicable_are_told_apart(published, reading):
    first, second = published.kpis["C-1"], published.kpis["C-2"]
    first.measurements.all().delete()
    second.measurements.all().delete()
    factories.measurement(
        second, published.period, None, not_applicable=True, reason="Tidak ada survei"
    )
    text = reading(published.period)
    assert "Left out until it is filled in." in text
    assert "Tidak ada survei" in text
    assert "17 of 18 KPIs filled in." in " ".join(text.split())


def test_provisional_is_said(published, reading):
    for code in ("PO-1", "PO-2", "P-1", "P-2"):
        published.kpis[code].measurements.all().delete()
    assert "This result is provisional" in reading(published.period)


def test_names_are_escaped(published, reading):
    published.kpis["C-1"].name = "<script>alert(1)</script>"
    published.kpis["C-1"].save()
    assert "<script>alert" not in reading(published.period)


def test_closed_report_stays_on_the_page(published, reading, edi):
    close_period(period=published.period, by=edi, now=NOW)
    published.period.refresh_from_db()
    published.kpis["C-1"].name = "Nama baru"
    published.kpis["C-1"].save()
    text = reading(published.period)
    assert "Nama baru" not in text
    assert "Peningkatan pelanggan per tahun" in text


def test_open_report_is_never_an_old_one(published, reading, edi):
    before = reading(published.period)
    measurement = published.kpis["C-1"].measurements.get()
    measurement.value = Decimal("0.25")
    measurement.save()
    after = reading(published.period)
    assert "reaches the target 0.25" in after
    assert "reaches the target 0.25" not in before


def test_page_queries_do_not_grow(flat_queries, client_for, published, bob):
    client = client_for(bob)

    def grow() -> None:
        perspective = factories.perspective(published.scorecard)
        for _ in range(5):
            kpi = factories.kpi(factories.objective(perspective))
            factories.target(kpi)
            factories.measurement(kpi, published.period)

    flat_queries(lambda: client.get(address(published.period)), grow)
    flat_queries(lambda: client.get(address(published.period, "report-csv")), grow)


# -- How a level is explained


def explained(scorecard: Scorecard, value: str, **anchors: int) -> str:
    kpi = factories.kpi(factories.objective(factories.perspective(scorecard)))
    factories.target(kpi, **anchors)
    period = scorecard.periods.first() or factories.period(scorecard)
    factories.measurement(kpi, period, Decimal(value))
    report = period_report(period)
    row = next(row for row in report.rows if row.kpi_id == kpi.pk)
    return level_formula(row, report.settings)


@pytest.mark.parametrize(
    ("mode", "value", "text"),
    [
        ("exact", "15", "3 × (15 − 0) ÷ (30 − 0) = 1,5"),
        ("exact", "65", "3 + 7 × (65 − 30) ÷ (100 − 30) = 6,5"),
        ("exact", "30", "3 + 7 × (30 − 30) ÷ (100 − 30) = 3"),
        ("rung", "65", "6 + (65 − 60) ÷ (70 − 60) = 6,5"),
    ],
)
def test_formula(org, mode, value, text):
    assert explained(factories.scorecard(org, level_mode=mode), value) == text


def test_formula_with_a_negative_anchor(org):
    text = explained(factories.scorecard(org), "-5", worst=-10, standard=0, goal=10)
    assert text == "3 × ((-5) − (-10)) ÷ (0 − (-10)) = 1,5"


@pytest.mark.parametrize(("mode", "value"), [("floor", "65"), ("exact", "100"), ("exact", "0")])
def test_formula_in_words(org, mode, value):
    text = explained(factories.scorecard(org, level_mode=mode), value)
    assert "÷" not in text
    assert value in text


# -- CSV and JSON


def rows_of(text: str, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), delimiter=separator))


def test_csv_has_the_exact_numbers(published, reading):
    head, *lines = rows_of(reading(published.period, "report-csv"))
    assert len(lines) == 18
    level = head.index("level")
    code = head.index("KPI code")
    assert {line[code]: round(float(line[level]), 3) for line in lines} == LEVELS
    assert {len(line) for line in lines} == {len(head)}


def test_csv_in_indonesian_has_the_decimal_comma(published, reading):
    _, first, *_ = rows_of(reading(published.period, "report-csv", "id"), ";")
    assert "0,2" in first
    assert "6,5" in {cell[:3] for cell in first}


def test_csv_begins_with_a_byte_order_mark(client_for, published, bob):
    answer = client_for(bob).get(address(published.period, "report-csv"))
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Disposition"].endswith('.csv"')


FORMULAS = ["=1+1", "@x", "+cmd", "-2+3", "\t=1", " =1", "\r=1"]


@pytest.mark.parametrize("text", [*FORMULAS, "\uff1d1+1", "\uff0bcmd", "\u00a0=1", "\u3000\uff20x"])
def test_csv_cell_is_no_formula(text):
    assert text_cell(text) == f"'{text}"


def test_csv_of_hostile_names(published, reading):
    kpi = published.kpis["C-1"]
    kpi.name, kpi.unit = '=HYPERLINK("x";"y")', "@x"
    kpi.save()
    line = next(line for line in rows_of(reading(published.period, "report-csv")) if "C-1" in line)
    assert '\'=HYPERLINK("x";"y")' in line
    assert "'@x" in line


def test_csv_numbers_are_numbers():
    assert number_cell(Decimal("-1500.50")) == "-1500,5"
    assert number_cell(Decimal("1E+6")) == "1000000"
    assert number_cell(None) == ""


def test_json_is_the_whole_read_model(published, reading):
    report = json.loads(reading(published.period, "report-json"))["report"]
    rows = [row for part in report["perspectives"] for row in part["kpis"]]
    assert {row["code"]: round(row["level"], 3) for row in rows} == LEVELS
    assert next(row["measured"] for row in rows if row["code"] == "PO-1") == 0.2
    assert report["weights"]["provenance"] == "reconstructed"


def test_likert_csv_has_four_cut_points(org, reading):
    scorecard = factories.scorecard(
        org, scoring="likert", red_limit=Decimal("2.6"), green_limit=Decimal("3.4")
    )
    kpi = factories.kpi(factories.objective(factories.perspective(scorecard)))
    kpi.targets.create(kind="mean", valid_from=date(2020, 1, 1))
    period = factories.period(scorecard)
    factories.measurement(kpi, period, Decimal("2.45"))
    head, line = rows_of(reading(period, "report-csv"))
    assert len(head) == len(line)
    assert [name for name in head if name.startswith("cut point")] != []
    assert "the mean itself is the score" in reading(period)


# -- Who


def test_outsiders_see_nothing(client_for, published, charlie):
    client = client_for(charlie)
    for name in ("report", "report-csv", "report-json", "entry", "period-close"):
        assert client.get(address(published.period, name)).status_code == 404
