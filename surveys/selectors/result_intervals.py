"""How sure weights are, as the pages show it: 5 % and 95 % of each over many draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scorecards.methods.errors import MethodError
from surveys.methods.perturbation import perturbation
from surveys.methods.uncertainty import (
    LEAST_EXPERTS,
    Uncertainty,
    draw_experts,
    drawn_weights,
    summarise,
)

Floats = NDArray[np.float64]
Kind = Literal["bootstrap", "perturbation"]
Name = tuple[str, str]


@dataclass(frozen=True)
class WeightInterval:
    """One element's (or KPI's) weight, and where nine draws of ten put it."""

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
        """The weights of one matrix in each draw; None for fewer than three experts.

        ``matrices`` and ``shares`` are those of everybody who sent. Who doesn't count for this
        matrix has the share 0.
        """
        chosen = shares[self.pool]
        if np.count_nonzero(chosen) < LEAST_EXPERTS:
            return None
        return drawn_weights(matrices[self.pool], self.counts, method=method, expert_weights=chosen)


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
