"""In which order pairs are asked, so that an expert who stops early has told the most."""

import random
from itertools import combinations

Pair = tuple[int, int]


def row_order(n: int) -> tuple[Pair, ...]:
    return tuple(combinations(range(n), 2))


def random_order(n: int, seed: int) -> tuple[Pair, ...]:
    pairs = list(row_order(n))
    random.Random(seed).shuffle(pairs)  # noqa: S311
    return tuple(pairs)


def swapped_sides(count: int, seed: int) -> tuple[bool, ...]:
    sides = [place < count // 2 for place in range(count)]
    random.Random(seed).shuffle(sides)  # noqa: S311
    return tuple(sides)


def least_loss(n: int) -> tuple[Pair, ...]:
    chosen = [(0, other) for other in range(1, n)]
    return tuple(chosen + [pair for pair in row_order(n) if pair[0]])
