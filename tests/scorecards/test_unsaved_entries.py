"""What was typed and can't be stored: kept for its writer alone until it is stored or discarded."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organizations.models import Membership, Organization, Role
from organizations.services.people import remove_member
from scorecards.models import KPI, Measurement, Period, Scorecard, UnsavedEntry
from scorecards.selectors.unsaved_entries import LONGEST_NOTE
from scorecards.services.design import delete_design
from scorecards.services.measurements import record_measurement
from scorecards.services.periods import close_period, delete_period, reopen_period
from scorecards.services.unsaved_entries import KEPT_FOR, record_or_keep
from scorecards.views import entry
from tests import factories

NOW = datetime(2026, 11, 30, 3, 4, tzinfo=UTC)
JSON = {"headers": {"accept": "application/json"}}
DISCARD = "discard"


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


def address(name: str, period: Period) -> str:
    scorecard = period.scorecard
    args = [scorecard.organization.slug, scorecard.pk, period.start]
    return reverse(f"scorecards:{name}", args=args)


@pytest.fixture
def url(period: Period) -> str:
    return address("entry", period)


def boxes(kpi: KPI, value: str = "", note: str = "", version: int = 0, **more: str) -> dict:
    typed = {"value": value, "note": note, "version": str(version), **more}
    return {f"kpi-{kpi.pk}-{name}": text for name, text in typed.items()}


def row(answer, kpi: KPI):
    return answer.context["sheet"].rows[kpi.pk]


def kept() -> list[str]:
    return list(UnsavedEntry.objects.order_by("kpi__code").values_list("value", flat=True))


# -- Kept, shown, stored


def test_refused_value_is_there_when_one_comes_back(client_for, url, kpi, other, edi):
    client = client_for(edi)
    client.post(url, boxes(kpi, "dua belas", "Naik") | boxes(other, "1500"))
    answer = client_for(edi).get(url)  # on another device
    assert answer.status_code == 200
    assert (row(answer, kpi).boxes.value, row(answer, kpi).boxes.note) == ("dua belas", "Naik")
    assert "value" in row(answer, kpi).boxes.errors
    assert f'href="#kpi-{kpi.pk}-value"' in answer.text
    assert not row(answer, kpi).shows_light
    assert kept() == ["dua belas"]


def test_another_value_that_is_saved_leaves_it(client_for, url, kpi, other, edi):
    client = client_for(edi)
    client.post(url, boxes(kpi, "dua belas"), **JSON)
    assert client.post(url, boxes(other, "1500"), **JSON).status_code == 200
    assert kept() == ["dua belas"]


def test_it_goes_once_the_value_is_stored(client_for, url, kpi, edi):
    client = client_for(edi)
    client.post(url, boxes(kpi, "dua belas"), **JSON)
    [news] = client.post(url, boxes(kpi, "12", kept="0"), **JSON).json()["rows"].values()
    assert not news["unsaved"]
    assert kept() == []
    assert not client.get(url).context["sheet"].unsaved


def test_emptying_its_box_is_an_answer(client_for, url, kpi, edi):
    client = client_for(edi)
    client.post(url, boxes(kpi, "dua belas"))
    client.post(url, boxes(kpi, "", kept="0"))
    assert kept() == []


def test_page_that_never_showed_it_does_not_lose_it(client_for, url, kpi, other, edi):
    """A second window was opened before: its empty box says nothing about the text."""
    client = client_for(edi)
    client.post(url, boxes(kpi, "dua belas"), **JSON)
    client.post(url, boxes(kpi, "") | boxes(other, "1500"))
    assert kept() == ["dua belas"]


def test_pressed_twice_is_kept_once(client_for, url, kpi, edi):
    client = client_for(edi)
    for typed in ["dua belas", "dua belas", "tiga belas"]:
        client.post(url, boxes(kpi, typed))
    assert kept() == ["tiga belas"]


def test_numbers_of_a_formula_are_kept_too(client_for, url, kpi, edi):
    KPI.objects.filter(pk=kpi.pk).update(formula="ratio")
    client = client_for(edi)
    sent = {f"kpi-{kpi.pk}-input-amount": "tiga", f"kpi-{kpi.pk}-input-base": "60"}
    client.post(url, boxes(kpi) | sent)
    amount, base = row(client.get(url), kpi).numbers
    assert ((amount.text, bool(amount.error)), base.text) == (("tiga", True), "60")


def test_formula_that_changed_meanwhile_loses_nothing(client_for, url, kpi, edi):
    client = client_for(edi)
    client.post(url, boxes(kpi, "dua belas"))
    KPI.objects.filter(pk=kpi.pk).update(formula="ratio")
    assert "dua belas" in client.get(url).text


# -- Two people


def test_conflict_is_there_when_one_comes_back(client_for, url, kpi, period, edi, alice):
    client = client_for(edi)
    record_measurement(kpi=kpi, period=period, value=Decimal(50), by=alice)
    client.post(url, boxes(kpi, "60"))
    answer = client.get(url)
    both = row(answer, kpi).boxes
    assert (both.value, both.theirs.value, both.theirs.who) == ("60", 50, str(alice))
    assert (
        "someone else saved another value first"
        in client.get(url, headers={"accept-language": "en"}).text
    )
    # Saving once more is a decision against what is shown.
    assert client.post(url, boxes(kpi, "60", version=both.version, kept="0")).status_code == 302
    assert Measurement.objects.get().value == 60
    assert kept() == []


def test_what_is_typed_while_a_conflict_waits_is_kept_and_decides_nothing(
    client_for, url, kpi, period, edi, alice
):
    client = client_for(edi)
    record_measurement(kpi=kpi, period=period, value=Decimal(50), by=alice)
    client.post(url, boxes(kpi, "60"), **JSON)
    assert client.post(url, boxes(kpi, "61", kept="0"), **JSON).status_code == 409
    assert (kept(), Measurement.objects.get().value) == (["61"], 50)


def test_nobody_else_is_shown_it(client_for, url, kpi, other, period, edi, alice):
    client_for(edi).post(url, boxes(kpi, "dua belas", "Rahasia"))
    pages = [url, address("period-close", period), address("report", period)]
    pages.append(reverse("surveys:home", args=[period.scorecard.organization.slug]))
    for page in pages:
        text = client_for(alice).get(page).text
        assert "dua belas" not in text
        assert "Rahasia" not in text
    # But that somebody has typed something is told to who closes.
    assert "Edi" in client_for(alice).get(address("period-close", period)).text


# -- A period that is closed meanwhile


@pytest.fixture
def closed(period, kpi, other, edi) -> Period:
    factories.measurement(other, period, 50)
    close_period(period=period, by=edi, now=NOW)
    return period


def test_after_closing_it_is_shown_and_can_be_copied(client_for, url, kpi, closed, edi):
    client = client_for(edi)
    assert client.post(url, boxes(kpi, "60", "Dihitung ulang")).status_code == 409
    answer = client.get(url)
    assert "C-1: 60 (Dihitung ulang)" in answer.context["copy"]
    assert "minta admin membuka lagi" in answer.text
    assert not Measurement.objects.filter(kpi=kpi).exists()
    client.post(url, {DISCARD: str(kpi.pk)})
    assert client.get(url).url == address("report", closed)


def test_script_is_told_that_it_is_kept(client_for, url, kpi, other, closed, edi):
    client = client_for(edi)
    answer = client.post(url, boxes(kpi, "60") | boxes(other, "50", version=1), **JSON)
    assert answer.status_code == 409
    news = answer.json()
    assert "closed" in news
    assert [news["rows"][f"kpi-{each.pk}"]["unsaved"] for each in (kpi, other)] == [True, False]
    assert kept() == ["60"]


def test_after_reopening_it_stands_in_its_box(client_for, url, kpi, closed, edi):
    client = client_for(edi)
    client.post(url, boxes(kpi, "60"))
    reopen_period(period=closed, reason="Terlambat", by=edi, now=NOW)
    answer = client.get(url)
    assert row(answer, kpi).waits
    assert row(answer, kpi).boxes.value == "60"
    assert client.post(url, boxes(kpi, "60", kept="0")).status_code == 302
    assert kept() == []


# -- Discarding


def test_discarding_one_leaves_the_others_and_decides_nothing(
    client_for, url, kpi, other, period, edi, alice
):
    client = client_for(edi)
    third = factories.kpi(kpi.objective, code="C-3", unit="rupiah")
    record_measurement(kpi=other, period=period, value=Decimal(50), by=alice)
    client.post(url, boxes(kpi, "dua belas") | boxes(other, "60"))
    sent = boxes(kpi, "dua belas", kept="0") | boxes(other, "60", version=1, kept="0")
    client.post(url, sent | boxes(third, "7") | {DISCARD: str(kpi.pk)})
    assert kept() == ["60"]
    assert Measurement.objects.get(kpi=other).value == 50
    assert Measurement.objects.get(kpi=third).value == 7
    assert row(client.get(url), other).boxes.theirs.value == 50


def test_discarded_box_gets_what_is_stored(client_for, url, kpi, period, edi):
    factories.measurement(kpi, period, 50)
    client = client_for(edi)
    client.post(url, boxes(kpi, "dua belas", version=1), **JSON)
    [news] = client.post(url, {DISCARD: str(kpi.pk)}, **JSON).json()["rows"].values()
    assert (news["unsaved"], news["boxes"]["value"]) == (False, "50")


@pytest.mark.parametrize("wanted", ["", "x", "0", "-1", "9" * 18, "1.5", "\0"])
def test_discarding_what_is_not_there_is_no_error(client_for, url, kpi, edi, wanted):
    client = client_for(edi)
    client.post(url, boxes(kpi, "dua belas"))
    assert client.post(url, {DISCARD: wanted}).status_code in (302, 422)
    assert kept() == ["dua belas"]


def test_one_can_discard_only_ones_own(client_for, url, kpi, edi, alice):
    client_for(edi).post(url, boxes(kpi, "dua belas"))
    client_for(alice).post(url, {DISCARD: str(kpi.pk)})
    assert kept() == ["dua belas"]


# -- KPIs that go, people who go, time that goes


def test_dropped_kpi_gives_back_what_was_typed(client_for, url, kpi, other, edi):
    client = client_for(edi)
    client.post(url, boxes(kpi, "dua belas"))
    KPI.objects.filter(pk=kpi.pk).update(status=KPI.Status.DROPPED)
    assert "C-1: dua belas" in client.get(url).text
    client.post(url, {DISCARD: str(kpi.pk)})
    assert "dua belas" not in client.get(url).text


def test_last_kpi_that_is_dropped_still_can_be_discarded(client_for, url, kpi, edi):
    client = client_for(edi)
    client.post(url, boxes(kpi, "dua belas"))
    KPI.objects.filter(pk=kpi.pk).update(status=KPI.Status.DROPPED)
    assert 'name="discard"' in client.get(url).text


@pytest.mark.parametrize("leaving", ["kpi", "period", "membership", "user"])
def test_it_goes_with_what_it_hangs_on(client_for, url, kpi, period, edi, alice, leaving):
    client_for(edi).post(url, boxes(kpi, "dua belas"))
    assert kept()
    if leaving == "kpi":
        delete_design(part=kpi, seen=kpi.version, by=alice)
    elif leaving == "period":
        delete_period(period=period, seen=period.version, by=alice)
    elif leaving == "membership":
        membership = Membership.objects.get(user=edi)
        remove_member(membership=membership, seen=membership.version, by=alice, now=timezone.now())
    else:
        edi.delete()
    assert kept() == []


def test_it_is_forgotten_after_a_while(client_for, url, kpi, other, edi):
    client = client_for(edi)
    client.post(url, boxes(kpi, "dua belas"))
    UnsavedEntry.objects.update(typed_at=timezone.now() - KEPT_FOR - timedelta(days=1))
    client.post(url, boxes(other, "tiga"))
    assert kept() == ["tiga"]


def test_too_long_a_text_is_not_kept_and_the_page_says_so(client_for, url, kpi, other, edi):
    client = client_for(edi)
    sent = boxes(kpi, "5", "a" * (LONGEST_NOTE + 1)) | boxes(other, "b" * 201)
    answer = client.post(url, sent)
    assert answer.status_code == 422
    assert not row(answer, kpi).boxes.is_kept
    assert not row(answer, other).boxes.is_kept
    assert kept() == []


def test_whoever_left_meanwhile_keeps_nothing(client_for, url, kpi, period, edi):
    client = client_for(edi)
    Membership.objects.filter(user=edi).delete()
    assert client.post(url, boxes(kpi, "dua belas")).status_code == 404
    assert kept() == []


def test_nul_is_no_error(client_for, url, kpi, edi):
    assert client_for(edi).post(url, boxes(kpi, "1\0", "x\0y")).status_code == 422


# -- Where else it is said


@pytest.mark.parametrize("name", ["am\0ount", "a" * 100_000, "<b>", ""])
def test_names_of_boxes_that_no_page_has_are_not_kept(client_for, url, kpi, edi, name):
    """PostgreSQL stores no NUL in a name either, and a name's length had no end."""
    sent = boxes(kpi, "dua belas") | {f"kpi-{kpi.pk}-input-{name}": "3"}
    form = "application/x-www-form-urlencoded"
    assert client_for(edi).post(url, urlencode(sent), content_type=form).status_code == 422
    assert UnsavedEntry.objects.get().inputs == {}


