"""Perspectives: add, change, move, and the codes that they get."""

import pytest

from scorecards.models import Perspective, Scorecard
from tests import factories
from tests.scorecards.pages import page


@pytest.fixture
def scorecard(org) -> Scorecard:
    return factories.scorecard(org)


def add(client, scorecard, **sent):
    return client.post(page("perspective-create", scorecard), {"code": "", **sent})


def test_code_is_made_of_the_initials(scorecard, edi, client_for) -> None:
    add(client_for(edi), scorecard, name="Performa organisasi")

    assert [each.code for each in scorecard.perspectives.all()] == ["PO"]


def test_code_that_is_taken_gets_more_letters_and_then_a_number(scorecard, edi, client_for) -> None:
    client = client_for(edi)
    for name in ("Pelanggan", "Proses", "Produk", "Pro", "Ω"):
        add(client, scorecard, name=name)
    add(client, scorecard, name="9 9")

    codes = [each.code for each in scorecard.perspectives.all()]
    assert codes == ["P", "PR", "PRO", "P2", "Ω", "99"]


def test_new_one_goes_to_the_bottom(scorecard, edi, client_for) -> None:
    factories.perspective(scorecard, order=7)

    response = add(client_for(edi), scorecard, name="Proses", code="P")

    added = Perspective.objects.get(code="P")
    assert (added.order, added.saved_by) == (8, edi)
    assert response.url == f"{page('scorecard', scorecard)}#perspective-{added.pk}"


def test_code_that_is_used_is_refused_in_any_case(scorecard, edi, client_for) -> None:
    factories.perspective(scorecard, code="C")

    response = add(client_for(edi), scorecard, name="Cara kerja", code="c")

    assert response.status_code == 422
    assert response.context["form"].has_error("code", "taken")
    assert response.context["form"]["name"].value() == "Cara kerja"


def test_same_code_in_another_scorecard_is_free(org, scorecard, edi, client_for) -> None:
    factories.perspective(factories.scorecard(org), code="C")

    assert add(client_for(edi), scorecard, name="Pelanggan", code="C").status_code == 302


def test_keeps_its_own_code_when_it_is_changed(scorecard, edi, client_for) -> None:
    perspective = factories.perspective(scorecard, code="C")
    sent = {"name": "Pelanggan", "code": "C", "version": perspective.version}

    client_for(edi).post(page("perspective-edit", scorecard, perspective.pk), sent)

    perspective.refresh_from_db()
    assert (perspective.name, perspective.version) == ("Pelanggan", 2)


def test_second_of_two_editors_is_told(scorecard, alice, edi, client_for) -> None:
    perspective = factories.perspective(scorecard, name="Lama")
    url = page("perspective-edit", scorecard, perspective.pk)
    sent = {"name": "Dari Edi", "code": "X", "version": perspective.version}
    client_for(edi).post(url, sent)

    response = client_for(alice).post(url, sent | {"name": "Dari Alice"})

    perspective.refresh_from_db()
    assert (response.status_code, perspective.name) == (409, "Dari Edi")


@pytest.mark.parametrize(
    ("moved", "direction", "codes"),
    [
        (1, "up", ["B", "A", "C"]),
        (1, "down", ["A", "C", "B"]),
        (0, "up", ["A", "B", "C"]),
        (2, "down", ["A", "B", "C"]),
    ],
)
def test_moves_by_one_and_stays_at_the_ends(
    scorecard, edi, client_for, moved, direction, codes
) -> None:
    rows = [factories.perspective(scorecard, code=code, order=3) for code in "ABC"]

    client_for(edi).post(
        page("perspective-move", scorecard, rows[moved].pk), {"direction": direction}
    )

    assert [each.code for each in scorecard.perspectives.all()] == codes
    assert {each.version for each in scorecard.perspectives.all()} == {1}


def test_move_is_no_link(scorecard, edi, client_for) -> None:
    perspective = factories.perspective(scorecard)

    response = client_for(edi).get(page("perspective-move", scorecard, perspective.pk))

    assert response.status_code == 405
