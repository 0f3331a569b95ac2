"""Objectives: where they stand, which missions they serve, which code comes next."""

import pytest

from scorecards.models import Objective, Scorecard
from tests import factories
from tests.scorecards.pages import page


@pytest.fixture
def scorecard(org) -> Scorecard:
    return factories.scorecard(org, strategy=factories.strategy(org))


def add(client, scorecard, **sent):
    return client.post(page("objective-create", scorecard), {"code": "", **sent})


def test_next_code_is_proposed_for_a_perspective(scorecard, edi, client_for) -> None:
    perspective = factories.perspective(scorecard, code="C")
    factories.objective(perspective, code="C-1")

    url = f"{page('objective-create', scorecard)}?perspective={perspective.pk}"
    form = client_for(edi).get(url).context["form"]

    # Named, and not filled in: the perspective may still be changed on the form.
    assert "C-2" in form["code"].help_text
    assert not form["code"].value()
    assert form["perspective"].value() == perspective.pk


@pytest.mark.parametrize("value", ["0", "abc", "999999", "²"])
def test_link_to_nowhere_proposes_nothing(scorecard, edi, client_for, value) -> None:
    response = client_for(edi).get(page("objective-create", scorecard), {"perspective": value})

    assert response.status_code == 200
    assert response.context["form"]["code"].value() == ""
    assert "S-1" not in response.context["form"]["code"].help_text


def test_empty_code_becomes_the_next_of_the_chosen_perspective(scorecard, edi, client_for) -> None:
    perspective = factories.perspective(scorecard, code="P")
    factories.objective(perspective, code="P-1", order=1)
    mission = scorecard.strategy.missions.create(order=1, text="Melayani")

    add(
        client_for(edi),
        scorecard,
        perspective=perspective.pk,
        statement="Melayani cepat",
        missions=[mission.pk],
    )

    objective = Objective.objects.get(statement="Melayani cepat")
    assert (objective.code, objective.order, objective.scorecard) == ("P-2", 2, scorecard)
    assert list(objective.missions.all()) == [mission]


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        ([], "CV-1"),
        (["CV1", "CV2", "CV3"], "CV4"),
        (["CV-1", "CV-4"], "CV-5"),
        (["CV-9"], "CV-10"),
        (["S1", "S2"], "S3"),
        (["Utama"], "CV-1"),
    ],
)
def test_row_of_a_perspective_goes_on_as_it_began(
    scorecard, edi, client_for, there, expected
) -> None:
    perspective = factories.perspective(scorecard, code="CV")
    for order, code in enumerate(there):
        factories.objective(perspective, code=code, order=order)

    add(client_for(edi), scorecard, perspective=perspective.pk, statement="Baru")

    assert Objective.objects.get(statement="Baru").code == expected


def test_save_and_add_another_asks_for_the_next_in_the_same_place(
    scorecard, edi, client_for
) -> None:
    perspective = factories.perspective(scorecard)

    response = add(
        client_for(edi), scorecard, perspective=perspective.pk, statement="Satu", another="1"
    )

    assert response.url == f"{page('objective-create', scorecard)}?perspective={perspective.pk}"


def test_foreign_perspectives_and_missions_are_refused(
    org, other_org, scorecard, edi, client_for
) -> None:
    foreign = factories.perspective(factories.scorecard(org))
    elsewhere = factories.strategy(other_org).missions.create(order=1, text="Lain")

    response = add(
        client_for(edi),
        scorecard,
        perspective=foreign.pk,
        statement="Curi",
        missions=[elsewhere.pk],
    )

    assert response.status_code == 422
    assert response.context["form"].has_error("perspective", "invalid_choice")
    assert response.context["form"].has_error("missions", "invalid_choice")


def test_without_a_strategy_no_missions_are_asked_for(org, edi, client_for) -> None:
    scorecard = factories.scorecard(org)

    form = client_for(edi).get(page("objective-create", scorecard)).context["form"]

    assert "missions" not in form.fields


def test_one_that_changes_its_perspective_goes_to_the_end(scorecard, edi, client_for) -> None:
    old, new = factories.perspective(scorecard), factories.perspective(scorecard)
    factories.objective(new, order=4)
    moved = factories.objective(old, order=1)
    sent = {
        "perspective": new.pk,
        "statement": moved.statement,
        "code": moved.code,
        "version": moved.version,
    }

    client_for(edi).post(page("objective-edit", scorecard, moved.pk), sent)

    moved.refresh_from_db()
    assert (moved.perspective, moved.order) == (new, 5)


def test_moves_within_its_perspective(scorecard, edi, client_for) -> None:
    perspective = factories.perspective(scorecard)
    first, second = (factories.objective(perspective) for _ in range(2))

    response = client_for(edi).post(
        page("objective-move", scorecard, second.pk), {"direction": "up"}
    )

    assert list(perspective.objectives.all()) == [second, first]
    assert response.url == f"{page('scorecard', scorecard)}#objective-{second.pk}"
