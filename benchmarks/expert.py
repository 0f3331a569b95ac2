"""An expert's browser: opens the personal link, agrees, and saves answers."""

import http.client
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

TIMEOUT = 30.0
SUBMISSION = re.compile(r"/answer/([0-9a-f-]{36})/")


@dataclass(frozen=True)
class Answer:
    """One answer to one pair, as a browser sends it."""

    item: str
    preferred: str
    strength: int
    seq: int

    @classmethod
    def number(cls, item: str, seq: int, turn: int) -> "Answer":
        """A valid answer that differs from turn to turn."""
        side = ("row", "column", "equal")[turn % 3]
        return cls(item, side, 1 if side == "equal" else 2 + turn % 8, seq)


@dataclass(frozen=True)
class Reply:
    status: int
    content: bytes
    location: str = ""

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.content)
        return found


class Refused(Exception):
    """A page answered otherwise than it does for an expert with a good link."""


class Expert:
    """Each request takes a connection of its own, as behind a proxy."""

    def __init__(self, port: int, link: str) -> None:
        self.port, self.link = port, link
        self.cookies: dict[str, str] = {}
        self.submission = ""

    def open(self) -> "Expert":
        """From the link over the consent to the first page of the questionnaire."""
        self.post(f"/a/{self.link}/", self.form(f"/a/{self.link}/"))
        reply = self.post("/answer/consent/", self.form("/answer/consent/") | {"consent": "on"})
        found = SUBMISSION.search(reply.location)
        if found is None:
            raise Refused(f"the consent led to {reply.location!r}")
        self.submission = found[1]
        return self

    def save(self, answer: Answer, timeout: float = TIMEOUT) -> Reply:
        return self.request(
            "POST",
            f"/answer/{self.submission}/judgements/",
            json.dumps(vars(answer)),
            {"Content-Type": "application/json", "X-CSRFToken": self.cookies["csrf"]},
            timeout,
        )

    def get(self, path: str) -> Reply:
        """The page, or the one that it sends on to."""
        reply = self.request("GET", path)
        if reply.status >= 400:
            raise Refused(f"{path} answered {reply.status}")
        return self.get(reply.location) if reply.location else reply

    def form(self, path: str) -> dict[str, str]:
        page = self.get(path).content.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        return {"csrfmiddlewaretoken": token[1]} if token else {}

    def post(self, path: str, fields: dict[str, str]) -> Reply:
        kind = "application/x-www-form-urlencoded"
        reply = self.request("POST", path, urlencode(fields), {"Content-Type": kind})
        if reply.status >= 400:
            raise Refused(f"{path} answered {reply.status}")
        return reply

    def request(
        self,
        method: str,
        path: str,
        body: str = "",
        headers: dict[str, str] | None = None,
        timeout: float = TIMEOUT,
    ) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, (headers or {}) | {"Cookie": self.cookie})
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        for value in answer.headers.get_all("Set-Cookie", []):
            name, _, rest = value.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return Reply(answer.status, content, answer.headers.get("Location", ""))

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())
