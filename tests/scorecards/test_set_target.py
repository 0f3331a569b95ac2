"""Targets: what a KPI's value means, from a day on."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from scorecards.errors import explain, fields_at_fault
from scorecards.methods.errors import MethodError
from scorecards.models import KPI, Period, Target
from scorecards.selectors.target_view import describe_target
from scorecards.selectors.targets import kpi_page
from scorecards.services.targets import set_target
from tests import factories
from tests.scorecards.pages import page

NEW_YEAR = date(2026, 1, 1)


@pytest.fixture
def kpi(org) -> KPI:
    objective = factories.objective(factories.perspective(factories.scorecard(org)))
    return factories.kpi(objective, unit="%", decimals=0)


@pytest.fixture
def likert_kpi(org) -> KPI:
    scorecard = factories.scorecard(org, scoring="likert", red_limit="2.6", green_limit="3.4")
    return factories.kpi(factories.objective(factories.perspective(scorecard)), unit="orang")


def anchors(worst: int, target: int, best: int) -> dict[str, Decimal]:
    return {"worst": Decimal(worst), "standard": Decimal(target), "goal": Decimal(best)}


# -- The service.


def test_second_target_of_a_day_is_a_new_version(kpi, alice, edi) -> None:
    first = set_target(kpi=kpi, valid_from=NEW_YEAR, by=alice, **anchors(5, 10, 25))

    second = set_target(kpi=kpi, valid_from=NEW_YEAR, by=edi, **anchors(5, 12, 25))

    assert second.pk == first.pk
    assert (second.standard, second.version, second.saved_by) == (12, 2, edi)
    assert [(row.standard, row.history_user) for row in second.history.all()] == [
        (12, edi),
        (10, alice),
    ]


def test_another_day_is_another_target(kpi, alice) -> None:
    set_target(kpi=kpi, valid_from=NEW_YEAR, by=alice, **anchors(5, 10, 25))
    set_target(kpi=kpi, valid_from=date(2027, 1, 1), by=alice, **anchors(5, 15, 30))

    assert [each.standard for each in kpi.targets.all()] == [10, 15]


def test_points_that_are_missing_are_named(kpi, alice) -> None:
    with pytest.raises(MethodError) as refused:
        set_target(kpi=kpi, valid_from=NEW_YEAR, by=alice, worst=Decimal(1), goal=Decimal(3))

    assert refused.value.code == "points-missing"
    assert str(Target._meta.get_field("standard").verbose_name) in explain(refused.value)
    assert not kpi.targets.exists()


def test_points_out_of_order_are_refused(kpi, alice) -> None:
    with pytest.raises(MethodError) as refused:
        set_target(kpi=kpi, valid_from=NEW_YEAR, by=alice, **anchors(10, 5, 25))

    assert refused.value.code == "anchors-not-monotone"
    assert fields_at_fault(refused.value) == ["standard"]
    assert not kpi.targets.exists()


def test_points_of_another_kind_are_cleared(likert_kpi, alice) -> None:
    cuts = {f"cut_{number}": Decimal(number) for number in range(1, 5)}
    set_target(kpi=likert_kpi, valid_from=NEW_YEAR, by=alice, kind="cut_points", **cuts)

    target = set_target(kpi=likert_kpi, valid_from=NEW_YEAR, by=alice, kind="mean", **cuts)

    assert (target.kind, target.cut_1, target.worst) == ("mean", None, None)


def test_refusals_speak_the_readers_numbers() -> None:
    error = MethodError("any", "%(value)s", value=2.5)

    with translation.override("id"):
        assert explain(error) == "2,5"
    with translation.override("en"):
        assert explain(error) == "2.5"
    assert fields_at_fault(error) == []


# -- What it means.


def test_rungs_run_from_best_to_worst_with_their_lights(kpi) -> None:
    view = describe_target(factories.target(kpi, 5, 10, 24), kpi.scorecard)

    assert [(rung.level, rung.light) for rung in view.rungs][:4] == [
        (10, "green"),
        (9, "green"),
        (8, "green"),
        (7, "amber"),
    ]
    assert [rung.light for rung in view.rungs[-4:]] == ["red"] * 4
    assert view.rungs[0].value.startswith("24")
    assert view.rungs[7].value.startswith("10")


def test_rungs_have_the_decimals_of_their_points(kpi) -> None:
    target = factories.target(kpi)
    target.worst, target.standard, target.goal = Decimal(2), Decimal("4.5"), Decimal("4.5")

    with translation.override("id"):
        rungs = describe_target(target, kpi.scorecard).rungs

    assert [rung.value for rung in rungs[-3:]] == ["3,7%", "2,8%", "2,0%"]


@pytest.mark.parametrize(("points", "higher"), [((5, 10, 25), True), ((25, 15, 5), False)])
def test_direction_is_said_in_words(kpi, points, higher) -> None:
    with translation.override("en"):
        view = describe_target(factories.target(kpi, *points), kpi.scorecard)

    assert view.sentence == ("Higher is better." if higher else "Lower is better.")


def test_cut_points_give_scores(likert_kpi) -> None:
    cuts = {f"cut_{number}": Decimal(number * 10) for number in range(1, 5)}
    target = Target(kpi=likert_kpi, kind="cut_points", valid_from=NEW_YEAR, **cuts)

    view = describe_target(target, likert_kpi.scorecard)

    assert [(rung.level, rung.light) for rung in view.rungs] == [
        (5, "green"),
        (4, "green"),
        (3, "amber"),
        (2, "red"),
        (1, "red"),
    ]
    assert "40" in view.rungs[0].value


def test_mean_needs_no_points(likert_kpi) -> None:
    target = Target(kpi=likert_kpi, kind="mean", valid_from=NEW_YEAR)

    with translation.override("id"):
        view = describe_target(target, likert_kpi.scorecard)

    assert view.rungs == view.points == ()
    assert "2,6" in view.sentence
    assert "3,4" in view.sentence


# -- The form.


def sent(**changes: object) -> dict[str, object]:
    typed = {"valid_from": "2026-01-01", "kind": "anchors"}
    return typed | {"worst": "5", "standard": "10", "goal": "25"} | changes


def test_page_saves_and_reads_back(kpi, edi, client_for) -> None:
    response = client_for(edi).post(
        page("target-create", kpi.scorecard, kpi.pk), sent(goal="25,5 %"), follow=True
    )

    target = kpi.targets.get()
    assert (target.goal, target.kind, target.saved_by) == (Decimal("25.5"), "anchors", edi)
    assert target.history.get().history_user == edi
    assert response.redirect_chain[-1][0] == page("kpi", kpi.scorecard, kpi.pk)
    assert "25,5" in str(*response.context["messages"])


def test_looking_at_the_ladder_saves_nothing(kpi, edi, client_for) -> None:
    response = client_for(edi).post(page("target-create", kpi.scorecard, kpi.pk), sent(preview="1"))

    assert response.status_code == 200
    assert len(response.context["preview"].view.rungs) == 11
    assert not kpi.targets.exists()


def test_ladder_says_what_is_wrong_but_not_what_is_still_empty(kpi, edi, client_for) -> None:
    url = page("target-create", kpi.scorecard, kpi.pk)

    crooked = client_for(edi).post(url, sent(preview="1", goal="8"))
    half = client_for(edi).post(url, sent(preview="1", goal=""))

    assert (crooked.status_code, half.status_code) == (422, 422)
    assert len(crooked.context["form"].complaints) == 1
    assert half.context["form"].complaints == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"standard": "30"}, "standard"),
        ({"standard": "5"}, "worst"),
        ({"goal": "8"}, "standard"),
        ({"goal": ""}, "goal"),
        ({"worst": "lima"}, "worst"),
        ({"worst": "1.500"}, "worst"),  # fifteen hundred, or one and a half percent?
        ({"valid_from": "kemarin"}, "valid_from"),
    ],
)
def test_mistakes_are_named_at_their_field(kpi, edi, client_for, changes, field) -> None:
    response = client_for(edi).post(page("target-create", kpi.scorecard, kpi.pk), sent(**changes))

    form = response.context["form"]
    assert response.status_code == 422
    assert list(form.errors) == [field]
    assert form["goal"].value() == sent(**changes)["goal"]
    assert not kpi.targets.exists()


def test_day_with_a_target_is_not_overwritten(kpi, edi, client_for) -> None:
    factories.target(kpi, valid_from=NEW_YEAR)

    response = client_for(edi).post(page("target-create", kpi.scorecard, kpi.pk), sent())

    assert response.status_code == 422
    assert response.context["form"].has_error("valid_from", "taken")


def test_change_keeps_its_own_day(kpi, edi, client_for) -> None:
    target = factories.target(kpi, valid_from=NEW_YEAR)

    response = client_for(edi).post(
        page("target-edit", kpi.scorecard, target.pk), sent(version=target.version)
    )

    target.refresh_from_db()
    assert response.status_code == 302
    assert (target.goal, target.version) == (25, 2)


def test_second_of_two_editors_is_told(kpi, alice, edi, client_for) -> None:
    target = factories.target(kpi, valid_from=NEW_YEAR)
    url = page("target-edit", kpi.scorecard, target.pk)
    client_for(edi).post(url, sent(version=1))

    response = client_for(alice).post(url, sent(version=1, goal="50"))

    target.refresh_from_db()
    assert (response.status_code, target.goal) == (409, 25)


def test_likert_form_takes_cut_points_or_a_mean(likert_kpi, edi, client_for) -> None:
    url = page("target-create", likert_kpi.scorecard, likert_kpi.pk)
    cuts = {"cut_1": "40", "cut_2": "30", "cut_3": "20", "cut_4": "10"}
    day = {"valid_from": "2026-01-01"}
    client = client_for(edi)

    falling = client.post(url, day | cuts | {"kind": "cut_points"})
    crooked = client.post(
        url, {"valid_from": "2027-01-01", "kind": "cut_points"} | cuts | {"cut_2": "5"}
    )
    halved = client.post(url, {"valid_from": "2027-01-01", "kind": "cut_points", "cut_1": "1"})
    mean = client.post(url, {"valid_from": "2027-01-01", "kind": "mean"} | cuts)

    assert (falling.status_code, mean.status_code) == (302, 302)
    assert (crooked.status_code, list(crooked.context["form"].errors)) == (422, ["cut_1"])
    assert list(halved.context["form"].errors) == ["cut_2", "cut_3", "cut_4"]
    assert [(each.kind, each.cut_1) for each in likert_kpi.targets.all()] == [
        ("cut_points", 40),
        ("mean", None),
    ]


def test_closed_periods_are_warned_about_and_keep_their_report(kpi, edi, client_for) -> None:
    factories.period(kpi.scorecard, status=Period.Status.CLOSED)
    factories.period(kpi.scorecard, start=date(2026, 10, 1), end=date(2026, 12, 31), status="open")

    response = client_for(edi).post(
        page("target-create", kpi.scorecard, kpi.pk), sent(), follow=True
    )

    assert [message.level_tag for message in response.context["messages"]] == [
        "warning",
        "success",
    ]


def test_target_is_deleted_under_its_version(kpi, edi, client_for) -> None:
    target = factories.target(kpi)
    url = page("target-delete", kpi.scorecard, target.pk)
    assert client_for(edi).get(url).status_code == 200

    assert client_for(edi).post(url, {"version": 9}).status_code == 409
    assert client_for(edi).post(url, {"version": 1}).status_code == 302
    assert not kpi.targets.exists()


# -- The page of a KPI.


def test_page_shows_the_newest_first_and_which_is_in_force(kpi) -> None:
    old = factories.target(kpi, valid_from=date(2024, 1, 1))
    now = factories.target(kpi, valid_from=date(2026, 1, 1))
    later = factories.target(kpi, valid_from=date(2027, 1, 1))

    found = kpi_page(kpi, date(2026, 6, 1))

    assert [row.target for row in found.targets] == [later, now, old]
    assert [row.in_force for row in found.targets] == [False, True, False]
    assert found.current_target == now


def test_page_shows_the_last_measurements(kpi) -> None:
    for year in range(2015, 2025):
        period = factories.period(kpi.scorecard, start=date(year, 1, 1), end=date(year, 12, 31))
        factories.measurement(kpi, period, year)

    found = kpi_page(kpi, NEW_YEAR)

    assert [each.measurement.value for each in found.measurements] == list(range(2024, 2016, -1))
    assert found.more_measurements == 2


def test_page_of_a_kpi_without_anything(kpi, bob, client_for) -> None:
    response = client_for(bob).get(page("kpi", kpi.scorecard, kpi.pk))

    assert response.status_code == 200
    assert response.context["page"].current is None


def test_target_that_does_not_suit_the_scoring_is_marked(likert_kpi) -> None:
    factories.target(likert_kpi)

    found = kpi_page(likert_kpi, NEW_YEAR)

    assert [row.suits for row in found.targets] == [False]
    assert found.current is None


def test_queries_of_the_page_do_not_grow(kpi, edi, client_for, flat_queries) -> None:
    client = client_for(edi)
    years = iter(range(2001, 2020))

    def grow() -> None:
        for _ in range(3):
            day = date(next(years), 1, 1)
            factories.target(kpi, valid_from=day, saved_by=edi)
            factories.measurement(
                kpi, factories.period(kpi.scorecard, start=day, end=day.replace(month=12))
            )
            factories.kpi(kpi.objective)

    grow()
    flat_queries(lambda: client.get(page("kpi", kpi.scorecard, kpi.pk)), grow)
