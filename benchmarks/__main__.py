"""Every benchmark, one after the other: what `make bench` and `make figures` print.

python -m benchmarks            speed of methods and pages
python -m benchmarks figures    what the site promises, measured whole: a quarter of an hour
"""

import subprocess
import sys

FIGURES = "figures"
PROMISED = (
    ("Servers killed while experts answer, SQLite", ["benchmarks.crash"]),
    ("The same on PostgreSQL", ["benchmarks.crash", "--database", "postgresql"]),
    ("A hundred experts at once, SQLite", ["benchmarks.crowd"]),
    ("The same on PostgreSQL", ["benchmarks.crowd", "--database", "postgresql"]),
    ("Guessed links", ["benchmarks.guesses"]),
    ("Results of 200 experts", ["benchmarks.results"]),
    ("Research files of 10 000 experts", ["benchmarks.exports"]),
    ("First screens", ["benchmarks.first_screen"]),
    ("Locks in empty environments", ["benchmarks.installing"]),
)


def main() -> int:
    arguments = sys.argv[1:]
    if arguments[:1] == [FIGURES]:
        return sum(run(title, command) != 0 for title, command in PROMISED)
    speed = (
        ("Weights with CR", ["benchmarks.weights", *arguments]),
        ("Strategy map", ["benchmarks.strategy_map"]),
        ("Pages", ["benchmarks.pages"]),
    )
    return sum(run(title, command) != 0 for title, command in speed)


def run(title: str, command: list[str]) -> int:
    """0, or why not: an aim was missed."""
    print(f"\n== {title}", flush=True)
    return subprocess.run([sys.executable, "-m", *command], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
