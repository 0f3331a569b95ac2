"""Vision and missions: written, reworded, reordered, deleted."""

import pytest
from django.urls import reverse

from organizations import services
from organizations.models import EditConflict, Mission, Strategy
from tests import factories


def page(name, org, *args):
    return reverse(f"organizations:{name}", args=[org.slug, *args])


def values(missions=(), **changes):
    typed = {"vision": "Dikenal di seluruh negeri.", "start_year": "2026", "end_year": "2030"}
    rows = {
        "mission_id": [str(pk or "") for pk, _text in missions],
        "mission_text": [text for _pk, text in missions],
    }
    return typed | rows | changes


@pytest.fixture
def strategy(org):
    strategy = factories.strategy(org)
    for order, text in enumerate(("Menjaga mutu.", "Melayani cepat."), start=1):
        Mission.objects.create(strategy=strategy, order=order, text=text)
    return strategy


def stored(strategy):
    return [(mission.pk, mission.text) for mission in strategy.missions.all()]


def edit(client, org, strategy, missions, **changes):
    url = page("strategy-edit", org, strategy.pk)
    return client.post(url, values(missions, **{"version": strategy.version, **changes}))


def test_editor_writes_vision_and_missions(client_for, org, edi):
    missions = [(None, "Menjaga mutu."), (None, "  "), (None, "Melayani cepat.")]
    response = client_for(edi).post(page("strategy-create", org), values(missions))
    assert response.url == page("strategy", org)
    strategy = Strategy.objects.get()
    assert (strategy.organization, strategy.saved_by) == (org, edi)
    assert [mission.text for mission in strategy.missions.all()] == [
        "Menjaga mutu.",
        "Melayani cepat.",
    ]


def test_form_that_is_sent_twice_makes_one_strategy(client_for, org, edi):
    client = client_for(edi)
    missions = [(None, "Menjaga mutu.")]
    for _ in range(2):
        response = client.post(page("strategy-create", org), values(missions))
        assert response.url == page("strategy", org)
    assert Strategy.objects.get().missions.count() == 1
    client.post(page("strategy-create", org), values([(None, "Melayani cepat.")]))
    assert Strategy.objects.count() == 2, "other missions are another strategy"


def test_page_shows_vision_and_missions_in_order(client_for, org, bob, strategy):
    text = client_for(bob).get(page("strategy", org)).content.decode()
    assert strategy.vision in text
    assert text.index("Menjaga mutu.") < text.index("Melayani cepat.")
    assert page("strategy-edit", org, strategy.pk) not in text, "bob may only read"


@pytest.mark.parametrize(("who", "offered"), [("edi", True), ("bob", False)])
def test_page_without_a_strategy_says_what_to_do(request, client_for, org, who, offered):
    text = client_for(request.getfixturevalue(who)).get(page("strategy", org)).content.decode()
    assert (page("strategy-create", org) in text) is offered


def test_strategy_page_needs_no_more_queries_for_more_strategies(
    client_for, flat_queries, org, bob, strategy
):
    client = client_for(bob)

    def grow():
        for _ in range(3):
            more = factories.strategy(org)
            Mission.objects.create(strategy=more, order=1, text="Misi")

    flat_queries(lambda: client.get(page("strategy", org)), grow)


def test_reworded_and_moved_mission_stays_the_same_row(client_for, org, edi, strategy):
    (first, _), (second, text) = stored(strategy)
    edit(client_for(edi), org, strategy, [(second, text), (first, "Menjaga mutu tinggi.")])
    assert stored(strategy) == [(second, text), (first, "Menjaga mutu tinggi.")]
    strategy.refresh_from_db()
    assert (strategy.version, strategy.saved_by) == (2, edi)


def test_objectives_keep_the_mission_that_is_reworded(client_for, org, edi, strategy):
    (first, _), second = stored(strategy)
    perspective = factories.perspective(factories.scorecard(org, strategy=strategy))
    objective = factories.objective(perspective)
    objective.missions.add(first)
    edit(client_for(edi), org, strategy, [second, (first, "Kata baru.")])
    assert [mission.text for mission in objective.missions.all()] == ["Kata baru."]


def test_emptied_and_left_out_missions_are_deleted(client_for, org, edi, strategy):
    (first, _), (second, _) = stored(strategy)
    edit(client_for(edi), org, strategy, [(first, " "), (None, "Misi baru.")])
    assert [text for _pk, text in stored(strategy)] == ["Misi baru."]
    assert not Mission.objects.filter(pk__in=[first, second]).exists()


def test_mission_of_another_organization_is_not_taken(client_for, org, other_org, edi, strategy):
    theirs = Mission.objects.create(
        strategy=factories.strategy(other_org), order=1, text="Misi mereka."
    )
    edit(client_for(edi), org, strategy, [(theirs.pk, "Diambil.")])
    theirs.refresh_from_db()
    assert (theirs.text, theirs.strategy.organization) == ("Misi mereka.", other_org)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"vision": ""}, "vision"),
        ({"vision": "v" * 1001}, "vision"),
        ({"start_year": "dua ribu"}, "start_year"),
        ({"start_year": "26"}, "start_year"),
        ({"end_year": "2025"}, "end_year"),
        ({"mission_id": [""], "mission_text": ["m" * 1001]}, "__all__"),
        ({"mission_id": [""] * 51, "mission_text": ["m"] * 51}, "__all__"),
    ],
)
def test_faults_are_named_and_what_was_typed_stays(client_for, org, edi, changes, field):
    typed = values([(None, "Misi yang diketik.")]) | changes
    response = client_for(edi).post(page("strategy-create", org), typed)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    text = response.content.decode()
    assert "Misi yang diketik." in text or "mission_text" in changes
    assert not Strategy.objects.exists()


