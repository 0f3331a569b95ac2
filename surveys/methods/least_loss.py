"""The order of the pairs that loses least where an expert stops early.

Whoever stops early has answered a beginning of the sequence. What that costs depends on which
pairs it holds, so the pairs that tell the most come first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from scorecards.methods.matrices import BoolArray, FloatArray
from surveys.methods.pair_order import Pair, check_size, row_order

# How many beginnings the search keeps at each step; more of them find hardly anything better.
SEARCH_WIDTH = 20
# Losses that differ by less are equal: the sequence is the same on every machine.
SAME_LOSS_DECIMALS = 9
# A pair that others can stand in for has a slack of 1/n at least, and a connected graph no
# eigenvalue near 0 but one.
ALMOST_ZERO = 1e-6


@cache
def least_loss(n: int) -> tuple[Pair, ...]:
    """List the pairs so that an expert who stops early has told as much as possible.

    The sum of the losses (see :func:`expected_loss`) over all places at which one can stop, from
    n - 1 pairs on, is made as small as a search finds it. The search goes backwards: it takes
    away pair after pair, and keeps the best few of what is left at each step.

    Parameters
    ----------
    n : int
        Number of elements, at least 2.

    Returns
    -------
    tuple of (int, int)
        All pairs, i < j. Every beginning of at least n - 1 pairs connects all elements. Those of
        2 n pairs and more compare all elements almost equally often: at most twice more than
        each other.

    Raises
    ------
    MethodError
        ``too-few-elements``.

    Notes
    -----
    Bozóki and Szádoczki (2022) search the graph of all sets of pairs for such sequences, with
    losses from simulation. What they find holds here too: the best sets compare all elements as
    equally often as can be, and are nearly bipartite. The star (one element against each other
    one) loses least of all sets of n - 1 pairs, but what follows it loses more than is gained.
    For four and five elements the sum is the smallest there is, for six within 0.1 % of it.

    References
    ----------
    S. Bozóki and Z. Szádoczki, Optimal sequences for pairwise comparisons: the graph of graphs
    approach, arXiv:2205.08673 (2022). Z. Szádoczki, S. Bozóki and H. A. Tekile, Filling in
    pattern designs for incomplete pairwise comparison matrices: (quasi-)regular graphs with
    minimal diameter, Omega 107 (2022) 102557.

    Examples
    --------
    >>> least_loss(4)
    ((0, 3), (1, 3), (1, 2), (0, 2), (2, 3), (0, 1))
    """
    pairs = row_order(n)
    kept = [_complete(n)]
    for _ in range(len(pairs) - (n - 1)):
        kept = _best_shorter(kept, pairs)
    tree = [pair for pair, stands in zip(pairs, kept[0].stands, strict=True) if stands]
    return (*_grown(tree), *(pairs[place] for place in reversed(kept[0].removed)))


@dataclass(frozen=True)
class _Beginning:
    """Some of the pairs, and what the sequences that go on from them lose until the end."""

    loss: float
    inverse: FloatArray  # of the Laplacian of the pairs that stand
    degrees: NDArray[np.int_]
    stands: BoolArray
    removed: tuple[int, ...]

    def across(self, pairs: NDArray[np.int_]) -> FloatArray:
        """Difference of the inverse's columns of each pair, shape (n, pairs)."""
        return self.inverse[:, pairs[:, 0]] - self.inverse[:, pairs[:, 1]]

    def without(self, place: int, pair: Pair, loss: float) -> "_Beginning":
        column = self.across(np.array([pair]))[:, 0]
        # Sherman and Morrison: what one comparison less does to the inverse.
        inverse = self.inverse + np.outer(column, column) / (1 - column[pair[0]] + column[pair[1]])
        degrees, stands = self.degrees.copy(), self.stands.copy()
        degrees[list(pair)] -= 1
        stands[place] = False
        return _Beginning(loss, inverse, degrees, stands, (*self.removed, place))


