"""Cause-and-effect links form no circle."""

import pytest

from organizations.models import User
from scorecards.models import CauseLink, Objective, Scorecard
from scorecards.services.design import CausalCycle, link_objectives
from tests import factories


@pytest.fixture
def chain(org, alice: User) -> list[Objective]:
    """P-1 drives C-1, C-1 drives PO-1."""
    scorecard = factories.scorecard(org)
    process, customer, result = (
        factories.objective(factories.perspective(scorecard), code=code)
        for code in ("P-1", "C-1", "PO-1")
    )
    link_objectives(cause=process, effect=customer, reason="Faster service", by=alice)
    link_objectives(cause=customer, effect=result, by=alice)
    return [process, customer, result]


def test_keeps_the_reason_and_who_linked(chain: list[Objective], alice: User) -> None:
    link = CauseLink.objects.get(cause=chain[0])

    assert (link.effect, link.reason, link.saved_by) == (chain[1], "Faster service", alice)
    assert link.scorecard == chain[0].scorecard


def test_circle_of_two_is_refused_and_named(chain: list[Objective], alice: User) -> None:
    with pytest.raises(CausalCycle, match="C-1 → P-1 → C-1"):
        link_objectives(cause=chain[1], effect=chain[0], by=alice)

    assert CauseLink.objects.count() == 2


def test_longer_circle_is_named_along_the_shortest_way(chain: list[Objective], alice: User) -> None:
    link_objectives(cause=chain[0], effect=chain[2], by=alice)

    with pytest.raises(CausalCycle, match="PO-1 → P-1 → PO-1") as refused:
        link_objectives(cause=chain[2], effect=chain[0], by=alice)

    assert [each.code for each in refused.value.objectives] == ["PO-1", "P-1", "PO-1"]


def test_objective_is_not_its_own_cause(chain: list[Objective], alice: User) -> None:
    with pytest.raises(CausalCycle, match="P-1 → P-1"):
        link_objectives(cause=chain[0], effect=chain[0], by=alice)


def test_two_ways_to_one_effect_are_no_circle(chain: list[Objective], alice: User) -> None:
    link_objectives(cause=chain[0], effect=chain[2], by=alice)

    assert CauseLink.objects.filter(effect=chain[2]).count() == 2


def test_links_of_another_scorecard_do_not_count(org, chain, alice: User) -> None:
    other: Scorecard = factories.scorecard(org)
    bottom, top = (
        factories.objective(factories.perspective(other), code=code) for code in ("P-1", "C-1")
    )

    assert link_objectives(cause=top, effect=bottom, by=alice).scorecard == other
