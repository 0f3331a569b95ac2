"""KPIs with a formula: their numbers are asked for, and the value is computed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from organizations.models import EditConflict
from scorecards.models import KPI, Measurement, Period, Scorecard
from scorecards.selectors.entry import entry_sheet
from scorecards.selectors.kpi_formula import shown_value
from scorecards.selectors.report import build_report
from scorecards.services.measurements import record_measurement
from scorecards.services.periods import delete_period
from tests import factories

NOW = datetime(2026, 11, 21, 3, 42, tzinfo=UTC)
JSON = {"headers": {"accept": "application/json"}}


@pytest.fixture
def scorecard(org) -> Scorecard:
    return factories.scorecard(org)


@pytest.fixture
def kpi(scorecard) -> KPI:
    """Complaints among orders."""
    kpi = factories.kpi(
        factories.objective(factories.perspective(scorecard)),
        code="C-1",
        unit="%",
        decimals=1,
        formula="ratio",
        input_names={"amount": "Keluhan", "base": "Pesanan"},
    )
    factories.target(kpi, worst=20, standard=10, goal=0)
    return kpi


@pytest.fixture
def period(scorecard) -> Period:
    return factories.period(scorecard)


@pytest.fixture
def url(period) -> str:
    scorecard = period.scorecard
    return reverse(
        "scorecards:entry", args=[scorecard.organization.slug, scorecard.pk, period.start]
    )


def boxes(kpi: KPI, version: int = 0, note: str = "", **texts: str) -> dict[str, str]:
    prefix = f"kpi-{kpi.pk}"
    typed = {f"{prefix}-input-{key}": text for key, text in texts.items()}
    return typed | {f"{prefix}-version": str(version), f"{prefix}-note": note}


def numbers(**inputs: float) -> dict[str, Decimal]:
    return {key: Decimal(str(value)) for key, value in inputs.items()}


def stored(kpi: KPI) -> Measurement:
    return Measurement.objects.get(kpi=kpi)


# -- The service


def test_value_is_computed_to_a_millionth(kpi, period, edi):
    record_measurement(kpi=kpi, period=period, inputs=numbers(amount=1, base=3), by=edi)
    measurement = stored(kpi)
    assert measurement.value == Decimal("33.333333")
    assert (measurement.formula, measurement.inputs) == ("ratio", {"amount": "1", "base": "3"})


def test_history_keeps_the_numbers(kpi, period, edi):
    record_measurement(kpi=kpi, period=period, inputs=numbers(amount=1, base=10), by=edi)
    record_measurement(kpi=kpi, period=period, inputs=numbers(amount=2, base=10), by=edi, seen=1)
    kept = stored(kpi).history.order_by("version").values_list("value", "inputs")
    assert [(int(value), inputs["amount"]) for value, inputs in kept] == [(10, "1"), (20, "2")]


def test_missing_number_is_no_value_and_not_zero(kpi, period, edi):
    record_measurement(kpi=kpi, period=period, inputs=numbers(amount=0), by=edi)
    assert (stored(kpi).value, stored(kpi).inputs) == (None, {"amount": "0"})
    assert build_report(period).filled == 0


def test_same_numbers_written_otherwise_are_no_edit(kpi, period, edi):
    record_measurement(kpi=kpi, period=period, inputs=numbers(amount=5, base=10), by=edi)
    inputs = {"amount": Decimal("5.00"), "base": Decimal("1E+1")}
    assert record_measurement(kpi=kpi, period=period, inputs=inputs, by=edi).version == 1


def test_other_numbers_with_the_same_value_are_an_edit(kpi, period, edi, alice):
    record_measurement(kpi=kpi, period=period, inputs=numbers(amount=1, base=10), by=edi)
    doubled = numbers(amount=2, base=20)
    with pytest.raises(EditConflict) as conflict:
        record_measurement(kpi=kpi, period=period, inputs=doubled, by=alice, seen=0)
    assert conflict.value.submitted.inputs == {"amount": "2", "base": "20"}
    assert record_measurement(kpi=kpi, period=period, inputs=doubled, by=alice, seen=1).version == 2


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"inputs": numbers(amount=1, base=0)}, "divisor-zero"),
        ({"inputs": numbers(amount=1, base=10), "value": Decimal(10)}, "computed"),
        (
            {"inputs": numbers(amount=1), "not_applicable": True, "reason": "Belum ada"},
            "computed",
        ),
        ({"inputs": {"amount": Decimal(10) ** 15}}, "value"),
        ({"inputs": numbers(amount=9e14, base=0.001)}, "result-not-finite"),
    ],
)
def test_refused(kpi, period, edi, fields, code):
    with pytest.raises(ValidationError) as refusal:
        record_measurement(kpi=kpi, period=period, by=edi, **fields)
    assert refusal.value.code == code
    assert not Measurement.objects.exists()


def test_numbers_need_a_formula(kpi, period, edi):
    plain = factories.kpi(kpi.objective)
    with pytest.raises(ValidationError) as refusal:
        record_measurement(kpi=plain, period=period, inputs=numbers(amount=1), by=edi)
    assert refusal.value.code == "no-formula"


def test_period_with_numbers_alone_is_not_empty(kpi, period, edi):
    record_measurement(kpi=kpi, period=period, inputs=numbers(amount=5), by=edi)
    with pytest.raises(ValidationError, match="data"):
        delete_period(period=period, seen=period.version, by=edi)


# -- A formula that changes


def test_value_stays_when_the_kpi_gets_a_formula(kpi, period, edi):
    """Nothing is typed into the new boxes: what was entered before is left as it was."""
    kpi.formula = ""
    record_measurement(kpi=kpi, period=period, value=Decimal(7), by=edi)
    kpi.formula = "ratio"
    record_measurement(kpi=kpi, period=period, inputs={}, note="Naik", by=edi, seen=1)
    assert (stored(kpi).value, stored(kpi).note) == (7, "Naik")
    record_measurement(kpi=kpi, period=period, inputs=numbers(amount=1), by=edi, seen=2)
    assert (stored(kpi).value, stored(kpi).formula) == (None, "ratio")


def test_numbers_stay_when_the_kpi_loses_its_formula(kpi, period, edi):
    record_measurement(kpi=kpi, period=period, inputs=numbers(amount=1, base=10), by=edi)
    kpi.formula = ""
    record_measurement(kpi=kpi, period=period, value=Decimal(10), by=edi, seen=1)
    assert stored(kpi).inputs == {"amount": "1", "base": "10"}
    record_measurement(kpi=kpi, period=period, value=Decimal(11), by=edi, seen=1)
    assert (stored(kpi).inputs, stored(kpi).formula) == ({}, "")


def test_page_says_that_a_value_is_older_than_the_formula(kpi, period, url, edi, client_for):
    factories.measurement(kpi, period, 7)
    row = entry_sheet(period).rows[kpi.pk]
    assert (row.is_old, [box.text for box in row.numbers]) == (True, ["", ""])
    client = client_for(edi)
    assert "7,0%" in client.get(url).text
    version = stored(kpi).version
    assert client.post(url, boxes(kpi, version, amount="", base="")).status_code == 302
    assert stored(kpi).value == 7


def test_what_was_typed_for_the_formula_before_is_given_back(kpi, url, edi, client_for):
    """The page was loaded while the value itself was asked for."""
    sent = boxes(kpi) | {f"kpi-{kpi.pk}-value": "12,5"}
    answer = client_for(edi).post(url, sent)
    assert answer.status_code == 422
    assert "12,5" in answer.context["sheet"].rows[kpi.pk].boxes.errors["input-amount"]
    assert not Measurement.objects.exists()


# -- The page


def test_page_asks_for_the_numbers_by_the_kpis_names(kpi, url, edi, client_for):
    text = client_for(edi).get(url).text
    assert "Keluhan" in text
    assert "Pesanan" in text
    assert f'name="kpi-{kpi.pk}-input-base"' in text
    assert f'name="kpi-{kpi.pk}-value"' not in text


def test_numbers_are_saved_and_the_formula_is_shown(kpi, url, edi, client_for):
    client = client_for(edi)
    assert client.post(url, boxes(kpi, amount="3", base="1.200")).status_code == 302
    assert stored(kpi).value == Decimal("0.25")
    assert "3 / 1.200 × 100 = 0,25%" in client.get(url).text


def test_half_of_the_numbers_is_kept_and_the_other_half_named(kpi, url, edi, client_for):
    client = client_for(edi)
    answer = client.post(url, boxes(kpi, amount="3", base=""), **JSON)
    assert answer.status_code == 200
    [row] = answer.json()["rows"].values()
    assert "Pesanan" in row["html"]
    assert answer.json()["filled"] == 0
    assert f'name="kpi-{kpi.pk}-input-amount" value="3"' in client.get(url).text


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ({"amount": "3", "base": "0"}, "input-base"),
        ({"amount": "tiga", "base": "60"}, "input-amount"),
        ({"amount": "3", "base": "-5"}, "input-base"),
    ],
)
def test_refusal_stands_at_its_number(kpi, url, edi, client_for, typed, name):
    answer = client_for(edi).post(url, boxes(kpi, **typed))
    assert answer.status_code == 422
    row = answer.context["sheet"].rows[kpi.pk]
    assert list(row.boxes.errors) == [name]
    assert dict(row.boxes.inputs) == typed
    assert f'href="#kpi-{kpi.pk}-{name}"' in answer.text
    assert not Measurement.objects.exists()


def test_refusal_names_the_number_in_the_readers_language(kpi, url, edi, client_for):
    answer = client_for(edi).post(url, boxes(kpi, amount="3", base="0"))
    assert "“Pesanan”" in answer.text
    assert "nothing can be divided" not in answer.text


def test_impossible_number_is_refused_at_its_box(kpi, url, edi, client_for):
    kpi.formula, kpi.input_names = "clv", {}
    kpi.save()
    typed = {"margin": "50000", "retention": "120", "discount": "1", "periods": "12"}
    answer = client_for(edi).post(url, boxes(kpi, **typed))
    assert list(answer.context["sheet"].rows[kpi.pk].boxes.errors) == ["input-retention"]


def test_not_applicable_needs_empty_boxes(kpi, url, edi, client_for):
    ticked = {f"kpi-{kpi.pk}-not_applicable": "on"}
    client = client_for(edi)
    sent = boxes(kpi, note="Tidak ada penjualan", amount="3", base="") | ticked
    assert client.post(url, sent).status_code == 422
    sent = boxes(kpi, note="Tidak ada penjualan", amount="", base="") | ticked
    assert client.post(url, sent).status_code == 302
    assert stored(kpi).not_applicable


def test_second_editor_sees_both_numbers(kpi, url, edi, alice, client_for):
    client_for(edi).post(url, boxes(kpi, amount="1", base="10"))
    answer = client_for(alice).post(url, boxes(kpi, amount="2", base="10"))
    assert answer.status_code == 409
    theirs = answer.context["sheet"].rows[kpi.pk].boxes.theirs
    assert [(each.title, each.value) for each in theirs.inputs] == [("Keluhan", 1), ("Pesanan", 10)]
    assert f'name="kpi-{kpi.pk}-input-amount" value="2"' in answer.text


def test_numbers_of_a_kpi_that_is_gone_are_given_back(kpi, url, edi, client_for):
    KPI.objects.filter(pk=kpi.pk).update(status=KPI.Status.DROPPED)
    answer = client_for(edi).post(url, boxes(kpi, amount="3", base="60"))
    assert answer.status_code == 409
    assert "Keluhan 3 · Pesanan 60" in answer.text


# -- What the period before tells


def test_opening_stock_is_suggested_from_the_last_closing_stock(kpi, url, period, edi, client_for):
    kpi.formula, kpi.input_names = "growth", {}
    kpi.save()
    before = factories.period(period.scorecard, start=date(2026, 4, 1), end=date(2026, 6, 30))
    record_measurement(kpi=kpi, period=before, inputs=numbers(opening=40, closing=44), by=edi)
    opening, closing = entry_sheet(period).rows[kpi.pk].numbers
    assert (opening.text, bool(opening.source), closing.text) == ("44", True, "")
    client = client_for(edi)
    client.post(url, boxes(kpi, opening="44", closing=""))
    assert not Measurement.objects.filter(period=period).exists(), "a suggestion alone is no entry"
    client.post(url, boxes(kpi, opening="44", closing="50"))
    assert Measurement.objects.get(period=period).inputs == {"opening": "44", "closing": "50"}


def test_closing_stock_of_another_formula_is_not_suggested(kpi, period, edi):
    kpi.formula, kpi.input_names = "growth", {}
    kpi.save()
    before = factories.period(period.scorecard, start=date(2026, 4, 1), end=date(2026, 6, 30))
    record_measurement(kpi=kpi, period=before, inputs=numbers(opening=40, closing=44), by=edi)
    KPI.objects.filter(pk=kpi.pk).update(formula="retention-rate")
    assert [box.text for box in entry_sheet(period).rows[kpi.pk].numbers] == ["", "", ""]


def test_gap_before_the_period_suggests_nothing(kpi, period, edi):
    kpi.formula, kpi.input_names = "growth", {}
    kpi.save()
    before = factories.period(period.scorecard, start=date(2026, 1, 1), end=date(2026, 3, 31))
    record_measurement(kpi=kpi, period=before, inputs=numbers(opening=40, closing=44), by=edi)
    assert entry_sheet(period).rows[kpi.pk].numbers[0].text == ""


# -- What the report shows


def test_report_shows_the_formula_and_carries_the_numbers(kpi, period, edi, client_for):
    record_measurement(kpi=kpi, period=period, inputs=numbers(amount=2, base=3), by=edi)
    scorecard = period.scorecard
    args = [scorecard.organization.slug, scorecard.pk, period.start]
    client = client_for(edi)
    assert "2 / 3 × 100 = 66,67%" in client.get(reverse("scorecards:report", args=args)).text
    table = client.get(reverse("scorecards:report-csv", args=args)).content.decode("utf-8-sig")
    assert table.splitlines()[1].endswith(";Keluhan;2;Pesanan;3")
    [part] = client.get(reverse("scorecards:report-json", args=args)).json()["report"][
        "perspectives"
    ]
    row = part["kpis"][0]
    assert (row["formula"], [each["value"] for each in row["inputs"]]) == ("ratio", [2, 3])


def test_incomplete_kpi_is_named_in_the_report(kpi, period, edi, client_for):
    record_measurement(kpi=kpi, period=period, inputs=numbers(amount=2), by=edi)
    scorecard = period.scorecard
    args = [scorecard.organization.slug, scorecard.pk, period.start]
    plain = factories.kpi(kpi.objective)
    factories.target(plain)
    factories.measurement(plain, period)
    assert "Pesanan" in client_for(edi).get(reverse("scorecards:report", args=args)).text


@pytest.mark.parametrize(("decimals", "shown"), [(0, "66.67"), (1, "66.67"), (4, "66.6667")])
def test_computed_values_are_shown_with_few_decimals(decimals, shown):
    value = Decimal("66.666667")
    assert shown_value(value, decimals, is_computed=True) == Decimal(shown)
    assert shown_value(value, decimals, is_computed=False) == value


# -- How fast


def test_page_and_saving_stay_flat(flat_queries, client_for, url, kpi, period, edi):
    record_measurement(kpi=kpi, period=period, inputs=numbers(amount=1, base=10), by=edi)
    client = client_for(edi)
    data = boxes(kpi, 1, amount="1", base="10")

    def grow() -> None:
        for _ in range(5):
            another = factories.kpi(kpi.objective, formula="ratio", unit="%")
            factories.target(another)
            inputs = numbers(amount=1, base=10)
            record_measurement(kpi=another, period=period, inputs=inputs, by=edi)
            data.update(boxes(another, 1, amount="1", base="10"))

    flat_queries(lambda: client.get(url), grow)
    flat_queries(lambda: client.post(url, data), grow)
