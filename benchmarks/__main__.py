"""Every benchmark, one after the other: what `make bench` prints."""

import subprocess
import sys

COMMANDS = (
    ("Weights with CR", ["benchmarks.weights", *sys.argv[1:]]),
    ("Strategy map", ["benchmarks.strategy_map"]),
    ("Pages", ["benchmarks.pages"]),
)


def main() -> None:
    for title, command in COMMANDS:
        print(f"\n== {title}", flush=True)
        subprocess.run([sys.executable, "-m", *command], check=True)  # noqa: S603


if __name__ == "__main__":
    main()
