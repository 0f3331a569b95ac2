"""All targets of a scorecard by the days on which they begin, and a column typed at once."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from organizations.models import User
from scorecards.methods.errors import MethodError
from scorecards.models import KPI, Scorecard, Target
from scorecards.selectors.target_plan import next_start, target_plan
from scorecards.services.targets import PlanConflict, PlannedTarget, plan_targets
from tests import factories
from tests.scorecards.pages import page

FIRST, SECOND = date(2026, 1, 1), date(2027, 1, 1)


@pytest.fixture
def scorecard(org) -> Scorecard:
    return factories.scorecard(org)


@pytest.fixture
def kpis(scorecard) -> list[KPI]:
    """Three adopted KPIs of which the first two have targets, and a candidate."""
    objective = factories.objective(factories.perspective(scorecard))
    kpis = [
        factories.kpi(objective, code=f"F-{number}", unit="%", decimals=0) for number in (1, 2, 3)
    ]
    factories.kpi(objective, code="F-9", status=KPI.Status.CANDIDATE)
    factories.target(kpis[0], 5, 10, 25, valid_from=FIRST)
    factories.target(kpis[1], 50, 30, 10, valid_from=FIRST)
    return kpis


def column(scorecard: Scorecard, day: date) -> dict[str, tuple[Decimal, ...]]:
    found = Target.objects.filter(kpi__scorecard=scorecard, valid_from=day).order_by("kpi__code")
    return {each.kpi.code: (each.worst, each.standard, each.goal) for each in found}


def boxes(response) -> dict[str, str]:
    """What a browser would send of the page as it is."""
    plan = response.context["plan"]
    typed = {box.name: box.text for row in plan.rows for box in row.boxes}
    form = response.context["form"]
    if form is not None:
        typed["valid_from"] = form["valid_from"].value()
    return typed | {"seen": plan.seen}


@pytest.fixture
def visit(scorecard, edi, client_for):
    """The form of a column, with somebody's hands on it."""

    class Visit:
        def __init__(self, day: date | None, user: User = edi) -> None:
            name = "target-plan-edit" if day else "target-plan-create"
            self.url = page(name, scorecard, *([day.isoformat()] if day else []))
            self.client = client_for(user)
            self.typed = boxes(self.client.get(self.url))

        def send(self, changes: dict[str, str] | None = None):
            self.typed |= changes or {}
            return self.client.post(self.url, self.typed)

    return Visit


def box(kpi: KPI, point: str) -> str:
    return f"kpi-{kpi.pk}-{point}"


# -- The plan.


def test_plan_shows_what_counts_from_each_day(scorecard, kpis):
    factories.target(kpis[0], 5, 12, 25, valid_from=SECOND)

    plan = target_plan(scorecard)

    assert plan.days == (FIRST, SECOND)
    rows = {row.kpi.code: row.cells for group in plan.groups for row in group.rows}
    assert list(rows) == ["F-1", "F-2", "F-3"]
    assert [(cell.is_own, cell.target.standard) for cell in rows["F-1"]] == [(True, 10), (True, 12)]
    assert [(cell.is_own, cell.target.standard) for cell in rows["F-2"]] == [
        (True, 30),
        (False, 30),
    ]
    assert [cell.target for cell in rows["F-3"]] == [None, None]
    assert plan.without == (kpis[2],)


def test_plan_page_is_for_readers_too(scorecard, kpis, bob, client_for):
    html = client_for(bob).get(page("target-plan", scorecard)).content.decode()

    assert "5 · 10 · 25%" in html
    assert page("target-plan-create", scorecard) not in html


def test_plan_of_a_scorecard_without_kpis(scorecard, edi, client_for):
    client = client_for(edi)

    assert client.get(page("target-plan", scorecard)).status_code == 200
    assert client.get(page("target-plan-create", scorecard)).status_code == 200


def test_day_without_targets_has_no_page(scorecard, kpis, edi, client_for):
    response = client_for(edi).get(page("target-plan-edit", scorecard, "2031-01-01"))

    assert response.status_code == 404


# -- A new column.


