"""Where nodes and lanes stand from left to right.

Each vertex is drawn towards the mean of its neighbours, and nodes a little towards an even
spread; the order of the row and the gaps are kept. That is a least-squares problem with an
order, solved exactly for one row at a time by pooling adjacent violators.
"""

from dataclasses import dataclass

from scorecards.strategy_map.layers import Layers

WIDEST_NODE = 196.0
NARROWEST_NODE = 101.0
# Below this a row's nodes get smaller type and closer gaps.
DENSE_BELOW = 146.0
ROUNDS = 10
EVEN_SPREAD = 0.4  # how strongly a node is drawn to its even place, against 1 per neighbour
TO_LANE = 3.0


@dataclass(frozen=True)
class Gaps:
    """The least distance between two nodes, a node and a lane, and two lanes."""

    nodes: float
    node_lane: float
    lanes: float


WIDE = Gaps(nodes=46, node_lane=20, lanes=14)
NARROW = Gaps(nodes=18, node_lane=11, lanes=9)


@dataclass
class Row:
    vertices: list[int]
    node_width: float
    gaps: Gaps

    @property
    def dense(self) -> bool:
        return self.node_width < DENSE_BELOW


@dataclass
class Placement:
    rows: list[Row]
    x: list[float]  # the middle of each vertex
    left: float
    right: float


def place_vertices(layers: Layers, left: float, right: float) -> Placement:
    """Middles of all vertices. ``right`` moves out when the rows need more than there is."""
    rows = [_size_row(layers, vertices, right - left) for vertices in layers.rows]
    common = min((row.node_width for row in rows if not row.dense), default=WIDEST_NODE)
    for row in rows:
        row.node_width = row.node_width if row.dense else common
    needed = max((_needed(layers, row) for row in rows), default=0)
    placement = Placement(rows, [0.0] * len(layers.nodes), left, max(right, left + needed))
    even = _even_places(layers, placement)
    placement.x[:] = even
    for turn in range(ROUNDS):
        for row in rows if turn % 2 == 0 else reversed(rows):
            _settle(layers, placement, row, even)
    _straighten(layers, placement)
    return placement


def _size_row(layers: Layers, vertices: list[int], width: float) -> Row:
    count = sum(not layers.is_lane(vertex) for vertex in vertices)
    for gaps in (WIDE, NARROW):
        row = Row(vertices, 0, gaps)
        room = (width - _needed(layers, row)) / max(1, count)
        if room >= DENSE_BELOW:
            break
    row.node_width = min(WIDEST_NODE, max(NARROWEST_NODE, room))
    return row


def _needed(layers: Layers, row: Row) -> float:
    pairs = zip(row.vertices, row.vertices[1:], strict=False)
    ends = row.vertices[:1] + row.vertices[-1:]
    return sum(_apart(layers, row, one, other) for one, other in pairs) + sum(
        _half(layers, row, vertex) for vertex in ends
    )


def _half(layers: Layers, row: Row, vertex: int) -> float:
    return 0 if layers.is_lane(vertex) else row.node_width / 2


def _apart(layers: Layers, row: Row, one: int, other: int) -> float:
    lanes = layers.is_lane(one) + layers.is_lane(other)
    gap = (row.gaps.nodes, row.gaps.node_lane, row.gaps.lanes)[lanes]
    return _half(layers, row, one) + gap + _half(layers, row, other)


def _even_places(layers: Layers, placement: Placement) -> list[float]:
    """Nodes at equal distances over the whole width, lanes between their neighbours."""
    x = [0.0] * len(layers.nodes)
    width = placement.right - placement.left
    for row in placement.rows:
        nodes = [vertex for vertex in row.vertices if not layers.is_lane(vertex)]
        passed = 0
        for vertex in row.vertices:
            share = passed if layers.is_lane(vertex) else passed + 0.5
            passed += not layers.is_lane(vertex)
            x[vertex] = placement.left + width * share / max(1, len(nodes))
    return x


def _settle(layers: Layers, placement: Placement, row: Row, even: list[float]) -> None:
    wishes, weights = [], []
    for vertex in row.vertices:
        lane = layers.is_lane(vertex)
        total, weight = (0.0, 1e-6) if lane else (EVEN_SPREAD * even[vertex], EVEN_SPREAD)
        for other in layers.above[vertex] + layers.below[vertex]:
            pull = TO_LANE if lane and layers.is_lane(other) else 1.0
            total += pull * placement.x[other]
            weight += pull
        wishes.append(total / weight)
        weights.append(weight)
    for vertex, x in zip(
        row.vertices, _spread(layers, placement, row, wishes, weights), strict=True
    ):
        placement.x[vertex] = x


def _spread(
    layers: Layers, placement: Placement, row: Row, wishes: list[float], weights: list[float]
) -> list[float]:
    vertices = row.vertices
    if not vertices:
        return []
    pairs = zip(vertices, vertices[1:], strict=False)
    least = [_apart(layers, row, one, other) for one, other in pairs]
    low = placement.left + _half(layers, row, vertices[0])
    high = placement.right - _half(layers, row, vertices[-1])
    return spread(wishes, weights, least, low, high)


def spread(
    wishes: list[float], weights: list[float], least: list[float], low: float, high: float
) -> list[float]:
    """The places nearest to the wishes that keep order, least distances and limits.

    ``least[i]`` is the least distance between places i and i + 1. The places exactly fill
    ``low`` to ``high`` where no more room is there.
    """
    offsets = [0.0]
    for distance in least:
        offsets.append(offsets[-1] + distance)
    pools: list[tuple[float, float, int]] = []  # mean, weight, how many
    for wish, weight, offset in zip(wishes, weights, offsets, strict=True):
        mean, count = wish - offset, 1
        while pools and pools[-1][0] >= mean:
            other, other_weight, other_count = pools.pop()
            mean = (mean * weight + other * other_weight) / (weight + other_weight)
            weight, count = weight + other_weight, count + other_count
        pools.append((mean, weight, count))
    highest = max(low, high - offsets[-1])
    flat = [min(max(mean, low), highest) for mean, _weight, count in pools for _ in range(count)]
    return [place + offset for place, offset in zip(flat, offsets, strict=True)]


def _straighten(layers: Layers, placement: Placement) -> None:
    """Give the lanes of a link one common place, where their rows have room for it."""
    for chain in layers.chains:
        lanes = chain[1:-1]
        if not lanes:
            continue
        rooms = [_room(layers, placement, vertex) for vertex in lanes]
        low, high = max(room[0] for room in rooms), min(room[1] for room in rooms)
        if low > high:
            continue
        wish = sum(placement.x[vertex] for vertex in lanes) / len(lanes)
        for vertex in lanes:
            placement.x[vertex] = min(max(wish, low), high)


def _room(layers: Layers, placement: Placement, vertex: int) -> tuple[float, float]:
    row = placement.rows[layers.row_of[vertex]]
    place = row.vertices.index(vertex)
    low, high = placement.left, placement.right
    if place > 0:
        before = row.vertices[place - 1]
        low = placement.x[before] + _apart(layers, row, before, vertex)
    if place + 1 < len(row.vertices):
        after = row.vertices[place + 1]
        high = placement.x[after] - _apart(layers, row, vertex, after)
    return low, high
