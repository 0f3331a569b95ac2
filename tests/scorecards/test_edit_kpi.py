"""KPIs: their fields, codes, places, and whether they count."""

import pytest

from scorecards.models import KPI, Objective, Scorecard
from tests import factories
from tests.scorecards.pages import page


@pytest.fixture
def objective(org) -> Objective:
    perspective = factories.perspective(factories.scorecard(org), code="C")
    return factories.objective(perspective, code="C-1")


@pytest.fixture
def scorecard(objective) -> Scorecard:
    return objective.scorecard


def valid(objective: Objective, **changes: object) -> dict[str, object]:
    return {
        "objective": objective.pk,
        "name": "Pelanggan baru",
        "code": "",
        "unit": "orang",
        "decimals": "0",
        "definition": "Yang membeli untuk pertama kali",
        "timing": "lag",
        "source": "Buku penjualan",
        "person_in_charge": "Bu Siti",
        "status": "adopted",
    } | changes


@pytest.mark.parametrize("asked", ["9" * 5000, "9" * 30, "0", "-1", "x", "²", ""])
def test_page_asked_for_with_no_objective_has_none_chosen(
    objective, scorecard, edi, client_for, asked
) -> None:
    response = client_for(edi).get(page("kpi-create", scorecard), {"objective": asked})

    assert response.status_code == 200
    assert response.context["form"]["objective"].value() is None


def test_saves_every_field(objective, scorecard, edi, client_for) -> None:
    response = client_for(edi).post(page("kpi-create", scorecard), valid(objective))

    kpi = KPI.objects.get()
    assert response.url == page("kpi", scorecard, kpi.pk)
    assert (kpi.scorecard, kpi.objective, kpi.code, kpi.saved_by) == (
        scorecard,
        objective,
        "C-1.1",
        edi,
    )
    assert (kpi.unit, kpi.timing, kpi.source, kpi.person_in_charge) == (
        "orang",
        "lag",
        "Buku penjualan",
        "Bu Siti",
    )


def test_further_kpis_of_an_objective_are_numbered(objective, scorecard, edi, client_for) -> None:
    for _ in range(3):
        client_for(edi).post(page("kpi-create", scorecard), valid(objective))

    assert [kpi.code for kpi in scorecard.kpis.all()] == ["C-1.1", "C-1.2", "C-1.3"]


@pytest.mark.parametrize(
    ("objective_code", "there", "expected"),
    [
        ("EF1", [], "EF1-1"),
        ("EF1", ["EF1-1"], "EF1-2"),
        ("EF1", ["EF1"], "EF1-2"),
        ("EF1", ["EF1-1", "EF1-3"], "EF1-4"),
        ("C-1", ["C-1"], "C-1.2"),
        ("CV-1", ["CV1", "CV2", "CV6"], "CV7"),
        ("KEUANGAN-1", [], "KEUANGAN-1.1"),
        ("PELANGGAN-12", [], "PELANGGAN.1"),
    ],
)
def test_code_of_a_kpi_says_which_objective_it_measures(
    org, edi, client_for, objective_code, there, expected
) -> None:
    perspective = factories.perspective(factories.scorecard(org), code="X")
    objective = factories.objective(perspective, code=objective_code)
    for order, code in enumerate(there):
        factories.kpi(objective, code=code, order=order)
    client = client_for(edi)
    url = page("kpi-create", objective.scorecard)

    offered = client.get(url, {"objective": objective.pk}).context["form"]
    client.post(url, valid(objective))

    assert expected in offered["code"].help_text
    assert KPI.objects.get(name="Pelanggan baru").code == expected


def test_code_of_another_part_is_not_proposed(objective, scorecard, edi, client_for) -> None:
    factories.objective(objective.perspective, code="C-1.1", order=2)

    client_for(edi).post(page("kpi-create", scorecard), valid(objective))

    assert KPI.objects.get().code == "C-1.2"


def test_taken_code_without_a_place_still_gets_a_free_one_named(
    objective, scorecard, edi, client_for
) -> None:
    factories.kpi(objective, code="K1")
    sent = valid(objective, code="K1") | {"objective": ""}

    form = client_for(edi).post(page("kpi-create", scorecard), sent).context["form"]

    assert "K2" in form.errors["code"][0]


def test_save_and_add_another_stays_with_the_objective(
    objective, scorecard, edi, client_for
) -> None:
    response = client_for(edi).post(page("kpi-create", scorecard), valid(objective, another="1"))

    assert response.url == f"{page('kpi-create', scorecard)}?objective={objective.pk}"


def test_new_kpi_is_not_dropped_at_once(objective, scorecard, edi, client_for) -> None:
    response = client_for(edi).post(
        page("kpi-create", scorecard), valid(objective, status="dropped")
    )

    assert response.status_code == 422
    assert response.context["form"].has_error("status", "invalid_choice")


def test_foreign_objective_is_refused(org, objective, scorecard, edi, client_for) -> None:
    foreign = factories.objective(factories.perspective(factories.scorecard(org)))

    response = client_for(edi).post(page("kpi-create", scorecard), valid(foreign))

    assert response.status_code == 422
    assert response.context["form"].has_error("objective", "invalid_choice")


def test_edit_does_not_touch_the_status(objective, scorecard, edi, client_for) -> None:
    kpi = factories.kpi(objective, status="candidate")
    sent = valid(objective, code="K", version=kpi.version, status="adopted")

    client_for(edi).post(page("kpi-edit", scorecard, kpi.pk), sent)

    kpi.refresh_from_db()
    assert (kpi.name, kpi.status, kpi.version) == ("Pelanggan baru", "candidate", 2)


def test_one_that_changes_its_objective_goes_to_the_end(
    objective, scorecard, edi, client_for
) -> None:
    other = factories.objective(objective.perspective)
    factories.kpi(other, order=6)
    kpi = factories.kpi(objective, order=1)
    sent = valid(other, code=kpi.code, version=kpi.version)

    client_for(edi).post(page("kpi-edit", scorecard, kpi.pk), sent)

    kpi.refresh_from_db()
    assert (kpi.objective, kpi.order) == (other, 7)


def test_moves_within_its_objective(objective, scorecard, edi, client_for) -> None:
    first, second = (factories.kpi(objective) for _ in range(2))

    client_for(edi).post(page("kpi-move", scorecard, first.pk), {"direction": "down"})

    assert list(objective.kpis.all()) == [second, first]


def test_dropping_needs_a_reason(objective, scorecard, edi, client_for) -> None:
    kpi = factories.kpi(objective)
    url = page("kpi-status", scorecard, kpi.pk)
    sent = {"status": "dropped", "status_reason": "", "version": kpi.version}

    refused = client_for(edi).post(url, sent)
    accepted = client_for(edi).post(url, sent | {"status_reason": "Datanya tidak ada"})

    kpi.refresh_from_db()
    assert refused.status_code == 422
    assert "status_reason" in refused.context["form"].errors
    assert accepted.url == page("kpi", scorecard, kpi.pk)
    assert (kpi.status, kpi.status_reason) == ("dropped", "Datanya tidak ada")


def test_link_can_ask_to_drop(objective, scorecard, edi, client_for) -> None:
    url = page("kpi-status", scorecard, factories.kpi(objective).pk)

    asked = client_for(edi).get(url, {"status": "dropped"}).context["form"]
    nonsense = client_for(edi).get(url, {"status": "burnt"}).context["form"]

    assert asked["status"].value() == "dropped"
    assert nonsense["status"].value() == "adopted"
