"""The way of each link: through channels between rows, and in lanes between nodes.

Channel ``n`` lies above row ``n``; the last one lies below the last row. In a channel there are
no nodes, and in its row a lane keeps its distance from them, so no line can meet a node that it
doesn't belong to.
"""

from dataclasses import dataclass

from scorecards.strategy_map.layers import Layers
from scorecards.strategy_map.ordering import ends_between
from scorecards.strategy_map.placement import Placement
from scorecards.strategy_map.ports import End, Hop, Side, spread_ports
from scorecards.strategy_map.tracks import Run, assign_tracks

STRAIGHT = 0.5  # a hop that shifts less needs no track
LEAST_SIDE_GAP = 30.0  # room for a short arrow from one node to the next beside it


@dataclass(frozen=True)
class Channel:
    """``tracks`` gives the track of each hop, by the hop's number."""

    tracks: dict[int, int]
    count: int


@dataclass
class Routes:
    hops: list[Hop]
    hops_of: list[list[int]]  # per link; empty for a link between neighbours in a row
    channels: list[Channel]


def route(layers: Layers, placement: Placement) -> Routes:
    hops: list[Hop] = []
    hops_of: list[list[int]] = []
    for link, chain in enumerate(layers.chains):
        made = _hops(layers, placement, link, chain)
        hops_of.append(list(range(len(hops), len(hops) + len(made))))
        hops.extend(made)
    spread_ports(layers, placement, hops)
    runs: list[list[Run]] = [[] for _ in range(len(layers.rows) + 1)]
    for number, hop in enumerate(hops):
        if abs(hop.start.x - hop.end.x) >= STRAIGHT:
            runs[channel_of(layers, hop)].append(_run(number, hop))
    return Routes(hops, hops_of, [Channel(*assign_tracks(channel)) for channel in runs])


def channel_of(layers: Layers, hop: Hop) -> int:
    row = layers.row_of[hop.start.vertex]
    return row if hop.start.side == "top" else row + 1


def _hops(layers: Layers, placement: Placement, link: int, chain: list[int]) -> list[Hop]:
    x = placement.x
    first, second = layers.row_of[chain[0]], layers.row_of[chain[1]]
    if first == second:
        cause, effect = chain
        if _beside(layers, placement, cause, effect):
            return []
        side = _arc_side(layers, placement, cause, effect)
        return [Hop(link, End(cause, side, x[cause]), End(effect, side, x[effect]), arc=True)]
    leave: Side
    arrive: Side
    leave, arrive = ("top", "bottom") if second < first else ("bottom", "top")
    pairs = zip(chain, chain[1:], strict=False)
    return [Hop(link, End(one, leave, x[one]), End(two, arrive, x[two])) for one, two in pairs]


def _beside(layers: Layers, placement: Placement, cause: int, effect: int) -> bool:
    """Whether a straight arrow from side to side is possible: no other node, enough room."""
    row = placement.rows[layers.row_of[cause]]
    nodes = [vertex for vertex in row.vertices if not layers.is_lane(vertex)]
    gap = abs(placement.x[cause] - placement.x[effect]) - row.node_width
    return abs(nodes.index(cause) - nodes.index(effect)) == 1 and gap >= LEAST_SIDE_GAP


def _arc_side(layers: Layers, placement: Placement, cause: int, effect: int) -> Side:
    """Over or under the row, whichever has fewer lines in the way; inwards where it's equal."""
    number = layers.row_of[cause]
    row = placement.rows[number].vertices
    first, last = sorted((row.index(cause), row.index(effect)))
    over, under = ends_between(layers, row, first, last)
    if over == under:
        return "bottom" if number == 0 and len(layers.rows) > 1 else "top"
    return "top" if over < under else "bottom"


def _run(number: int, hop: Hop) -> Run:
    ends = (hop.start, hop.end)
    low, high = sorted(end.x for end in ends)
    # The end at the upper row is that row's bottom side: from the track, the way is up.
    ups = tuple(end.x for end in ends if end.side == "bottom")
    downs = tuple(end.x for end in ends if end.side == "top")
    return Run(number, low, high, ups, downs)
