"""The strategy map's picture: what every map may rely on, and the Lasem map."""

import pytest
from hypothesis import given, settings

from scorecards.strategy_map.layout import WIDTH, count_entered_crossings, draw_map
from scorecards.strategy_map.model import Arrow, Band, Link, MapLayout, Node, NodeBox
from scorecards.strategy_map.text import text_width

from .strategy_maps import acyclic_maps, lasem, sample_path


def band(key: str, count: int, text: str = "Pelanggan setia") -> Band:
    return Band(key, key, [Node(f"{key}{n}", f"{key}-{n}", text) for n in range(count)])


def boxes(layout: MapLayout) -> dict[str, NodeBox]:
    return {box.node.key: box for box in layout.nodes}


def arrow(layout: MapLayout, cause: str, effect: str) -> Arrow:
    (found,) = [a for a in layout.arrows if (a.link.cause, a.link.effect) == (cause, effect)]
    return found


def inside(point: tuple[float, float], box: NodeBox, margin: float = 0.2) -> bool:
    x, y = point
    return box.x + margin < x < box.right - margin and box.y + margin < y < box.bottom - margin


def on_edge(point: tuple[float, float], box: NodeBox) -> bool:
    x, y = point
    at_x = min(abs(x - box.x), abs(x - box.right)) < 0.6 and box.y <= y <= box.bottom
    at_y = min(abs(y - box.y), abs(y - box.bottom)) < 0.6 and box.x <= x <= box.right
    return at_x or at_y


@settings(deadline=None, max_examples=150)
@given(acyclic_maps())
def test_no_arrow_runs_through_a_node(drawn):
    layout = draw_map(*drawn)
    for each in layout.arrows:
        samples = [*sample_path(each.path), *sample_path(each.head)]
        for box in layout.nodes:
            assert not any(inside(point, box) for point in samples), (each.link, box.node.key)


@settings(deadline=None, max_examples=150)
@given(acyclic_maps())
def test_arrows_lead_from_the_edge_of_the_cause_to_the_edge_of_the_effect(drawn):
    layout = draw_map(*drawn)
    place = boxes(layout)
    assert [each.link for each in layout.arrows] == drawn[1]
    for each in layout.arrows:
        start, *_rest = sample_path(each.path)
        tip, *_rest = sample_path(each.head)
        assert on_edge(start, place[each.link.cause])
        assert on_edge(tip, place[each.link.effect])


@settings(deadline=None, max_examples=150)
@given(acyclic_maps())
def test_every_node_stands_in_its_band_and_apart_from_the_others(drawn):
    bands, links = drawn
    layout = draw_map(bands, links)
    of_band = {box.band.key: box for box in layout.bands}
    assert sorted(boxes(layout)) == sorted(node.key for each in bands for node in each.nodes)
    for box in layout.nodes:
        frame = of_band[box.band_key]
        assert box.node in frame.band.nodes
        assert frame.x < box.x
        assert box.right < frame.x + frame.width
        assert frame.y < box.y
        assert box.bottom < frame.y + frame.height
        corners = [(box.x + 1, box.y + 1), (box.right - 1, box.y + 1)]
        others = [other for other in layout.nodes if other is not box]
        assert not any(inside(corner, other, -4) for corner in corners for other in others)
    tops = [box.y for box in layout.bands]
    assert tops == sorted(tops)


@settings(deadline=None, max_examples=150)
@given(acyclic_maps())
def test_arrows_stay_on_the_picture(drawn):
    layout = draw_map(*drawn)
    for each in layout.arrows:
        for x, y in sample_path(each.path):
            assert 0 <= x <= layout.width
            assert 0 <= y <= layout.height


@settings(deadline=None, max_examples=200)
@given(acyclic_maps())
def test_tidying_never_adds_crossings(drawn):
    assert draw_map(*drawn).crossings <= count_entered_crossings(*drawn)


@settings(deadline=None, max_examples=50)
@given(acyclic_maps())
def test_the_same_map_is_drawn_the_same(drawn):
    assert draw_map(*drawn) == draw_map(*drawn)


def test_lasem_map_has_one_crossing_and_fits_the_page():
    layout = draw_map(*lasem())
    assert (layout.crossings, count_entered_crossings(*lasem())) == (1, 2)
    assert layout.width == WIDTH
    assert layout.height < 600
    assert not any(box.dense for box in layout.nodes)


def test_results_stand_above_their_causes():
    layout = draw_map(*lasem())
    place = boxes(layout)
    up = arrow(layout, "I-2", "C-5")
    assert place["I-2"].y > place["C-5"].bottom
    assert not up.downward
    assert up.points[0][1] == place["I-2"].y
    assert up.points[-1][1] == place["C-5"].bottom


def test_crossed_links_are_uncrossed():
    bands = [band("a", 2), band("b", 2)]
    links = [Link("b0", "a1"), Link("b1", "a0")]
    assert count_entered_crossings(bands, links) == 1
    assert draw_map(bands, links).crossings == 0


