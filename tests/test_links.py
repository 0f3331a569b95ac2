"""What a page offers, its reader may open: a walk along every link and button, as each role."""

from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from organizations.models import Organization, Role
from tests import factories
from tests.every_page import World
from tests.page_world import make_world

pytestmark = pytest.mark.slow

# They end the walk, or lead somewhere that has tests of its own.
LEFT_OUT = {"organizations:logout", "set_language"}
REFUSED = {403, 404, 500}


@dataclass
class Offers(HTMLParser):
    """The links of a page, and the addresses that its buttons send to."""

    url: str
    links: set[str] = field(default_factory=set)
    sent: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()
        self._method = "get"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.add(urljoin(self.url, given["href"]))
        if tag == "form":
            self._method = (given.get("method") or "get").lower()
            self._add(given.get("action") or self.url)
        if given.get("formaction"):
            self._add(given["formaction"])

    def _add(self, address: str) -> None:
        (self.sent if self._method == "post" else self.links).add(urljoin(self.url, address))


class _Undo(Exception):
    """Leaves a transaction without keeping what happened in it."""


def status_of(client: Client, method: str, url: str) -> tuple[int, str]:
    """The status of one request, whose effects are undone, and the page."""
    try:
        with transaction.atomic():
            answer = getattr(client, method)(url)
            is_page = answer.get("Content-Type", "").startswith("text/html")
            text = answer.content.decode() if is_page else ""
            raise _Undo
    except _Undo:
        return answer.status_code, text if answer.status_code == 200 else ""


def place_of(url: str) -> tuple[str, str] | None:
    """What an address is, so that each is visited once whatever hangs behind its question mark."""
    parts = urlsplit(url)
    if parts.netloc or not parts.path.startswith("/") or parts.path.startswith(settings.STATIC_URL):
        return None
    try:
        match = resolve(parts.path)
    except Resolver404:
        return parts.path, ""
    return None if match.view_name in LEFT_OUT else (parts.path, match.view_name)


def refusals(client: Client, *starts: str) -> tuple[set[tuple[str, str, int]], int]:
    """Every offer that was refused, with the page that made it; and how many were followed."""
    waiting = deque(("get", start, "") for start in starts)
    seen, wrong = {("get", place_of(start)) for start in starts}, set()
    while waiting:
        method, url, came_from = waiting.popleft()
        status, page = status_of(client, method, url)
        if status in REFUSED:
            wrong.add((came_from, f"{method} {url}", status))
        offers = Offers(url)
        offers.feed(page)
        for way, addresses in (("get", offers.links), ("post", offers.sent)):
            for address in sorted(addresses):
                key = (way, place_of(address))
                if key[1] and key not in seen:
                    seen.add(key)
                    waiting.append((way, address, url))
    return wrong, len(seen)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.mark.parametrize("role", list(Role))
def test_no_page_offers_what_its_reader_may_not_open(world, role):
    """In an organization that has everything, and in one that has nothing yet."""
    person = factories.membership(factories.user("Tamu"), world.organization, role).user
    empty = Organization.objects.get(slug=world.words["empty_org"])
    factories.membership(person, empty, role)
    client = Client()
    client.force_login(person)
    homes = [f"/o/{organization.slug}/" for organization in (world.organization, empty)]
    wrong, followed = refusals(client, *homes)
    assert not wrong
    assert followed > 80


@pytest.mark.parametrize("role", [Role.ADMIN, Role.READER])
def test_nor_does_one_of_a_member_to_who_oversees_it(world, role):
    cooperative = factories.organization("Koperasi Induk")
    world.organization.parent = cooperative
    world.organization.save()
    client = Client()
    client.force_login(factories.membership(factories.user("Induk"), cooperative, role).user)
    wrong, followed = refusals(client, f"/o/{cooperative.slug}/")
    assert not wrong
    assert followed > 80
