"""Ten thousand guessed links from one address: none may hit, and a good link goes on working.

    python -m benchmarks.guesses --guesses 10000

Guesses are random text, an invitation's number with an invented secret, and a link that was
revoked, in turn. The first twenty are answered with 404, those after them with 429, all with the
same page. After every fiftieth, somebody at the same address opens a valid link. Ends with status
1 when a guess hits, the good link fails, or an answer's time or size tells the guesses apart.
"""

import argparse
import secrets
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from benchmarks.expert import Expert, Reply
from benchmarks.site import percentile, site

EVERY = 50
MOST_MISSES = 20  # an hour from one address; those after them are refused unread
AIM_MS = 10  # between the medians of two kinds of wrong links


@dataclass(frozen=True)
class Guesses:
    statuses: Counter[int]
    sizes: frozenset[int]
    medians: dict[str, float]
    valid: list[float]
    valid_failed: int

    @property
    def hits(self) -> int:
        return sum(n for status, n in self.statuses.items() if status not in (404, 429))

    @property
    def difference(self) -> float:
        return max(self.medians.values()) - min(self.medians.values())

    @property
    def is_good(self) -> bool:
        alike = len(self.sizes) == 1 and self.difference < AIM_MS
        throttled = self.statuses[404] <= MOST_MISSES and self.statuses[429] > 0
        return alike and throttled and not self.hits and not self.valid_failed


def run(*, guesses: int, every: int = EVERY) -> Guesses:
    with site() as ours:
        world = ours.run("benchmarks.world", 1)
        with ours.served():
            return guess(ours.port, world["links"][0], world["revoked link"], guesses, every)


def guess(port: int, valid: str, revoked: str, guesses: int, every: int) -> Guesses:
    kinds: dict[str, Callable[[], str]] = {
        "random text": lambda: secrets.token_urlsafe(len(valid) * 3 // 4),
        "right number": lambda: invented(valid),
        "revoked": lambda: revoked,
    }
    statuses: Counter[int] = Counter()
    sizes: set[int] = set()
    times: dict[str, list[float]] = defaultdict(list)
    good: list[float] = []
    failed = 0
    for number in range(guesses):
        kind = list(kinds)[number % len(kinds)]
        reply, seconds = timed(port, kinds[kind]())
        statuses[reply.status] += 1
        sizes.add(len(reply.content))
        times[kind].append(1000 * seconds)
        if number % every == every - 1:
            reply, seconds = timed(port, valid)
            good.append(1000 * seconds)
            failed += reply.status != 200
    medians = {kind: median(values) for kind, values in times.items()}
    return Guesses(statuses, frozenset(sizes), medians, good, failed)


def invented(link: str) -> str:
    """The number of an invitation that exists, and a secret that doesn't."""
    number, _, secret = link.partition("-")
    return f"{number}-{secrets.token_urlsafe(len(secret))[: len(secret)]}"


def timed(port: int, link: str) -> tuple[Reply, float]:
    begin = time.perf_counter()
    reply = Expert(port, link).request("GET", f"/a/{link}/")
    return reply, time.perf_counter() - begin


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--guesses", type=int, default=10_000)
    options = parser.parse_args()
    found = run(guesses=options.guesses)
    print(f"{options.guesses} guesses from one address: {found.hits} hits")
    print(f"{found.statuses[404]} answered 404, then {found.statuses[429]} answered 429")
    for kind, milliseconds in found.medians.items():
        print(f"{kind:<14}{milliseconds:>7.1f} ms median")
    p95 = percentile(found.valid, 0.95)
    print(f"{'valid link':<14}{median(found.valid):>7.1f} ms median, {p95:.1f} ms p95")
    print(f"valid link opened {len(found.valid)} times in between, {found.valid_failed} refused")
    return 0 if found.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
