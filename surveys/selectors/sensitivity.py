"""What another weight of one perspective would do to the ranking of the KPIs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from scorecards.methods.ahp import global_weights
from scorecards.methods.sensitivity import rank_changes, varied_weights
from surveys.selectors.hierarchy import Branch, leaf_label
from surveys.selectors.results import SurveyResults

# Weights that differ by less are the same.
SAME_PLACE = 1e-12
SAME_DIGITS = 12


@dataclass(frozen=True)
class KpiLine:
    """A KPI's global weight while a perspective's goes from 0 to 1: a straight line.

    ``rank`` is its place now, from 1.
    """

    code: str
    label: str
    rank: int
    now: float
    at_zero: float
    at_one: float
    # The KPI stands in the perspective that is varied.
    is_own: bool

    def at(self, weight: float) -> float:
        return self.at_zero + (self.at_one - self.at_zero) * weight


@dataclass(frozen=True)
class Overtaking:
    """At this weight of the perspective two KPIs change places: ``rising`` overtakes ``falling``.

    ``is_first``: the first place changes here.
    """

    weight: float
    rising: KpiLine
    falling: KpiLine
    is_first: bool


@dataclass(frozen=True)
class FirstPlace:
    """From this weight on these come first: several where they weigh the same."""

    weight: float
    holders: tuple[KpiLine, ...]


@dataclass(frozen=True)
class PerspectiveSensitivity:
    """One perspective's weight from 0 to 1, the others in proportion.

    Between ``stable_from`` and ``stable_to`` around the present ``weight`` no two KPIs change
    places. ``lines`` are in the order of the present ranking, ``changes`` by weight.
    """

    code: str
    label: str
    weight: float
    lines: tuple[KpiLine, ...]
    changes: tuple[Overtaking, ...]
    stable_from: float
    stable_to: float

    @property
    def first_changes(self) -> tuple[FirstPlace, ...]:
        """Only the points at which another KPI comes first, each told once."""
        leading = (change for change in self.changes if change.is_first)
        return tuple(
            FirstPlace(weight, _steepest(change.rising for change in at_once))
            for weight, at_once in groupby(
                leading, lambda change: round(change.weight, SAME_DIGITS)
            )
        )


def places_to_vary(results: SurveyResults) -> range:
    """Of the perspectives; none without global weights or with one perspective."""
    tree = results.tree
    if tree is None or not results.hierarchy or len(tree.branches) < 2:
        return range(0)
    return range(len(tree.branches))


def weight_sensitivity(
    results: SurveyResults, places: Iterable[int] | None = None
) -> tuple[PerspectiveSensitivity, ...]:
    """Vary the weight of each perspective, or of those that stand in these places."""
    possible = places_to_vary(results)
    tree = results.tree
    if tree is None or not possible:
        return ()
    found = [None if r.weights is None else np.array(r.weights) for r in results.matrices]
    weights = tree.shares(found).tolist()
    local = [own.tolist() for own in tree.local(found)]
    chosen = possible if places is None else places
    return tuple(_vary(tree.branches, weights, local, place) for place in chosen)


def _vary(
    branches: Sequence[Branch],
    weights: Sequence[float],
    local: Sequence[Sequence[float]],
    place: int,
) -> PerspectiveSensitivity:
    by_place = _lines(branches, weights, local, place)
    lines = sorted(by_place.values(), key=lambda line: line.rank)
    at_zero = np.array([line.at_zero for line in lines])
    slopes = np.array([line.at_one for line in lines]) - at_zero
    changes = []
    for change in rank_changes(weights, local, place):
        rising, falling = by_place[change.overtaking], by_place[change.overtaken]
        highest = float((at_zero + slopes * change.weight).max())
        is_first = rising.at(change.weight) >= highest - SAME_PLACE
        changes.append(Overtaking(change.weight, rising, falling, is_first))
    now = weights[place]
    return PerspectiveSensitivity(
        code=branches[place].code,
        label=branches[place].label,
        weight=now,
        lines=tuple(lines),
        changes=tuple(changes),
        stable_from=max((c.weight for c in changes if c.weight <= now + SAME_PLACE), default=0.0),
        stable_to=min((c.weight for c in changes if c.weight >= now - SAME_PLACE), default=1.0),
    )


def _steepest(rising: Iterable[KpiLine]) -> tuple[KpiLine, ...]:
    """Of those who meet at one weight, the ones who lead beyond it."""
    lines = tuple(dict.fromkeys(rising))
    most = max(line.at_one - line.at_zero for line in lines)
    return tuple(line for line in lines if line.at_one - line.at_zero >= most - SAME_PLACE)


def _lines(
    branches: Sequence[Branch],
    weights: Sequence[float],
    local: Sequence[Sequence[float]],
    place: int,
) -> dict[tuple[int, int], KpiLine]:
    """The line of each KPI by the places of its perspective and of itself."""
    now, zero, one = (
        {
            (i, j): weight
            for i, row in enumerate(global_weights(shares, local))
            for j, weight in enumerate(row)
        }
        for shares in (
            weights,
            varied_weights(weights, place, 0.0),
            varied_weights(weights, place, 1.0),
        )
    )
    ranked = sorted(now, key=lambda each: -now[each])
    ranks = {each: rank for rank, each in enumerate(ranked, start=1)}
    return {
        (i, j): KpiLine(
            code=leaf.code,
            label=leaf_label(leaf),
            rank=ranks[i, j],
            now=now[i, j],
            at_zero=zero[i, j],
            at_one=one[i, j],
            is_own=i == place,
        )
        for i, branch in enumerate(branches)
        for j, leaf in enumerate(branch.leaves)
    }
