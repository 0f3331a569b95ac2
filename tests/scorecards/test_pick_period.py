"""A period is picked by name: whole months, quarters, half years or years, and nothing else."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from scorecards.models import Period, Scorecard
from scorecards.selectors.period_choice import period_choices
from scorecards.services.periods import open_period
from tests import factories
from tests.scorecards.pages import page

TODAY = date(2026, 11, 30)


@pytest.fixture
def make(org):
    def scorecard(frequency: str, *days: tuple[date, date]) -> Scorecard:
        made = factories.scorecard(org, frequency=frequency)
        factories.kpi(factories.objective(factories.perspective(made)))
        for start, end in days:
            factories.period(made, start=start, end=end)
        return made

    return scorecard


def names(scorecard: Scorecard, **asked: int) -> list[str]:
    with translation.override("en"):
        return [each.name for each in period_choices(scorecard, TODAY, **asked).choices]


@pytest.mark.parametrize(
    ("frequency", "start", "instead"),
    [
        ("monthly", date(2026, 1, 15), "January 2026"),
        ("monthly", date(2026, 1, 31), "January 2026"),
        ("quarterly", date(2026, 2, 2), "Quarter I 2026"),
        ("yearly", date(2026, 12, 31), "2026"),
    ],
)
def test_days_that_are_no_whole_period_are_refused(make, edi, frequency, start, instead) -> None:
    scorecard = make(frequency)

    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        open_period(scorecard=scorecard, start=start, by=edi)

    assert refusal.value.code == "whole"
    assert instead in refusal.value.messages[0]
    assert not scorecard.periods.exists()


def test_quarters_keep_step_with_those_that_are_there(make, edi) -> None:
    scorecard = make("quarterly", (date(2026, 1, 1), date(2026, 3, 31)))

    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        open_period(scorecard=scorecard, start=date(2026, 5, 1), by=edi)

    assert "Quarter II 2026" in refusal.value.messages[0]
    assert open_period(scorecard=scorecard, start=date(2026, 4, 1), by=edi).end == date(2026, 6, 30)


def test_year_that_begins_in_april_goes_on_in_april(make, edi) -> None:
    scorecard = make("yearly", (date(2025, 4, 1), date(2026, 3, 31)))

    choices = period_choices(scorecard, TODAY)

    assert (choices.next_start, choices.begins_is_open) == (date(2026, 4, 1), False)
    assert {each.start.month for each in choices.choices} == {4}
    with pytest.raises(ValidationError):
        open_period(scorecard=scorecard, start=date(2027, 1, 1), by=edi)


@pytest.mark.parametrize(
    ("frequency", "first", "last"),
    [
        ("monthly", "January 2006", "November 2027"),
        ("quarterly", "Quarter I 2006", "Quarter IV 2027"),
        ("half_yearly", "Semester I 2006", "Semester II 2027"),
        ("yearly", "2006", "2027"),
    ],
)
def test_first_period_is_chosen_from_twenty_years(make, frequency, first, last) -> None:
    offered = names(make(frequency))

    assert (offered[0], offered[-1]) == (first, last)


def test_year_of_a_first_period_may_begin_in_any_month(make) -> None:
    offered = names(make("quarterly"), begins=2)

    assert "1 November 2026 – 31 January 2027" in offered
    assert "Quarter IV 2026" not in offered


def test_what_is_there_is_not_offered_and_gaps_are_named(make) -> None:
    march = (date(2026, 3, 1), date(2026, 3, 31))
    scorecard = make("monthly", (date(2026, 1, 1), date(2026, 1, 31)), march)

    with translation.override("en"):
        choices = period_choices(scorecard, TODAY)

    offered = {each.name: each.is_gap for each in choices.choices}
    assert "January 2026" not in offered
    assert [name for name, is_gap in offered.items() if is_gap] == ["February 2026"]
    assert choices.gaps == ("February 2026",)
    assert choices.next_start == date(2026, 4, 1)


def test_odd_period_of_before_stays_and_whole_ones_follow(make, edi, client_for) -> None:
    scorecard = make("monthly", (date(2026, 1, 15), date(2026, 2, 14)))
    odd = scorecard.periods.get()
    client = client_for(edi)
    client.cookies["django_language"] = "en"

    listed = client.get(page("period-list", scorecard)).text

    assert "15 January 2026 – 14 February 2026" in listed
    assert "Open March 2026" in listed
    assert client.get(page("entry", scorecard, odd.start)).status_code == 200
    assert client.get(page("report", scorecard, odd.start)).status_code == 200
    # Days of both months are in it already.
    for start in ("2026-01-01", "2026-02-01"):
        assert client.post(page("period-create", scorecard), {"start": start}).status_code == 422
    assert client.post(page("period-create", scorecard), {"start": "2026-03-01"}).status_code == 302
    assert Period.objects.filter(scorecard=scorecard).count() == 2


def test_gap_beside_an_odd_period_is_told_in_days(make, edi, client_for) -> None:
    odd = (date(2026, 1, 15), date(2026, 2, 14))
    scorecard = make("monthly", odd, (date(2026, 4, 1), date(2026, 4, 30)))
    client = client_for(edi)
    client.cookies["django_language"] = "en"

    for name in ("period-list", "period-create"):
        text = client.get(page(name, scorecard)).text
        assert "there is none for: 15 February 2026 – 28 February 2026, March 2026." in text or (
            "there is none yet for: 15 February 2026 – 28 February 2026, March 2026." in text
        )


def test_many_gaps_are_counted_and_not_listed(make, edi, client_for) -> None:
    december = (date(2025, 12, 1), date(2025, 12, 31))
    scorecard = make("monthly", (date(2020, 1, 1), date(2020, 1, 31)), december)
    client = client_for(edi)
    client.cookies["django_language"] = "en"

    text = client.get(page("period-list", scorecard)).text

    assert "July 2020 and 64 more" in text
    assert "August 2020" not in text


def test_page_offers_the_next_one_chosen_already(make, edi, client_for) -> None:
    scorecard = make("quarterly", (date(2026, 7, 1), date(2026, 9, 30)))
    client = client_for(edi)
    client.cookies["django_language"] = "id"

    text = client.get(page("period-create", scorecard)).text

    assert '<option value="2026-10-01" selected>Triwulan IV 2026</option>' in text
    assert 'type="date"' not in text
    assert 'name="begins"' not in text


@pytest.mark.parametrize(("frequency", "grouped"), [("monthly", True), ("yearly", False)])
def test_long_lists_stand_below_their_years(make, edi, client_for, frequency, grouped) -> None:
    text = client_for(edi).get(page("period-create", make(frequency))).text

    assert ("<optgroup" in text) == grouped


def test_page_of_a_first_period_asks_when_the_year_begins(make, edi, client_for) -> None:
    scorecard = make("yearly")
    client = client_for(edi)
    url = f"{page('period-create', scorecard)}?begins=4"

    year = timezone.localdate().year
    assert f'value="{year - 1}-04-01"' in client.get(url).text
    assert client.post(url, {"start": "2026-04-01"}).status_code == 302
    assert scorecard.periods.get().end == date(2027, 3, 31)


@pytest.mark.parametrize("begins", ["", "0", "13", "April", "9" * 5000])
def test_month_that_is_none_is_january_or_refused(make, edi, client_for, begins) -> None:
    response = client_for(edi).get(page("period-create", make("yearly")), {"begins": begins})

    assert response.status_code == 200
    assert "-01-01" in response.text


@pytest.mark.parametrize("sent", ["", "soon", "1-8-2026", "2026-13-01", "2026-08-15", "9999-12-01"])
def test_anything_else_is_refused_and_nothing_is_chosen_instead(
    make, edi, client_for, sent
) -> None:
    scorecard = make("monthly")

    response = client_for(edi).post(page("period-create", scorecard), {"start": sent})

    assert response.status_code == 422
    assert response.context["form"].has_error("start")
    assert "selected" not in response.text.split('name="start"')[1].split("</select>")[0].replace(
        '<option value="" selected>', ""
    )
    assert not scorecard.periods.exists()


def test_pressed_twice_says_that_it_is_there(make, edi, client_for) -> None:
    scorecard = make("monthly")
    client = client_for(edi)
    client.cookies["django_language"] = "en"
    url = page("period-create", scorecard)

    client.post(url, {"start": "2026-08-01"})
    second = client.post(url, {"start": "2026-08-01"})

    assert second.status_code == 422
    assert "August 2026 is there already" in second.text
    assert scorecard.periods.count() == 1


def test_page_takes_as_many_queries_for_many_periods(make, edi, client_for, flat_queries) -> None:
    scorecard = make("monthly")
    client = client_for(edi)

    def grow() -> None:
        for year in range(2010, 2020):
            factories.period(scorecard, start=date(year, 1, 1), end=date(year, 1, 31))

    flat_queries(lambda: client.get(page("period-create", scorecard)), grow)
