"""The shipped frameworks are complete, fit the models, and use formulas that exist."""

import re
from dataclasses import fields

import pytest
from django.utils import translation

from organizations.models import Organization
from scorecards.library.catalog import Framework, Text, frameworks
from scorecards.library.picking import pick_everything
from scorecards.methods.formulas import FORMULAS
from scorecards.models import KPI, CauseLink, Objective, Perspective
from scorecards.models.scorecard import Frequency
from scorecards.selectors.map import map_page
from scorecards.services.library import kpi_facts, take_pick
from scorecards.strategy_map.cycles import find_cycle
from scorecards.strategy_map.model import Link
from tests import factories

every_framework = pytest.mark.parametrize("framework", frameworks(), ids=lambda each: each.key)
LANGUAGES = ("id", "en")


def all_texts(framework: Framework) -> list[Text]:
    parts = [*framework.perspectives, *framework.objectives, *framework.links, *framework.kpis]
    rows = [framework, *framework.rules, *parts]
    return [text for row in rows for text in texts(row).values()]


def texts(row: object) -> dict[str, Text]:
    found = {each.name: getattr(row, each.name) for each in fields(row)}
    return {name: value for name, value in found.items() if isinstance(value, Text)}


def test_frameworks_of_the_papers_and_of_cooperatives_are_there() -> None:
    shape = {each.key: (len(each.perspectives), len(each.kpis)) for each in frameworks()}

    assert shape == {
        "lasem": (4, 18),
        "bayat": (4, 26),
        "customer-centric": (4, 21),
        "hierarchical": (4, 18),
        "real-sector": (4, 15),
    }


@every_framework
def test_every_perspective_is_finished(framework: Framework) -> None:
    """An aspect without a KPI, or a KPI that waits to be checked, isn't offered to anybody."""
    measured = {framework.objectives_by_code[kpi.objective].perspective for kpi in framework.kpis}
    assert measured == {each.code for each in framework.perspectives}
    words = r"belum dicocokkan|belum terbaca|perlu diperiksa|aturan lama|not checked|older rule"
    said = [str(getattr(text, language)) for text in all_texts(framework) for language in LANGUAGES]
    assert [text for text in said if re.search(words, text, re.IGNORECASE)] == []


@every_framework
def test_sources_are_papers_and_rules_and_no_website(framework: Framework) -> None:
    """A host of documents says nothing of who wrote them, and may lose them."""
    site = r"scribd|slideshare|blog|https?:|www\.|\w\.(com|id|io|org|net)\b"
    said = [str(getattr(text, language)) for text in all_texts(framework) for language in LANGUAGES]
    assert said
    assert [text for text in said if re.search(site, text, re.IGNORECASE)] == []


@every_framework
def test_links_lead_upward_or_along_a_perspective(framework: Framework) -> None:
    """Results stand on top: what the library proposes never gives its map's own warning."""
    place = {each.code: number for number, each in enumerate(framework.perspectives)}
    height = {each.code: place[each.perspective] for each in framework.objectives}
    down = [
        (link.cause, link.effect)
        for link in framework.links
        if height[link.cause] < height[link.effect]
    ]
    assert down == []


@pytest.mark.django_db
@every_framework
def test_map_of_a_framework_has_no_arrow_downward(framework, org, alice) -> None:
    scorecard = factories.scorecard(org)
    pick = pick_everything(framework)
    take_pick(scorecard=scorecard, pick=pick, status=KPI.Status.ADOPTED, by=alice)

    page = map_page(scorecard)

    assert len(page.layout.arrows) == len(framework.links)
    assert not [arrow.link for arrow in page.layout.arrows if arrow.downward]
    assert not [row.link for row in page.links if row.points_down]


@every_framework
def test_every_text_stands_in_both_languages(framework: Framework) -> None:
    parts = [*framework.perspectives, *framework.objectives, *framework.links, *framework.kpis]
    empty = [
        (part, name)
        for part in parts
        for name, text in texts(part).items()
        if not (text.id.strip() and text.en.strip())
    ]

    assert parts
    assert empty == []
    assert all(text.id and text.en for name, text in texts(framework).items() if name != "note")
    assert bool(framework.note.id) == bool(framework.note.en)


