"""A site for a benchmark: its own database, its own gunicorn on loopback, gone afterwards."""

import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.with_postgresql import server as postgresql_server

ROOT = Path(__file__).resolve().parent.parent
SQLITE, POSTGRESQL = "sqlite", "postgresql"
DATABASES = (SQLITE, POSTGRESQL)
WORKERS = 2
LONGEST_START = 30.0


@dataclass(frozen=True)
class Site:
    """Where the site is, and the environment in which its processes run."""

    port: int
    environment: dict[str, str]

    def run(self, module: str, *arguments: object) -> Any:
        """What a module of ours prints as JSON on its last line, run in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", module, *map(str, arguments)],
            cwd=ROOT,
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
        )
        return json.loads(done.stdout.splitlines()[-1])

    def start(self) -> "Server":
        """Gunicorn as on a real server, in a process group of its own."""
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "python:scorecard_site.server"],
            cwd=ROOT,
            env=self.environment,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return Server(process)

    def wait(self) -> None:
        """Until a page is answered."""
        end = time.monotonic() + LONGEST_START
        while time.monotonic() < end:
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as asking:
                try:
                    asking.request("GET", "/livez")
                    asking.getresponse().read()
                    return
                except (OSError, http.client.HTTPException):
                    time.sleep(0.02)
        raise RuntimeError("gunicorn did not start")

    @contextmanager
    def served(self) -> Iterator[None]:
        server = self.start()
        try:
            self.wait()
            yield
        finally:
            server.stop()


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen[bytes]

    def workers(self) -> list[int]:
        """Process ids of the workers; Linux tells them."""
        pid = self.process.pid
        try:
            return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        except FileNotFoundError:
            return []

    def kill(self) -> None:
        """Master and workers at the same instant, as when the machine's power goes."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=40)


@contextmanager
def site(database: str = SQLITE, settings: str = "benchmarks.settings") -> Iterator[Site]:
    """A migrated, empty site that nothing serves yet."""
    server = postgresql_server(is_fast=False) if database == POSTGRESQL else nullcontext("")
    with server as url, tempfile.TemporaryDirectory(prefix="canting-bench-") as folder:
        port = free_port()
        environment = os.environ | {
            "OPENBLAS_NUM_THREADS": "1",  # as in scorecard_site/server.py
            "DJANGO_SETTINGS_MODULE": settings,
            "CANTING_SECRET_KEY": secrets.token_urlsafe(50),
            "CANTING_SITE_URL": f"http://127.0.0.1:{port}",
            "CANTING_BIND": f"127.0.0.1:{port}",
            "CANTING_WORKERS": str(WORKERS),
            "CANTING_DATA_DIR": folder,
            "CANTING_DATABASE_URL": url,
        }
        for name in ("CANTING_DEBUG", "CANTING_DATABASE_PATH"):
            environment.pop(name, None)
        yield Site(port, environment)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def percentile(values: list[float], share: float) -> float:
    """The value that ``share`` of the others stay below; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
