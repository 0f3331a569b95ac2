"""The strategy map's page and its file."""

import re
import struct
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest

from scorecards.models import Objective, Scorecard
from scorecards.selectors.map import latest_levels, map_page
from scorecards.services.periods import close_period
from tests import factories
from tests.scorecards.pages import page

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def scorecard(org) -> Scorecard:
    return factories.scorecard(org)


@pytest.fixture
def objectives(scorecard) -> list[Objective]:
    """PO-1 on top, C-1 below it, each with a KPI and a target."""
    found = []
    for order, code in enumerate(("PO-1", "C-1")):
        perspective = factories.perspective(scorecard, name=f"Perspektif {code}", order=order)
        objective = factories.objective(perspective, code=code)
        factories.target(factories.kpi(objective))
        found.append(objective)
    return found


def measure(scorecard: Scorecard, *values: int | None, **fields: object):
    period = factories.period(scorecard, **fields)
    for kpi, value in zip(scorecard.kpis.order_by("pk"), values, strict=False):
        factories.measurement(kpi, period, value)
    return period


def read(response) -> ElementTree.Element:
    return ElementTree.fromstring(response.content)  # noqa: S314  our own file


# -- Lights.


def test_without_periods_there_are_no_lights(scorecard, objectives) -> None:
    found = map_page(scorecard)

    assert not found.with_status
    assert {box.node.light for box in found.layout.nodes} == {""}


def test_lights_of_an_open_period(scorecard, objectives) -> None:
    measure(scorecard, 100, 10)

    levels = latest_levels(scorecard)

    lights = {pk: level.state for pk, level in levels.objectives.items()}
    assert lights == {objectives[0].pk: "green", objectives[1].pk: "red"}
    assert levels.period


def test_closed_period_comes_before_a_later_open_one(scorecard, objectives, alice) -> None:
    closed = measure(scorecard, 100, 100, start=date(2025, 1, 1), end=date(2025, 3, 31))
    close_period(period=closed, by=alice, now=datetime(2025, 4, 2, tzinfo=UTC))
    measure(scorecard, 1, 1)

    levels = latest_levels(scorecard)

    assert {level.state for level in levels.objectives.values()} == {"green"}


def test_objective_takes_the_mean_of_its_kpis(scorecard, objectives) -> None:
    factories.target(factories.kpi(objectives[0]))
    measure(scorecard, 100, None, 30)  # levels 10 and 3 for PO-1, nothing for C-1

    levels = latest_levels(scorecard).objectives

    assert (levels[objectives[0].pk].state, levels[objectives[0].pk].text) == ("amber", "6,5")
    assert levels[objectives[1].pk].state == "not-entered"


def test_lights_can_be_switched_off(scorecard, objectives, bob, client_for) -> None:
    measure(scorecard, 100, 10)
    client = client_for(bob)

    lit = client.get(page("map", scorecard))
    plain = client.get(page("map", scorecard), {"status": "off"})

    assert "map-node-green" in lit.content.decode()
    assert "map-node-green" not in plain.content.decode()
    assert not plain.context["page"].with_status


# -- Warnings, which forbid nothing.


def test_link_that_points_down_is_warned_about(scorecard, objectives) -> None:
    top, bottom = objectives
    scorecard.cause_links.create(cause=top, effect=bottom)

    found = map_page(scorecard)

    assert [row.points_down for row in found.links] == [True]
    assert [warning.names for warning in found.warnings] == [("PO-1 → C-1",)]


def test_lonely_unmeasured_and_crowded_are_named(scorecard, objectives) -> None:
    scorecard.cause_links.create(cause=objectives[1], effect=objectives[0])
    for number in range(2, 7):
        factories.objective(objectives[1].perspective, code=f"C-{number}")

    codes = tuple(f"C-{number}" for number in range(2, 7))
    assert [warning.names for warning in map_page(scorecard).warnings] == [
        codes,
        codes,
        ("Perspektif C-1",),
    ]


# -- The page.


