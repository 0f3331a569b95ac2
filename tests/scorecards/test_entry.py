"""Entering values: what is stored, what comes back, and two people at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from organizations.models import EditConflict, Organization, User
from scorecards.models import KPI, Measurement, Period, Scorecard, Target
from scorecards.selectors.entry import entry_sheet
from scorecards.services.measurements import Entry, record_measurement, record_measurements
from scorecards.services.periods import close_period
from tests import factories

NOW = datetime(2026, 11, 21, 3, 42, tzinfo=UTC)
JSON = {"headers": {"accept": "application/json"}}


@pytest.fixture
def scorecard(org: Organization) -> Scorecard:
    return factories.scorecard(org)


@pytest.fixture
def kpi(scorecard: Scorecard) -> KPI:
    kpi = factories.kpi(
        factories.objective(factories.perspective(scorecard)), code="C-1", unit="%", decimals=1
    )
    factories.target(kpi)
    return kpi


@pytest.fixture
def other(kpi: KPI) -> KPI:
    other = factories.kpi(kpi.objective, code="C-2", unit="rupiah")
    factories.target(other)
    return other


@pytest.fixture
def period(scorecard: Scorecard, kpi: KPI) -> Period:
    return factories.period(scorecard)


@pytest.fixture
def url(period: Period) -> str:
    scorecard = period.scorecard
    return reverse(
        "scorecards:entry", args=[scorecard.organization.slug, scorecard.pk, period.start]
    )


def boxes(kpi: KPI, value: str = "", note: str = "", version: int = 0, **more: str) -> dict:
    typed = {"value": value, "note": note, "version": str(version), **more}
    return {f"kpi-{kpi.pk}-{name}": text for name, text in typed.items()}


def stored(kpi: KPI) -> Measurement:
    return Measurement.objects.get(kpi=kpi)


# -- The service


def test_value_and_its_history(kpi, period, edi, alice):
    record_measurement(kpi=kpi, period=period, value=Decimal("12.5"), by=edi)
    record_measurement(kpi=kpi, period=period, value=Decimal(13), by=alice, seen=1)
    measurement = stored(kpi)
    assert (measurement.value, measurement.version, measurement.saved_by) == (13, 2, alice)
    history = measurement.history.order_by("version").values_list("value", "history_user")
    assert list(history) == [(Decimal("12.5"), edi.pk), (Decimal(13), alice.pk)]


def test_same_content_is_no_edit(kpi, period, edi):
    record_measurement(kpi=kpi, period=period, value=Decimal("12.5"), by=edi)
    again = record_measurement(kpi=kpi, period=period, value=Decimal("12.50"), by=edi)
    assert again.version == 1
    assert again.history.count() == 1


def test_nothing_typed_makes_no_row(kpi, period, edi):
    kept = record_measurement(kpi=kpi, period=period, by=edi)
    assert (kept.pk, kept.version) == (None, 0)
    assert not Measurement.objects.exists()


def test_value_can_be_cleared(kpi, period, edi):
    record_measurement(kpi=kpi, period=period, value=Decimal(5), by=edi)
    record_measurement(kpi=kpi, period=period, by=edi, seen=1)
    assert stored(kpi).value is None


def test_late_edit_is_a_conflict(kpi, period, edi, alice):
    record_measurement(kpi=kpi, period=period, value=Decimal(5), by=edi, seen=0)
    with pytest.raises(EditConflict) as conflict:
        record_measurement(kpi=kpi, period=period, value=Decimal(6), by=alice, seen=0)
    assert conflict.value.current.value == 5
    assert conflict.value.submitted.value == 6
    assert stored(kpi).value == 5


def test_what_was_not_touched_is_no_conflict(kpi, period, edi, alice):
    """Alice sends the page as she saw it; Edi has saved a newer value meanwhile."""
    record_measurement(kpi=kpi, period=period, value=Decimal(5), by=edi)
    record_measurement(kpi=kpi, period=period, value=Decimal(6), by=edi, seen=1)
    untouched = record_measurement(kpi=kpi, period=period, value=Decimal(5), by=alice, seen=1)
    assert untouched.value == 6
    empty = record_measurement(kpi=kpi, period=period, by=alice, seen=0)
    assert empty.value == 6


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"not_applicable": True}, "reason"),
        ({"not_applicable": True, "reason": " "}, "reason"),
        ({"not_applicable": True, "reason": "-", "value": Decimal(1)}, "value-and-not-applicable"),
        ({"value": Decimal("NaN")}, "value"),
        ({"value": Decimal("Infinity")}, "value"),
        ({"value": Decimal(10) ** 15}, "value"),
        ({"value": Decimal("-999999999999999.5")}, "value"),
        ({"value": Decimal("0.1234567")}, "value"),
    ],
)
def test_refused(kpi, period, edi, fields, code):
    with pytest.raises(ValidationError) as refusal:
        record_measurement(kpi=kpi, period=period, by=edi, **fields)
    assert refusal.value.code == code
    assert not Measurement.objects.exists()


def test_kpi_of_another_scorecard_is_refused(period, edi, org):
    stranger = factories.kpi(factories.objective(factories.perspective(factories.scorecard(org))))
    with pytest.raises(ValidationError) as refusal:
        record_measurement(kpi=stranger, period=period, value=Decimal(1), by=edi)
    assert refusal.value.code == "other-scorecard"


def test_deleted_kpi_is_a_conflict(kpi, period, edi):
    seen = KPI.objects.get(pk=kpi.pk)
    kpi.delete()
    with pytest.raises(EditConflict) as conflict:
        record_measurement(kpi=seen, period=period, value=Decimal(5), by=edi)
    assert conflict.value.current is None


def test_one_conflict_does_not_stop_the_others(kpi, other, period, edi, alice):
    record_measurement(kpi=kpi, period=period, value=Decimal(5), by=edi)
    entries = [Entry(kpi, Decimal(6), seen=0), Entry(other, Decimal(7), seen=0)]
    recorded = record_measurements(period=period, entries=entries, by=alice)
    assert set(recorded.conflicts) == {kpi.pk}
    assert recorded.changed == {other.pk}


# -- The page as one form


def test_page_shows_what_is_stored(client_for: Callable[[User], Client], url, kpi, period, edi):
    before = factories.period(period.scorecard, start=date(2026, 4, 1), end=date(2026, 6, 30))
    factories.measurement(kpi, before, 14)
    factories.measurement(kpi, period, 10, note="Pemasok terlambat")
    text = client_for(edi).get(url).text
    assert f'name="kpi-{kpi.pk}-value" value="10"' in text
    assert "Pemasok terlambat" in text
    assert "14,0%" in text
    assert "light-red" in text


def test_values_are_saved(client_for, url, kpi, other, edi):
    client = client_for(edi)
    data = boxes(kpi, "12,5") | boxes(other, "Rp 1.500.000")
    assert client.post(url, data).url == url
    assert stored(kpi).value == Decimal("12.5")
    assert stored(other).value == 1_500_000
    assert "1.500.000" in client.get(url).text


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("999999999999999", 302),
        ("-999999999999999", 302),
        ("999999999999999,999999", 422),
    ],
)
def test_largest_number_is_stored_and_read_again(client_for, url, kpi, edi, typed, status):
    """Above it SQLite would keep a number of sixteen digits, and no page could read it."""
    client = client_for(edi)
    sent = {f"kpi-{kpi.pk}-value": typed, f"kpi-{kpi.pk}-version": "0"}
    assert client.post(url, sent).status_code == status
    assert client.get(url).status_code == 200
    stored = list(Measurement.objects.values_list("value", flat=True))
    assert stored == ([Decimal(typed)] if status == 302 else [])


def test_unclear_number_is_asked_back_and_the_rest_saved(client_for, url, kpi, other, edi):
    client = client_for(edi)
    answer = client.post(url, boxes(kpi, "1.500", note="Naik") | boxes(other, "1.500"))
    assert answer.status_code == 422
    assert not Measurement.objects.filter(kpi=kpi).exists()
    assert stored(other).value == 1500
    assert f'name="kpi-{kpi.pk}-value" value="1.500"' in answer.text
    assert "Naik" in answer.text
    assert f'href="#kpi-{kpi.pk}-value"' in answer.text
    assert 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize("typed", ["dua belas", "1e5", "1,2,3", "--5", "9" * 16, "<script>"])
def test_unreadable_number_stays_in_its_box(client_for, url, kpi, edi, typed):
    answer = client_for(edi).post(url, boxes(kpi, typed))
    assert answer.status_code == 422
    assert answer.context["sheet"].rows[kpi.pk].boxes.value == typed
    assert "<script>" not in answer.text.replace('<script src="', "")


def test_not_applicable_needs_its_reason(client_for, url, kpi, edi):
    client = client_for(edi)
    ticked = {"not_applicable": "on"}
    assert client.post(url, boxes(kpi, **ticked)).status_code == 422
    assert client.post(url, boxes(kpi, "5", "Belum ada", **ticked)).status_code == 422
    assert client.post(url, boxes(kpi, note="a" * 301, **ticked)).status_code == 422
    assert client.post(url, boxes(kpi, note="Belum ada survei", **ticked)).status_code == 302
    measurement = stored(kpi)
    assert (measurement.not_applicable, measurement.reason) == (True, "Belum ada survei")
    assert measurement.note == ""


def test_note_too_long_stays_in_its_box(client_for, url, kpi, edi):
    answer = client_for(edi).post(url, boxes(kpi, "5", "a" * 1001))
    assert answer.status_code == 422
    assert "a" * 1001 in answer.text


def test_red_value_is_saved_and_its_note_asked_for(client_for, url, kpi, edi, period):
    client = client_for(edi)
    assert client.post(url, boxes(kpi, "10")).status_code == 302
    assert entry_sheet(period).rows[kpi.pk].asks_note
    client.post(url, boxes(kpi, "10", "Pemasok terlambat", version=1))
    assert not entry_sheet(period).rows[kpi.pk].asks_note


def test_mean_of_a_questionnaire_is_between_1_and_5(client_for, url, kpi, edi, scorecard):
    scorecard.scoring = Scorecard.Scoring.LIKERT
    scorecard.save()
    kpi.targets.all().delete()
    Target.objects.create(kpi=kpi, kind=Target.Kind.MEAN, valid_from=date(2020, 1, 1))
    client = client_for(edi)
    assert client.post(url, boxes(kpi, "45")).status_code == 422
    assert client.post(url, boxes(kpi, "4,5")).status_code == 302


def test_missing_or_broken_version_is_refused(client_for, url, kpi, edi):
    data = boxes(kpi, "5") | {f"kpi-{kpi.pk}-version": "x"}
    assert client_for(edi).post(url, data).status_code == 422
    assert client_for(edi).post(url, {f"kpi-{kpi.pk}-value": "5"}).status_code == 302
    assert not Measurement.objects.exists()


@pytest.mark.parametrize("version", ["-1", str(2**31), "9" * 30])
def test_version_that_no_row_can_have_is_refused(client_for, url, kpi, period, edi, version):
    factories.measurement(kpi, period, 5)
    data = boxes(kpi, "6") | {f"kpi-{kpi.pk}-version": version}
    assert client_for(edi).post(url, data).status_code == 422
    assert stored(kpi).value == 5


def test_value_of_a_kpi_that_was_dropped_meanwhile_is_given_back(client_for, url, kpi, other, edi):
    KPI.objects.filter(pk=kpi.pk).update(status=KPI.Status.DROPPED)
    answer = client_for(edi).post(url, boxes(kpi, "5", "Sudah dihitung") | boxes(other, "7"))
    assert answer.status_code == 409
    assert "C-1: 5 (Sudah dihitung)" in answer.text
    assert [each.kpi for each in Measurement.objects.all()] == [other]


def test_value_of_a_kpi_that_was_deleted_meanwhile_is_given_back(client_for, url, kpi, edi):
    data = boxes(kpi, "5")
    kpi.delete()
    client = client_for(edi)
    assert "a deleted KPI: 5" in client.post(url, data, headers={"accept-language": "en"}).text
    answer = client.post(url, data, **JSON)
    assert answer.status_code == 409
    assert answer.json()["rows"] == {}


def test_dropped_kpi_that_was_left_as_it_was_is_no_loss(client_for, url, kpi, other, period, edi):
    factories.measurement(kpi, period, 5, note="Tetap")
    data = boxes(kpi, "5", "Tetap", version=1) | boxes(other, version=0)
    KPI.objects.filter(pk__in=[kpi.pk, other.pk]).update(status=KPI.Status.DROPPED)
    assert client_for(edi).post(url, data).status_code == 302


def test_page_without_kpis_says_what_to_do(client_for, org, edi):
    empty = factories.period(factories.scorecard(org))
    url = reverse("scorecards:entry", args=[org.slug, empty.scorecard.pk, empty.start])
    design = reverse("scorecards:scorecard", args=[org.slug, empty.scorecard.pk])
    assert design in client_for(edi).get(url).text


# -- Two people


def test_second_editor_sees_both_values(client_for, url, kpi, edi, alice):
    client_for(edi).post(url, boxes(kpi, "5"))
    second = client_for(alice)
    answer = second.post(url, boxes(kpi, "6", "Dihitung ulang"))
    assert answer.status_code == 409
    row = answer.context["sheet"].rows[kpi.pk]
    assert (row.boxes.value, row.boxes.note) == ("6", "Dihitung ulang")
    assert (row.boxes.theirs.value, row.boxes.theirs.who) == (5, str(edi))
    assert stored(kpi).value == 5
    # The page now knows the newer version: saving once more is a decision.
    assert second.post(url, boxes(kpi, "6", version=row.boxes.version)).status_code == 302
    assert stored(kpi).value == 6


def test_conflict_with_a_cleared_value(client_for, url, kpi, edi, alice):
    client_for(edi).post(url, boxes(kpi, "5"))
    client_for(edi).post(url, boxes(kpi, "", version=1))
    answer = client_for(alice).post(url, boxes(kpi, "6", version=1))
    assert answer.status_code == 409
    assert answer.context["sheet"].rows[kpi.pk].boxes.theirs.value is None


def test_period_closed_meanwhile_keeps_what_was_typed(client_for, url, kpi, period, edi):
    factories.measurement(kpi, period, 50)
    close_period(period=period, by=edi, now=NOW)
    client = client_for(edi)
    answer = client.post(url, boxes(kpi, "60", version=1))
    assert answer.status_code == 409
    assert "C-1: 60" in answer.text
    assert stored(kpi).value == 50
    assert "C-1: 60" in client.get(url).text, "also when one comes back"


def test_closed_period_with_nothing_typed_leads_to_its_report(client_for, url, kpi, period, edi):
    factories.measurement(kpi, period, 50)
    close_period(period=period, by=edi, now=NOW)
    client = client_for(edi)
    report = reverse(
        "scorecards:report",
        args=[period.scorecard.organization.slug, period.scorecard.pk, period.start],
    )
    assert client.get(url).url == report
    assert client.post(url, boxes(kpi, "50", version=1)).url == report
    assert client.get(url).url == report, "what is stored already is not kept"


# -- Field by field


def test_answer_confirms_what_was_stored(client_for, url, kpi, other, edi):
    answer = client_for(edi).post(url, boxes(kpi, "12,5"), **JSON)
    assert answer.status_code == 200
    news = answer.json()
    assert news["filled"] == 1
    [row] = news["rows"].values()
    assert (row["version"], row["wrong"], row["conflict"]) == (1, [], False)
    assert "12,5%" in row["html"]
    assert "light-red" in row["html"]
    assert row["opens"]  # red asks for its note


def test_answer_asks_back(client_for, url, kpi, edi):
    answer = client_for(edi).post(url, boxes(kpi, "1.500"), **JSON)
    assert answer.status_code == 422
    [row] = answer.json()["rows"].values()
    assert row["wrong"] == ["value"]
    assert "invalid-feedback" in row["html"]
    assert row["unsaved"]


def test_answer_tells_of_a_conflict(client_for, url, kpi, edi, alice):
    client_for(edi).post(url, boxes(kpi, "5"))
    answer = client_for(alice).post(url, boxes(kpi, "6"), **JSON)
    assert answer.status_code == 409
    [row] = answer.json()["rows"].values()
    assert (row["conflict"], row["version"]) == (True, 1)
    assert row["unsaved"]
    assert "Edi" in row["html"]


def test_answer_tells_that_the_period_is_closed(client_for, url, kpi, period, edi):
    factories.measurement(kpi, period, 50)
    close_period(period=period, by=edi, now=NOW)
    assert client_for(edi).post(url, boxes(kpi, "60", version=1), **JSON).status_code == 409


# -- Who, and how fast


def test_researchers_read_the_report_instead(client_for, url, bob, charlie):
    assert client_for(bob).get(url).status_code == 403
    assert client_for(bob).post(url).status_code == 403
    assert client_for(charlie).get(url).status_code == 404


def grow_kpis(kpi: KPI, period: Period) -> list[KPI]:
    added = []
    for _ in range(5):
        another = factories.kpi(kpi.objective)
        factories.target(another)
        factories.measurement(another, period)
        added.append(another)
    return added


def test_page_queries_do_not_grow(flat_queries, client_for, url, kpi, period, edi):
    factories.measurement(kpi, period)
    client = client_for(edi)
    flat_queries(lambda: client.get(url), lambda: grow_kpis(kpi, period))


def test_saving_queries_grow_only_with_what_changed(
    flat_queries, client_for, url, kpi, period, edi
):
    factories.measurement(kpi, period, 50)
    client = client_for(edi)
    data = boxes(kpi, "50", version=1)

    def grow() -> None:
        for added in grow_kpis(kpi, period):
            data.update(boxes(added, "50", version=1))

    flat_queries(lambda: client.post(url, data), grow)
