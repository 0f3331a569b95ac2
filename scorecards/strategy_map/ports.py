"""Where links touch the edges of nodes: spread out, and above each other where they can be."""

from dataclasses import dataclass, field
from typing import Literal

from scorecards.strategy_map.layers import Layers
from scorecards.strategy_map.placement import Placement, spread

CORNER = 16.0  # no port on a node's rounded corner
PORT_GAP = 18.0
ROUNDS = 8
BENT = 0.2  # the say of an end that can't be straight anyway, against 1

Side = Literal["top", "bottom"]


@dataclass
class End:
    """One end of a hop: at a node's edge, or on a lane. ``x`` is what ports decide."""

    vertex: int
    side: Side
    x: float


@dataclass
class Hop:
    """A link's way through one channel. ``arc`` hops begin and end in the same row."""

    link: int
    start: End
    end: End
    arc: bool = False

    def other(self, end: End) -> End:
        return self.end if end is self.start else self.start


@dataclass
class _Edge:
    """All hops that touch one side of one node, from left to right."""

    middle: float
    reach: float
    ends: list[tuple[Hop, End]] = field(default_factory=list)


def spread_ports(layers: Layers, placement: Placement, hops: list[Hop]) -> None:
    """Set the x of every end of every hop."""
    edges: dict[tuple[int, Side], _Edge] = {}
    for hop in hops:
        for end in (hop.start, hop.end):
            if layers.is_lane(end.vertex):
                continue
            row = placement.rows[layers.row_of[end.vertex]]
            reach = row.node_width / 2 - CORNER
            edge = _Edge(placement.x[end.vertex], reach)
            edges.setdefault((end.vertex, end.side), edge).ends.append((hop, end))
    for edge in edges.values():
        edge.ends.sort(key=lambda pair: _direction(*pair))
    for turn in range(ROUNDS):
        for edge in edges.values():
            _settle(edge, edges, first=turn == 0)


def _direction(hop: Hop, end: End) -> tuple[int, float, int]:
    """From left to right: arcs to the left, edges, arcs to the right; inner arcs outermost."""
    other = hop.other(end)
    if not hop.arc:
        return 0, other.x, hop.link
    return (-1 if other.x < end.x else 1), -other.x, hop.link


def _settle(edge: _Edge, edges: dict[tuple[int, Side], _Edge], *, first: bool) -> None:
    low, high = edge.middle - edge.reach, edge.middle + edge.reach
    wishes, weights = [], []
    for hop, end in edge.ends:
        other = hop.other(end)
        partner = edges.get((other.vertex, other.side))
        wish, weight = _wish(edge, partner, hop, end, first=first)
        wishes.append(wish)
        weights.append(weight)
    gap = min(PORT_GAP, 2 * edge.reach / max(1, len(wishes) - 1))
    places = spread(wishes, weights, [gap] * (len(wishes) - 1), low, high)
    for (_hop, end), x in zip(edge.ends, places, strict=True):
        end.x = x


def _wish(
    edge: _Edge, partner: _Edge | None, hop: Hop, end: End, *, first: bool
) -> tuple[float, float]:
    """Straight across if the two edges face each other, else the middle of the own edge.

    With the weight of the wish: a line that can be straight comes first.
    """
    other = hop.other(end)
    if hop.arc:
        aside = 0.6 * edge.reach
        return edge.middle + (aside if other.x > edge.middle else -aside), BENT
    other_reach = partner.reach if partner else 0.0
    other_middle = partner.middle if partner else other.x
    if abs(other_middle - edge.middle) > edge.reach + other_reach:
        return edge.middle, BENT
    return (edge.middle + other_middle) / 2 if first and partner else other.x, 1.0
