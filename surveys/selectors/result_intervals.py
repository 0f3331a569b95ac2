"""How sure weights are, as the pages show it: with other experts, and with other judgements."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scorecards.methods.errors import MethodError
from surveys.methods.jackknife import LEAST_EXPERTS, combined_intervals, losses
from surveys.methods.perturbation import perturbation
from surveys.methods.uncertainty import (
    SAME_PLACE,
    Uncertainty,
    draw_experts,
    drawn_weights,
    summarise,
)

Floats = NDArray[np.float64]
Kind = Literal["bootstrap", "perturbation"]
# Why weights have no interval: the group's matrix came joined; fewer than three experts count;
# without one of them the answers don't compare all elements.
WhyNot = Literal["printed", "few", "unconnected"]
# With fewer, drawing them again tells little: who comes first is told by leaving each out.
FEWEST_FOR_DRAWS = 5
Name = tuple[str, str]


@dataclass(frozen=True)
class WeightInterval:
    """One element's (or KPI's) weight, and the ends of its 90 % interval or range."""

    code: str
    label: str
    weight: float
    low: float
    high: float


@dataclass(frozen=True)
class Intervals:
    """What many draws of the weights show, in the order of the elements.

    ``bootstrap`` draws other experts (from three on), ``perturbation`` moves every judgement by
    one step of the scale or not at all. ``first`` is the name of what comes first for the
    group, ``first_place_changes`` the share of draws (0 to 1) in which something else does.
    ``seed`` is the questionnaire's: the same answers give the same figures. ``draws`` is how
    many could be used.
    """

    kind: Kind
    rows: tuple[WeightInterval, ...]
    first: str
    first_place_changes: float
    draws: int
    seed: int


@dataclass(frozen=True)
class ExpertIntervals:
    """Where the weights of all experts of this kind lie: 90 % intervals, in the elements' order.

    ``experts`` is how many they rest on, ``fewest`` how many judged the matrix that has the
    fewest. ``falls`` is how many of them there are without whom something else than ``first``
    comes first.
    """

    rows: tuple[WeightInterval, ...]
    experts: int
    fewest: int
    first: str
    falls: int

    @property
    def is_of_few(self) -> bool:
        return self.fewest < FEWEST_FOR_DRAWS

    @property
    def is_a_point(self) -> bool:
        """All of them agree exactly."""
        return all(row.low == row.high for row in self.rows)


@dataclass(frozen=True, eq=False)
class LeftOut:
    """Weights (experts, n) without each expert, and the expert weights; 0 of who doesn't count.

    A row is NaN where the others' answers leave elements unconnected.
    """

    weights: Floats
    shares: Floats

    @property
    def why_not(self) -> WhyNot | None:
        """What stands against an interval from these."""
        if np.count_nonzero(self.shares) < LEAST_EXPERTS:
            return "few"
        return "unconnected" if np.isnan(self.weights[self.shares > 0]).any() else None


@dataclass(frozen=True, eq=False)
class ExpertDraws:
    """Which experts are in each draw: one drawing for all matrices of a questionnaire.

    An expert is drawn with everything that he answered. ``pool`` marks those who can be drawn,
    among the experts who sent: their answers to a matrix count.
    """

    pool: NDArray[np.bool_]
    seed: int

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How often each expert of the pool is in each draw, (draws, experts of the pool)."""
        return draw_experts(int(np.count_nonzero(self.pool)), seed=self.seed)

    def weights(self, matrices: Floats, shares: Floats, method: str) -> Floats | None:
        """The weights of one matrix in each draw; None for fewer than five experts.

        ``matrices`` and ``shares`` are those of everybody who sent. Who doesn't count for this
        matrix has the share 0.
        """
        if np.count_nonzero(shares[self.pool]) < FEWEST_FOR_DRAWS:
            return None
        return self._weighed(matrices, shares, method, self.counts)

    def left_out(self, matrices: Floats, shares: Floats, method: str) -> LeftOut:
        """The weights of one matrix without each expert of the pool."""
        without = 1 - np.eye(int(np.count_nonzero(self.pool)), dtype=np.int64)
        weights = self._weighed(matrices, shares, method, without)
        return LeftOut(weights, shares[self.pool])

    def _weighed(
        self, matrices: Floats, shares: Floats, method: str, counts: NDArray[np.int64]
    ) -> Floats:
        chosen = shares[self.pool]
        return drawn_weights(matrices[self.pool], counts, method=method, expert_weights=chosen)


def expert_intervals(
    names: Sequence[Name],
    weights: Sequence[float],
    matrices: Sequence[LeftOut],
    together: Floats,
) -> ExpertIntervals:
    """The intervals of a jackknife, where each of ``matrices`` has three experts or more.

    ``together`` has the weights without each expert of the pool, left out of all of them at once.
    """
    parts = [losses(weights, each.weights, expert_weights=each.shares) for each in matrices]
    found = combined_intervals(weights, parts)
    first = int(np.argmax(weights))
    columns = (names, weights, found.low, found.high)
    counted = np.array([each.shares > 0 for each in matrices])
    return ExpertIntervals(
        rows=tuple(WeightInterval(*name, *rest) for name, *rest in zip(*columns, strict=True)),
        experts=int(np.count_nonzero(counted.any(axis=0))),
        fewest=int(counted.sum(axis=1).min()),
        first=names[first][1],
        falls=int(np.count_nonzero(together.max(axis=1) > together[:, first] + SAME_PLACE)),
    )


def bootstrap_intervals(
    names: Sequence[Name], weights: Sequence[float], drawn: Floats, seed: int
) -> Intervals | None:
    """The intervals of draws; None where hardly a draw compares all elements."""
    try:
        return _intervals("bootstrap", names, summarise(weights, drawn, seed=seed))
    except MethodError:
        return None


def perturbation_intervals(
    names: Sequence[Name], matrices: Floats, expert_weights: Floats, method: str, seed: int
) -> Intervals:
    """The intervals of judgements that are a step beside what was said."""
    found = perturbation(matrices, seed=seed, method=method, expert_weights=expert_weights)
    return _intervals("perturbation", names, found)


def _intervals(kind: Kind, names: Sequence[Name], found: Uncertainty) -> Intervals:
    columns = (names, found.weights, found.low, found.high)
    rows = tuple(
        WeightInterval(*name, weight, low, high)
        for name, weight, low, high in zip(*columns, strict=True)
    )
    return Intervals(
        kind=kind,
        rows=rows,
        first=max(rows, key=lambda row: row.weight).label,
        first_place_changes=found.first_place_changes,
        draws=found.draws,
        seed=found.seed,
    )
