"""How often a 90 % interval holds the weights of all experts: `python -m benchmarks.intervals`.

Experts are simulated: their log weights spread around a truth, each judgement errs by 0.3 on the
log scale and is rounded to Saaty's scale. The truth is what very many of them amount to. Printed
for each panel size: the share of weights whose interval held it, for the jackknife-t that the
results show and for the percentile bootstrap that they showed before; the same with unequal expert
weights, and with one pair of four left unanswered. Then global weights of two matrices, also where
some experts judged only the first. The last column counts panels without an interval, because the
answers without one expert leave elements unconnected.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from scorecards.methods.ahp import aggregate_judgements, from_upper, priorities
from scorecards.methods.errors import MethodError
from surveys.methods.jackknife import (
    WeightIntervals,
    combined_intervals,
    jackknife_intervals,
    losses,
)
from surveys.methods.uncertainty import draw_experts, drawn_weights

Floats = NDArray[np.float64]
STEPS = np.log([1 / n for n in range(9, 1, -1)] + list(range(1, 10)))
EDGES = (STEPS[1:] + STEPS[:-1]) / 2
TRUTHS = {4: np.log([0.45, 0.27, 0.18, 0.10]), 6: np.log([0.32, 0.22, 0.17, 0.13, 0.10, 0.06])}
KINDS = ("normal", "agree", "camps", "heavy")
CASES = ("equal", "unequal", "missing")
PANELS = (3, 5, 7, 10, 15)
# Global weights: how many experts judged the perspectives, and how many of them the part.
TWO_LEVELS = ((3, 3), (5, 5), (10, 10), (5, 3), (10, 3), (15, 5))
NOISE = 0.3
# Elements of the matrix above, of which the first is looked into.
TOP = 4
MISSING = 0.25
# Of unequal panels: the first expert counts four times, the second twice.
HEAVY = (4.0, 2.0)
POPULATION = 400_000
DRAWS = 500


@dataclass(frozen=True)
class Coverage:
    """Of one panel size: the share of intervals that held the truth, their mean width, and the
    share of panels that had none."""

    panel: str
    case: str
    jackknife: float
    bootstrap: float
    width: float
    bootstrap_width: float
    without: float


@dataclass(frozen=True)
class Found:
    """Both intervals of one panel (n,)."""

    low: Floats
    high: Floats
    drawn_low: Floats
    drawn_high: Floats

    def holds(self, real: Floats) -> tuple[float, float]:
        inside = (self.low <= real) & (real <= self.high)
        drawn = (self.drawn_low <= real) & (real <= self.drawn_high)
        return float(inside.mean()), float(drawn.mean())

    @property
    def widths(self) -> tuple[float, float]:
        jackknife, bootstrap = self.high - self.low, self.drawn_high - self.drawn_low
        return float(jackknife.mean()), float(bootstrap.mean())


def spread(random: np.random.Generator, experts: int, size: int, kind: str) -> Floats:
    """How far experts' log weights lie from the truth: apart, alike, in camps, or with strays."""
    if kind == "camps":
        turned = random.random(experts) < 0.3
        shift = random.normal(0, 0.3, (experts, size))
        shift[turned, 0] -= 1.4
        shift[turned, 1] += 1.0
        return shift
    if kind == "heavy":
        return 0.35 * random.standard_t(3, (experts, size))
    return random.normal(0, 0.6 if kind == "normal" else 0.25, (experts, size))


def judgements(random: np.random.Generator, experts: int, size: int, kind: str) -> Floats:
    """Log judgements (experts, pairs), rounded to the scale."""
    own = TRUTHS[size] + spread(random, experts, size, kind)
    rows, columns = np.triu_indices(size, 1)
    noise = random.normal(0, NOISE, (experts, len(rows)))
    return STEPS[np.searchsorted(EDGES, own[:, rows] - own[:, columns] + noise)]


