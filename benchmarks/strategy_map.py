"""How long a strategy map takes to be laid out. Run: python -m benchmarks.strategy_map

Counts processor time: the layout waits for nothing, and a busy machine must not look like a
slow layout.
"""

import random
import statistics
from time import process_time

from scorecards.strategy_map.layout import count_entered_crossings, draw_map
from scorecards.strategy_map.model import Band, Link, Node

AIM_MS = 50
RUNS = 30
WORDS = [
    "pelanggan",
    "puas",
    "setia",
    "kualitas",
    "pelayanan",
    "tenaga",
    "kerja",
    "cakap",
    "informasi",
    "anggota",
    "usaha",
]


def random_map(sizes: list[int], links: int, seed: int = 1) -> tuple[list[Band], list[Link]]:
    """Mostly links from one band to the next above; a fifth stay in the band or skip one."""
    rng = random.Random(seed)  # noqa: S311
    bands = [
        Band(
            f"{row}",
            f"Perspektif {row}",
            [
                Node(f"{row}.{n}", f"K{row}-{n}", " ".join(rng.sample(WORDS, 4)))
                for n in range(size)
            ],
        )
        for row, size in enumerate(sizes)
    ]
    pairs: set[tuple[str, str]] = set()
    while len(pairs) < links:
        row = rng.randrange(len(sizes))
        target = row - rng.choices([1, 2, 0], [8, 1, 1])[0]
        cause, effect = rng.randrange(sizes[row]), rng.randrange(sizes[target])
        if target >= 0 and (row != target or cause < effect):
            pairs.add((f"{row}.{cause}", f"{target}.{effect}"))
    return bands, [Link(*pair) for pair in sorted(pairs)]


def main() -> None:
    print(f"{'objectives':>10} {'links':>6} {'median ms':>10} {'slowest ms':>11}  crossings")
    for sizes, links in (([2, 4, 3, 4], 15), ([3, 5, 6, 6], 35), ([8, 8, 8, 8, 8], 80)):
        bands, drawn = random_map(sizes, links)
        times = []
        for _run in range(RUNS):
            start = process_time()
            layout = draw_map(bands, drawn)
            times.append(1000 * (process_time() - start))
        entered = count_entered_crossings(bands, drawn)
        print(
            f"{sum(sizes):>10} {links:>6} {statistics.median(times):>10.1f} {max(times):>11.1f}"
            f"  {entered} entered, {layout.crossings} drawn"
        )
    print(f"Aim: at most {AIM_MS} ms for 40 objectives and 80 links.")


if __name__ == "__main__":
    main()
