"""The library of KPIs within a scorecard: searching it, and adding single ones."""

import pytest

from organizations.models import Organization
from scorecards.models import Scorecard
from tests import factories
from tests.scorecards.pages import page


@pytest.fixture
def scorecard(org: Organization) -> Scorecard:
    return factories.scorecard(org, frequency="yearly")


def found(client, scorecard: Scorecard, **filters: str) -> list[str]:
    response = client.get(page("library", scorecard), filters)
    assert response.status_code == 200
    return [row.key for row in response.context["found"]]


def test_without_words_every_kpi_is_shown(scorecard, bob, client_for) -> None:
    shown = found(client_for(bob), scorecard)

    assert len(shown) == len(set(shown)) == 98


def test_words_are_found_in_either_language_and_in_any_order(scorecard, bob, client_for) -> None:
    client = client_for(bob)

    assert "real-sector.KL1-2" in found(client, scorecard, q="RAT  hadir")
    assert found(client, scorecard, q="annual attendance") == ["real-sector.KL1-2"]
    assert found(client, scorecard, q="tidak-ada-yang-begini") == []


def test_filter_by_framework_and_by_perspective(scorecard, bob, client_for) -> None:
    client = client_for(bob)

    assert len(found(client, scorecard, part="lasem")) == 18
    assert found(client, scorecard, part="lasem.PO") == ["lasem.PO-1", "lasem.PO-2"]
    assert found(client, scorecard, part="lasem", q="ROA") == ["lasem.PO-1"]


def test_unknown_filter_narrows_nothing_and_says_so(scorecard, bob, client_for) -> None:
    response = client_for(bob).get(page("library", scorecard), {"part": "x", "q": "ROA"})

    assert response.context["search"].has_error("part")
    assert len(response.context["found"]) > 1


def test_rule_stands_beside_kpis_that_follow_one(scorecard, bob, client_for) -> None:
    client = client_for(bob)
    content = client.get(page("library", scorecard), {"part": "real-sector"}).content

    assert b"Permenkop UKM 2/2024" in content


def test_kpis_are_added_under_the_chosen_objective(scorecard, edi, client_for) -> None:
    objective = factories.objective(factories.perspective(scorecard), code="C-1")
    client = client_for(edi)
    url = page("library", scorecard) + "?q=retensi"
    data = {"kpis": ["lasem.C-2", "bayat.CK2"], "objective": objective.pk, "status": "candidate"}

    response = client.post(url, data, follow=True)

    assert response.redirect_chain == [(url, 302)]
    first, second = objective.kpis.all()
    assert (first.code, first.name, first.status) == (
        "C-1.1",
        "Indeks kepuasan pelanggan",
        "candidate",
    )
    assert (second.code, second.formula) == ("C-1.2", "retention-rate")
    assert first.saved_by == edi
    said = " ".join(map(str, response.context["messages"]))
    assert "C-1.1 Indeks kepuasan pelanggan" in said
    assert "C-1.2" in said


def test_sending_twice_doubles_nothing(scorecard, edi, client_for) -> None:
    objective = factories.objective(factories.perspective(scorecard))
    client = client_for(edi)
    data = {"kpis": ["lasem.C-2"], "objective": objective.pk, "status": "adopted"}
    for _time in range(2):
        client.post(page("library", scorecard), data)

    assert objective.kpis.count() == 1


def test_same_name_in_two_frameworks_is_added_once(scorecard, edi, client_for) -> None:
    objective = factories.objective(factories.perspective(scorecard))
    kpis = ["customer-centric.CS2-1", "hierarchical.CU1-3"]

    response = client_for(edi).post(
        page("library", scorecard),
        {"kpis": kpis, "objective": objective.pk, "status": "adopted"},
        follow=True,
    )

    assert objective.kpis.count() == 1
    assert len(response.context["messages"]) == 2


@pytest.mark.parametrize("missing", ["kpis", "objective", "status"])
def test_incomplete_choice_is_refused_and_ticks_are_kept(
    scorecard, edi, client_for, missing
) -> None:
    objective = factories.objective(factories.perspective(scorecard))
    data = {"kpis": ["lasem.C-2"], "objective": objective.pk, "status": "adopted"}
    del data[missing]

    response = client_for(edi).post(page("library", scorecard), data)

    assert response.status_code == 422
    assert response.context["form"].has_error(missing, "required")
    kept = b'value="lasem.C-2" id="kpi-lasemc-2" checked' in response.content
    assert kept is (missing != "kpis")
    assert not objective.kpis.exists()


def test_objective_of_another_scorecard_is_refused(scorecard, other_org, edi, client_for) -> None:
    elsewhere = factories.scorecard(other_org)
    foreign = factories.objective(factories.perspective(elsewhere))

    response = client_for(edi).post(
        page("library", scorecard),
        {"kpis": ["lasem.C-2"], "objective": foreign.pk, "status": "adopted"},
    )

    assert response.status_code == 422
    assert response.context["form"].has_error("objective", "invalid_choice")


def test_without_an_objective_the_page_says_what_to_do(scorecard, edi, client_for) -> None:
    content = client_for(edi).get(page("library", scorecard)).content.decode()

    assert page("framework-list", scorecard) in content
    assert 'name="status"' not in content


def test_queries_do_not_grow(scorecard, edi, client_for, flat_queries) -> None:
    perspective = factories.perspective(scorecard)
    factories.kpi(factories.objective(perspective))
    client = client_for(edi)

    def grow() -> None:
        for _number in range(3):
            factories.kpi(factories.objective(factories.perspective(scorecard)))

    flat_queries(lambda: client.get(page("library", scorecard)), grow)


def test_as_many_queries_for_one_kpi_as_for_many(scorecard, edi, client_for, flat_queries) -> None:
    objective = factories.objective(factories.perspective(scorecard), code="C-1")
    client = client_for(edi)
    every = [row.key for row in client.get(page("library", scorecard)).context["found"]]
    # SQLite takes some forty rows of KPIs in one go.
    batches = [every[:1], every[1:2], every[2:40]]

    def act() -> None:
        data = {"kpis": batches.pop(0), "objective": objective.pk, "status": "adopted"}
        assert client.post(page("library", scorecard), data).status_code == 302

    flat_queries(act, lambda: None)

    assert objective.kpis.count() > 30


def test_all_of_the_library_is_added_at_once(scorecard, edi, client_for) -> None:
    objective = factories.objective(factories.perspective(scorecard), code="C-1")
    client = client_for(edi)
    found = client.get(page("library", scorecard)).context["found"]
    data = {"kpis": [row.key for row in found], "objective": objective.pk, "status": "adopted"}

    client.post(page("library", scorecard), data)

    names = {row.entry.name.id for row in found}
    assert {kpi.name for kpi in objective.kpis.all()} == names
    assert all(row.is_there for row in client.get(page("library", scorecard)).context["found"])
