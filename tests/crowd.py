"""Many people who press the same button at the same moment."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import connect
from threading import Barrier
from typing import TypeVar

from django.db import connection, connections

Result = TypeVar("Result")


def at_once(folder: Path, acts: Sequence[Callable[[], Result]]) -> list[Result]:
    """What each act returned. They start together, each with a database connection of its own."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Result]) -> Result:
        try:
            barrier.wait()
            return act()
        finally:
            connections.close_all()

    with _shared(folder), ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


@contextmanager
def _shared(folder: Path) -> Iterator[None]:
    """Moves SQLite's tests from memory, which takes one connection, to a file and back."""
    if connection.vendor != "sqlite":
        yield
        return
    file = folder / "crowd.sqlite3"
    settings = connections.settings["default"]
    in_memory = settings["NAME"]
    connection.ensure_connection()
    # sqlite3's own context ends a transaction, and leaves the connection open.
    with closing(connect(file)) as copy:
        connection.connection.backup(copy)
    settings["NAME"] = str(file)
    try:
        yield
    finally:
        settings["NAME"] = in_memory
        with closing(connect(file)) as copy:
            copy.backup(connection.connection)
