"""The settings that decide a scorecard's numbers."""

from decimal import Decimal

import pytest

from scorecards.methods import ahp
from scorecards.models import Scorecard
from tests import factories
from tests.scorecards.pages import page


@pytest.fixture
def scorecard(org) -> Scorecard:
    return factories.scorecard(org)


def valid(scorecard: Scorecard, **changes: object) -> dict[str, object]:
    return {
        "version": scorecard.version,
        "name": "Baru",
        "strategy": "",
        "frequency": "yearly",
        "scoring": "omax",
        "red_limit": "3",
        "green_limit": "8",
        "minimum_coverage": "80",
        "level_mode": "exact",
        "anchor_words": "standard",
        "priority_method": "eigenvector",
        "random_index": "saaty",
        "cr_limit_3": "0,05",
        "cr_limit_4": "0,09",
        "cr_limit_larger": "0,1",
        "experts_counted": "all",
    } | changes


def test_saves_numbers_as_indonesians_write_them(scorecard, edi, client_for) -> None:
    sent = valid(scorecard, green_limit="7,5", minimum_coverage="75 %", cr_limit_3="0,08")

    response = client_for(edi).post(page("scorecard-edit", scorecard), sent)

    scorecard.refresh_from_db()
    assert response.url == page("scorecard", scorecard)
    assert scorecard.green_limit == Decimal("7.5")
    assert scorecard.minimum_coverage == Decimal("0.75")
    assert scorecard.cr_limit_3 == Decimal("0.08")
    assert (scorecard.version, scorecard.saved_by) == (2, edi)


@pytest.mark.parametrize("table", list(ahp.RANDOM_INDICES))
def test_every_table_of_random_indices_can_be_chosen(scorecard, edi, client_for, table) -> None:
    sent = valid(scorecard, random_index=table)

    client_for(edi).post(page("scorecard-edit", scorecard), sent)

    scorecard.refresh_from_db()
    assert scorecard.random_index == table


def test_page_shows_the_coverage_in_percent(scorecard, edi, client_for) -> None:
    form = client_for(edi).get(page("scorecard-edit", scorecard)).context["form"]

    assert form["minimum_coverage"].value() == "80"


def test_red_has_to_end_below_green(scorecard, edi, client_for) -> None:
    sent = valid(scorecard, red_limit="8", green_limit="8")

    response = client_for(edi).post(page("scorecard-edit", scorecard), sent)

    assert response.status_code == 422
    assert "red_limit" in response.context["form"].errors
    assert response.context["form"]["red_limit"].value() == "8"


def test_a_mistake_in_the_method_settings_opens_them(scorecard, edi, client_for) -> None:
    sent = valid(scorecard, cr_limit_4="banyak")

    response = client_for(edi).post(page("scorecard-edit", scorecard), sent)

    assert response.status_code == 422
    assert response.context["form"].methodical_errors
    assert '<details class="disclosure method-settings" open>' in response.content.decode()


def test_another_scoring_brings_its_own_limits(scorecard, edi, client_for) -> None:
    client_for(edi).post(page("scorecard-edit", scorecard), valid(scorecard, scoring="likert"))

    scorecard.refresh_from_db()
    assert (scorecard.red_limit, scorecard.green_limit) == (Decimal("2.6"), Decimal("3.4"))


def test_limits_beyond_the_scale_are_refused(scorecard, edi, client_for) -> None:
    sent = valid(scorecard, scoring="likert", red_limit="2", green_limit="7")

    response = client_for(edi).post(page("scorecard-edit", scorecard), sent)

    assert response.status_code == 422
    assert "red_limit" in response.context["form"].errors


def test_second_of_two_editors_is_told(scorecard, alice, edi, client_for) -> None:
    sent = valid(scorecard)
    client_for(edi).post(page("scorecard-edit", scorecard), sent)

    response = client_for(alice).post(
        page("scorecard-edit", scorecard), sent | {"name": "Dari Alice"}
    )

    scorecard.refresh_from_db()
    assert response.status_code == 409
    assert scorecard.name == "Baru"
    assert "Dari Alice" in response.content.decode()