def test_the_order_entered_stays_where_nothing_is_won():
    layout = draw_map([band("a", 3), band("b", 4)], [])
    for key in "ab":
        row = [box for box in layout.nodes if box.band_key == key]
        assert [box.node.key for box in sorted(row, key=lambda box: box.x)] == [
            box.node.key for box in sorted(row, key=lambda box: box.node.key)
        ]


def test_neighbours_in_a_band_get_a_short_arrow_from_side_to_side():
    layout = draw_map([band("a", 2)], [Link("a0", "a1")])
    place = boxes(layout)
    (start_x, start_y), (end_x, end_y) = arrow(layout, "a0", "a1").points
    assert (start_x, end_x) == (place["a0"].right, place["a1"].x)
    assert start_y == end_y


def test_a_link_past_a_node_of_its_band_arcs_over_or_under_it():
    # Each of the three is linked with the two others: one pair can't stand side by side.
    layout = draw_map([band("a", 3)], [Link("a0", "a1"), Link("a1", "a2"), Link("a0", "a2")])
    row = layout.nodes[0]
    outside = [y for _x, y in arrow(layout, "a0", "a2").points if not row.y <= y <= row.bottom]
    assert len(outside) == 2
    assert all(0 < y < layout.height for y in outside)


def test_a_link_that_points_down_is_drawn_and_told_apart():
    layout = draw_map([band("a", 1), band("b", 1)], [Link("a0", "b0")])
    (down,) = layout.arrows
    assert down.downward
    assert down.points[0][1] < down.points[-1][1]


def test_a_link_past_a_full_band_takes_a_lane_between_its_nodes():
    layout = draw_map([band("a", 1), band("b", 8), band("c", 1)], [Link("c0", "a0")])
    xs = {x for x, _y in layout.arrows[0].points}
    middle = [box for box in layout.nodes if box.band_key == "b"]
    assert not any(box.x <= x <= box.right for box in middle for x in xs)


def test_a_straight_way_is_taken_where_there_is_one():
    layout = draw_map([band("a", 1), band("b", 1), band("c", 1)], [Link("c0", "b0")])
    assert len(layout.arrows[0].points) == 2


def test_heads_at_one_node_dont_overlap():
    causes = [Link(f"b{n}", "a0") for n in range(8)]
    layout = draw_map([band("a", 1), band("b", 8)], causes)
    tips = sorted(each.points[-1][0] for each in layout.arrows)
    assert all(right - left >= 9 for left, right in zip(tips, tips[1:], strict=False))


def test_eight_in_a_band_stand_in_one_row_and_nine_in_two():
    eight = draw_map([band("a", 8)], [])
    nine = draw_map([band("a", 9)], [])
    assert len({box.y for box in eight.nodes}) == 1
    assert eight.width == WIDTH
    assert len({box.y for box in nine.nodes}) == 2


def test_text_stays_in_its_node_and_ends_with_an_ellipsis():
    long = (
        "Meningkatkan kualitas pelayanan kepada seluruh anggota koperasi secara berkelanjutan " * 2
    )
    layout = draw_map([band("a", 8, long), band("b", 3, long)], [])
    for box in layout.nodes:
        assert len(box.lines) == 3
        assert box.lines[-1].text.endswith("…")
        for line in box.lines:
            assert line.x + text_width(line.text, 12 if box.dense else 14) <= box.right
            assert box.header_y < line.y < box.bottom


def test_the_largest_map_stays_legible():
    """40 objectives and 80 links: type of 12 px is shown at no less than nine tenths."""
    bands = [band(key, 8) for key in "abcde"]
    pairs = [(upper, lower) for upper, lower in zip("abcd", "bcde", strict=True)]
    links = [
        Link(f"{lower}{n}", f"{upper}{(n + step) % 8}")
        for upper, lower in pairs
        for n in range(8)
        for step in (0, 3)
    ] + [Link(f"{lower}{n}", f"{upper}{n}") for upper, lower in ("ac", "bd") for n in range(8)]
    layout = draw_map(bands, links)
    assert len(layout.arrows) == 80
    assert layout.width <= WIDTH / 0.9
    assert layout.height <= layout.width * 1.15


def test_a_map_without_bands_is_empty():
    layout = draw_map([], [])
    assert (layout.bands, layout.nodes, layout.arrows, layout.height) == ([], [], [], 0)


def test_a_band_without_nodes_is_shown_and_passed():
    layout = draw_map([band("a", 1), band("b", 0), band("c", 1)], [Link("c0", "a0")])
    assert [box.band.key for box in layout.bands] == ["a", "b", "c"]
    assert all(box.height > 40 for box in layout.bands)


def test_a_link_to_itself_is_refused():
    with pytest.raises(ValueError, match="'a0' is linked to itself"):
        draw_map([band("a", 1)], [Link("a0", "a0")])


def test_a_link_to_nowhere_is_refused():
    with pytest.raises(ValueError, match="no node 'z'"):
        draw_map([band("a", 1)], [Link("a0", "z")])
