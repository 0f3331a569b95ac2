"""The map as rows of nodes, with lanes where a link passes a row that it skips.

Vertices are numbered. A node's band is one row, or more where it has more than
`MOST_PER_ROW` nodes. An edge joins two vertices of neighbouring rows; an arc joins two nodes of
one row.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from scorecards.strategy_map.model import Band, Link, Node

MOST_PER_ROW = 8


@dataclass
class Layers:
    """``rows`` holds the order and is what ordering changes; the rest stays as it is."""

    rows: list[list[int]] = field(default_factory=list)
    nodes: list[Node | None] = field(default_factory=list)  # None: a lane
    row_of: list[int] = field(default_factory=list)
    band_of_row: list[int] = field(default_factory=list)
    above: list[list[int]] = field(default_factory=list)
    below: list[list[int]] = field(default_factory=list)
    arcs: list[tuple[int, int]] = field(default_factory=list)
    chains: list[list[int]] = field(default_factory=list)  # per link, from cause to effect

    def add(self, node: Node | None, row: int) -> int:
        self.nodes.append(node)
        self.row_of.append(row)
        self.above.append([])
        self.below.append([])
        return len(self.nodes) - 1

    def join(self, upper: int, lower: int) -> None:
        self.below[upper].append(lower)
        self.above[lower].append(upper)

    def node(self, vertex: int) -> Node:
        node = self.nodes[vertex]
        assert node is not None, "a lane has no node"  # noqa: S101
        return node

    def is_lane(self, vertex: int) -> bool:
        return self.nodes[vertex] is None


def build_layers(bands: Sequence[Band], links: Sequence[Link]) -> Layers:
    """Rows in the order entered, with each lane where a straight line would pass its row."""
    layers = Layers()
    vertex_of: dict[str, int] = {}
    for number, band in enumerate(bands):
        for nodes in _rows_of(band.nodes):
            layers.rows.append([layers.add(node, len(layers.rows)) for node in nodes])
            layers.band_of_row.append(number)
            for node, vertex in zip(nodes, layers.rows[-1], strict=True):
                vertex_of[node.key] = vertex
    spot = {
        vertex: (place + 0.5) / len(row) for row in layers.rows for place, vertex in enumerate(row)
    }
    for link in links:
        _add_chain(layers, vertex_of[link.cause], vertex_of[link.effect], spot)
    for row in layers.rows:
        row.sort(key=lambda vertex: (spot[vertex], layers.is_lane(vertex), vertex))
    return layers


def _rows_of(nodes: list[Node]) -> list[list[Node]]:
    count = max(1, -(-len(nodes) // MOST_PER_ROW))
    size = -(-len(nodes) // count)
    return [nodes[start : start + size] for start in range(0, max(1, len(nodes)), max(1, size))]


def _add_chain(layers: Layers, cause: int, effect: int, spot: dict[int, float]) -> None:
    start, end = layers.row_of[cause], layers.row_of[effect]
    if start == end:
        layers.arcs.append((cause, effect))
        layers.chains.append([cause, effect])
        return
    step = 1 if end > start else -1
    chain = [cause]
    for row in range(start + step, end, step):
        lane = layers.add(None, row)
        share = (row - start) / (end - start)
        spot[lane] = spot[cause] + share * (spot[effect] - spot[cause])
        layers.rows[row].append(lane)
        chain.append(lane)
    chain.append(effect)
    for one, next_one in zip(chain, chain[1:], strict=False):
        layers.join(*((next_one, one) if step < 0 else (one, next_one)))
    layers.chains.append(chain)
