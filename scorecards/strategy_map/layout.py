"""Draw a strategy map: bands with results on top, nodes in them, arrows from cause to effect."""

from collections.abc import Sequence

from scorecards.strategy_map.curves import Point, head_path, line_path, shorten
from scorecards.strategy_map.layers import Layers, build_layers
from scorecards.strategy_map.levels import Levels, Type, pitch, stack_rows, type_of
from scorecards.strategy_map.model import (
    Arrow,
    Band,
    BandBox,
    Link,
    MapLayout,
    Node,
    NodeBox,
    TextLine,
)
from scorecards.strategy_map.ordering import cost, order_rows
from scorecards.strategy_map.placement import Placement, place_vertices
from scorecards.strategy_map.ports import End
from scorecards.strategy_map.routing import Routes, channel_of, route
from scorecards.strategy_map.text import text_width, wrap

WIDTH = 1120.0
TITLE_COLUMN = 160.0
MARGIN = 22.0
TITLE_SIZE, TITLE_LINE = 15.0, 20.0
LIGHT_WORD = 104.0  # the longest name of a colour in any language, its shape, and a gap
SHAPE_AND_GAPS = 14.0 + 5.0 + 10.0


def draw_map(bands: Sequence[Band], links: Sequence[Link], *, width: float = WIDTH) -> MapLayout:
    """Lay out the map. Links may go up, down, along a band, and past several bands.

    Raises `ValueError` for a link to itself or from or to a node that isn't there.
    """
    _check(bands, links)
    layers = build_layers(bands, links)
    crossings = order_rows(layers)
    placement = place_vertices(layers, TITLE_COLUMN, width - MARGIN)
    routes = route(layers, placement)
    texts = {
        vertex: _wrap_node(layers, placement, vertex)
        for row in layers.rows
        for vertex in row
        if not layers.is_lane(vertex)
    }
    levels = stack_rows(layers, placement, routes, texts)
    full_width = placement.right + MARGIN
    return MapLayout(
        width=full_width,
        height=levels.bottom,
        bands=_band_boxes(bands, layers, levels, full_width),
        nodes=[
            _node_box(bands, layers, placement, levels, vertex, texts[vertex]) for vertex in texts
        ],
        arrows=_arrows(links, layers, placement, routes, levels),
        crossings=crossings,
    )


def count_entered_crossings(bands: Sequence[Band], links: Sequence[Link]) -> int:
    """Crossings if every row kept the order entered."""
    layers = build_layers(bands, links)
    return cost(layers, layers.rows)[0]


def _check(bands: Sequence[Band], links: Sequence[Link]) -> None:
    keys = {node.key for band in bands for node in band.nodes}
    for link in links:
        if link.cause == link.effect:
            raise ValueError(f"{link.cause!r} is linked to itself.")
        if missing := {link.cause, link.effect} - keys:
            raise ValueError(f"There is no node {min(missing)!r}.")


# -- Boxes and arrows.


def _wrap_node(layers: Layers, placement: Placement, vertex: int) -> list[str]:
    row = placement.rows[layers.row_of[vertex]]
    kind = type_of(row)
    return wrap(layers.node(vertex).text, row.node_width - 2 * kind.padding, kind.size)


def _node_box(
    bands: Sequence[Band],
    layers: Layers,
    placement: Placement,
    levels: Levels,
    vertex: int,
    lines: list[str],
) -> NodeBox:
    number = layers.row_of[vertex]
    row, kind = placement.rows[number], type_of(placement.rows[number])
    x, y = placement.x[vertex] - row.node_width / 2, levels.row_top[number]
    header_y = y + kind.top + kind.header - 3
    first = header_y + 5 + kind.line
    return NodeBox(
        node=layers.node(vertex),
        band_key=bands[layers.band_of_row[number]].key,
        x=x,
        y=y,
        width=row.node_width,
        height=levels.row_bottom[number] - y,
        dense=row.dense,
        shows_word=_has_room_for_word(layers.node(vertex), row.node_width, kind),
        header_y=header_y,
        text_x=x + kind.padding,
        lines=[
            TextLine(line, x + kind.padding, first + place * kind.line)
            for place, line in enumerate(lines)
        ],
    )


def _has_room_for_word(node: Node, width: float, kind: Type) -> bool:
    """One answer for all colours, so that a map of colours looks even; a state may be longer."""
    room = width - 2 * kind.padding - text_width(node.code, kind.size, bold=True)
    status = text_width(node.status, kind.size, bold=True) + SHAPE_AND_GAPS
    return room >= (LIGHT_WORD if node.tone == node.light else max(LIGHT_WORD, status))


def _band_boxes(
    bands: Sequence[Band], layers: Layers, levels: Levels, width: float
) -> list[BandBox]:
    boxes = []
    for number, band in enumerate(bands):
        top, bottom = levels.band_top[number], levels.band_bottom[number]
        words = wrap(band.title, TITLE_COLUMN - MARGIN - 10, TITLE_SIZE, bold=True, lines=4)
        first = (top + bottom) / 2 - (len(words) - 1) * TITLE_LINE / 2 + TITLE_SIZE * 0.35
        lines = [
            TextLine(line, MARGIN, first + place * TITLE_LINE) for place, line in enumerate(words)
        ]
        boxes.append(BandBox(band, 0.0, top, width, bottom - top, lines))
    return boxes


def _arrows(
    links: Sequence[Link], layers: Layers, placement: Placement, routes: Routes, levels: Levels
) -> list[Arrow]:
    arrows = []
    for number, link in enumerate(links):
        chain = layers.chains[number]
        cause, effect = chain[0], chain[-1]
        hops = routes.hops_of[number]
        points = (
            _points(layers, routes, levels, hops)
            if hops
            else _side_points(layers, placement, levels, cause, effect)
        )
        tip, before = points[-1], points[-2]
        arrows.append(
            Arrow(
                link=link,
                cause=layers.node(cause),
                effect=layers.node(effect),
                points=points,
                path=line_path([*points[:-1], shorten(tip, before)]),
                head=head_path(tip, before),
                downward=layers.row_of[cause] < layers.row_of[effect],
            )
        )
    return arrows


def _points(layers: Layers, routes: Routes, levels: Levels, hops: list[int]) -> list[Point]:
    first, last = routes.hops[hops[0]], routes.hops[hops[-1]]
    points = [(first.start.x, _edge_y(layers, levels, first.start))]
    for number in hops:
        hop, place = routes.hops[number], channel_of(layers, routes.hops[number])
        channel = routes.channels[place]
        if number in channel.tracks:
            y = levels.first_track[place] + channel.tracks[number] * pitch(channel)
            points += [(hop.start.x, y), (hop.end.x, y)]
    return [*points, (last.end.x, _edge_y(layers, levels, last.end))]


def _edge_y(layers: Layers, levels: Levels, end: End) -> float:
    row = layers.row_of[end.vertex]
    return levels.row_top[row] if end.side == "top" else levels.row_bottom[row]


def _side_points(
    layers: Layers, placement: Placement, levels: Levels, cause: int, effect: int
) -> list[Point]:
    number = layers.row_of[cause]
    y = (levels.row_top[number] + levels.row_bottom[number]) / 2
    half = placement.rows[number].node_width / 2
    way = 1 if placement.x[effect] > placement.x[cause] else -1
    return [(placement.x[cause] + way * half, y), (placement.x[effect] - way * half, y)]
