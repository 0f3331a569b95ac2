"""What is missing before weighting and before measuring, each with the link that repairs it."""

import pytest

from scorecards.models import Scorecard
from scorecards.selectors.checklist import Check, DesignChecklist, design_checklist
from scorecards.services.weights import set_equal_weights
from tests import factories
from tests.scorecards.pages import page


@pytest.fixture
def scorecard(org) -> Scorecard:
    return factories.scorecard(org)


@pytest.fixture
def complete(org, alice) -> Scorecard:
    """Nothing is missing in it."""
    strategy = factories.strategy(org)
    mission = strategy.missions.create(order=1, text="Melayani")
    scorecard = factories.scorecard(org, strategy=strategy)
    objectives = [factories.objective(factories.perspective(scorecard)) for _ in range(2)]
    for objective in objectives:
        objective.missions.add(mission)
        factories.target(factories.kpi(objective, unit="%"))
    scorecard.cause_links.create(cause=objectives[0], effect=objectives[1])
    set_equal_weights(scorecard=scorecard, by=alice)
    return scorecard


def check(checklist: DesignChecklist, key: str) -> Check:
    checks = (*checklist.before_weighting, *checklist.before_measuring)
    return next(each for each in checks if each.key == key)


def urls(scorecard: Scorecard, key: str) -> list[str]:
    return [repair.url for repair in check(design_checklist(scorecard), key).repairs]


def test_complete_design_lacks_nothing(complete) -> None:
    checklist = design_checklist(complete)

    assert checklist.wanted == 0
    assert checklist.ready_to_weigh
    assert checklist.ready_to_measure


def test_empty_scorecard_needs_perspectives_first(scorecard) -> None:
    checklist = design_checklist(scorecard)

    assert urls(scorecard, "perspectives") == [page("perspective-create", scorecard)]
    assert not checklist.ready_to_weigh
    assert checklist.missing_to_weigh == 1


def test_perspective_without_objective_is_named(scorecard) -> None:
    perspective = factories.perspective(scorecard)

    assert urls(scorecard, "objectives") == [
        f"{page('objective-create', scorecard)}?perspective={perspective.pk}"
    ]


def test_objective_whose_only_kpi_is_dropped_has_none(scorecard) -> None:
    objective = factories.objective(factories.perspective(scorecard))
    factories.kpi(objective, status="dropped")

    assert urls(scorecard, "kpis") == [f"{page('kpi-create', scorecard)}?objective={objective.pk}"]


def test_candidates_wait_for_a_decision(scorecard) -> None:
    kpi = factories.kpi(factories.objective(factories.perspective(scorecard)), status="candidate")

    assert urls(scorecard, "candidates") == [page("kpi-status", scorecard, kpi.pk)]


def test_target_unit_and_weights_are_asked_for_before_measuring(complete) -> None:
    kpi = factories.kpi(complete.objectives.first())

    checklist = design_checklist(complete)

    assert urls(complete, "targets") == [page("target-create", complete, kpi.pk)]
    assert urls(complete, "units") == [page("kpi-edit", complete, kpi.pk)]
    [repair] = check(checklist, "weights").repairs
    assert repair.url == page("weights", complete)
    assert kpi.code in repair.label
    assert checklist.ready_to_weigh
    assert not checklist.ready_to_measure
    assert checklist.missing_to_measure == 2


def test_good_to_have_does_not_hold_anything_up(complete) -> None:
    complete.cause_links.all().delete()
    complete.strategy = None
    complete.save()
    kpis = [factories.kpi(complete.objectives.first(), unit="%") for _ in range(9)]

    checklist = design_checklist(complete)

    assert {each.key for each in checklist.before_weighting if not each.done} == {
        "links",
        "strategy",
        "group-sizes",
    }
    assert len(kpis) == 9
    assert checklist.ready_to_weigh


def test_objective_that_serves_no_mission_is_named(complete) -> None:
    objective = complete.objectives.first()
    objective.missions.clear()

    assert urls(complete, "missions") == [page("objective-edit", complete, objective.pk)]


def test_queries_do_not_grow(complete, flat_queries) -> None:
    def grow() -> None:
        for _ in range(5):
            factories.kpi(factories.objective(factories.perspective(complete)))

    flat_queries(lambda: design_checklist(complete), grow)
