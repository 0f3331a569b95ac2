"""Horizontal tracks of a channel: which hop runs above which.

A hop that isn't straight goes up or down to its track, along it, and on. Two hops whose tracks
overlap need different tracks, and the order of the two decides whether they cross.
"""

from dataclasses import dataclass

CLEAR = 13.0  # two hops share a track only this far apart
TOUCH = 7.0  # verticals nearer than this look like one line
OVERLAP_COST = 50


@dataclass(frozen=True)
class Run:
    """A hop's way along its track, and where it leaves upwards and downwards."""

    hop: int
    low: float
    high: float
    ups: tuple[float, ...]
    downs: tuple[float, ...]


def assign_tracks(runs: list[Run]) -> tuple[dict[int, int], int]:
    """The track of each hop, 0 uppermost, and how many tracks there are."""
    order = _order(runs)
    track: dict[int, int] = {}
    for place, index in enumerate(order):
        before = [other for other in order[:place] if _overlap(runs[index], runs[other])]
        track[index] = 1 + max((track[other] for other in before), default=-1)
    count = 1 + max(track.values(), default=-1)
    return {runs[index].hop: number for index, number in track.items()}, count


def _overlap(one: Run, other: Run) -> bool:
    return one.low < other.high + CLEAR and other.low < one.high + CLEAR


def _order(runs: list[Run]) -> list[int]:
    """From top to bottom: each run inserted, then moved once, where it costs least."""
    cost = [[0] * len(runs) for _ in runs]
    for index, one in enumerate(runs):
        for other_index in range(index):
            other = runs[other_index]
            if _overlap(one, other):
                cost[index][other_index] = _cost(one, other)
                cost[other_index][index] = _cost(other, one)
    order: list[int] = []
    for index in sorted(range(len(runs)), key=lambda i: (runs[i].low, runs[i].high, i)):
        order.insert(_cheapest_place(order, index, cost), index)
    for index in list(order):
        order.remove(index)
        order.insert(_cheapest_place(order, index, cost), index)
    return order


def _cheapest_place(order: list[int], index: int, cost: list[list[int]]) -> int:
    own = cost[index]
    now = best = sum(own[other] for other in order)
    best_place = 0
    for place, other in enumerate(order, 1):
        now += cost[other][index] - own[other]
        if now < best:
            best, best_place = now, place
    return best_place


def _cost(upper: Run, lower: Run) -> int:
    """Crossings when ``upper`` runs above ``lower``; lines on top of each other cost most."""
    crossings = sum(lower.low < x < lower.high for x in upper.downs)
    crossings += sum(upper.low < x < upper.high for x in lower.ups)
    close = sum(abs(x - y) < TOUCH for x in upper.downs for y in lower.ups)
    return crossings + OVERLAP_COST * close
