"""What is done about objectives and KPIs: adding, changing, finishing, and being late."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from organizations.models import Organization
from scorecards.models import KPI, Initiative, Objective, Scorecard
from scorecards.selectors.initiatives import initiative_list
from scorecards.services.initiatives import add_initiative
from tests import factories
from tests.scorecards.pages import in_english, page

TODAY = date(2026, 11, 21)


@pytest.fixture
def scorecard(org) -> Scorecard:
    return factories.scorecard(org)


@pytest.fixture
def objective(scorecard) -> Objective:
    return factories.objective(factories.perspective(scorecard), code="C-1", statement="Setia")


@pytest.fixture
def kpi(objective) -> KPI:
    return factories.kpi(objective, code="C-1", name="Loyalitas")


@pytest.fixture
def initiative(kpi, edi) -> Initiative:
    return add_initiative(about=kpi, name="Kartu anggota", by=edi, status="running", progress=20)


def sent(about: Objective | KPI, **others: object) -> dict[str, object]:
    kind = "kpi" if isinstance(about, KPI) else "objective"
    fields = {"about": f"{kind}-{about.pk}", "name": "Kartu anggota"}
    return fields | {"status": "planned", "progress": "0"} | others


# -- Adding


def test_saves_every_field(scorecard, kpi, edi, client_for) -> None:
    fields = sent(
        kpi,
        person_in_charge="Bu Sri",
        budget="Rp 1.500.000",
        start="2026-11-01",
        end="31-12-2026",
        status="running",
        progress="40",
        notes="Mulai dari anggota lama",
    )

    response = client_for(edi).post(page("initiative-create", scorecard), fields)

    saved = Initiative.objects.get()
    assert response.url == f"{page('initiative-list', scorecard)}#initiative-{saved.pk}"
    assert (saved.scorecard, saved.kpi, saved.objective) == (scorecard, kpi, None)
    assert (saved.name, saved.person_in_charge) == ("Kartu anggota", "Bu Sri")
    assert (saved.budget, saved.start, saved.end) == (
        Decimal(1_500_000),
        date(2026, 11, 1),
        date(2026, 12, 31),
    )
    assert (saved.status, saved.progress, saved.saved_by) == ("running", 40, edi)
    assert saved.notes == "Mulai dari anggota lama"


def test_budget_is_read_back(scorecard, kpi, edi, client_for) -> None:
    client = in_english(client_for(edi))

    response = client.post(
        page("initiative-create", scorecard), sent(kpi, budget="1.500.000"), follow=True
    )

    assert "Budget read as: Rp1,500,000." in response.content.decode()


def test_is_for_an_objective_as_well(scorecard, objective, edi, client_for) -> None:
    client_for(edi).post(page("initiative-create", scorecard), sent(objective))

    saved = Initiative.objects.get()
    assert (saved.objective, saved.kpi) == (objective, None)


def test_link_chooses_what_it_is_for(scorecard, objective, kpi, edi, client_for) -> None:
    client, url = client_for(edi), page("initiative-create", scorecard)

    chosen = [
        client.get(url, query).context["form"]["about"].value()
        for query in ({"kpi": kpi.pk}, {"objective": objective.pk}, {"kpi": "0"}, {"kpi": "x"})
    ]

    assert chosen == [f"kpi-{kpi.pk}", f"objective-{objective.pk}", None, None]


@pytest.mark.parametrize(
    ("fields", "at_fault"),
    [
        ({"about": ""}, "about"),
        ({"about": "kpi-0"}, "about"),
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"budget": "-1"}, "budget"),
        ({"budget": "seribu"}, "budget"),
        ({"budget": "1500,5"}, "budget"),
        ({"budget": "1" * 16}, "budget"),
        ({"start": "2026-12-01", "end": "2026-11-30"}, "end"),
        ({"end": "kemarin"}, "end"),
        ({"end": "0226-11-30"}, "end"),
        ({"progress": "101"}, "progress"),
        ({"progress": "-1"}, "progress"),
        ({"progress": "12,5"}, "progress"),
        ({"progress": ""}, "progress"),
        ({"status": "unknown"}, "status"),
    ],
)
def test_wrong_fields_are_named(scorecard, kpi, edi, client_for, fields, at_fault) -> None:
    response = client_for(edi).post(page("initiative-create", scorecard), sent(kpi) | fields)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [at_fault]
    assert not Initiative.objects.exists()


def test_one_day_is_long_enough(scorecard, kpi, edi, client_for) -> None:
    fields = sent(kpi, start="2026-12-01", end="2026-12-01")

    client_for(edi).post(page("initiative-create", scorecard), fields)

    assert Initiative.objects.get().end == date(2026, 12, 1)


def test_part_of_another_scorecard_is_refused(scorecard, kpi, org, edi, client_for) -> None:
    foreign = factories.kpi(factories.objective(factories.perspective(factories.scorecard(org))))

    response = client_for(edi).post(page("initiative-create", scorecard), sent(foreign))

    assert response.status_code == 422
    assert response.context["form"].has_error("about", "invalid_choice")


def test_dropped_kpi_is_offered_only_where_it_is_chosen(
    scorecard, kpi, initiative, edi, client_for
) -> None:
    KPI.objects.filter(pk=kpi.pk).update(status="dropped")
    client = client_for(edi)

    new = client.get(page("initiative-create", scorecard)).content.decode()
    old = client.get(page("initiative-edit", scorecard, initiative.pk)).content.decode()

    assert f'value="kpi-{kpi.pk}"' not in new
    assert f'value="kpi-{kpi.pk}" selected' in old


# -- Status and progress


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (("done", "30"), ("done", 100)),
        (("done", ""), ("done", 100)),
        (("done", "500"), ("done", 100)),
        (("planned", "10"), ("running", 10)),
        (("planned", "0"), ("planned", 0)),
        (("running", "100"), ("running", 100)),
        (("stopped", "60"), ("stopped", 60)),
    ],
)
def test_status_and_progress_agree(scorecard, initiative, edi, client_for, typed, stored) -> None:
    fields = dict(zip(("status", "progress"), typed, strict=True)) | {"version": 1}

    client_for(edi).post(page("initiative-progress", scorecard, initiative.pk), fields)

    initiative.refresh_from_db()
    assert (initiative.status, initiative.progress) == stored


def test_progress_leaves_the_rest_alone(scorecard, initiative, edi, client_for) -> None:
    url = page("initiative-progress", scorecard, initiative.pk)

    response = client_for(edi).post(url, {"status": "running", "progress": "60", "version": 1})

    initiative.refresh_from_db()
    assert response.status_code == 302
    assert (initiative.name, initiative.progress, initiative.version) == ("Kartu anggota", 60, 2)


def test_progress_that_cannot_be_read_is_refused(scorecard, initiative, edi, client_for) -> None:
    url = page("initiative-progress", scorecard, initiative.pk)

    response = client_for(edi).post(url, {"status": "running", "progress": "x", "version": 1})

    assert response.status_code == 422
    assert response.context["form"]["progress"].value() == "x"


# -- Two people, and deleting


@pytest.mark.parametrize("name", ["initiative-edit", "initiative-progress", "initiative-delete"])
def test_second_of_two_editors_is_told(scorecard, kpi, initiative, edi, client_for, name) -> None:
    initiative.version = 2
    initiative.save()

    response = client_for(edi).post(
        page(name, scorecard, initiative.pk), sent(kpi, progress="90", version=1)
    )

    initiative.refresh_from_db()
    assert (response.status_code, initiative.progress) == (409, 20)


def test_edit_moves_it_to_an_objective(scorecard, objective, initiative, edi, client_for) -> None:
    fields = sent(objective, name="Kartu baru", version=1)

    client_for(edi).post(page("initiative-edit", scorecard, initiative.pk), fields)

    initiative.refresh_from_db()
    assert (initiative.name, initiative.kpi, initiative.objective) == (
        "Kartu baru",
        None,
        objective,
    )


def test_deletes_after_asking(scorecard, initiative, edi, client_for) -> None:
    client, url = client_for(edi), page("initiative-delete", scorecard, initiative.pk)
    assert "Kartu anggota" in client.get(url).content.decode()
    assert Initiative.objects.exists()

    response = client.post(url, {"version": 1})

    assert response.url == page("initiative-list", scorecard)
    assert not Initiative.objects.exists()


# -- The list


def test_late_means_over_and_neither_done_nor_stopped(scorecard, kpi, edi) -> None:
    for end in (date(2026, 11, 20), TODAY, None):
        for status in Initiative.Status.values:
            add_initiative(about=kpi, name=f"{end} {status}", by=edi, status=status, end=end)

    rows = initiative_list(scorecard, TODAY, "late").rows

    assert [row.initiative.name for row in rows] == ["2026-11-20 running", "2026-11-20 planned"]


def test_late_ones_stand_first_and_those_without_a_day_last(scorecard, kpi, edi) -> None:
    for name, end in (("open", None), ("next", date(2027, 1, 1)), ("late", date(2026, 1, 1))):
        add_initiative(about=kpi, name=name, by=edi, end=end)

    rows = initiative_list(scorecard, TODAY).rows

    assert [row.initiative.name for row in rows] == ["late", "next", "open"]


def test_list_counts_and_adds_up_what_it_shows(scorecard, kpi, edi) -> None:
    add_initiative(about=kpi, name="A", by=edi, status="done", budget=Decimal(1_000_000))
    add_initiative(about=kpi, name="B", by=edi, status="done")
    add_initiative(about=kpi, name="C", by=edi, budget=Decimal(250_000))

    everything = initiative_list(scorecard, TODAY)
    done = initiative_list(scorecard, TODAY, "done")

    assert [(each.key, each.count) for each in everything.choices] == [
        ("all", 3),
        ("late", 0),
        ("planned", 1),
        ("done", 2),
    ]
    assert (everything.budget, everything.without_budget) == (1_250_000, 1)
    assert (done.budget, done.without_budget, len(done.rows)) == (1_000_000, 1, 2)


@pytest.mark.parametrize("shown", ["nonsense", "stopped", ""])
def test_unknown_choice_shows_all(scorecard, initiative, shown) -> None:
    found = initiative_list(scorecard, TODAY, shown)

    assert (found.shown, len(found.rows)) == ("all", 1)


def test_today_is_the_organizations_own(scorecard, kpi, edi, client_for, monkeypatch) -> None:
    """At 22.30 in Jakarta it is past midnight in Jayapura: there the 20th is over."""
    late_evening = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: late_evening)
    add_initiative(about=kpi, name="Pameran", by=edi, end=date(2026, 11, 20))
    client, url = client_for(edi), page("initiative-list", scorecard)
    assert client.get(url).context["page"].late == 0

    Organization.objects.update(timezone=Organization.Timezone.WIT)

    assert client.get(url).context["page"].late == 1


def test_researchers_read_and_change_nothing(scorecard, initiative, bob, client_for) -> None:
    content = client_for(bob).get(page("initiative-list", scorecard)).content.decode()

    assert "Kartu anggota" in content
    assert page("initiative-edit", scorecard, initiative.pk) not in content
    assert page("initiative-create", scorecard) not in content


def test_text_of_users_is_never_markup(scorecard, kpi, edi, client_for) -> None:
    evil = "<script>alert(1)</script>"
    add_initiative(about=kpi, name=evil, by=edi, notes=evil, person_in_charge=evil)

    content = client_for(edi).get(page("initiative-list", scorecard)).content.decode()

    assert "<script>alert" not in content
    assert content.count("&lt;script&gt;alert") >= 3


def test_stand_on_the_pages_of_their_kpi_and_objective(
    scorecard, objective, kpi, initiative, edi, client_for
) -> None:
    add_initiative(about=objective, name="Rapat bulanan", by=edi)
    client = client_for(edi)

    of_kpi = client.get(page("kpi", scorecard, kpi.pk)).content.decode()
    of_design = client.get(page("scorecard", scorecard)).content.decode()

    for content in (of_kpi, of_design):
        assert "Kartu anggota" in content
        assert "Rapat bulanan" in content
    assert f"{page('initiative-create', scorecard)}?kpi={kpi.pk}" in of_kpi
    assert f"{page('initiative-create', scorecard)}?objective={objective.pk}" in of_design


@pytest.mark.parametrize("name", ["initiative-list", "scorecard"])
def test_queries_do_not_grow(scorecard, kpi, edi, client_for, flat_queries, name) -> None:
    client = client_for(edi)
    period = factories.period(scorecard)
    fill(scorecard, period, edi, 1)

    flat_queries(lambda: client.get(page(name, scorecard)), lambda: fill(scorecard, period, edi, 5))


def fill(scorecard, period, by, count: int) -> None:
    """Red KPIs, every second one with an initiative for it and one for its objective."""
    perspective = factories.perspective(scorecard)
    for number in range(2 * count):
        kpi = factories.kpi(factories.objective(perspective))
        factories.target(kpi)
        factories.measurement(kpi, period, 1)
        if number % 2:
            add_initiative(about=kpi, name="A", by=by)
            add_initiative(about=kpi.objective, name="B", by=by)
