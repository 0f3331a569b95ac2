"""What an expert's phone loads: bytes and requests of the questionnaire's first screens.

    python -m benchmarks.first_screen

Chromium opens the personal link with an empty cache and goes on to the first comparison; what it
asked for is weighed as it goes over the line, headers included. Static files come compressed from
the site; pages are counted as a proxy compresses them (gzip, its fastest level). Ends with status
1 when a screen is heavier than its aim.
"""

import argparse
import gzip
import http.client
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Request, sync_playwright

from benchmarks.site import site

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
FLAGS += ["--disable-component-update", "--disable-sync"]
PHONE = {"width": 360, "height": 740}
KILOBYTE = 1024
AIM_FIRST, AIM_LATER, AIM_REQUESTS = 100 * KILOBYTE, 20 * KILOBYTE, 10
CODINGS = ("br", "gzip")
PROXY_LEVEL = 1
# Headless Chromium leaves it out, and every other browser asks for it once.
ICON = "link[rel=icon]"
HREF = "element => element.href"
BUTTON = "main form .btn-primary"


@dataclass(frozen=True)
class Screen:
    """Bytes by content coding, for what came over the line."""

    name: str
    requests: int
    bytes: dict[str, int]
    aim: int

    @property
    def is_light(self) -> bool:
        return max(self.bytes.values()) <= self.aim and self.requests <= AIM_REQUESTS


def run(browser: Browser | None = None) -> list[Screen]:
    """In a browser that runs already, or in one of its own."""
    with site() as ours, nullcontext(browser) if browser else chromium() as found:
        world = ours.run("benchmarks.world", 1)
        page = found.new_page(viewport=PHONE, locale="id-ID")
        with ours.served(), closing(page):
            return list(screens(page, f"http://127.0.0.1:{ours.port}/a/{world['links'][0]}/"))


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def screens(page: Page, link: str) -> Iterator[Screen]:
    """Each screen on the way to the first comparison, with what the cache has by then."""
    asked: list[Request] = []
    cached: set[str] = set()
    page.on("requestfinished", lambda request: asked.append(request))

    def weigh(name: str, aim: int) -> Screen:
        page.wait_for_load_state("networkidle")
        fresh = [each for each in asked if each.url not in cached]
        weights = [page_weight(r) for r in fresh if not is_static(r.url)]
        files = {each.url for each in fresh if is_static(each.url)}
        files |= {url for icon in page.query_selector_all(ICON) if (url := icon.evaluate(HREF))}
        files -= cached
        weights += [file_weight(url) for url in files]
        cached.update(files)
        asked.clear()
        total = {coding: sum(weight[coding] for weight in weights) for coding in CODINGS}
        return Screen(name, len(weights), total, aim)

    page.goto(link)
    yield weigh("personal link", AIM_FIRST)
    page.click(BUTTON)
    yield weigh("consent", AIM_LATER)
    page.check("[name=consent]")
    page.click(BUTTON)
    yield weigh("overview", AIM_LATER)
    page.click("main a.btn-primary")
    yield weigh("first comparison", AIM_LATER)


def is_static(url: str) -> bool:
    return urlsplit(url).path.startswith("/static/")


def page_weight(request: Request) -> dict[str, int]:
    response = request.response()
    headers = header_bytes(response.all_headers().items())
    body = b"" if 300 <= response.status < 400 else gzip.compress(response.body(), PROXY_LEVEL)
    return dict.fromkeys(CODINGS, headers + len(body))


def file_weight(url: str) -> dict[str, int]:
    parts = urlsplit(url)
    weights = {}
    for coding in CODINGS:
        connection = http.client.HTTPConnection(parts.netloc, timeout=10)
        connection.request("GET", parts.path, headers={"Accept-Encoding": coding})
        reply = connection.getresponse()
        weights[coding] = len(reply.read()) + header_bytes(reply.getheaders())
        connection.close()
    return weights


def header_bytes(headers: Iterable[tuple[str, str]]) -> int:
    return sum(len(f"{name}: {value}\r\n") for name, value in headers)


def main() -> int:
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    found = run()
    print(f"{'screen':<20}{'requests':>9}{'brotli KB':>11}{'gzip KB':>9}{'aim KB':>8}")
    for screen in found:
        line = "".join(f"{screen.bytes[coding] / KILOBYTE:>10.1f}" for coding in CODINGS)
        print(f"{screen.name:<20}{screen.requests:>9}{line}{screen.aim // KILOBYTE:>8}")
    return 0 if all(screen.is_light for screen in found) else 1


if __name__ == "__main__":
    sys.exit(main())
