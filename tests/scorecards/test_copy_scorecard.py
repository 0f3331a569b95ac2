"""A new scorecard as a copy: its design, and nothing of what was measured with it."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from organizations.models import Organization, Role, User
from scorecards.models import CauseLink, Scorecard, Target
from scorecards.services.copying import copy_scorecard
from tests import factories


@pytest.fixture
def source(org: Organization, alice: User) -> Scorecard:
    """Two objectives with a link, three KPIs, targets, weights and a measured period."""
    strategy = factories.strategy(org)
    mission = strategy.missions.create(order=1, text="Melayani pelanggan")
    scorecard = factories.scorecard(
        org,
        name="CRM 2025",
        frequency="monthly",
        strategy=strategy,
        red_limit=Decimal(4),
        priority_method="column_mean",
    )
    perspective = factories.perspective(scorecard, code="C", name="Pelanggan")
    cause = factories.objective(perspective, code="C-1", statement="Melayani")
    effect = factories.objective(perspective, code="C-2", statement="Memuaskan")
    cause.missions.add(mission)
    CauseLink.objects.create(
        scorecard=scorecard, cause=cause, effect=effect, reason="Layanan memuaskan"
    )
    kpi = factories.kpi(
        cause,
        code="C-1",
        name="Retensi",
        definition="Yang kembali",
        unit="%",
        decimals=1,
        formula="retention-rate",
        frequency="quarterly",
        basis="Usulan",
        person_in_charge="Bu Rina",
    )
    factories.kpi(effect, code="C-2", status="dropped", status_reason="Tak terukur")
    factories.kpi(effect, code="C-3", status="candidate")
    factories.target(kpi, valid_from=date(2025, 1, 1))
    factories.target(kpi, standard=40, valid_from=date(2026, 1, 1))
    period = factories.period(scorecard)
    factories.measurement(kpi, period)
    weights = scorecard.weight_sets.create(origin="equal", created_by=alice)
    weights.weights.create(kpi=kpi, value=1)
    return scorecard


def copy_url(org: Organization, source: Scorecard) -> str:
    return reverse("scorecards:scorecard-copy", args=[org.slug, source.pk])


def copied(source: Scorecard) -> Scorecard:
    return Scorecard.objects.exclude(pk=source.pk).get()


def shape(scorecard: Scorecard) -> list[object]:
    kpi_fields = (
        "objective__code code name definition unit decimals frequency formula basis status "
        "status_reason order"
    ).split()
    return [
        list(scorecard.perspectives.values_list("code", "name", "order")),
        list(scorecard.objectives.values_list("perspective__code", "code", "statement", "order")),
        list(scorecard.cause_links.values_list("cause__code", "effect__code", "reason")),
        list(scorecard.kpis.values_list(*kpi_fields)),
        [scorecard.frequency, scorecard.red_limit, scorecard.priority_method, scorecard.scoring],
    ]


def test_design_is_copied_and_nothing_else(source, org, edi, client_for) -> None:
    response = client_for(edi).post(copy_url(org, source), {"name": "CRM 2026"})

    copy = copied(source)
    assert response.url == reverse("scorecards:scorecard", args=[org.slug, copy.pk])
    assert (copy.name, copy.organization, copy.saved_by, copy.version) == ("CRM 2026", org, edi, 1)
    assert shape(copy) == shape(source)
    assert not copy.periods.exists()
    assert not copy.weight_sets.exists()
    assert not Target.objects.filter(kpi__scorecard=copy).exists()


def test_within_the_organization_strategy_missions_and_people_stay(
    source, org, edi, client_for
) -> None:
    client_for(edi).post(copy_url(org, source), {"name": "CRM 2026"})

    copy = copied(source)
    assert copy.strategy == source.strategy
    assert [each.text for each in copy.objectives.get(code="C-1").missions.all()] == [
        "Melayani pelanggan"
    ]
    assert copy.kpis.get(code="C-1").person_in_charge == "Bu Rina"


def test_targets_come_when_asked_for_with_their_history(source, org, edi, client_for) -> None:
    client_for(edi).post(copy_url(org, source), {"name": "CRM 2026", "with_targets": "on"})

    targets = Target.objects.filter(kpi__scorecard=copied(source))
    assert [(each.valid_from.year, each.standard) for each in targets] == [(2025, 30), (2026, 40)]
    assert [each.history.get().history_user for each in targets] == [edi, edi]
    assert source.kpis.get(code="C-1").targets.count() == 2


def test_source_stays_as_it_is(source, org, edi, client_for) -> None:
    before = shape(source)

    client_for(edi).post(copy_url(org, source), {"name": "CRM 2026", "with_targets": "on"})

    assert shape(source) == before


def test_cooperative_copies_from_a_member_without_its_people(source, org, client_for) -> None:
    cooperative = factories.organization("Koperasi Induk")
    org.parent = cooperative
    org.save()
    admin = factories.membership(factories.user("Bu Ketua"), cooperative, Role.ADMIN).user
    client = client_for(admin)
    url = copy_url(cooperative, source)
    listed = client.get(reverse("scorecards:scorecard-copy-list", args=[cooperative.slug]))

    response = client.post(url, {"name": "CRM 2025"})

    assert url in listed.content.decode()
    copy = copied(source)
    assert response.status_code == 302
    assert (copy.organization, copy.strategy) == (cooperative, None)
    assert shape(copy) == shape(source)
    assert copy.kpis.get(code="C-1").person_in_charge == ""
    assert not copy.objectives.get(code="C-1").missions.exists()


def test_editor_of_a_cooperative_sees_nothing_of_its_members(source, org, client_for) -> None:
    cooperative = factories.organization("Koperasi Induk")
    org.parent = cooperative
    org.save()
    editor = factories.membership(factories.user("Petugas"), cooperative, Role.EDITOR).user
    client = client_for(editor)

    listed = client.get(reverse("scorecards:scorecard-copy-list", args=[cooperative.slug]))

    assert source.name not in listed.content.decode()
    assert client.get(copy_url(cooperative, source)).status_code == 404
    assert client.post(copy_url(cooperative, source), {"name": "X"}).status_code == 404


def test_strangers_scorecard_does_not_exist(source, other_org, charlie, client_for) -> None:
    client = client_for(charlie)

    listed = client.get(reverse("scorecards:scorecard-copy-list", args=[other_org.slug]))

    assert source.name not in listed.content.decode()
    assert client.get(copy_url(other_org, source)).status_code == 404
    assert client.post(copy_url(other_org, source), {"name": "X"}).status_code == 404
    assert Scorecard.objects.count() == 1


def test_researcher_may_read_but_not_copy(source, org, bob, client_for) -> None:
    assert client_for(bob).get(copy_url(org, source)).status_code == 403


def test_researcher_copies_into_an_organization_that_he_edits(
    source, org, other_org, bob, client_for
) -> None:
    factories.membership(bob, other_org, Role.EDITOR)

    client_for(bob).post(copy_url(other_org, source), {"name": "Punya kami"})

    assert copied(source).organization == other_org


def test_page_shows_what_is_copied_and_proposes_a_free_name(source, org, edi, client_for) -> None:
    response = client_for(edi).get(copy_url(org, source))

    assert "Retensi" in response.content.decode()
    name = response.context["form"]["name"].value()
    assert name.startswith("CRM 2025 ")
    assert Scorecard.objects.count() == 1


def test_second_press_makes_no_second_copy(source, org, edi, client_for) -> None:
    client = client_for(edi)
    client.post(copy_url(org, source), {"name": "CRM 2026"})

    response = client.post(copy_url(org, source), {"name": "crm 2026"})

    assert response.status_code == 422
    assert response.context["form"].has_error("name", "taken")
    assert Scorecard.objects.count() == 2


def test_without_a_name_nothing_is_copied(source, org, edi, client_for) -> None:
    response = client_for(edi).post(copy_url(org, source), {})

    assert response.status_code == 422
    assert Scorecard.objects.count() == 1


def test_blank_scorecard_offers_no_targets(org, edi, client_for) -> None:
    blank = factories.scorecard(org)
    response = client_for(edi).get(copy_url(org, blank))

    assert "with_targets" not in response.context["form"].fields
    client_for(edi).post(copy_url(org, blank), {"name": "Kosong"})
    assert not copied(blank).perspectives.exists()


def test_list_without_scorecards_leads_to_a_new_one(org, edi, client_for) -> None:
    content = client_for(edi).get(reverse("scorecards:scorecard-copy-list", args=[org.slug]))

    assert reverse("scorecards:scorecard-create", args=[org.slug]) in content.content.decode()


def test_as_many_queries_for_a_larger_design(source, org, alice, flat_queries) -> None:
    names = iter("ABC")

    def act() -> None:
        copy_scorecard(
            source=source, organization=org, name=next(names), by=alice, with_targets=True
        )

    def grow() -> None:
        perspective = factories.perspective(source)
        for _number in range(5):
            objective = factories.objective(perspective)
            objective.missions.add(source.strategy.missions.get())
            factories.target(factories.kpi(objective))

    flat_queries(act, grow)


def test_list_queries_do_not_grow(source, org, edi, client_for, flat_queries) -> None:
    client = client_for(edi)
    url = reverse("scorecards:scorecard-copy-list", args=[org.slug])

    flat_queries(lambda: client.get(url), lambda: factories.scorecard(org))
