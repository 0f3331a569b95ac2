"""Knows when the site of the browser tests has nothing left to do.

A page that is closed leaves requests behind: what it was sending is still served. A test's tables
may not be emptied under them.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from threading import Condition
from typing import Any

from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

PATIENCE = 30.0  # seconds


class Doorkeeper:
    """Stands between the server and the site, and counts the requests that are inside."""

    def __init__(self, server: LiveServer) -> None:
        self.server = server
        self._inside = 0
        self._changed = Condition()
        self._site = server.thread.httpd.get_app()
        server.thread.httpd.set_app(self._serve)

    def wait_until_empty(self) -> None:
        """Returns when what was sent before has been served, whether or not anybody waited."""
        self._stand_in_line()
        with self._changed:
            assert self._changed.wait_for(lambda: not self._inside, PATIENCE), (
                f"{self._inside} requests are still served after {PATIENCE:.0f} seconds"
            )

    def _stand_in_line(self) -> None:
        """Connections are let in one after the other: after ours, all older ones have been."""
        thread = self.server.thread
        connection = HTTPConnection(thread.host, thread.port, timeout=PATIENCE)
        connection.request("GET", reverse("livez"))
        connection.getresponse().read()
        connection.close()

    def _serve(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self._changes(+1)
        leaving = ExitStack()  # closes once, however often it is asked to
        leaving.callback(self._changes, -1)
        try:
            answer = self._site(environ, start_response)
        except BaseException:
            leaving.close()
            raise
        leaving.callback(answer.close)
        return _Answer(answer, leaving)

    def _changes(self, by: int) -> None:
        with self._changed:
            self._inside += by
            self._changed.notify_all()


class _Answer:
    """An answer on its way. The server closes it in any case, also when nobody reads it."""

    def __init__(self, chunks: Iterable[bytes], leaving: ExitStack) -> None:
        self._chunks = chunks
        self.close = leaving.close

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._chunks)
