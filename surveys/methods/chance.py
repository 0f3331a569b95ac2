"""What S* and W experts would reach who answer at random: what an agreement stands beside."""

import math
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import permutations

import numpy as np
from numpy.typing import ArrayLike

from scorecards.methods.ahp import STRONGEST_JUDGEMENT, from_upper, priorities
from scorecards.methods.errors import MethodError, gettext_noop
from scorecards.methods.matrices import FloatArray
from surveys.methods.agreement_parts import (
    concordance,
    doubled_ranks,
    entropy,
    stretched,
    ties,
)
from surveys.methods.consensus import check_priorities, kendall_w

# Panels that are drawn, from so many experts who answer at random.
PANELS, POOL = 10_000, 4_000
HIGH = 0.95
FEWEST_EXPERTS, FEWEST_ELEMENTS = 2, 2
# The same draws for everybody: a figure beside a result doesn't change from page to page.
SEED = 2018
# Rankings are counted one by one up to so many elements and experts; beyond, panels are drawn.
COUNTED = {2: 200, 3: 20, 4: 8, 5: 4}


@dataclass(frozen=True, eq=False, slots=True)
class Chance:
    """What panels reach whose experts answer at random.

    Attributes
    ----------
    mean : float
        On average.
    high : float
        95 of 100 such panels stay at it or below.
    panels : numpy.ndarray, sorted
        What each drawn panel reached, the lowest first; 10 000 unless it is said otherwise.
    """

    mean: float
    high: float
    panels: FloatArray = field(repr=False)

    def p(self, value: float) -> float:
        """How often chance reaches this or more; never 0, since draws are no proof of that."""
        below = int(np.searchsorted(self.panels, value - 1e-9))
        return (len(self.panels) - below + 1) / (len(self.panels) + 1)


@dataclass(frozen=True, eq=False, slots=True)
class AgreementByChance:
    """S* and W of panels whose experts answer at random."""

    consensus: Chance
    concordance: Chance


@lru_cache(maxsize=64)
def random_priorities(elements: int, method: str = "eigenvector", seed: int = SEED) -> FloatArray:
    """Weigh the elements as experts would who answer at random.

    Each judgement is one of the 17 numbers 1/9, 1/8, … 1, … 9 with the same chance, as for the
    random index RI.

    Parameters
    ----------
    elements : int
        At least two.
    method : {"eigenvector", "row_geometric_mean", "column_mean"}
    seed : int

    Returns
    -------
    ndarray, shape (4000, n)
        The weights of 4 000 such experts; not to be written into.

    Raises
    ------
    MethodError
        ``chance-size``.

    Examples
    --------
    >>> random_priorities(4).shape
    (4000, 4)
    """
    if elements < FEWEST_ELEMENTS:
        raise _size_error()
    steps = np.arange(1, STRONGEST_JUDGEMENT + 1, dtype=np.float64)
    scale = np.concatenate([1 / steps[:0:-1], steps])
    pairs = elements * (elements - 1) // 2
    answers = np.random.default_rng(seed).choice(scale, (POOL, pairs))
    weights = priorities(from_upper(answers), method)
    weights.setflags(write=False)
    return weights


@lru_cache(maxsize=256)
def agreement_by_chance(
    experts: int, elements: int, method: str = "eigenvector"
) -> AgreementByChance:
    """Simulate the S* and W of panels whose experts answer at random.

    Parameters
    ----------
    experts, elements : int
        At least two each.
    method : {"eigenvector", "row_geometric_mean", "column_mean"}
        How weights are computed from the random answers.

    Returns
    -------
    AgreementByChance
        Of 10 000 panels, always drawn alike. The mean of W is exact, 1/m.

    Raises
    ------
    MethodError
        ``chance-size``.

    Examples
    --------
    >>> found = agreement_by_chance(experts=3, elements=7)
    >>> round(found.consensus.mean, 2), round(found.concordance.mean, 2)
    (0.86, 0.33)
    """
    if experts < FEWEST_EXPERTS:
        raise _size_error()
    pool = random_priorities(elements, method)
    own, rng = entropy(pool), np.random.default_rng(SEED)
    alpha, weights = np.zeros(PANELS), np.zeros((PANELS, elements))
    for _ in range(experts):
        drawn = rng.integers(POOL, size=PANELS)
        alpha += own[drawn]
        weights += pool[drawn]
    beta = entropy(weights / experts) - alpha / experts
    drawn_w = concordance_by_chance(pool, experts)
    # The mean of W is known, whatever is tied; drawing it would only add noise.
    return AgreementByChance(_chance(stretched(beta, elements)), replace(drawn_w, mean=1 / experts))


