"""Numbers and days in Indonesian and English, through the template filters."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation

from organizations import figures

NBSP = "\u00a0"


def render(expression: str, value: object, language: str = "id", **context: object) -> str:
    template = Template("{% load figures %}{{ value|" + expression + " }}")
    with translation.override(language):
        return template.render(Context({"value": value, **context}))


@pytest.mark.parametrize(
    ("expression", "value", "indonesian", "english"),
    [
        ("figure:0", 1234567, "1.234.567", "1,234,567"),
        ("figure:2", Decimal("1234.5"), "1.234,50", "1,234.50"),
        ("figure:1", 2.25, "2,3", "2.3"),
        ("figure:1", Decimal("-0.04"), "0,0", "0.0"),
        ("figure:2", -1234.567, "-1.234,57", "-1,234.57"),
        ("figure", Decimal("2.5"), "3", "3"),
        ("figure:1", 0.1 + 0.2, "0,3", "0.3"),
        ("figure:3", None, "–", "–"),
        ("figure:3", float("nan"), "–", "–"),
        ("figure:3", float("inf"), "–", "–"),
        ("figure:0", 10**15, "1.000.000.000.000.000", "1,000,000,000,000,000"),
        ("beside:0.1", 0.1004, "0,1004", "0.1004"),
        ("beside:0.1", 0.0996, "0,0996", "0.0996"),
        ("beside:0.1", 0.10004, "0,10004", "0.10004"),
        ("beside:0.1", 0.081, "0,081", "0.081"),
        ("beside:0.1", 0.1, "0,100", "0.100"),
        ("beside:0.1", 0.1 + 1e-12, "0,100", "0.100"),
        ("beside:None", 0.1004, "0,100", "0.100"),
        ("beside:0.1", None, "–", "–"),
        ("trimmed", Decimal("5.300000"), "5,3", "5.3"),
        ("trimmed", Decimal("1500.000000"), "1.500", "1,500"),
        ("trimmed:2", Decimal("5.3333"), "5,33", "5.33"),
        ("trimmed:2", 4.999, "5", "5"),
        ("trimmed", 0, "0", "0"),
        ("trimmed", None, "–", "–"),
        ("percent:1", 0.132, "13,2%", "13.2%"),
        ("percent:0", Decimal("0.805"), "81%", "81%"),
        ("percent", 1, "100,0%", "100.0%"),
        ("percent:1", None, "–", "–"),
        ("rupiah", 1234567, "Rp1.234.567", "Rp1,234,567"),
        ("rupiah", Decimal("1500.50"), "Rp1.500,50", "Rp1,500.50"),
        ("rupiah", Decimal(-1500), "-Rp1.500", "-Rp1,500"),
        ("rupiah", None, "–", "–"),
        ('measure:"%"', Decimal("15.000000"), "15%", "15%"),
        ('measure:"rupiah"', 1234567, "Rp1.234.567", "Rp1,234,567"),
        ('measure:"Rp"', 1234567, "Rp1.234.567", "Rp1,234,567"),
        ('measure:"pelatihan"', 2, f"2{NBSP}pelatihan", f"2{NBSP}pelatihan"),
        ('measure:""', Decimal("4.1"), "4,1", "4.1"),
        ("measure", Decimal("4.1"), "4,1", "4.1"),
        ('measure:"%"', None, "–", "–"),
        ("day", date(2026, 11, 21), "21 November 2026", "21 November 2026"),
        ("day", date(2026, 8, 1), "1 Agustus 2026", "1 August 2026"),
        ("day", None, "–", "–"),
        ("moment", None, "–", "–"),
    ],
)
def test_figures_in_both_languages(expression, value, indonesian, english):
    assert render(expression, value, "id") == indonesian
    assert render(expression, value, "en") == english


def test_measure_with_a_kpi_shows_its_decimals_and_hides_none_that_were_entered():
    kpi = SimpleNamespace(unit="%", decimals=1)
    assert render("measure:kpi", Decimal("15"), kpi=kpi) == "15,0%"
    assert render("measure:kpi", Decimal("15.25"), kpi=kpi) == "15,25%"


def test_measure_escapes_a_unit_that_someone_typed():
    kpi = SimpleNamespace(unit="<b>", decimals=0)
    assert render("measure:kpi", 2, kpi=kpi) == f"2{NBSP}&lt;b&gt;"


@pytest.mark.parametrize(
    ("zone", "indonesian"),
    [
        ("Asia/Jakarta", f"21 November 2026{NBSP}10.42{NBSP}WIB"),
        ("Asia/Makassar", f"21 November 2026{NBSP}11.42{NBSP}WITA"),
        ("Asia/Jayapura", f"21 November 2026{NBSP}12.42{NBSP}WIT"),
    ],
)
def test_moment_names_the_zone(zone, indonesian):
    instant = datetime(2026, 11, 21, 3, 42, tzinfo=UTC)
    assert render("moment:zone", instant, zone=zone) == indonesian
    english = render("moment:zone", instant, "en", zone=zone)
    assert english == indonesian.replace(".42", ":42")


def test_moment_takes_the_zone_of_another_country():
    instant = datetime(2026, 11, 21, 3, 42, tzinfo=UTC)
    with translation.override("en"):
        assert figures.moment(instant, "UTC") == f"21 November 2026{NBSP}03:42{NBSP}UTC"


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    ("value", "text"), [(12.0, "12"), (12.345, "12.35"), (1234.5, "1234.5"), (-0.5, "-0.5")]
)
def test_svg_keeps_the_point_in_every_language(value, text, language):
    assert render("svg", value, language) == text


def test_values_that_are_no_numbers_show_as_nothing():
    assert figures.figure("12", 1) == "–"  # type: ignore[arg-type]
    assert figures.figure(True, 1) == "–"
