"""What is missing before weighting and before measuring, each with the link that repairs it."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urldefrag

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from scorecards.methods import ahp
from scorecards.models import Objective, Scorecard
from scorecards.selectors.checklist import (
    Check,
    DesignChecklist,
    check_design,
    latest_reds,
)
from scorecards.selectors.design import load_design
from scorecards.services.weights import set_equal_weights
from tests import factories
from tests.scorecards.pages import page


def design_checklist(scorecard: Scorecard) -> DesignChecklist:
    return check_design(load_design(scorecard, timezone.localdate()))


def missing(checks: Iterable[Check]) -> set[str]:
    """The required ones for which something can be done now."""
    return {each.key for each in checks if each.required and each.state == "todo"}


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


def all_checks(checklist: DesignChecklist) -> tuple[Check, ...]:
    parts = (checklist.before_weighting, checklist.before_measuring, checklist.after_measuring)
    return tuple(each for part in parts for each in part)


def check(checklist: DesignChecklist, key: str) -> Check:
    return next(each for each in all_checks(checklist) if each.key == key)


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
    assert missing(checklist.before_weighting) == {"perspectives"}


def test_nothing_is_done_that_has_nothing_in_it(scorecard, edi, client_for) -> None:
    checklist = design_checklist(scorecard)

    assert {each.key for each in checklist.checks if each.state == "todo"} == {
        "perspectives",
        "strategy",
    }
    assert {each.state for each in checklist.checks} == {"todo", "waiting"}
    assert (checklist.done, checklist.wanted) == (0, 11)

    client = client_for(edi)
    client.cookies["django_language"] = "en"
    shown = client.get(page("scorecard", scorecard)).text
    assert "0 of 11 done" in shown
    assert 'check--done"' not in shown
    assert shown.count("Not possible yet:") == 9


@pytest.mark.parametrize(
    ("grow", "waiting"),
    [
        (
            lambda it: factories.perspective(it),
            {"kpis", "candidates", "group-sizes", "missions", "links"},
        ),
        (
            lambda it: factories.objective(factories.perspective(it)),
            {"candidates", "group-sizes", "missions"},
        ),
        (
            lambda it: factories.kpi(
                factories.objective(factories.perspective(it)), status="candidate"
            ),
            {"group-sizes", "missions"},
        ),
        (lambda it: factories.kpi(factories.objective(factories.perspective(it))), {"missions"}),
    ],
)
def test_checks_begin_to_count_with_what_they_are_about(scorecard, grow, waiting) -> None:
    grow(scorecard)
    checklist = design_checklist(scorecard)

    assert {each.key for each in checklist.before_weighting if each.is_waiting} == waiting
    has_adopted = scorecard.kpis.filter(status="adopted").exists()
    assert {each.is_waiting for each in checklist.before_measuring} == {not has_adopted}
    assert checklist.done + checklist.wanted == len(checklist.checks)


def test_weights_whose_kpis_are_gone_are_not_done(complete) -> None:
    complete.kpis.update(status="dropped", status_reason="Tak terukur")

    assert not check(design_checklist(complete), "weights").done
    assert not design_checklist(complete).ready_to_measure


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

    create = reverse("surveys:survey-create", args=[scorecard.organization.slug])
    assert urls(scorecard, "candidates") == [
        f"{create}?kind=screening&scorecard={scorecard.pk}",
        page("kpi-status", scorecard, kpi.pk),
    ]


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
    assert missing(checklist.before_measuring) == {"targets", "weights"}


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
        "missions",  # waits for the strategy
    }
    assert len(kpis) == 9
    assert checklist.ready_to_weigh


def test_objective_that_serves_no_mission_is_named(complete) -> None:
    objective = complete.objectives.first()
    objective.missions.clear()

    assert urls(complete, "missions") == [page("objective-edit", complete, objective.pk)]


def test_strategy_is_written_before_it_is_chosen(scorecard) -> None:
    slug = scorecard.organization.slug
    assert urls(scorecard, "strategy") == [reverse("organizations:strategy-create", args=[slug])]

    factories.strategy(scorecard.organization)
    assert urls(scorecard, "strategy") == [page("scorecard-edit", scorecard)]


def test_missions_are_written_before_they_are_served(scorecard) -> None:
    factories.objective(factories.perspective(scorecard))
    scorecard.strategy = strategy = factories.strategy(scorecard.organization)
    slug = scorecard.organization.slug
    edit = reverse("organizations:strategy-edit", args=[slug, strategy.pk])

    assert urls(scorecard, "missions") == [edit]


def test_only_objective_needs_another_to_be_linked_with(scorecard) -> None:
    factories.objective(factories.perspective(scorecard))

    assert urls(scorecard, "links") == [page("objective-create", scorecard)]


def test_queries_do_not_grow(complete, flat_queries) -> None:
    def grow() -> None:
        for _ in range(5):
            factories.kpi(factories.objective(factories.perspective(complete)))

    flat_queries(lambda: design_checklist(complete), grow)


# -- Every link leads to a page on which the fault can really be repaired.

Spoil = Callable[[Scorecard], object]
Answers = Callable[[Scorecard], dict[str, Any]]


def first(scorecard: Scorecard) -> Objective:
    return scorecard.objectives.first()


def last(scorecard: Scorecard) -> Objective:
    return scorecard.objectives.last()


def without_strategy(scorecard: Scorecard) -> None:
    scorecard.strategy = None
    scorecard.save()


def with_a_red_kpi(scorecard: Scorecard) -> None:
    factories.measurement(scorecard.kpis.first(), factories.period(scorecard), 0)


# Check, what makes it fail, and what a person writes on the page that its link opens.
FORMS: dict[str, tuple[Spoil, Answers]] = {
    "perspectives": (lambda it: it.perspectives.last().delete(), lambda it: {"name": "Proses"}),
    "objectives": (factories.perspective, lambda it: {"statement": "Pelanggan setia"}),
    "kpis": (
        lambda it: factories.objective(it.perspectives.first()),
        lambda it: {"name": "Pelanggan yang kembali", "status": "adopted"},
    ),
    "candidates": (
        lambda it: factories.kpi(first(it), status="candidate"),
        lambda it: {"status": "adopted"},
    ),
    "strategy": (without_strategy, lambda it: {"strategy": it.organization.strategies.get().pk}),
    "missions": (
        lambda it: first(it).missions.clear(),
        lambda it: {"missions": [it.strategy.missions.get().pk]},
    ),
    "links": (lambda it: it.cause_links.get().delete(), lambda it: {"effect": last(it).pk}),
    "targets": (
        lambda it: factories.kpi(first(it), unit="%"),
        lambda it: {"worst": "0", "standard": "30", "goal": "100"},
    ),
    "units": (lambda it: it.kpis.update(unit=""), lambda it: {"unit": "orang"}),
    "initiatives": (with_a_red_kpi, lambda it: {"name": "Latih penjual"}),
}


def filled_in(response: HttpResponse) -> dict[str, Any]:
    """What the opened page would send unchanged."""
    form = response.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value is not None}


def now(scorecard: Scorecard, key: str) -> Check:
    design = load_design(Scorecard.objects.get(pk=scorecard.pk), timezone.localdate())
    return check(check_design(design, latest_reds(design, timezone.localdate())), key)


@pytest.mark.parametrize("key", FORMS)
def test_form_behind_the_link_repairs(complete, alice, client_for, key) -> None:
    spoil, answers = FORMS[key]
    spoil(complete)
    client = client_for(alice)
    missing = now(complete, key).repairs
    assert missing

    for repair in missing:
        response = client.get(repair.url)
        sent = client.post(repair.url, filled_in(response) | answers(complete))
        assert sent.status_code == 302, sent.context["form"].errors
        if now(complete, key).done:
            break
    assert now(complete, key).done


def test_buttons_of_the_weights_page_repair(complete, alice, client_for) -> None:
    complete.weight_sets.all().delete()
    client = client_for(alice)
    [repair] = now(complete, "weights").repairs
    button = page("weights-equal", complete)

    assert f'action="{button}"' in client.get(repair.url).content.decode()
    client.post(button, {"based_on": 0})
    assert now(complete, "weights").done


def test_a_group_is_large_where_the_questionnaire_warns(complete) -> None:
    """One number warns, on the checklist and in the plan of a questionnaire: seven."""
    kpis = complete.kpis.filter(status="adopted", objective=first(complete)).count()
    for _ in range(ahp.MANY_ELEMENTS - kpis):
        factories.kpi(first(complete), unit="%")
    assert now(complete, "group-sizes").done

    factories.kpi(first(complete), unit="%")
    assert not now(complete, "group-sizes").done
    assert "7" in now(complete, "group-sizes").title


def test_large_group_is_shown_with_the_kpis_to_drop(complete, alice, client_for) -> None:
    kpis = [factories.kpi(first(complete), unit="%") for _ in range(ahp.MANY_ELEMENTS)]
    client = client_for(alice)
    [repair] = now(complete, "group-sizes").repairs
    url, anchor = urldefrag(repair.url)

    shown = client.get(url).content.decode()
    assert f'id="{anchor}"' in shown
    assert f'href="{page("kpi", complete, kpis[0].pk)}"' in shown
    status = page("kpi-status", complete, kpis[0].pk)
    client.post(status, filled_in(client.get(status)) | {"status": "dropped", "status_reason": "x"})
    assert now(complete, "group-sizes").done


def test_every_check_is_walked(complete) -> None:
    with_a_red_kpi(complete)
    design = load_design(complete, timezone.localdate())
    checklist = check_design(design, latest_reds(design, timezone.localdate()))

    assert {each.key for each in all_checks(checklist)} == {*FORMS, "weights", "group-sizes"}


def test_written_strategy_can_be_chosen(scorecard, alice, client_for) -> None:
    client = client_for(alice)
    [repair] = now(scorecard, "strategy").repairs
    mission = {"mission_id": "", "mission_text": "Melayani anggota"}
    strategy = {"vision": "Dikenal", "start_year": "2026", "end_year": "2030", **mission}
    client.post(repair.url, strategy)

    [repair] = now(scorecard, "strategy").repairs
    chosen = {"strategy": scorecard.organization.strategies.get().pk}
    client.post(repair.url, filled_in(client.get(repair.url)) | chosen)
    assert now(scorecard, "strategy").done