def test_home_and_list_say_it_to_the_writer_alone(client_for, url, kpi, period, edi, alice):
    client_for(edi).post(url, boxes(kpi, "dua belas"))
    home = reverse("surveys:home", args=[period.scorecard.organization.slug])
    args = [period.scorecard.organization.slug, period.scorecard.pk]
    for page in (home, reverse("scorecards:period-list", args=args)):
        english = {"headers": {"accept-language": "en"}}
        assert "that you typed is not saved" in client_for(edi).get(page, **english).text
        assert "that you typed is not saved" not in client_for(alice).get(page, **english).text


def test_closing_and_deleting_name_it_first(client_for, url, kpi, period, edi):
    client_for(edi).post(url, boxes(kpi, "dua belas"))
    for page in ("period-close", "period-delete"):
        assert f"{url}#kpi-{kpi.pk}" in client_for(edi).get(address(page, period)).text


# -- How fast


def many(kpi: KPI, period: Period, edi, count: int) -> list[KPI]:
    """More KPIs, in each of which stands something that isn't saved."""
    membership = Membership.objects.get(user=edi, role=Role.EDITOR)
    added = [factories.kpi(kpi.objective, unit="%") for _ in range(count)]
    for each in added:
        factories.target(each)
        UnsavedEntry.objects.create(
            membership=membership, period=period, kpi=each, value="x", typed_at=NOW
        )
    return added


