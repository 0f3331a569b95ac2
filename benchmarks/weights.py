"""Weights with CR of stacked 7 x 7 matrices, beside the packages ahpy and pyDecision.

    python benchmarks/weights.py --packages-python .venv-bench/bin/python

The packages live in an environment of their own: this script runs itself there, on the same
matrices, and compares time and results. Without the option only our own times are printed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
SIZE = 7
COUNTS = (1, 100, 10_000)
# The packages take one matrix at a time: more than this only repeats the same time.
PACKAGE_COUNTS = (1, 100, 1_000)
SEED = 2018


def judgements(count: int) -> np.ndarray:
    """Upper triangles (count, 21): weights behind them, and answers up to two steps away."""
    random = np.random.default_rng(SEED)
    rows, columns = np.triu_indices(SIZE, 1)
    weights = random.dirichlet(np.full(SIZE, 2.0), count)
    strengths = np.log(weights[:, rows] / weights[:, columns])
    strengths += random.normal(0, 0.4, strengths.shape)
    whole = np.clip(np.rint(np.exp(np.abs(strengths))), 1, 9)
    return np.where(strengths >= 0, whole, 1 / whole)


def full(upper: np.ndarray) -> np.ndarray:
    matrices = np.ones((len(upper), SIZE, SIZE))
    rows, columns = np.triu_indices(SIZE, 1)
    matrices[:, rows, columns] = upper
    matrices[:, columns, rows] = 1 / upper
    return matrices


def best_time(act: Callable[[], Any], rounds: int) -> float:
    """Seconds of the fastest round, after one that warms up."""
    act()
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        act()
        times.append(time.perf_counter() - begin)
    return min(times)


def rounds_for(count: int) -> int:
    return 200 if count == 1 else 10 if count <= 100 else 3


def run_ours(matrices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    from scorecards.methods import ahp

    weights = ahp.priorities(matrices)
    return weights, np.asarray(ahp.consistency(matrices, weights=weights).cr)


def run_ahpy(upper: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    import ahpy

    pairs = list(combinations(range(SIZE), 2))
    weights, ratios = np.empty((len(upper), SIZE)), np.empty(len(upper))
    for place, row in enumerate(upper):
        comparisons = dict(zip(pairs, row, strict=True))
        compared = ahpy.Compare("m", comparisons, precision=15, random_index="saaty")
        weights[place] = [compared.local_weights[element] for element in range(SIZE)]
        ratios[place] = compared.consistency_ratio
    return weights, ratios


def run_pydecision(upper: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    from pyDecision.algorithm import ahp_method

    found = [ahp_method(matrix, wd="max_eigen") for matrix in full(upper)]
    return np.array([weights for weights, _ in found]), np.array([ratio for _, ratio in found])


def measure_packages(source: Path, target: Path) -> None:
    """Run inside the packages' environment: read the matrices, write times and results."""
    upper = np.load(source)
    times: dict[str, dict[str, float]] = {}
    results = {}
    for name, run in (("ahpy", run_ahpy), ("pyDecision", run_pydecision)):
        times[name] = {
            str(count): best_time(lambda n=count, run=run: run(upper[:n]), rounds_for(count))  # type: ignore[misc]
            for count in PACKAGE_COUNTS
        }
        results[name] = run(upper[: PACKAGE_COUNTS[-1]])[0]
    np.savez(target, times=json.dumps(times), **results)


def packages_results(python: str, upper: np.ndarray) -> tuple[dict[str, Any], dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "upper.npy"), Path(folder, "results.npz")
        np.save(source, upper[: PACKAGE_COUNTS[-1]])
        subprocess.run(  # noqa: S603
            [python, __file__, "--measure-packages", str(source), str(target)], check=True
        )
        with np.load(target) as found:
            return json.loads(str(found["times"])), {
                name: found[name] for name in found.files if name != "times"
            }


def print_table(ours: dict[int, float], times: dict[str, Any]) -> None:
    """One line for each number of matrices: microseconds a matrix, and times ours."""
    names = list(times)
    print(f"Weights and CR of {SIZE} x {SIZE} matrices, microseconds for each matrix:")
    print("matrices        ours" + "".join(f"{name:>14}{'ratio':>8}" for name in names))
    for count, seconds in ours.items():
        own = seconds / count
        line = f"{count:>8}{own * 1e6:>12.1f}"
        for name in names:
            measured = min(count, PACKAGE_COUNTS[-1])
            theirs = times[name][str(measured)] / measured
            line += f"{theirs * 1e6:>14.1f}{theirs / own:>7.0f}x"
        print(line)
    if names:
        print(
            f"The packages take one matrix at a time; beyond {PACKAGE_COUNTS[-1]} matrices their "
            "time for each is taken from there."
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--packages-python", help="interpreter that has ahpy and pyDecision")
    parser.add_argument("--measure-packages", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure_packages:
        measure_packages(*map(Path, options.measure_packages))
        return
    sys.path.insert(0, str(ROOT))
    upper = judgements(COUNTS[-1])
    matrices = full(upper)
    ours = {
        count: best_time(lambda n=count: run_ours(matrices[:n]), rounds_for(count))  # type: ignore[misc]
        for count in COUNTS
    }
    times: dict[str, Any] = {}
    results: dict[str, Any] = {}
    if options.packages_python:
        times, results = packages_results(options.packages_python, upper)
    print_table(ours, times)
    weights = run_ours(matrices[: PACKAGE_COUNTS[-1]])[0]
    for name, theirs in results.items():
        print(f"Largest difference of a weight from {name}: {np.abs(theirs - weights).max():.1e}")


if __name__ == "__main__":
    main()
