"""The map as a picture and as a list: both say the same, and escape what people typed."""

import xml.etree.ElementTree as ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from scorecards.states import State
from scorecards.strategy_map.layout import draw_map
from scorecards.strategy_map.listing import list_map
from scorecards.strategy_map.model import Band, Link, Node

from .strategy_maps import lasem

SVG = "{http://www.w3.org/2000/svg}"


def picture(bands: list[Band], links: list[Link], language: str = "en") -> str:
    with translation.override(language):
        context = {"map": draw_map(bands, links), "title": "Peta <strategi>"}
        return render_to_string("scorecards/_strategy_map.svg", context)


def listing(bands: list[Band], links: list[Link]) -> str:
    with translation.override("en"):
        context = {"listed": list_map(bands, links)}
        return render_to_string("scorecards/_strategy_map_list.html", context)


def lights() -> list[Band]:
    nodes = [
        Node("1", "A-1", "Laba", "red", "2,2", "/a/", "Red"),
        Node("2", "A-2", "Nilai", "amber", "5,0", "/b/", "Amber"),
        Node("3", "A-3", "Puas", "green", "8,4", "/c/", "Green"),
        Node("4", "A-4", "Setia", "not-due", "", "/d/", "Not due"),
    ]
    return [Band("a", "Hasil", nodes)]


@pytest.mark.parametrize("language", ["id", "en"])
def test_picture_is_well_formed_and_needs_no_inline_style(language):
    svg = picture(*lasem(), language)
    root = ElementTree.fromstring(svg)  # noqa: S314
    assert len(root.findall(f".//{SVG}g[@class='map-node']")) == 13
    assert len(root.findall(f".//{SVG}path[@class='map-arrow-head']")) == 15
    assert "style=" not in svg
    # A comma in a number would be the Indonesian decimal mark.
    assert all("," not in node.get("x") for node in root.iter(f"{SVG}rect"))


def test_picture_without_links_is_an_image_and_with_links_a_group():
    assert 'role="img"' in picture(*lasem())
    assert 'role="group"' in picture(lights(), [])


def test_picture_is_named_and_described():
    root = ElementTree.fromstring(picture(*lasem()))  # noqa: S314
    assert root.find(f"{SVG}title").text == "Peta <strategi>"
    assert "13" in root.find(f"{SVG}desc").text
    named = {child.get("id") for child in root}
    assert set(root.get("aria-labelledby").split()) <= named


def test_picture_names_each_light_and_links_each_node():
    root = ElementTree.fromstring(picture(lights(), []))  # noqa: S314
    links = {link.get("href"): link.get("aria-label") for link in root.iter(f"{SVG}a")}
    assert links == {
        "/a/": "A-1 Laba: Red 2,2",
        "/b/": "A-2 Nilai: Amber 5,0",
        "/c/": "A-3 Puas: Green 8,4",
        "/d/": "A-4 Setia: Not due",
    }


def test_every_state_has_a_shape_of_its_own():
    """Also where a node is too narrow for the word: no two look alike without colour."""
    nodes = [Node(state.value, "A", "Laba", state.value, word=state.word) for state in State]
    root = ElementTree.fromstring(picture([Band("a", "Hasil", nodes)], []))  # noqa: S314
    drawn = root.findall(f".//{SVG}g[@class='map-light']")
    shapes = {"".join(str(part.attrib) for part in light) for light in drawn}
    assert len(drawn) == len(shapes) == len(State)


def test_picture_without_status_shows_no_light():
    assert "map-light" not in picture(*lasem())


def test_picture_tells_the_reason_of_each_link():
    svg = picture(*lasem())
    assert "<title>I-2 → C-5: sebab</title>" in svg


def test_picture_and_list_escape_what_people_typed():
    evil = '<script>alert("x")</script>'
    bands = [Band("a", evil, [Node("1", evil, evil, "", "", '/"><script>'), Node("2", "B", "b")])]
    links = [Link("1", "2", evil)]
    for html in (picture(bands, links), listing(bands, links)):
        assert "<script" not in html
        assert "&lt;" in html


def test_list_names_causes_and_effects_with_their_reasons():
    listed = list_map(*lasem())
    (node,) = [n for band in listed for n in band.nodes if n.node.key == "C-5"]
    assert [related.node.key for related in node.effects] == ["PO-1", "C-2"]
    assert [related.node.key for related in node.causes] == ["P-3", "I-2", "I-4"]
    assert {related.reason for related in node.causes} == {"sebab"}
    assert [band.band.key for band in listed] == ["PO", "C", "P", "I"]


def test_list_shows_each_link_from_both_ends():
    html = listing(*lasem())
    assert html.count("sebab") == 2 * 15
    assert "Drives" in html
    assert "Driven by" in html


def test_list_shows_the_light_in_words():
    html = listing(lights(), [])
    assert all(word in html for word in ("Red", "Amber", "Green", "Not due"))
    assert 'href="/a/"' in html


def test_list_says_that_a_band_is_empty():
    assert "No objectives yet." in listing([Band("a", "Hasil", [])], [])
