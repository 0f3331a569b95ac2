"""A hundred experts who answer at once, with time to think: how long does saving take?

    python -m benchmarks.crowd --experts 100 --seconds 60 --database sqlite

They open their links together, agree, look at the first question, and then save an answer every
1 to 3 seconds. Two workers of four threads, as on a server of two cores; the experts run on the
same cores. Ends with status 1 when a request fails or saving is too slow.
"""

import argparse
import random
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count

from benchmarks.expert import Answer, Expert, Refused
from benchmarks.site import DATABASES, SQLITE, percentile, site

AIM_MS = 500


@dataclass
class Times:
    pages: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)

    @property
    def p95(self) -> float:
        return 1000 * percentile(self.saves, 0.95)

    @property
    def is_good(self) -> bool:
        return bool(self.saves) and not self.errors and self.p95 < AIM_MS


@dataclass(frozen=True)
class Pace:
    """Seconds: over which the experts arrive, for each thought, and that each one answers."""

    arriving: float = 10.0
    thinking: tuple[float, float] = (1.0, 3.0)
    answering: float = 60.0


def answer(expert: Expert, items: list[str], times: Times, pace: Pace, number: int) -> None:
    """One expert's way, counted in ``times``."""
    chance = random.Random(number)  # noqa: S311 - when somebody answers is no secret
    time.sleep(chance.uniform(0, pace.arriving))
    try:
        begin = time.perf_counter()
        expert.open()
        expert.get("/answer/")
        # The link, "Start", the consent, agreeing, where to go on, the overview.
        times.pages.append((time.perf_counter() - begin) / 6)
        end = time.monotonic() + pace.answering
        for turn in count():
            time.sleep(chance.uniform(*pace.thinking))
            if time.monotonic() > end:
                return
            item, seq = items[turn % len(items)], 1 + turn // len(items)
            save(expert, Answer.number(item, seq, turn), times)
    except (OSError, HTTPException, Refused) as error:
        times.errors[repr(error)] += 1


def save(expert: Expert, given: Answer, times: Times) -> None:
    begin = time.perf_counter()
    reply = expert.save(given)
    times.saves.append(time.perf_counter() - begin)
    if reply.status != 200:
        times.errors[f"status {reply.status}"] += 1


def run(*, experts: int, database: str = SQLITE, pace: Pace) -> Times:
    times = Times()
    with site(database) as ours:
        world = ours.run("benchmarks.world", experts)
        with ours.served():
            crowd = [
                threading.Thread(
                    target=answer,
                    args=(Expert(ours.port, link), world["items"], times, pace, number),
                )
                for number, link in enumerate(world["links"])
            ]
            for one in crowd:
                one.start()
            for one in crowd:
                one.join()
    return times


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--experts", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--database", choices=DATABASES, default=SQLITE)
    options = parser.parse_args()
    pace = Pace(answering=options.seconds)
    times = run(experts=options.experts, database=options.database, pace=pace)
    print(
        f"{options.experts} experts at once, {options.database}, {len(times.saves)} answers saved"
    )
    print(f"{'':<16}{'p50 ms':>8}{'p95 ms':>8}{'p99 ms':>8}")
    for name, values in (("saving", times.saves), ("opening pages", times.pages)):
        line = "".join(f"{1000 * percentile(values, share):>8.0f}" for share in (0.5, 0.95, 0.99))
        print(f"{name:<16}{line}")
    print(f"errors: {dict(times.errors) or 'none'}; aim: p95 of saving under {AIM_MS} ms")
    return 0 if times.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
