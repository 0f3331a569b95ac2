"""Requests per second and p95 of the pages that matter, beside an empty view.

    python -m benchmarks.pages [--requests 400]

Starts gunicorn with the settings of a real server on a database of its own with the Lasem study,
sends a bounded number of requests over loopback from four connections, and stops it again.
"""

import argparse
import http.client
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
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
    return Timing(len(times) / elapsed, sorted(times)[int(len(times) * 0.95)])


def get(path: str, cookie: str = "") -> Send:
    def send(connection: http.client.HTTPConnection, worker: int, number: int) -> None:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")

    return send


class Expert:
    """An expert who opened the link, agreed, and now answers the first pair again and again."""

    def __init__(self, port: int, link: str) -> None:
        self.port, self.cookies = port, {}
        self.post(f"/a/{link}/", self.form(f"/a/{link}/"))
        self.post("/answer/consent/", self.form("/answer/consent/") | {"consent": "on"})
        page = self.get(self.location)
        part = re.search(r'href="(/answer/[0-9a-f-]{36}/parts/\d+/)', page.decode())
        self.part = part.group(1) if part else self.location
        body = self.get(self.part).decode()
        self.item = re.search(r"\b(\d+-\d+)\b", re.search(r'data-item="[^"]+"', body)[0])[1]
        self.save = re.match(r"/answer/[0-9a-f-]{36}/", self.part)[0] + "judgements/"

    def request(self, method: str, path: str, body: str = "", **headers: str) -> bytes:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers["Cookie"] = self.cookie
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        for value in answer.headers.get_all("Set-Cookie", []):
            name, _, rest = value.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        self.location = answer.headers.get("Location", "")
        content = answer.read()
        connection.close()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path} answered {answer.status}")
        return content

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def get(self, path: str) -> bytes:
        content = self.request("GET", path)
        return self.get(self.location) if self.location else content

    def form(self, path: str) -> dict[str, str]:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path).decode())
        return {"csrfmiddlewaretoken": token[1]} if token else {}

    def post(self, path: str, fields: dict[str, str]) -> None:
        kind = "application/x-www-form-urlencoded"
        self.request("POST", path, urlencode(fields), **{"Content-Type": kind})


def save_answers(experts: list[Expert]) -> Send:
    def send(connection: http.client.HTTPConnection, worker: int, number: int) -> None:
        expert = experts[worker]
        answer = {
            "item": expert.item,
            "preferred": "row" if number % 2 else "column",
            "strength": 2 + number % 8,
            "seq": number + 1,
        }
        headers = {
            "Content-Type": "application/json",
            "Cookie": expert.cookie,
            "X-CSRFToken": expert.cookies["csrf"],
        }
        connection.request("POST", expert.save, json.dumps(answer), headers)
        reply = connection.getresponse()
        content = reply.read()
        if reply.status != 200:
            raise RuntimeError(f"saving an answer got {reply.status}: {content[:200]!r}")

    return send


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("gunicorn did not start")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=400, help="for each page")
    requests = parser.parse_args().requests
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="canting-bench-") as folder:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "CANTING_SECRET_KEY": secrets.token_urlsafe(50),
            "CANTING_SITE_URL": f"http://127.0.0.1:{port}",
            "CANTING_DATA_DIR": folder,
        }
        environment.pop("CANTING_DEBUG", None)
        prepared = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "benchmarks.world", str(CONNECTIONS)],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        world = json.loads(prepared.stdout.splitlines()[-1])
        command = "gunicorn -w 2 --threads 4 --log-level warning scorecard_site.wsgi".split()
        server = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", *command, "-b", f"127.0.0.1:{port}"],
            cwd=ROOT,
            env=environment,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(port)
            print_table(port, world, requests)
        finally:
            server.terminate()
            server.wait(timeout=30)


def print_table(port: int, world: dict, requests: int) -> None:
    experts = [Expert(port, link) for link in world["links"]]
    pages: dict[str, Send] = {
        EMPTY: get("/empty/"),
        "empty view, signed in": get("/empty-signed-in/", world["session"]),
        "closed report": get(world["closed report"], world["session"]),
        "open report": get(world["open report"], world["session"]),
        "entry page": get(world["entry page"], world["session"]),
        "answer saved": save_answers(experts),
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
