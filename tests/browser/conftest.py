"""A real Chromium, at the width of a phone and of a laptop.

Whatever a page writes to the console as an error, throws, or does against the content security
policy fails the test that opened it.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from organizations.models import User
from tests.browser.keeping import WorldKeeper
from tests.browser.looks import barriers, overflow
from tests.browser.patience import be_patient
from tests.browser.serving import Doorkeeper
from tests.every_page import World
from tests.factories import PASSWORD

# Playwright's own event loop makes Django believe that it runs in an async context.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = shutil.which("chromium")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
LAPTOP = {"viewport": {"width": 1280, "height": 800}}
# Milliseconds for what is to be seen: a busy machine needs its time, and nobody waits for it else.
PATIENCE = 15_000
# Chromium says this when a page with `autofocus` is opened at a #fragment; nothing is wrong.
HARMLESS = ("Autofocus processing was blocked",)


class Visitors:
    """Opens pages as visitors of their own (cookies, width), and listens to what they complain."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def open(self, device: dict[str, Any] = LAPTOP, **options: Any) -> Page:
        """A new visitor's page. `java_script_enabled=False` for one without JavaScript."""
        options = {"locale": "id-ID", "base_url": self.address} | device | options
        context = self.browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.contexts.append(context)
        return context.new_page()

    def forgive(self, text: str) -> None:
        """Drops the complaints with this text; there must be one. For errors a test provokes."""
        kept = [complaint for complaint in self.complaints if text not in complaint]
        assert len(kept) < len(self.complaints), f"nobody complained about {text!r}"
        self.complaints[:] = kept

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(HARMLESS):
            self.complaints.append(f"{message.location.get('url')}: {message.text}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.exit("Chromium is missing: apt-get install chromium fonts-liberation", returncode=1)
    be_patient()
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def doorkeeper(live_server: LiveServer) -> Doorkeeper:
    return Doorkeeper(live_server)


@pytest.fixture
def visitors(
    browser: Browser, live_server: LiveServer, doorkeeper: Doorkeeper
) -> Iterator[Visitors]:
    """The test's tables are emptied after this, so the last one to leave closes the door."""
    group = Visitors(browser, live_server.url)
    yield group
    for context in group.contexts:
        context.close()
    doorkeeper.wait_until_empty()
    assert not group.complaints, "the browser complained:\n" + "\n".join(group.complaints)


@pytest.fixture(scope="session")
def world_keeper() -> Iterator[WorldKeeper]:
    keeper = WorldKeeper()
    yield keeper
    keeper.close()


@pytest.fixture
def world(transactional_db: None, world_keeper: WorldKeeper) -> World:
    """What the walks over every page look at (tests/page_world.py)."""
    return world_keeper.world()


@pytest.fixture
def phone(visitors: Visitors) -> Page:
    """A page 360 pixels wide, with touch."""
    return visitors.open(PHONE)


@pytest.fixture
def laptop(visitors: Visitors) -> Page:
    """A page 1280 pixels wide."""
    return visitors.open(LAPTOP)


@pytest.fixture
def sign_in() -> Callable[[Page, User], None]:
    """Signs a person of tests/factories.py in, through the page."""

    def act(page: Page, user: User) -> None:
        sign_in_page = reverse("organizations:login")
        page.goto(sign_in_page)
        page.locator("input[name=email]").fill(user.email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main form button[type=submit]").click()
        page.wait_for_url(lambda url: sign_in_page not in url)

    return act


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Asserts that axe finds nothing serious or critical, and that nothing scrolls sideways."""

    def check(page: Page) -> None:
        faults = barriers(page) + overflow(page)
        assert not faults, f"{page.url}:\n" + "\n".join(faults)

    return check


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Keeps a picture of the page when CANTING_SCREENSHOTS names a folder (`make screenshots`)."""
    folder = os.environ.get("CANTING_SCREENSHOTS")

    def take(page: Page, name: str) -> None:
        if folder:
            width = page.evaluate("innerWidth")
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)

    return take
