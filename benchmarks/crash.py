"""Servers killed at random while experts answer: is every acknowledged answer still there?

    python -m benchmarks.crash --rounds 200 --experts 20 --database sqlite

Twenty experts save answers as their browsers do: one after the other, each again and again until
the server confirms it. Meanwhile a worker, or all of gunicorn, is killed with SIGKILL at a random
moment, once a round. In the end the database must hold each confirmed answer once, with its
value. Ends with status 1 when it doesn't.
"""

import argparse
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.client import HTTPException
from os import kill
from signal import SIGKILL

from benchmarks.expert import Answer, Expert
from benchmarks.site import DATABASES, SQLITE, Server, Site, site

LONGEST_PAUSE = 0.6  # between two kills, and a tenth of it between two answers
RETRY_DELAYS = (0.05, 0.4)  # the browser's, shortened so that many answers fall into each crash
SAVE_TIMEOUT = 25.0
LONGEST_RESTART = 60.0
# An answer of which expert: submission, pair, preferred side, strength, sequence number.
Row = tuple[str, str, str, int, int]


@dataclass(frozen=True)
class Verdict:
    """What the database holds, beside what the experts were told."""

    acknowledged: int
    lost: tuple[Row, ...]
    not_in_force: tuple[Row, ...]
    duplicates: int

    @classmethod
    def of(cls, acknowledged: Iterable[Row], stored: Iterable[Row]) -> "Verdict":
        told, rows = list(acknowledged), list(stored)
        present = set(rows)
        newest: dict[tuple[str, str], int] = {}
        for submission, item, _side, _strength, seq in rows:
            newest[submission, item] = max(seq, newest.get((submission, item), 0))
        latest: dict[tuple[str, str], Row] = {}
        for row in told:
            if row[-1] > latest.get(row[:2], row[:-1] + (0,))[-1]:
                latest[row[:2]] = row
        keys = Counter((submission, item, seq) for submission, item, _s, _n, seq in rows)
        return cls(
            acknowledged=len(told),
            lost=tuple(row for row in told if row not in present),
            not_in_force=tuple(row for key, row in latest.items() if newest.get(key) != row[-1]),
            duplicates=sum(times - 1 for times in keys.values()),
        )


@dataclass
class Answering:
    """One expert who goes on answering until told to stop, and what was confirmed."""

    expert: Expert
    items: list[str]
    random: random.Random
    confirmed: list[Row] = field(default_factory=list)
    # When the newest confirmed answer was sent, and when its confirmation came.
    newest: tuple[float, float] = (0.0, 0.0)
    tries: int = 0
    faults: Counter[str] = field(default_factory=Counter)

    def work(self, stop: threading.Event) -> None:
        seqs: Counter[str] = Counter()
        while not stop.is_set():
            item = self.random.choice(self.items)
            seqs[item] += 1
            self.save(Answer.number(item, seqs[item], self.random.randrange(24)))
            stop.wait(self.random.uniform(0, LONGEST_PAUSE / 10))

    def save(self, answer: Answer) -> None:
        """Until it is confirmed: what waits in a browser isn't given up."""
        while not self.is_confirmed(answer):
            time.sleep(self.random.uniform(*RETRY_DELAYS))

    def is_confirmed(self, answer: Answer) -> bool:
        self.tries += 1
        sent = time.monotonic()
        try:
            reply = self.expert.save(answer, SAVE_TIMEOUT)
        except (OSError, HTTPException):
            return False
        if reply.status != 200:
            self.faults[f"status {reply.status}"] += 1
            return False
        told = reply.json
        in_force = (told["value"]["preferred"], told["value"]["strength"], told["seq"])
        if in_force != (answer.preferred, answer.strength, answer.seq):
            self.faults["another answer confirmed"] += 1
        self.confirmed.append((self.expert.submission, answer.item, *in_force))
        self.newest = (sent, time.monotonic())
        return True


@dataclass(frozen=True)
class Crashes:
    verdict: Verdict
    integrity: str
    rounds: int
    repeated: int
    longest_restart: float
    faults: Counter[str]

    @property
    def is_sound(self) -> bool:
        v = self.verdict
        nothing_wrong = not (v.lost or v.not_in_force or v.duplicates or self.faults)
        return nothing_wrong and v.acknowledged > 0 and self.integrity == "ok"


def run(
    *,
    rounds: int,
    experts: int,
    database: str = SQLITE,
    settings: str = "benchmarks.settings",
    seed: int = 1,
) -> Crashes:
    chance = random.Random(seed)  # noqa: S311 - nothing here is secret
    with site(database, settings) as ours:
        world = ours.run("benchmarks.world", experts)
        server = ours.start()
        stop = threading.Event()
        try:
            ours.wait()
            people = [
                Answering(Expert(ours.port, link).open(), world["items"], random.Random(number))  # noqa: S311
                for number, link in enumerate(world["links"])
            ]
            threads = [threading.Thread(target=one.work, args=(stop,)) for one in people]
            for thread in threads:
                thread.start()
            restarts = []
            for _round in range(rounds):
                time.sleep(chance.uniform(0, LONGEST_PAUSE))
                server, seconds = crash(ours, server, people, chance)
                restarts.append(seconds)
            stop.set()
            for thread in threads:
                thread.join()
        finally:
            stop.set()
            server.stop()
        stored = ours.run("benchmarks.stored")
    confirmed = [row for one in people for row in one.confirmed]
    return Crashes(
        verdict=Verdict.of(confirmed, (tuple(row) for row in stored["answers"])),
        integrity=stored["integrity"],
        rounds=rounds,
        repeated=sum(one.tries for one in people) - len(confirmed),
        longest_restart=max(restarts, default=0.0),
        faults=sum((one.faults for one in people), Counter()),
    )


def crash(
    ours: Site, server: Server, people: list[Answering], chance: random.Random
) -> tuple[Server, float]:
    """Kill a worker or everything; the server that runs now, and how long nobody was served."""
    workers = server.workers()
    if workers and chance.random() < 0.5:
        kill(chance.choice(workers), SIGKILL)  # the master replaces it
        killed = time.monotonic()
    else:
        server.kill()
        killed = time.monotonic()
        server = ours.start()
    # A confirmation that was under way when the server died shows no restart.
    while not (back := [one.newest[1] for one in people if one.newest[0] > killed]):
        if time.monotonic() - killed > LONGEST_RESTART:
            raise RuntimeError("the site did not come back")
        time.sleep(0.01)
    return server, min(back) - killed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--experts", type=int, default=20)
    parser.add_argument("--database", choices=DATABASES, default=SQLITE)
    options = parser.parse_args()
    found = run(rounds=options.rounds, experts=options.experts, database=options.database)
    print(f"{found.rounds} kills, {options.experts} experts, {options.database}")
    print(f"{found.verdict.acknowledged:>8} answers confirmed, {found.repeated} sends repeated")
    print(f"{len(found.verdict.lost):>8} lost")
    print(f"{len(found.verdict.not_in_force):>8} confirmed but not in force")
    print(f"{found.verdict.duplicates:>8} duplicates")
    print(f"{found.longest_restart:>8.1f} s longest restart (aim: 10)")
    print(f"{found.integrity:>8} integrity of the file; refusals: {dict(found.faults) or 'none'}")
    return 0 if found.is_sound else 1


if __name__ == "__main__":
    sys.exit(main())
