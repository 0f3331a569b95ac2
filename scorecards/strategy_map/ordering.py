"""The order of each row: few crossings, and neighbours beside each other.

Barycentre sweeps with transposition (Sugiyama, Tagawa and Toda 1981; Gansner and others 1993).
The best order seen is kept, the entered one included, so no map gets worse by being tidied.
"""

from bisect import bisect_left, insort

from scorecards.strategy_map.layers import Layers

SWEEPS = 12
PATIENCE = 4  # sweeps without a better order before giving up

Rows = list[list[int]]


def order_rows(layers: Layers) -> int:
    """Put the rows of ``layers`` into their best order; returns its number of crossings."""
    best = [row[:] for row in layers.rows]
    best_cost = cost(layers, best)
    for downwards_first in (True, False):
        rows = [row[:] for row in layers.rows]
        waited = 0
        for sweep in range(SWEEPS):
            if waited == PATIENCE or best_cost == (0, 0):
                break
            _sweep(layers, rows, downwards=(sweep % 2 == 0) == downwards_first)
            _transpose(layers, rows)
            waited += 1
            if (now := cost(layers, rows)) < best_cost:
                best, best_cost, waited = [row[:] for row in rows], now, 0
    layers.rows = best
    return best_cost[0]


def cost(layers: Layers, rows: Rows) -> tuple[int, int]:
    """Crossings first, then how far apart the ends of arcs stand."""
    place = {vertex: number for row in rows for number, vertex in enumerate(row)}
    crossings = sum(_crossings_below(layers, row, place) for row in rows[:-1])
    arcs = [_arc_cost(layers, row, place) for row in _rows_with_arcs(layers, rows)]
    return crossings + sum(each[0] for each in arcs), sum(each[1] for each in arcs)


def _crossings_below(layers: Layers, row: list[int], place: dict[int, int]) -> int:
    """Pairs of edges that swap sides between this row and the next."""
    seen: list[int] = []
    crossings = 0
    for vertex in row:
        ends = sorted(place[lower] for lower in layers.below[vertex])
        crossings += sum(len(seen) - bisect_left(seen, end + 1) for end in ends)
        for end in ends:
            insort(seen, end)
    return crossings


def _rows_with_arcs(layers: Layers, rows: Rows) -> Rows:
    numbers = sorted({layers.row_of[cause] for cause, _effect in layers.arcs})
    return [rows[number] for number in numbers]


def _arc_cost(layers: Layers, row: list[int], place: dict[int, int]) -> tuple[int, int]:
    number = layers.row_of[row[0]]
    spans = [
        tuple(sorted((place[cause], place[effect])))
        for cause, effect in layers.arcs
        if layers.row_of[cause] == number
    ]
    crossings = sum(min(ends_between(layers, row, first, last)) for first, last in spans)
    for index, (first, last) in enumerate(spans):
        crossings += sum(
            first < other_first < last < other_last or other_first < first < other_last < last
            for other_first, other_last in spans[index + 1 :]
        )
    return crossings, sum(last - first - 1 for first, last in spans)


def ends_between(layers: Layers, row: list[int], first: int, last: int) -> tuple[int, int]:
    """Edges that an arc over the row, and one under it, has to cross."""
    inner = row[first + 1 : last]
    return (
        sum(len(layers.above[vertex]) for vertex in inner),
        sum(len(layers.below[vertex]) for vertex in inner),
    )


def _sweep(layers: Layers, rows: Rows, *, downwards: bool) -> None:
    """Order each row by the mean place of its neighbours in the row before it."""
    numbers = range(1, len(rows)) if downwards else range(len(rows) - 2, -1, -1)
    neighbours = layers.above if downwards else layers.below
    for number in numbers:
        fixed = rows[number - 1 if downwards else number + 1]
        spot = {vertex: (place + 0.5) / len(fixed) for place, vertex in enumerate(fixed)}
        own = {
            vertex: (place + 0.5) / len(rows[number]) for place, vertex in enumerate(rows[number])
        }
        keys = {
            vertex: _mean([spot[other] for other in neighbours[vertex]], own[vertex])
            for vertex in rows[number]
        }
        rows[number].sort(key=keys.__getitem__)  # stable: ties keep their order


def _mean(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _transpose(layers: Layers, rows: Rows) -> None:
    """Swap neighbours as long as that removes crossings."""
    place = {vertex: number for row in rows for number, vertex in enumerate(row)}
    arc_rows = {layers.row_of[cause] for cause, _effect in layers.arcs}
    improved, rounds = True, 0
    while improved and rounds < 8:
        improved, rounds = False, rounds + 1
        for number, row in enumerate(rows):
            for left in range(len(row) - 1):
                if _swap_gain(layers, row, left, place, with_arcs=number in arc_rows) > (0, 0):
                    _swap(row, left, place)
                    improved = True


def _swap_gain(
    layers: Layers, row: list[int], left: int, place: dict[int, int], *, with_arcs: bool
) -> tuple[int, int]:
    one, other = row[left], row[left + 1]
    gain = 0
    for neighbours in (layers.above, layers.below):
        for a in neighbours[one]:
            for b in neighbours[other]:
                gain += (place[a] > place[b]) - (place[a] < place[b])
    if not with_arcs:
        return gain, 0
    before = _arc_cost(layers, row, place)
    _swap(row, left, place)
    after = _arc_cost(layers, row, place)
    _swap(row, left, place)
    return gain + before[0] - after[0], before[1] - after[1]


def _swap(row: list[int], left: int, place: dict[int, int]) -> None:
    row[left], row[left + 1] = row[left + 1], row[left]
    place[row[left]], place[row[left + 1]] = left, left + 1