def test_page_has_picture_list_links_and_form(scorecard, objectives, edi, client_for) -> None:
    link = scorecard.cause_links.create(
        cause=objectives[1], effect=objectives[0], reason="Setia membeli lebih"
    )

    content = client_for(edi).get(page("map", scorecard)).content.decode()

    assert content.count('<svg class="map"') == 1
    assert "Setia membeli lebih" in content
    assert page("cause-link-edit", scorecard, link.pk) in content
    assert page("cause-link-create", scorecard) in content


def test_researchers_get_no_form(scorecard, objectives, bob, client_for) -> None:
    content = client_for(bob).get(page("map", scorecard)).content.decode()

    assert page("cause-link-create", scorecard) not in content


def test_empty_map_leads_to_the_design(scorecard, bob, client_for) -> None:
    factories.perspective(scorecard)

    response = client_for(bob).get(page("map", scorecard))

    assert response.context["page"].layout is None
    assert page("scorecard", scorecard) in response.content.decode()


def test_queries_do_not_grow(scorecard, objectives, edi, client_for, flat_queries) -> None:
    client = client_for(edi)
    scorecard.cause_links.create(cause=objectives[1], effect=objectives[0])
    period = measure(scorecard, 100, 10)

    def grow() -> None:
        for _ in range(4):
            objective = factories.objective(factories.perspective(scorecard))
            kpi = factories.kpi(objective)
            factories.target(kpi)
            factories.measurement(kpi, period)
            scorecard.cause_links.create(cause=objective, effect=objectives[0])

    flat_queries(lambda: client.get(page("map", scorecard)), grow)


# -- The file.


def test_file_stands_alone(scorecard, objectives, bob, client_for) -> None:
    scorecard.cause_links.create(cause=objectives[1], effect=objectives[0])
    measure(scorecard, 100, 10)

    response = client_for(bob).get(page("map-svg", scorecard))

    root = read(response)
    assert response["Content-Type"] == "image/svg+xml"
    assert ".svg" in response["Content-Disposition"]
    assert root.get("width")
    assert root.get("height")
    for element in root.iter():
        assert not {"class", "style"} & set(element.attrib)
        assert element.tag != f"{SVG}a"
    fills = {element.get("fill") for element in root.iter(f"{SVG}rect")}
    assert len(fills) >= 4  # paper, band, and a tint for each light
    assert all(re.fullmatch("#[0-9a-f]{6}", fill) for fill in fills)


@pytest.mark.parametrize("values", [(None, None), (30, 60)])
def test_file_draws_every_light(scorecard, objectives, bob, client_for, values) -> None:
    measure(scorecard, *values)

    response = client_for(bob).get(page("map-svg", scorecard))

    root = read(response)
    marks = [each for each in root.iter() if each.get("stroke") or each.get("fill")]
    assert all(not (each.get("fill") or "").startswith("@") for each in marks)
    assert len(marks) > 8


def test_file_without_lights(scorecard, objectives, bob, client_for) -> None:
    measure(scorecard, 100, 100)
    client = client_for(bob)

    lit = client.get(page("map-svg", scorecard)).content
    plain = client.get(page("map-svg", scorecard), {"status": "off"}).content

    assert b"10,0" in lit
    assert b"10,0" not in plain


def test_picture_is_a_png_as_wide_as_paper(scorecard, objectives, bob, client_for) -> None:
    response = client_for(bob).get(page("map-png", scorecard))

    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"].endswith('.png"')
    assert response.content.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", response.content[16:24])
    assert 2000 < width < 2500
    assert 300 < height < width


def test_text_of_a_picture_is_never_a_command(scorecard, objectives, bob, client_for) -> None:
    objective = scorecard.objectives.first()
    objective.statement = '#panic("x") </text><script>'
    objective.save()

    assert client_for(bob).get(page("map-png", scorecard)).status_code == 200


@pytest.mark.parametrize("name", ["map-svg", "map-png"])
def test_empty_map_has_no_file(scorecard, bob, client_for, name) -> None:
    assert client_for(bob).get(page(name, scorecard)).status_code == 404