def _complete(n: int) -> _Beginning:
    """All pairs, whose Laplacian is n times the centring matrix."""
    centring = np.eye(n) - 1 / n
    stands = np.ones(n * (n - 1) // 2, dtype=np.bool_)
    return _Beginning(0.0, centring / n, np.full(n, n - 1), stands, ())


def _best_shorter(kept: list[_Beginning], pairs: tuple[Pair, ...]) -> list[_Beginning]:
    """Take one pair away from each beginning, and keep the best few of what that gives."""
    choices = [
        (loss, source, place)
        for source, beginning in enumerate(kept)
        for place, loss in _losses_without(beginning, np.array(pairs)).items()
    ]
    found: dict[tuple[float, tuple[int, ...]], _Beginning] = {}
    for loss, source, place in sorted(choices):
        shorter = kept[source].without(place, pairs[place], loss)
        # Almost always the same graph with its elements renamed: the first will do.
        found.setdefault((loss, tuple(sorted(shorter.degrees.tolist()))), shorter)
        if len(found) == SEARCH_WIDTH:
            break
    return list(found.values())


def _losses_without(beginning: _Beginning, pairs: NDArray[np.int_]) -> dict[int, float]:
    """By place of a pair, the loss without it; pairs that hold the others together are left out."""
    places = np.flatnonzero(beginning.stands)
    across = beginning.across(pairs[places])
    each = np.arange(len(places))
    slack = 1 - across[pairs[places, 0], each] + across[pairs[places, 1], each]
    spare = slack > ALMOST_ZERO
    rise = (across[:, spare] ** 2).sum(axis=0) / slack[spare]
    losses = (beginning.loss + np.trace(beginning.inverse) + rise).round(SAME_LOSS_DECIMALS)
    return dict(zip(places[spare].tolist(), losses.tolist(), strict=True))


def _grown(tree: list[Pair]) -> list[Pair]:
    """The pairs of a tree from the first element on, each beside what was asked before."""
    grown, reached, left = [], {0}, list(tree)
    while left:
        pair = next(pair for pair in left if reached & set(pair))
        left.remove(pair)
        grown.append(pair)
        reached |= set(pair)
    return grown


def expected_loss(pairs: Iterable[Pair], n: int) -> float:
    """Measure how far weights from these pairs alone lie from those of all pairs.

    Judgements are taken to err independently and alike on the log scale, as for the row
    geometric mean (logarithmic least squares). The squared distance between the log weights of
    a part of the pairs and of all of them is then, on average, sigma^2 times

        trace(L^+) - (n - 1) / n

    with L the Laplacian of the graph whose edges are the pairs.

    Parameters
    ----------
    pairs : iterable of (int, int)
        The pairs that are answered.
    n : int
        Number of elements, at least 2.

    Returns
    -------
    float
        In units of the judgements' error variance: 0 for all pairs, infinite where the pairs
        don't connect all elements.

    Raises
    ------
    MethodError
        ``too-few-elements``.

    Examples
    --------
    >>> expected_loss([(0, 1), (0, 2), (0, 3)], 4)
    1.5
    >>> expected_loss([(0, 1), (1, 2), (2, 3)], 4)
    1.75
    >>> expected_loss([(0, 1), (0, 2)], 4)
    inf
    """
    spectrum = np.linalg.eigvalsh(_laplacian(tuple(pairs), check_size(n)))[1:]
    if spectrum[0] < ALMOST_ZERO:
        return float("inf")
    return float(((1 / spectrum).sum() - (n - 1) / n).round(SAME_LOSS_DECIMALS))


def _laplacian(pairs: tuple[Pair, ...], n: int) -> FloatArray:
    laplacian = np.zeros((n, n))
    for i, j in pairs:
        laplacian[i, i] += 1
        laplacian[j, j] += 1
        laplacian[i, j] -= 1
        laplacian[j, i] -= 1
    return laplacian
