"""The design page: everything from the top perspective down."""

from datetime import date

import pytest

from scorecards.models import Scorecard
from scorecards.selectors.design import load_design
from tests import factories
from tests.scorecards.pages import page

TODAY = date(2026, 6, 1)


@pytest.fixture
def scorecard(org) -> Scorecard:
    return factories.scorecard(org, strategy=factories.strategy(org))


def test_rows_stand_in_their_order(scorecard) -> None:
    below = factories.perspective(scorecard, order=2)
    above = factories.perspective(scorecard, order=1)
    second = factories.objective(above, order=2)
    first = factories.objective(above, order=1)
    kpi = factories.kpi(first)

    design = load_design(scorecard, TODAY)

    assert [row.perspective for row in design.perspectives] == [above, below]
    assert [row.objective for row in design.objectives] == [first, second]
    assert [row.kpi for row in design.kpis] == [kpi]


def test_target_in_force_comes_before_a_later_one(scorecard) -> None:
    kpi = factories.kpi(factories.objective(factories.perspective(scorecard)))
    factories.target(kpi, valid_from=date(2024, 1, 1))
    in_force = factories.target(kpi, valid_from=date(2026, 1, 1))
    factories.target(kpi, valid_from=date(2027, 1, 1))

    [row] = load_design(scorecard, TODAY).kpis

    assert (row.target, row.is_upcoming) == (in_force, False)


def test_target_that_is_still_to_come_is_marked(scorecard) -> None:
    kpi = factories.kpi(factories.objective(factories.perspective(scorecard)))
    coming = factories.target(kpi, valid_from=date(2027, 1, 1))

    [row] = load_design(scorecard, TODAY).kpis

    assert (row.target, row.is_upcoming) == (coming, True)


def test_target_for_another_scoring_does_not_count(scorecard) -> None:
    kpi = factories.kpi(factories.objective(factories.perspective(scorecard)))
    factories.target(kpi, kind="mean")

    [row] = load_design(scorecard, TODAY).kpis

    assert row.target is None


def test_causes_and_effects_stand_with_their_objectives(scorecard) -> None:
    cause = factories.objective(factories.perspective(scorecard))
    effect = factories.objective(factories.perspective(scorecard))
    scorecard.cause_links.create(cause=cause, effect=effect)

    rows = {row.objective: row for row in load_design(scorecard, TODAY).objectives}

    assert rows[cause].effects == (effect,)
    assert rows[effect].causes == (cause,)
    assert rows[cause].causes == rows[effect].effects == ()


def test_researchers_see_no_button(scorecard, bob, edi, client_for) -> None:
    objective = factories.objective(factories.perspective(scorecard))
    move = page("objective-edit", scorecard, objective.pk)

    assert move in client_for(edi).get(page("scorecard", scorecard)).content.decode()
    assert move not in client_for(bob).get(page("scorecard", scorecard)).content.decode()


def test_empty_design_offers_the_first_perspective(scorecard, edi, client_for) -> None:
    content = client_for(edi).get(page("scorecard", scorecard)).content.decode()

    assert page("perspective-create", scorecard) in content


def test_text_of_users_is_never_markup(scorecard, bob, client_for) -> None:
    factories.objective(factories.perspective(scorecard), statement="<script>alert(1)</script>")

    content = client_for(bob).get(page("scorecard", scorecard)).content.decode()

    assert "<script>alert" not in content
    assert "&lt;script&gt;alert" in content


def test_queries_do_not_grow(scorecard, edi, client_for, flat_queries) -> None:
    client = client_for(edi)
    mission = scorecard.strategy.missions.create(order=1, text="Melayani")
    fill(scorecard, mission, 1)

    flat_queries(
        lambda: client.get(page("scorecard", scorecard)), lambda: fill(scorecard, mission, 4)
    )


def fill(scorecard, mission, count: int) -> None:
    for _ in range(count):
        perspective = factories.perspective(scorecard)
        objectives = [factories.objective(perspective) for _ in range(3)]
        scorecard.cause_links.create(cause=objectives[0], effect=objectives[1])
        for objective in objectives:
            objective.missions.add(mission)
            factories.target(factories.kpi(objective))
            factories.kpi(objective, status="candidate")
