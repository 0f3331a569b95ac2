"""Requests per second and p95 of the pages that matter, beside an empty view.

    python -m benchmarks.pages [--requests 400]

Starts gunicorn with the settings of a real server on a database of its own with the Lasem study,
sends a bounded number of requests over loopback from four connections, and stops it again.
"""

import argparse
import http.client
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from benchmarks.expert import Answer, Expert
from benchmarks.site import percentile, site

CONNECTIONS = 4
EMPTY = "empty view"


@dataclass(frozen=True)
class Timing:
    per_second: float
    p95: float


Send = Callable[[http.client.HTTPConnection, int, int], None]


def measure(port: int, send: Send, requests: int) -> Timing:
    """Time ``requests`` calls of ``send(connection, worker, number)`` over all connections."""
    times: list[float] = []
    failures: list[BaseException] = []

    def work(worker: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            for number in range(requests // CONNECTIONS):
                begin = time.perf_counter()
                send(connection, worker, number)
                times.append(time.perf_counter() - begin)
        except BaseException as failure:  # noqa: BLE001 - told by the main thread
            failures.append(failure)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(n,)) for n in range(CONNECTIONS)]
    begin = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    elapsed = time.perf_counter() - begin
    if failures:
        raise failures[0]
    return Timing(len(times) / elapsed, percentile(times, 0.95))


def get(path: str, cookie: str = "") -> Send:
    def send(connection: http.client.HTTPConnection, worker: int, number: int) -> None:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")

    return send


def save_answers(experts: list[Expert], items: list[str]) -> Send:
    """Each connection saves the first pair of its expert again and again."""
    seqs = [count(1) for _ in experts]

    def send(connection: http.client.HTTPConnection, worker: int, number: int) -> None:
        expert = experts[worker]
        answer = Answer.number(items[0], next(seqs[worker]), number)
        headers = {
            "Content-Type": "application/json",
            "Cookie": expert.cookie,
            "X-CSRFToken": expert.cookies["csrf"],
        }
        path = f"/answer/{expert.submission}/judgements/"
        connection.request("POST", path, json.dumps(vars(answer)), headers)
        reply = connection.getresponse()
        content = reply.read()
        if reply.status != 200:
            raise RuntimeError(f"saving an answer got {reply.status}: {content[:200]!r}")

    return send


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=400, help="for each page")
    requests = parser.parse_args().requests
    with site() as ours:
        world = ours.run("benchmarks.world", CONNECTIONS)
        with ours.served():
            print_table(ours.port, world, requests)


def print_table(port: int, world: dict, requests: int) -> None:
    experts = [Expert(port, link).open() for link in world["links"]]
    pages: dict[str, Send] = {
        EMPTY: get("/empty/"),
        "empty view, signed in": get("/empty-signed-in/", world["session"]),
        "closed report": get(world["closed report"], world["session"]),
        "open report": get(world["open report"], world["session"]),
        "entry page": get(world["entry page"], world["session"]),
        "answer saved": save_answers(experts, world["items"]),
    }
    print(f"{requests} requests each, {CONNECTIONS} connections, gunicorn 2 workers x 4 threads")
    print(f"{'page':<24}{'req/s':>8}{'p95 ms':>9}{'of the empty view':>20}")
    reference = 0.0
    for name, send in pages.items():
        measure(port, send, CONNECTIONS * 4)  # warms up every worker
        timing = measure(port, send, requests)
        reference = reference or timing.per_second
        share = timing.per_second / reference
        print(f"{name:<24}{timing.per_second:>8.0f}{timing.p95 * 1000:>9.1f}{share:>19.2f}x")


if __name__ == "__main__":
    main()
