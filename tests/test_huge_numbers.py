"""Numbers that no column holds, in every address, query and form: told apart, never an error page.

The pages come from the resolver, and what can be sent from the pages themselves.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from django.db import transaction
from django.test import Client

from tests.every_page import Visit, World
from tests.page_world import make_world
from tests.test_pages import clients_of, walk

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Beyond 32 and 64 bits, and the smallest of 64 without its sign.
HUGE = ("4294967296", "9223372036854775808", "9" * 40, "-9223372036854775809")
ASKED = (
    *(
        "page",
        "cause",
        "objective",
        "perspective",
        "mission",
        "kpi",
        "set",
        "scorecard",
        "decimals",
    ),
    *("pair", "saved", "show", "cut_off", "begins", "experts", "without", "expert", "matrix"),
)


@pytest.fixture
def world() -> World:
    return make_world()


@dataclass
class SentForm:
    """What a press of its button would send."""

    action: str
    values: dict[str, list[str]] = field(default_factory=dict)


class Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[SentForm] = []
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        name = has.get("name", "")
        if tag == "form":
            self.found.append(SentForm(has.get("action", "")))
            if has.get("method", "").lower() != "post":
                self.found[-1].action = "get"
        elif not self.found:
            return
        elif tag == "select":
            self._select = name
            self._note(name, "")
        elif tag == "option" and self._select and "selected" in has:
            self.found[-1].values[self._select] = [has.get("value", "")]
        elif tag == "textarea":
            self._note(name, "")
        elif tag == "input" and has.get("type") in {"checkbox", "radio"}:
            if "checked" in has or name not in self.found[-1].values:
                self._note(name, has.get("value", "on"))
        elif tag in {"input", "button"} and has.get("type") != "file":
            self._note(name, has.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""

    def _note(self, name: str, value: str) -> None:
        if name and name != "csrfmiddlewaretoken":
            self.found[-1].values[name] = [value]


def forms_of(page: str) -> list[SentForm]:
    reader = Forms()
    reader.feed(page)
    return [form for form in reader.found if form.action != "get"]


def status_of(client: Client, url: str, values: dict[str, list[str]]) -> int:
    """What it would be answered with; nothing of it stays."""
    client.raise_request_exception = False
    with transaction.atomic():
        status = client.post(url, values).status_code
        transaction.set_rollback(True)
    return status


def test_numbers_that_are_too_large_in_every_form(world):
    clients = clients_of(world)
    wrong, sent, seen = [], 0, set()
    pages = [
        (visit, answer.content.decode(), answer.request["PATH_INFO"])
        for visit, answer in walk(world, clients)
        if answer.headers.get("Content-Type", "").startswith("text/html")
    ]
    for visit, page, path in pages:
        client = clients[visit.visitor]
        for form in forms_of(page):
            url = urljoin(path, form.action)
            shape = (url, *sorted(form.values))
            if shape in seen or "/sign-out/" in url:
                continue
            seen.add(shape)
            for tried in attempts(form):
                sent += 1
                if status_of(client, url, tried) >= 500:
                    wrong.append((url, tried))
    assert sent > 300
    assert not wrong, wrong[:20]


def attempts(form: SentForm) -> Iterator[dict[str, list[str]]]:
    for huge in HUGE:
        yield dict.fromkeys(form.values, [huge])
    # Each field alone, so that the others lead as far as they do.
    for name, values in form.values.items():
        if len(form.values) > 60 and not values[0].isdigit():
            continue
        yield form.values | {name: [HUGE[1]]}


def asked(world: World) -> Iterator[Visit]:
    """Not the icon, a file that nobody would close here."""
    return (visit for visit in world.visits() if visit.name != "favicon")


def test_numbers_that_are_too_large_in_every_query(world):
    clients = clients_of(world)
    wrong = []
    for visit in asked(world):
        client = clients[visit.visitor]
        client.raise_request_exception = False
        for huge in HUGE:
            answer = client.get(visit.url, dict.fromkeys(ASKED, huge), follow=True)
            if answer.status_code >= 500:
                wrong.append((visit.url, huge))
    assert not wrong, wrong[:20]


def test_numbers_that_are_too_large_in_every_address(world):
    client = Client(raise_request_exception=False)
    client.force_login(world.admin)
    tried = 0
    for visit in asked(world):
        parts = visit.url.strip("/").split("/")
        for place, part in enumerate(parts):
            if not part.isdigit():
                continue
            for huge in HUGE[:3]:
                other = "/".join([*parts[:place], huge, *parts[place + 1 :]])
                tried += 1
                answer = client.get(f"/{other}/")
                assert answer.status_code in {200, 302, 403, 404}, other
    assert tried > 300