def test_new_column_copies_what_counted(scorecard, kpis, edi, visit):
    new = visit(None)
    assert new.typed["valid_from"] == SECOND
    assert new.typed[box(kpis[1], "worst")] == "50"

    response = new.send({box(kpis[0], "standard"): "12,5"})

    assert response.status_code == 302
    assert column(scorecard, SECOND) == {"F-1": (5, Decimal("12.5"), 25), "F-2": (50, 30, 10)}
    assert column(scorecard, FIRST)["F-1"] == (5, 10, 25)
    history = Target.history.filter(valid_from=SECOND)
    assert [each.history_user for each in history] == [edi, edi]


def test_new_column_takes_ladders_and_ranges_along(scorecard, kpis, visit):
    rungs = [str(rung) for rung in range(11)]
    Target.objects.create(kpi=kpis[2], kind="ladder", rungs=rungs, valid_from=FIRST)
    kpis[1].targets.all().delete()
    points = {"worst": 1, "standard": 2, "goal": 3, "standard_high": 4, "worst_high": 5}
    Target.objects.create(kpi=kpis[1], kind="range", valid_from=FIRST, **points)

    visit(None).send({box(kpis[1], "worst_high"): "6"})

    copied = {each.kpi.code: each for each in Target.objects.filter(valid_from=SECOND)}
    assert (copied["F-3"].kind, copied["F-3"].rungs) == ("ladder", rungs)
    assert (copied["F-2"].kind, copied["F-2"].worst_high) == ("range", 6)


def test_nothing_is_said_to_stand_in_empty_boxes(scorecard, edi, client_for):
    kpi = factories.kpi(factories.objective(factories.perspective(scorecard)))
    url, counted = page("target-plan-create", scorecard), "Kotak-kotak sudah berisi"
    assert counted not in client_for(edi).get(url).content.decode()
    factories.target(kpi, 5, 10, 25, valid_from=FIRST)
    assert counted in client_for(edi).get(url).content.decode()


def test_first_column_of_all(scorecard, edi, visit):
    kpi = factories.kpi(factories.objective(factories.perspective(scorecard)))
    new = visit(None)

    new.send({box(kpi, "worst"): "1", box(kpi, "standard"): "2", box(kpi, "goal"): "3"})

    assert kpi.targets.get().valid_from == timezone.localdate().replace(month=1, day=1)


def test_likert_column_has_cut_points_and_means(org, edi, client_for):
    scorecard = factories.scorecard(org, scoring="likert", red_limit="2.6", green_limit="3.4")
    objective = factories.objective(factories.perspective(scorecard))
    cuts, mean = factories.kpi(objective), factories.kpi(objective)
    mean.targets.create(kind="mean", valid_from=FIRST)
    client, url = client_for(edi), page("target-plan-create", scorecard)
    typed = boxes(client.get(url)) | {
        box(cuts, f"cut_{number}"): str(number) for number in range(1, 5)
    }

    assert client.post(url, typed).status_code == 302
    assert cuts.targets.get().kind == "cut_points"
    assert mean.targets.get(valid_from=SECOND).kind == "mean"


@pytest.mark.parametrize("day", ["2026-01-01", "", "besok"])
def test_day_of_a_new_column_must_be_a_free_one(scorecard, kpis, visit, day):
    new = visit(None)

    response = new.send({"valid_from": day, box(kpis[0], "standard"): "11"})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["valid_from"]
    assert boxes(response)[box(kpis[0], "standard")] == "11"
    assert Target.objects.filter(kpi__scorecard=scorecard).count() == 2


def test_next_start_follows_the_last_day(scorecard, kpis):
    today = date(2026, 5, 5)
    assert next_start(scorecard, today) == SECOND

    factories.target(kpis[0], valid_from=date(2028, 2, 29))
    assert next_start(scorecard, today) == date(2029, 2, 28)

    Target.objects.filter(kpi__scorecard=scorecard).delete()
    assert next_start(scorecard, today) == date(2026, 1, 1)


# -- All or nothing.


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"standard": "30"}, ["standard"]),
        ({"standard": "5"}, ["worst"]),
        ({"worst": "lima", "goal": "1.500"}, ["worst", "goal"]),
        ({"goal": ""}, ["goal"]),
        ({"worst": "", "standard": "", "goal": ""}, ["worst", "standard", "goal"]),
    ],
)
def test_bad_cells_are_named_and_nothing_is_saved(scorecard, kpis, visit, changes, wrong):
    edit = visit(FIRST)
    changes = {box(kpis[0], point): text for point, text in changes.items()}

    response = edit.send(changes | {box(kpis[1], "standard"): "25"})

    [row] = response.context["plan"].wrong
    assert response.status_code == 422
    assert (row.kpi, [each.point for each in row.errors]) == (kpis[0], wrong)
    html = response.content.decode()
    assert f'href="#{box(kpis[0], wrong[0])}"' in html
    assert boxes(response) == edit.typed
    assert column(scorecard, FIRST)["F-2"] == (50, 30, 10)