def test_pages_stay_flat(flat_queries, client_for, url, kpi, period, edi):
    client = client_for(edi)
    client.post(url, boxes(kpi, "dua belas"))
    org = period.scorecard.organization.slug
    pages = [url, address("period-close", period), reverse("surveys:home", args=[org])]
    for page in pages:
        flat_queries(lambda page=page: client.get(page), lambda: many(kpi, period, edi, 5))


def test_conflicts_of_several_people_stay_flat(
    flat_queries, client_for, url, kpi, period, edi, alice
):
    client = client_for(edi)
    data: dict[str, str] = {}

    def grow() -> None:
        for each in [factories.kpi(kpi.objective, unit="rupiah") for _ in range(4)]:
            record_measurement(kpi=each, period=period, value=Decimal(1), by=alice)
            data.update(boxes(each, "2"))

    grow()
    flat_queries(lambda: client.post(url, data), grow)


def test_saving_one_value_is_no_slower_with_two_hundred_unsaved(
    django_assert_max_num_queries, client_for, url, kpi, period, edi
):
    client = client_for(edi)
    client.post(url, boxes(kpi, "50"), **JSON)
    with CaptureQueriesContext(connection) as before:
        client.post(url, boxes(kpi, "51", version=1), **JSON)
    many(kpi, period, edi, 200)
    with django_assert_max_num_queries(len(before)):
        assert client.post(url, boxes(kpi, "52", version=2), **JSON).status_code == 200


# -- The period is deleted just then


@pytest.fixture
def deleted_just_then(monkeypatch, period) -> None:
    """Once the page let the officer in, and before anything is held."""

    def late(**sent):
        Period.objects.filter(pk=period.pk).delete()
        return record_or_keep(**sent)

    monkeypatch.setattr(entry, "record_or_keep", late)


def test_what_was_typed_for_a_period_that_is_deleted_just_then_is_shown(
    deleted_just_then, client_for, edi, url, kpi
):
    answer = client_for(edi).post(url, boxes(kpi, "12,5", "Sebabnya"))
    assert answer.status_code == 409
    assert "C-1: 12,5 (Sebabnya)" in answer.content.decode()


def test_script_is_told_that_the_period_was_deleted_just_then(
    deleted_just_then, client_for, edi, url, kpi
):
    answer = client_for(edi).post(url, boxes(kpi, "12,5"), **JSON)
    assert (answer.status_code, answer.json()) == (404, {"error": "gone"})