@cache
def truth(size: int, kind: str) -> Floats:
    random = np.random.default_rng(7)
    parts = [judgements(random, POPULATION // 8, size, kind).mean(0) for _ in range(8)]
    return priorities(from_upper(np.exp(np.mean(parts, axis=0))))


@dataclass(frozen=True)
class Panel:
    """One matrix of one panel: log judgements (experts, pairs) and the experts' weights."""

    logs: Floats
    shares: Floats

    @property
    def own(self) -> Floats:
        return priorities(aggregate_judgements(self._matrices, self.shares))

    def weights(self, counts: NDArray[np.int64]) -> Floats:
        return drawn_weights(self._matrices, counts, expert_weights=self.shares)

    @property
    def left_out(self) -> Floats:
        return self.weights(1 - np.eye(len(self.logs), dtype=np.int64))

    @property
    def _matrices(self) -> Floats:
        return from_upper(np.exp(self.logs))


def one_matrix(
    random: np.random.Generator, panel: int, size: int, kind: str, case: str, seed: int
) -> Found | None:
    """None where the answers, of all or without one expert, leave elements unconnected."""
    logs, shares = judgements(random, panel, size, kind), np.ones(panel)
    if case == "unequal":
        shares[: len(HEAVY)] = HEAVY
    if case == "missing":
        logs[random.random(logs.shape) < MISSING] = np.nan
    group = Panel(logs, shares)
    try:
        found = jackknife_intervals(group.own, group.left_out, expert_weights=shares)
    except MethodError:
        return None
    drawn = group.weights(draw_experts(panel, seed=seed, draws=DRAWS))
    return _found(found, drawn)


def two_matrices(
    random: np.random.Generator, experts: int, judged: int, size: int, kind: str, seed: int
) -> Found:
    """Global weights of the elements below the first of four perspectives."""
    top = Panel(judgements(random, experts, TOP, kind), np.ones(experts))
    shares = np.where(np.arange(experts) < judged, 1.0, 0.0)
    part = Panel(judgements(random, experts, size, kind), shares)
    share, own = top.own[0], part.own
    parts = [
        losses(share * own, top.left_out[:, [0]] * own),
        losses(share * own, share * part.left_out, expert_weights=shares),
    ]
    counts = draw_experts(experts, seed=seed, draws=DRAWS)
    drawn = top.weights(counts)[:, [0]] * part.weights(counts)
    return _found(combined_intervals(share * own, parts), drawn)


def _found(intervals: WeightIntervals, drawn: Floats) -> Found:
    first, last = np.nanquantile(drawn, (0.05, 0.95), axis=0)
    return Found(np.array(intervals.low), np.array(intervals.high), first, last)


def coverage(panel: int, case: str, repeats: int) -> Coverage:
    """Of the weights of one matrix."""
    found: list[tuple[Found | None, Floats]] = []
    for size in TRUTHS:
        for kind in KINDS:
            real = truth(size, kind)
            random = np.random.default_rng([size, panel, KINDS.index(kind), CASES.index(case)])
            for seed in range(repeats):
                found.append((one_matrix(random, panel, size, kind, case, seed), real))
    return _summed(str(panel), case, found)


def global_coverage(experts: int, judged: int, repeats: int) -> Coverage:
    """Of global weights."""
    found: list[tuple[Found | None, Floats]] = []
    for size in TRUTHS:
        for kind in KINDS:
            real = truth(TOP, kind)[0] * truth(size, kind)
            random = np.random.default_rng([size, experts, judged, KINDS.index(kind)])
            for seed in range(repeats):
                found.append((two_matrices(random, experts, judged, size, kind, seed), real))
    panel = str(experts) if judged == experts else f"{judged} of {experts}"
    return _summed(panel, "global", found)


def _summed(panel: str, case: str, found: list[tuple[Found | None, Floats]]) -> Coverage:
    known = [(each, real) for each, real in found if each is not None]
    shares = np.mean([each.holds(real) for each, real in known], axis=0)
    widths = np.mean([each.widths for each, _real in known], axis=0)
    without = 1 - len(known) / len(found)
    return Coverage(panel, case, *map(float, shares), *map(float, widths), without)


def table(repeats: int, panels: tuple[int, ...] = PANELS) -> Iterator[Coverage]:
    for case in CASES:
        for panel in panels:
            yield coverage(panel, case, repeats)
    for experts, judged in TWO_LEVELS:
        yield global_coverage(experts, judged, repeats)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=1000, help="panels of each of eight kinds")
    repeats = parser.parse_args().repeats
    print("experts  | case    | jackknife-t | bootstrap | widths      | no interval")  # noqa: T201
    for row in table(repeats):
        print(  # noqa: T201
            f"{row.panel:8} | {row.case:7} | {row.jackknife:11.3f} | {row.bootstrap:9.3f} | "
            f"{row.width:.3f} {row.bootstrap_width:.3f} | {row.without:.3f}"
        )


if __name__ == "__main__":
    main()