def test_only_what_was_touched_is_saved(scorecard, kpis, alice, visit):
    factories.target(kpis[0], 5, 12, 25, valid_from=SECOND)
    edit = visit(SECOND, alice)

    edit.send({box(kpis[0], "standard"): "13", box(kpis[0], "worst"): "5,0"})

    assert column(scorecard, SECOND) == {"F-1": (5, 13, 25)}
    target = kpis[0].targets.get(valid_from=SECOND)
    assert (target.version, target.saved_by, target.history.first().history_user) == (
        2,
        alice,
        alice,
    )


def test_target_that_was_inherited_becomes_the_days_own(scorecard, kpis, visit):
    factories.target(kpis[0], 5, 12, 25, valid_from=SECOND)

    visit(SECOND).send({box(kpis[1], "standard"): "20"})

    assert column(scorecard, SECOND) == {"F-1": (5, 12, 25), "F-2": (50, 20, 10)}
    assert column(scorecard, FIRST)["F-2"] == (50, 30, 10)


def test_kpi_that_came_while_the_page_was_open_is_left_alone(scorecard, kpis, visit):
    edit = visit(FIRST)
    new = factories.kpi(kpis[0].objective)
    factories.target(new, valid_from=FIRST)

    assert edit.send({box(kpis[0], "standard"): "11"}).status_code == 302
    assert new.targets.get().version == 1


# -- Two people at once.


def test_what_others_saved_is_not_overwritten(scorecard, kpis, alice, visit):
    mine, theirs = visit(FIRST), visit(FIRST, alice)
    theirs.send({box(kpis[0], "standard"): "15"})

    response = mine.send({box(kpis[0], "standard"): "12", box(kpis[1], "standard"): "20"})

    assert response.status_code == 409
    [row] = response.context["plan"].conflicts
    assert row.kpi == kpis[0]
    assert "5 · 15 · 25%" in row.theirs
    assert column(scorecard, FIRST) == {"F-1": (5, 15, 25), "F-2": (50, 30, 10)}

    mine.typed |= boxes(response)
    assert mine.send().status_code == 302
    assert column(scorecard, FIRST) == {"F-1": (5, 12, 25), "F-2": (50, 20, 10)}


def test_untouched_boxes_never_bring_old_values_back(scorecard, kpis, alice, visit):
    mine, theirs = visit(FIRST), visit(FIRST, alice)
    theirs.send({box(kpis[0], "standard"): "15"})

    assert mine.send({box(kpis[1], "standard"): "20"}).status_code == 302
    assert column(scorecard, FIRST) == {"F-1": (5, 15, 25), "F-2": (50, 20, 10)}


def test_untouched_boxes_stay_untouched_after_a_conflict(scorecard, kpis, alice, visit):
    mine, theirs = visit(FIRST), visit(FIRST, alice)
    theirs.send({box(kpis[0], "standard"): "15", box(kpis[1], "standard"): "20"})
    response = mine.send({box(kpis[0], "standard"): "12"})

    mine.typed |= boxes(response)
    mine.send()

    assert column(scorecard, FIRST) == {"F-1": (5, 12, 25), "F-2": (50, 20, 10)}


def test_same_values_of_two_people_are_no_conflict(scorecard, kpis, alice, visit):
    mine, theirs = visit(FIRST), visit(FIRST, alice)
    theirs.send({box(kpis[0], "standard"): "15"})

    assert mine.send({box(kpis[0], "standard"): "15"}).status_code == 302
    assert kpis[0].targets.get().version == 2


def test_target_deleted_in_the_meantime_is_set_anew_on_purpose(scorecard, kpis, visit):
    factories.target(kpis[0], 5, 12, 25, valid_from=SECOND)
    factories.target(kpis[1], 50, 28, 10, valid_from=SECOND)
    edit = visit(SECOND)
    kpis[0].targets.get(valid_from=SECOND).delete()

    response = edit.send({box(kpis[0], "standard"): "13"})
    assert (response.status_code, len(response.context["plan"].conflicts)) == (409, 1)

    edit.typed |= boxes(response)
    assert edit.send().status_code == 302
    assert column(scorecard, SECOND)["F-1"] == (5, 13, 25)


