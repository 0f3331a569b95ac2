"""The trace table: mission, objective, KPI, initiative, and what hangs loose."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from organizations.models import Mission
from scorecards.models import KPI, Objective, Scorecard
from scorecards.selectors.trace import Trace, trace
from scorecards.services.initiatives import add_initiative
from tests import factories
from tests.scorecards.pages import in_english, page

TODAY = date(2026, 11, 21)


@pytest.fixture
def scorecard(org) -> Scorecard:
    return factories.scorecard(org, strategy=factories.strategy(org))


@pytest.fixture
def mission(scorecard) -> Mission:
    return scorecard.strategy.missions.create(order=1, text="Melayani anggota")


@pytest.fixture
def objective(scorecard, mission) -> Objective:
    objective = factories.objective(factories.perspective(scorecard), code="C-1")
    objective.missions.add(mission)
    return objective


@pytest.fixture
def kpi(objective) -> KPI:
    return factories.kpi(objective)


def repairs(found: Trace, key: str) -> list[str]:
    checks = (*found.serves_nothing, *found.served_by_nothing)
    [check] = [each for each in checks if each.key == key]
    return [repair.url for repair in check.repairs]


def test_leads_from_mission_to_initiative(scorecard, mission, objective, kpi, edi) -> None:
    initiative = add_initiative(about=kpi, name="Pameran", by=edi)

    found = trace(scorecard, TODAY)

    [group] = found.groups
    [line] = group.lines
    assert (group.mission, line.objective, line.kpi) == (mission, objective, kpi)
    assert [row.initiative for row in line.initiatives] == [initiative]
    checks = (*found.serves_nothing, *found.served_by_nothing)
    assert all(check.done for check in checks)


def test_nothing_is_done_that_has_nothing_in_it(scorecard, mission) -> None:
    found = trace(scorecard, TODAY)

    states = {each.key: each.state for each in (*found.serves_nothing, *found.served_by_nothing)}
    assert states == {
        "missions": "waiting",
        "dropped": "waiting",
        "objectives": "todo",
        "kpis": "waiting",
        "initiatives": "waiting",
    }


def test_objective_stands_under_each_mission_that_it_serves(
    scorecard, mission, objective, kpi
) -> None:
    second = scorecard.strategy.missions.create(order=2, text="Melestarikan")
    objective.missions.add(second)

    groups = trace(scorecard, TODAY).groups

    assert [group.mission for group in groups] == [mission, second]
    assert all([line.kpi for line in group.lines] == [kpi] for group in groups)
    # Both are one gap, not two.
    assert len(repairs(trace(scorecard, TODAY), "initiatives")) == 1


def test_initiatives_of_the_objective_stand_before_its_kpis(scorecard, objective, kpi, edi) -> None:
    other = factories.kpi(objective)
    add_initiative(about=objective, name="Rapat", by=edi)

    [group] = trace(scorecard, TODAY).groups

    assert [line.kpi for line in group.lines] == [None, kpi, other]
    assert [line.is_first for line in group.lines] == [True, False, False]
    assert not any(line.lacks_kpi for line in group.lines)


def test_mission_that_nothing_serves_is_named(scorecard, mission) -> None:
    found = trace(scorecard, TODAY)

    assert [(group.mission, group.lines) for group in found.groups] == [(mission, ())]
    assert repairs(found, "objectives") == [
        f"{page('objective-create', scorecard)}?mission={mission.pk}"
    ]


def test_repair_of_a_mission_chooses_it(scorecard, mission, edi, client_for) -> None:
    url = page("objective-create", scorecard)

    form = client_for(edi).get(url, {"mission": mission.pk}).context["form"]
    foreign = client_for(edi).get(url, {"mission": mission.pk + 1}).context["form"]

    assert form["missions"].value() == [mission.pk]
    assert foreign["missions"].value() == []


def test_objective_that_serves_no_mission_is_named(scorecard, mission, objective, kpi) -> None:
    objective.missions.clear()

    found = trace(scorecard, TODAY)

    assert [group.mission for group in found.groups] == [mission, None]
    assert [line.kpi for line in found.groups[1].lines] == [kpi]
    assert repairs(found, "missions") == [page("objective-edit", scorecard, objective.pk)]


def test_missions_of_another_strategy_do_not_count(scorecard, mission, objective, org) -> None:
    earlier = factories.strategy(org, start_year=2020, end_year=2025)
    objective.missions.set([earlier.missions.create(order=1, text="Dulu")])

    assert repairs(trace(scorecard, TODAY), "missions") == [
        page("objective-edit", scorecard, objective.pk)
    ]


def test_without_a_strategy_one_is_to_be_chosen(scorecard, objective, kpi) -> None:
    Scorecard.objects.update(strategy=None)

    found = trace(Scorecard.objects.get(), TODAY)

    assert [group.mission for group in found.groups] == [None]
    assert repairs(found, "missions") == [page("scorecard-edit", scorecard)]


def test_objective_whose_kpis_are_dropped_has_none(scorecard, objective) -> None:
    factories.kpi(objective, status="dropped")

    found = trace(scorecard, TODAY)

    [line] = found.groups[0].lines
    assert (line.kpi, line.lacks_kpi) == (None, True)
    assert repairs(found, "kpis") == [f"{page('kpi-create', scorecard)}?objective={objective.pk}"]


def test_only_adopted_kpis_ask_for_an_initiative(scorecard, objective, kpi) -> None:
    candidate = factories.kpi(objective, status="candidate")

    found = trace(scorecard, TODAY)

    assert [line.kpi for line in found.groups[0].lines] == [kpi, candidate]
    assert repairs(found, "initiatives") == [f"{page('initiative-create', scorecard)}?kpi={kpi.pk}"]


@pytest.mark.parametrize(("status", "loose"), [("running", True), ("done", False)])
def test_initiative_under_way_for_a_dropped_kpi_is_named(
    scorecard, objective, edi, status, loose
) -> None:
    dropped = factories.kpi(objective, status="dropped")
    initiative = add_initiative(about=dropped, name="Pameran", by=edi, status=status)

    expected = [page("initiative-edit", scorecard, initiative.pk)] if loose else []
    assert repairs(trace(scorecard, TODAY), "dropped") == expected


# -- The page and the file


def test_page_shows_the_gaps_with_their_repairs_to_editors_only(
    scorecard, mission, objective, edi, bob, client_for
) -> None:
    repair = f"{page('kpi-create', scorecard)}?objective={objective.pk}"

    for person, sees in ((edi, True), (bob, False)):
        content = client_for(person).get(page("trace", scorecard)).content.decode()
        assert "Melayani anggota" in content
        assert (repair in content) is sees


def test_headings_stand_only_above_what_is_missing(
    scorecard, mission, objective, kpi, edi, client_for
) -> None:
    linked, lacking = "Not linked to a mission", "Missions and objectives that lack something"
    client = in_english(client_for(edi))
    objective.missions.clear()
    assert page_shows(client, scorecard, linked, lacking) == [True, True]

    objective.missions.set([mission])
    assert page_shows(client, scorecard, linked, lacking) == [False, True]

    add_initiative(about=kpi, name="Pelatihan", by=edi)
    assert page_shows(client, scorecard, linked, lacking, "Everything is linked") == [
        False,
        False,
        True,
    ]


def page_shows(client, scorecard, *words: str) -> list[bool]:
    text = client.get(page("trace", scorecard)).text
    return [each in text for each in words]


def test_empty_scorecard_says_what_to_do(org, edi, client_for) -> None:
    empty = factories.scorecard(org)

    content = in_english(client_for(edi)).get(page("trace", empty)).content.decode()

    assert "Nothing to align yet" in content
    assert page("trace-csv", empty) not in content


def test_queries_do_not_grow(scorecard, mission, edi, client_for, flat_queries) -> None:
    client = client_for(edi)
    fill(scorecard, mission, edi, 2)

    flat_queries(
        lambda: client.get(page("trace", scorecard)), lambda: fill(scorecard, mission, edi, 200)
    )


def fill(scorecard, mission, by, count: int) -> None:
    objective = factories.objective(factories.perspective(scorecard))
    objective.missions.add(mission)
    for _number in range(count):
        add_initiative(about=factories.kpi(objective), name="Pameran", by=by)


def rows_of_file(client, scorecard) -> list[list[str]]:
    response = in_english(client).get(page("trace-csv", scorecard))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_file_has_a_line_for_each_initiative(
    scorecard, mission, objective, kpi, edi, client_for
) -> None:
    bare = factories.kpi(objective)
    add_initiative(
        about=kpi,
        name="Pameran",
        by=edi,
        person_in_charge="Bu Sri",
        budget=Decimal(1_500_000),
        start=date(2026, 1, 1),
        end=date(2026, 2, 1),
        status="running",
        progress=40,
    )

    head, first, second = rows_of_file(client_for(edi), scorecard)

    chain = ["1", "Melayani anggota", objective.code, objective.statement]
    done = ["Pameran", "Bu Sri", "1500000", "2026-01-01", "2026-02-01", "running", "40", "yes"]
    assert first == [*chain, kpi.code, kpi.name, "adopted", *done]
    assert second == [*chain, bare.code, bare.name, "adopted", *[""] * 8]
    assert len(head) == len(first)


def test_file_names_a_mission_without_objective(scorecard, mission, edi, client_for) -> None:
    _head, line = rows_of_file(client_for(edi), scorecard)

    assert line == ["1", "Melayani anggota", *[""] * 13]


@pytest.mark.parametrize("evil", ["=1+1", "@SUM(A1)", "+62", "-1", "  =1+1"])
def test_file_runs_no_formula(scorecard, mission, objective, kpi, edi, client_for, evil) -> None:
    Mission.objects.update(text=evil)
    Objective.objects.update(statement=evil)
    KPI.objects.update(name=evil)
    add_initiative(about=kpi, name=evil, by=edi, person_in_charge=evil)

    _head, line = rows_of_file(client_for(edi), scorecard)

    assert line.count(f"'{evil}") == 5
    assert evil not in line


def test_file_is_named_after_the_scorecard(scorecard, mission, edi, client_for) -> None:
    Scorecard.objects.update(name='Scorecard "2026"; x')

    response = in_english(client_for(edi)).get(page("trace-csv", scorecard))

    assert (
        response["Content-Disposition"] == 'attachment; filename="alignment-scorecard-2026-x.csv"'
    )