@every_framework
def test_codes_and_names_are_unique(framework: Framework) -> None:
    for rows, name in (
        (framework.perspectives, "name"),
        (framework.objectives, "statement"),
        (framework.kpis, "name"),
    ):
        assert len({row.code.casefold() for row in rows}) == len(rows)
        for language in (0, 1):
            assert len({getattr(row, name).spellings[language] for row in rows}) == len(rows)


@every_framework
def test_every_part_hangs_on_one_that_is_there(framework: Framework) -> None:
    perspectives = {each.code for each in framework.perspectives}
    objectives = set(framework.objectives_by_code)

    assert {each.perspective for each in framework.objectives} <= perspectives
    assert {each.objective for each in framework.kpis} == objectives
    assert {end for link in framework.links for end in (link.cause, link.effect)} <= objectives
    assert find_cycle(Link(link.cause, link.effect) for link in framework.links) is None


@every_framework
def test_formulas_exist_and_can_be_merged_that_way(framework: Framework) -> None:
    wrong = [
        kpi.code
        for kpi in framework.kpis
        if (kpi.formula and kpi.formula not in FORMULAS)
        or (
            kpi.formula
            and kpi.merge_rule
            and kpi.merge_rule not in FORMULAS[kpi.formula].merge_rules
        )
        or (not kpi.formula and kpi.merge_rule not in KPI.MergeRule.values)
    ]

    assert wrong == []


@every_framework
def test_inputs_are_named_in_both_languages(framework: Framework) -> None:
    for kpi in framework.kpis:
        keys = {one.key for one in FORMULAS[kpi.formula].inputs} if kpi.formula else set()
        assert set(kpi.input_names) <= keys
        assert all(name.id and name.en for name in kpi.input_names.values())
        # A ratio's own words say nothing: what is divided by what has to be named.
        assert kpi.formula not in {"ratio", "average"} or set(kpi.input_names) == keys


@every_framework
def test_units_agree_with_what_the_formulas_give(framework: Framework) -> None:
    given = {"%": "%", "rupiah": "Rp"}
    wrong = [
        kpi.code
        for kpi in framework.kpis
        if kpi.formula
        and FORMULAS[kpi.formula].unit
        and kpi.unit.id != given[FORMULAS[kpi.formula].unit]
    ]

    assert wrong == []


@every_framework
def test_illustrations_are_ladders(framework: Framework) -> None:
    shown = [kpi.illustration for kpi in framework.kpis if kpi.illustration]

    assert all(
        each.worst < each.standard <= each.goal or each.worst > each.standard >= each.goal
        for each in shown
    )


@every_framework
def test_all_of_it_fits_the_models(framework: Framework, org: Organization) -> None:
    scorecard = factories.scorecard(org, frequency=Frequency.MONTHLY)
    perspective = factories.perspective(scorecard)
    objective = factories.objective(perspective)
    effect = factories.objective(perspective)
    assert framework.usual_status in KPI.Status.values
    for language in LANGUAGES:
        with translation.override(language):
            for each in framework.perspectives:
                Perspective(scorecard=scorecard, code=each.code, name=str(each.name)).full_clean()
            for each in framework.objectives:
                Objective(
                    scorecard=scorecard,
                    perspective=perspective,
                    code=each.code,
                    statement=str(each.statement),
                ).full_clean()
            for each in framework.links:
                CauseLink(
                    scorecard=scorecard, cause=objective, effect=effect, reason=str(each.reason)
                ).full_clean()
            for each in framework.kpis:
                KPI(
                    scorecard=scorecard,
                    objective=objective,
                    code=each.code,
                    **kpi_facts(each, scorecard),
                ).full_clean()


def test_frameworks_of_a_rule_say_its_year() -> None:
    ruled = {each.key: [rule.year for rule in each.rules] for each in frameworks() if each.rules}

    assert ruled == {
        "real-sector": [1992, 2024],
    }