def test_two_new_columns_of_one_day(scorecard, kpis, alice, visit):
    mine, theirs = visit(None), visit(None, alice)
    assert theirs.send().status_code == 302

    response = mine.send({box(kpis[0], "standard"): "12"})

    assert response.status_code == 422
    assert response.context["form"].has_error("valid_from", "taken")
    assert column(scorecard, SECOND)["F-1"] == (5, 10, 25)


@pytest.mark.parametrize("seen", ["", "kapan", "1:2", "9999:9999:1", "0:1:1", "1:1:99999999999"])
def test_page_that_was_tampered_with_overwrites_nothing(scorecard, kpis, visit, seen):
    edit = visit(FIRST)

    response = edit.send({"seen": seen, box(kpis[0], "standard"): "12"})

    assert response.status_code == 409
    assert column(scorecard, FIRST)["F-1"] == (5, 10, 25)


# -- The service.


def planned(kpi: KPI, *points: int, seen: int | None = None) -> PlannedTarget:
    return PlannedTarget(kpi, "anchors", tuple(map(Decimal, points)), seen)


def test_conflict_names_the_targets_as_they_are(scorecard, kpis, alice):
    rows = [planned(kpis[0], 1, 2, 3, seen=7), planned(kpis[2], 1, 2, 3, seen=1)]

    with pytest.raises(PlanConflict) as conflict:
        plan_targets(scorecard=scorecard, day=FIRST, planned=rows, by=alice)

    assert conflict.value.current == {kpis[0].pk: kpis[0].targets.get(), kpis[2].pk: None}


def test_crooked_points_save_nothing(scorecard, kpis, alice):
    rows = [planned(kpis[2], 1, 2, 3), planned(kpis[0], 3, 2, 5, seen=1)]

    with pytest.raises(MethodError):
        plan_targets(scorecard=scorecard, day=FIRST, planned=rows, by=alice)

    assert not kpis[2].targets.exists()


# -- Messages.


def test_easier_targets_and_closed_periods_are_warned_about(scorecard, kpis, visit):
    factories.period(scorecard, start=SECOND, end=date(2027, 12, 31), status="closed")

    response = visit(None).send({box(kpis[0], "standard"): "8", box(kpis[1], "standard"): "25"})

    said = [str(message) for message in response.wsgi_request._messages]
    assert len(said) == 3
    assert [text for text in said if "F-1" in text and "F-2" not in text] != []


# -- Size.


def test_queries_do_not_grow(scorecard, kpis, edi, client_for, flat_queries):
    client = client_for(edi)
    urls = (
        page("target-plan", scorecard),
        page("target-plan-create", scorecard),
        page("target-plan-edit", scorecard, FIRST.isoformat()),
    )

    def grow() -> None:
        for number in range(5):
            kpi = factories.kpi(factories.objective(factories.perspective(scorecard)))
            factories.target(kpi, valid_from=FIRST)
            factories.target(kpi, valid_from=date(2030 + number, 1, 1))

    for url in urls:
        flat_queries(lambda url=url: client.get(url), grow)


def test_saving_a_new_column_takes_as_many_queries_for_many(
    scorecard, kpis, alice, django_assert_max_num_queries
):
    rows = [planned(factories.kpi(kpis[0].objective), 1, 2, 3) for _ in range(50)]

    with django_assert_max_num_queries(9):
        plan_targets(scorecard=scorecard, day=SECOND, planned=rows, by=alice)

    assert Target.history.filter(valid_from=SECOND).count() == 50


def test_two_hundred_kpis_fit_into_one_form(scorecard, edi, client_for):
    objective = factories.objective(factories.perspective(scorecard))
    KPI.objects.bulk_create(
        KPI(scorecard=scorecard, objective=objective, code=f"K{number}", name=f"KPI {number}")
        for number in range(200)
    )
    client, url = client_for(edi), page("target-plan-create", scorecard)
    typed = boxes(client.get(url))
    typed |= {
        name: str(5 + ["worst", "standard", "goal"].index(name.split("-")[2]))
        for name in typed
        if "-" in name
    }

    assert client.post(url, typed).status_code == 302
    assert Target.objects.filter(kpi__scorecard=scorecard).count() == 200
