"""What stopping early costs, by the order in which the pairs are asked.

    python -m benchmarks.pair_order

Experts with known weights judge on the scale from 1 to 9 and err; each stops after k pairs. The
figure is the mean distance of the weights from those of all pairs, in percent of weight.
"""

import numpy as np

from scorecards.methods.ahp import from_upper, priorities, round_to_scale
from surveys.methods.least_loss import least_loss
from surveys.methods.pair_order import Pair, random_order, row_order

EXPERTS = 300
ERROR = 0.4  # standard deviation of a judgement's logarithm


def judged(n: int, experts: int, seed: int) -> np.ndarray:
    """Complete matrices (experts, n, n) of experts who err."""
    chance = np.random.default_rng(seed)
    weights = chance.dirichlet(np.full(n, 2.0), size=experts)
    rows, columns = np.triu_indices(n, 1)
    exact = np.log(weights[:, rows] / weights[:, columns])
    return from_upper(_on_scale(np.exp(exact + chance.normal(0, ERROR, exact.shape))))


def _on_scale(ratios: np.ndarray) -> np.ndarray:
    return np.vectorize(lambda ratio: float(round_to_scale(ratio)))(ratios)


def loss(matrices: np.ndarray, pairs: tuple[Pair, ...]) -> float:
    """Mean distance of the weights from these pairs to the weights from all pairs."""
    part = np.full_like(matrices, np.nan)
    part[:, range(matrices.shape[-1]), range(matrices.shape[-1])] = 1.0
    for i, j in pairs:
        part[:, i, j], part[:, j, i] = matrices[:, i, j], matrices[:, j, i]
    gap = priorities(part) - priorities(matrices)
    return float(np.sqrt((gap**2).sum(axis=-1)).mean())


def losses(n: int, experts: int = EXPERTS, seed: int = 1) -> dict[str, list[float]]:
    """By order: the loss after each number of pairs from n - 1 on.

    By chance the pairs don't connect all elements for a while, and there are no weights: of
    how many is the last line; the others' loss stands in the one before.
    """
    matrices = judged(n, experts, seed)
    stops = range(n - 1, n * (n - 1) // 2 + 1)
    chance = [random_order(n, seed) for seed in range(20)]
    return {
        "least loss": [loss(matrices, least_loss(n)[:k]) for k in stops],
        "row by row": [loss(matrices, row_order(n)[:k]) for k in stops],
        "by chance": [_mean_loss(matrices, [order[:k] for order in chance]) for k in stops],
        "no weights": [_share_lost([order[:k] for order in chance], n) for k in stops],
    }


def _mean_loss(matrices: np.ndarray, beginnings: list[tuple[Pair, ...]]) -> float:
    connected = [pairs for pairs in beginnings if _connects(pairs, matrices.shape[-1])]
    return float(np.mean([loss(matrices, pairs) for pairs in connected] or [np.nan]))


def _share_lost(beginnings: list[tuple[Pair, ...]], n: int) -> float:
    return float(np.mean([not _connects(pairs, n) for pairs in beginnings]))


def _connects(pairs: tuple[Pair, ...], n: int) -> bool:
    reached, before = {0}, 0
    while len(reached) > before:
        before = len(reached)
        reached |= {end for pair in pairs if reached & set(pair) for end in pair}
    return len(reached) == n


def main() -> None:
    for n in (4, 5, 6, 7):
        found = losses(n)
        print(f"{n} elements; percent of weight lost when an expert stops after k pairs")
        print(f"{'k':>12}" + "".join(f"{k:>6}" for k in range(n - 1, n * (n - 1) // 2 + 1)))
        for order, values in found.items():
            print(f"{order:>12}" + "".join(f"{100 * value:6.1f}" for value in values))
        print()


if __name__ == "__main__":
    main()
