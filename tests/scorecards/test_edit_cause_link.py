"""Links between objectives, through their pages."""

import pytest

from scorecards.models import CauseLink, Objective, Scorecard
from tests import factories
from tests.scorecards.pages import page


@pytest.fixture
def scorecard(org) -> Scorecard:
    return factories.scorecard(org)


@pytest.fixture
def objectives(scorecard) -> list[Objective]:
    return [
        factories.objective(factories.perspective(scorecard), code=code) for code in ("C-1", "P-1")
    ]


@pytest.fixture
def link(scorecard, objectives) -> CauseLink:
    """P-1 drives C-1."""
    return scorecard.cause_links.create(cause=objectives[1], effect=objectives[0])


def add(client, cause: Objective, effect: Objective, reason: str = ""):
    sent = {"cause": cause.pk, "effect": effect.pk, "reason": reason}
    return client.post(page("cause-link-create", cause.scorecard), sent)


def test_saves_the_link_with_its_reason(scorecard, objectives, edi, client_for) -> None:
    effect, cause = objectives

    response = add(client_for(edi), cause, effect, "Layanan cepat membuat pelanggan setia")

    link = CauseLink.objects.get()
    assert (link.cause, link.effect, link.scorecard) == (cause, effect, scorecard)
    assert (link.reason, link.saved_by) == ("Layanan cepat membuat pelanggan setia", edi)
    assert response.url == f"{page('map', scorecard)}#links"


def test_link_that_points_down_is_saved_and_said_to(objectives, edi, client_for) -> None:
    upper, lower = objectives
    client = client_for(edi)
    client.cookies["django_language"] = "en"
    sent = {"cause": upper.pk, "effect": lower.pk, "reason": ""}

    shown = client.post(page("cause-link-create", upper.scorecard), sent, follow=True)

    assert CauseLink.objects.filter(cause=upper, effect=lower).exists()
    assert "This link points down" in shown.text
    # And it stays among what is worth another look.
    assert "Links that point down" in shown.text


def test_link_that_points_up_is_just_saved(objectives, edi, client_for) -> None:
    effect, cause = objectives
    client = client_for(edi)
    client.cookies["django_language"] = "en"
    sent = {"cause": cause.pk, "effect": effect.pk, "reason": ""}

    shown = client.post(page("cause-link-create", effect.scorecard), sent, follow=True).text

    assert "is saved" in shown
    assert "point down" not in shown
    assert "points down" not in shown


def test_circle_is_refused_with_its_codes(link, edi, client_for) -> None:
    response = add(client_for(edi), link.effect, link.cause, "Sebaliknya")

    assert response.status_code == 422
    assert "C-1 → P-1 → C-1" in str(response.context["form"].errors["effect"])
    assert response.context["form"]["reason"].value() == "Sebaliknya"
    assert CauseLink.objects.count() == 1


def test_objective_is_not_its_own_cause(objectives, edi, client_for) -> None:
    response = add(client_for(edi), objectives[0], objectives[0])

    assert response.status_code == 422
    assert len(response.context["form"].errors["effect"]) == 1


def test_same_link_twice_is_refused(link, edi, client_for) -> None:
    response = add(client_for(edi), link.cause, link.effect)

    assert response.status_code == 422
    assert "effect" in response.context["form"].errors


def test_objective_of_another_scorecard_is_refused(org, objectives, edi, client_for) -> None:
    foreign = factories.objective(factories.perspective(factories.scorecard(org)))

    response = add(client_for(edi), objectives[0], foreign)

    assert response.status_code == 422
    assert response.context["form"].has_error("effect", "invalid_choice")


def test_cause_can_be_chosen_by_the_link_to_the_page(objectives, edi, client_for) -> None:
    url = page("cause-link-create", objectives[0].scorecard)

    response = client_for(edi).get(url, {"cause": objectives[0].pk})

    assert response.context["form"]["cause"].value() == objectives[0].pk


def test_reason_is_changed_under_its_version(scorecard, link, edi, alice, client_for) -> None:
    url = page("cause-link-edit", scorecard, link.pk)
    client_for(edi).post(url, {"reason": "Dari Edi", "version": 1})

    response = client_for(alice).post(url, {"reason": "Dari Alice", "version": 1})

    link.refresh_from_db()
    assert (response.status_code, link.reason, link.version) == (409, "Dari Edi", 2)


def test_deletes_the_link_and_leaves_the_objectives(scorecard, link, edi, client_for) -> None:
    url = page("cause-link-delete", scorecard, link.pk)
    assert client_for(edi).get(url).status_code == 200

    client_for(edi).post(url, {"version": 1})

    assert not CauseLink.objects.exists()
    assert Objective.objects.count() == 2
