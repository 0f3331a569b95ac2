"""Every file of research data of 10 000 experts who compared seven elements.

    python -m benchmarks.exports --experts 10000

Each file is made in a process of its own, from the first query to the last byte, as a request
does it. Seconds by the clock and of the processor, and the most memory that the process ever
held; status 1 over an aim, which counts the processor's seconds: the machine may be busy.
"""

import argparse
import sys

from benchmarks.site import site

AIM_SECONDS, AIM_MB = 20, 300
FILES = (
    *("answers-long.csv", "answers-wide.csv", "data.json", "answers.sav", "answers.sps"),
    *("ahp-os.json", "ahpsurvey.csv", "ahpy.json", "data.xlsx"),
)


def run(*, experts: int) -> dict[str, dict[str, float]]:
    """By file: seconds, MB of memory, MB of the file."""
    with site() as ours:
        ours.run("benchmarks.exports_world", "fill", experts)
        return {key: ours.run("benchmarks.exports_world", key) for key in FILES}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--experts", type=int, default=10_000)
    options = parser.parse_args()
    found = run(experts=options.experts)
    print(f"{options.experts} experts (aims: {AIM_SECONDS} s, {AIM_MB} MB of memory)")
    for key, each in found.items():
        print(
            f"{key:<18} {each['seconds']:>6.1f} s by the clock,"
            f" {each['computing']:>6.1f} s computing, {each['memory']:>6.0f} MB of memory"
            f" {each['size']:>7.1f} MB"
        )
    within = (
        each["computing"] < AIM_SECONDS and each["memory"] < AIM_MB for each in found.values()
    )
    return 0 if all(within) else 1


if __name__ == "__main__":
    sys.exit(main())
