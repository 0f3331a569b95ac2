"""In which order an expert compares the pairs, and which element stands first.

The order that loses least where an expert stops early is in ``least_loss``.
"""

import random
from itertools import combinations

from scorecards.methods.errors import MethodError, gettext_noop

Pair = tuple[int, int]

FEWEST_ELEMENTS = 2


def check_size(n: int) -> int:
    """Return n, or raise MethodError ``too-few-elements`` when there is nothing to compare."""
    if n < FEWEST_ELEMENTS:
        raise MethodError(
            "too-few-elements", gettext_noop("Choose at least two elements to compare.")
        )
    return n


def row_order(n: int) -> tuple[Pair, ...]:
    """List the pairs as they stand in the upper triangle, row by row.

    Parameters
    ----------
    n : int
        Number of elements, at least 2.

    Returns
    -------
    tuple of (int, int)
        All n (n - 1) / 2 pairs (i, j), counted from 0, i < j.

    Raises
    ------
    MethodError
        ``too-few-elements``.

    Examples
    --------
    >>> row_order(3)
    ((0, 1), (0, 2), (1, 2))
    """
    return tuple(combinations(range(check_size(n)), 2))


def random_order(n: int, seed: int) -> tuple[Pair, ...]:
    """List the pairs by chance; the same seed always gives the same order.

    Parameters
    ----------
    n : int
        Number of elements, at least 2.
    seed : int
        Any whole number, kept with the answers.

    Returns
    -------
    tuple of (int, int)
        All pairs, i < j.

    Raises
    ------
    MethodError
        ``too-few-elements``.

    Examples
    --------
    >>> sorted(random_order(4, seed=7)) == sorted(row_order(4))
    True
    """
    pairs = list(row_order(n))
    random.Random(seed).shuffle(pairs)  # noqa: S311 nothing is kept secret by it
    return tuple(pairs)


def swapped_sides(count: int, seed: int) -> tuple[bool, ...]:
    """Choose the pairs that are shown with their sides exchanged: half of them, by chance.

    Which side something stands on draws answers to it. Exchanged in half of the pairs,
    differently for each expert, that pull evens out.

    Parameters
    ----------
    count : int
        Number of pairs.
    seed : int
        Any whole number, kept with the answers.

    Returns
    -------
    tuple of bool
        One for each pair. Of an odd number, one more or one fewer is exchanged, by chance too.

    Examples
    --------
    >>> sum(swapped_sides(10, seed=3))
    5
    """
    chance = random.Random(seed)  # noqa: S311 nothing is kept secret by it
    exchanged = (count + chance.randrange(2)) // 2
    sides = [place < exchanged for place in range(count)]
    chance.shuffle(sides)
    return tuple(sides)