def test_character_that_no_database_stores_is_left_out_of_a_mission(client_for, org, edi, strategy):
    assert edit(client_for(edi), org, strategy, [(None, "Melatih\0 pembatik")]).status_code == 302
    assert strategy.missions.get().text == "Melatih pembatik"


def test_form_cannot_move_a_strategy(client_for, org, other_org, edi, strategy):
    edit(client_for(edi), org, strategy, [], organization=other_org.pk, id="99", saved_by="1")
    strategy.refresh_from_db()
    assert strategy.organization == org


@pytest.mark.parametrize(
    ("wish", "texts"),
    [
        ("up-2", ["b", "a", "c"]),
        ("down-2", ["a", "c", "b"]),
        ("remove-2", ["a", "c"]),
        ("up-1", ["a", "b", "c"]),
        ("down-3", ["a", "b", "c"]),
        ("add", ["a", "b", "c", ""]),
        ("up-x", ["a", "b", "c"]),
        ("sideways-2", ["a", "b", "c"]),
    ],
)
def test_buttons_rearrange_the_rows_without_saving(client_for, org, edi, strategy, wish, texts):
    before = stored(strategy)
    rows = [(None, "a"), (None, "b"), (None, "c")]
    response = edit(client_for(edi), org, strategy, rows, rearrange=wish, vision="Sedang ditulis")
    assert response.status_code == 200
    form = response.context["form"]
    assert [row.text for row in form.typed] == texts
    assert "Sedang ditulis" in response.content.decode()
    assert not form.errors
    assert stored(strategy) == before


def test_rearranging_keeps_the_version_that_the_reader_began_with(client_for, org, edi, strategy):
    client = client_for(edi)
    edit(client, org, strategy, [])
    response = edit(client, org, strategy, [(None, "a")], rearrange="add")
    assert response.context["form"]["version"].value() == "1"


def test_second_editor_sees_both_missions_and_overwrites_nothing(
    client_for, org, alice, edi, strategy
):
    edit(client_for(alice), org, strategy, [(None, "Misi Alice.")], vision="Visi Alice.")
    response = edit(client_for(edi), org, strategy, [(None, "Misi Edi.")], vision="Visi Edi.")
    assert response.status_code == 409
    text = response.content.decode()
    for shown in ("Misi Alice.", "Misi Edi.", "Visi Alice.", "Visi Edi.", "Alice"):
        assert shown in text
    assert [text for _pk, text in stored(strategy)] == ["Misi Alice."]


def test_strategy_that_was_deleted_meanwhile_is_not_made_again(org, edi, strategy):
    stale = Strategy.objects.get(pk=strategy.pk)
    strategy.delete()
    with pytest.raises(EditConflict) as conflict:
        services.save_strategy(
            strategy=stale,
            missions=[services.strategy.MissionText(None, "Misi Edi.")],
            seen=1,
            by=edi,
        )
    assert conflict.value.current is None
    assert any("Misi Edi." in str(yours) for _label, yours, _theirs in conflict.value.more)
    assert not Strategy.objects.exists()


def test_editor_deletes_a_strategy_after_confirming(client_for, org, edi, strategy):
    url = page("strategy-delete", org, strategy.pk)
    assert client_for(edi).get(url).status_code == 200
    assert Strategy.objects.exists()
    assert client_for(edi).post(url, {"version": 1}).url == page("strategy", org)
    assert not Strategy.objects.exists()


def test_deleting_without_or_with_an_old_version_deletes_nothing(
    client_for, org, alice, edi, strategy
):
    url = page("strategy-delete", org, strategy.pk)
    assert client_for(edi).post(url, {"x": ""}).status_code == 422
    edit(client_for(alice), org, strategy, [])
    assert client_for(edi).post(url, {"version": 1}).status_code == 409
    assert Strategy.objects.exists()


def test_scorecard_survives_its_strategy(client_for, org, edi, strategy):
    scorecard = factories.scorecard(org, strategy=strategy)
    client_for(edi).post(page("strategy-delete", org, strategy.pk), {"version": 1})
    scorecard.refresh_from_db()
    assert scorecard.strategy is None


def test_a_copied_list_becomes_as_many_missions_without_its_numbers(client_for, org, edi):
    pasted = "1. Menjaga mutu.\r\n2. Melayani cepat."
    client_for(edi).post(
        page("strategy-create", org), values([(None, pasted), (None, "• Berbagi ilmu.")])
    )
    texts = [mission.text for mission in Mission.objects.order_by("order")]
    assert texts == ["Menjaga mutu.", "Melayani cepat.", "Berbagi ilmu."]


def test_a_mission_is_deleted_and_not_sent_away(client_for, org, edi, strategy):
    """A person is removed from the organization, a mission from the list: two words."""
    form = client_for(edi).get(page("strategy-edit", org, strategy.pk)).content.decode()
    assert form.count("Hapus<span") == 2
    assert "Keluarkan" not in form