def concordance_by_chance(pool: ArrayLike, experts: int, panels: int = PANELS) -> Chance:
    """Simulate the W of panels whose experts are drawn from these.

    For weights over a whole hierarchy: there chance gives more than 1/m, because a KPI among
    many has less weight than one among few, whoever answers.

    Parameters
    ----------
    pool : array_like, shape (k, n)
        Weights of experts who answer at random, each summing to 1.
    experts : int
        At least two.
    panels : int
        How many are drawn.

    Returns
    -------
    Chance
        Of panels that are always drawn alike.

    Raises
    ------
    MethodError
        ``chance-size``; what :func:`~surveys.methods.consensus.check_priorities` refuses.

    Examples
    --------
    >>> round(concordance_by_chance(random_priorities(5), experts=4).mean, 2)
    0.25
    """
    weights = check_priorities(pool)
    elements = weights.shape[1]
    if experts < FEWEST_EXPERTS or elements < FEWEST_ELEMENTS:
        raise _size_error()
    ranks, rng = doubled_ranks(weights), np.random.default_rng(SEED)
    tied = ties(ranks)
    sums = np.zeros((panels, elements), dtype=np.int64)
    all_tied = np.zeros(panels, dtype=np.int64)
    for _ in range(experts):
        drawn = rng.integers(len(weights), size=panels)
        sums += ranks[drawn]
        all_tied += tied[drawn]
    found = concordance(sums, all_tied, experts, elements)
    # Where all tie everything there is no W; it is rarer than one panel in a hundred.
    return _chance(found[~np.isnan(found)])


def concordance_p(values: ArrayLike, method: str = "eigenvector") -> float:
    """How likely unrelated rankings reach the W of these experts.

    Exact, by counting all rankings, for two elements, and for up to 20 experts on three, 8 on
    four and 4 on five; each expert keeps his ties. Beyond, the share of 10 000 panels whose
    experts answer at random.

    Parameters
    ----------
    values : array_like, shape (m, n)
        Weights of each expert, summing to 1.
    method : {"eigenvector", "row_geometric_mean", "column_mean"}
        How the weights of drawn experts are computed.

    Returns
    -------
    float
        One-sided, P(W >= w). NaN where W is.

    Raises
    ------
    MethodError
        What :func:`~surveys.methods.consensus.check_priorities` refuses.

    References
    ----------
    Kendall and Babington Smith (1939), Annals of Mathematical Statistics 10(3), 275-287, doi
    10.1214/aoms/1177732186.

    Examples
    --------
    >>> round(concordance_p([[0.5, 0.3, 0.2]] * 3), 4)
    0.0278
    """
    weights = check_priorities(values)
    found = kendall_w(weights)
    if math.isnan(found):
        return math.nan
    experts, elements = weights.shape
    if experts > COUNTED.get(elements, 0):
        return agreement_by_chance(experts, elements, method).concordance.p(found)
    ranks = doubled_ranks(weights)
    rows = sorted(tuple(sorted(row)) for row in ranks.tolist())
    return _counted(tuple(rows), _spread(tuple(ranks.sum(axis=0).tolist())))


@lru_cache(maxsize=256)
def _counted(ranks: tuple[tuple[int, ...], ...], spread: int) -> float:
    """The share of all ways to rank, each expert with his own ties, that spread as much.

    Which element has which sum doesn't matter, so sums that differ by their order are one.
    """
    ways: Counter[tuple[int, ...]] = Counter({(0,) * len(ranks[0]): 1})
    total = 1
    for row in ranks:
        orders = set(permutations(row))
        total *= len(orders)
        longer: Counter[tuple[int, ...]] = Counter()
        for sums, count in ways.items():
            for order in orders:
                longer[tuple(sorted(map(int.__add__, sums, order)))] += count
        ways = longer
    return sum(count for sums, count in ways.items() if _spread(sums) >= spread) / total


def _spread(sums: tuple[int, ...]) -> int:
    """Squared deviations from the mean, times their number: whole, so that none is rounded."""
    return len(sums) * sum(value**2 for value in sums) - sum(sums) ** 2


def _chance(panels: FloatArray) -> Chance:
    return Chance(
        float(panels.mean()),
        float(np.quantile(panels, HIGH, method="inverted_cdf")),
        np.sort(panels),
    )


def _size_error() -> MethodError:
    return MethodError(
        "chance-size", gettext_noop("Agreement needs at least two experts and two elements.")
    )
