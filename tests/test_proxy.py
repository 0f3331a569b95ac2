"""What stands in front of the site spoils what browsers say: told to the operator, and truly to
the visitor."""

import logging

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client

from scorecard_site import proxy

pytestmark = pytest.mark.django_db

SITE = "https://canting.example"


@pytest.fixture(autouse=True)
def https(settings):
    """As on a server: behind one proxy, reached by https."""
    settings.SITE_URL, settings.SITE_HOST, settings.HTTPS = SITE, "canting.example", True
    settings.ALLOWED_HOSTS, settings.CSRF_TRUSTED_ORIGINS = ["canting.example"], [SITE]
    settings.TRUSTED_PROXIES = 1
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True
    proxy._told.clear()
    yield
    proxy._told.clear()


@pytest.fixture
def told(caplog):
    caplog.set_level(logging.INFO, "canting.proxy")

    def lines() -> list[str]:
        return [each.getMessage() for each in caplog.records if each.name == "canting.proxy"]

    return lines


class Visitor:
    """A browser behind the proxy: the page first, then its form."""

    def __init__(self, **spoiled: str) -> None:
        self.client = Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="en")
        self.headers = {
            "HTTP_HOST": "canting.example",
            "HTTP_X_FORWARDED_PROTO": "https",
            "HTTP_X_FORWARDED_FOR": "203.0.113.9",
            "HTTP_ORIGIN": SITE,
        } | spoiled
        self.headers = {name: value for name, value in self.headers.items() if value}
        self.page = self.client.get("/sign-in/", **self.headers)

    def send(self, **changes: str):
        token = self.page.context["csrf_token"] if self.page.context else ""
        sent = {"csrfmiddlewaretoken": token, "email": "siti@example.org", "password": "rahasia"}
        return self.client.post("/sign-in/", sent | changes, **self.headers)


def test_form_from_the_right_address_is_taken_and_nothing_told(told):
    assert Visitor().send().status_code == 422
    assert told() == []


@pytest.mark.parametrize(
    ("headers", "named"),
    [
        ({"HTTP_ORIGIN": "http://127.0.0.1:8000"}, "Origin 'http://127.0.0.1:8000'"),
        ({"HTTP_ORIGIN": "null"}, "Origin 'null'"),
        ({"HTTP_ORIGIN": "http://canting.example"}, "Origin 'http://canting.example'"),
        ({"HTTP_ORIGIN": ""}, "Origin missing"),
        (
            {"HTTP_ORIGIN": "", "HTTP_REFERER": "https://siti:rahasia@www.canting.example/a/s?x=1"},
            "Origin 'https://www.canting.example'",
        ),
    ],
)
def test_spoiled_origin_is_told_with_what_to_set(told, headers, named):
    refused = Visitor(**headers).send()

    assert refused.status_code == 403
    [line] = told()
    for part in (named, "Host 'canting.example'", "X-Forwarded-Proto 'https'", SITE, "set"):
        assert part in line
    for secret in ("siti", "rahasia", "203.0.113.9", "/sign-in", "/a/s"):
        assert secret not in line
    assert "address" in refused.text
    assert "open too long" not in refused.text
    assert SITE in refused.text
    assert refused["X-Form-Refused"] == "origin"


def test_same_difference_is_told_once_an_hour(told):
    visitor = Visitor(HTTP_ORIGIN="http://127.0.0.1:8000")
    for _ in range(3):
        visitor.send()

    assert len(told()) == 1


def test_strangers_cannot_fill_the_log(told):
    visitor = Visitor()
    caches["rendered"].set("part", "kept")
    for number in range(settings.CACHES["rendered"]["OPTIONS"]["MAX_ENTRIES"] + 60):
        visitor.headers["HTTP_ORIGIN"] = f"https://{number}.example/" + "x" * 5000 + "\n"
        assert visitor.send().status_code == 403

    assert len(told()) == proxy.MOST_LINES_AN_HOUR
    assert max(map(len, told())) < 1000
    assert not any("\n" in line for line in told())
    assert caches["rendered"].get("part") == "kept"


def test_same_difference_is_told_again_after_an_hour(told, monkeypatch):
    visitor = Visitor(HTTP_ORIGIN="http://127.0.0.1:8000")
    visitor.send()
    later = proxy.monotonic() + proxy.HOUR
    monkeypatch.setattr(proxy, "monotonic", lambda: later)
    visitor.send()

    assert len(told()) == 2


def test_missing_cookie_is_called_that(told):
    visitor = Visitor()
    visitor.client.cookies.clear()

    refused = visitor.send()

    assert refused.status_code == 403
    assert "Cookies are not allowed for this site" in refused.text
    assert refused["X-Form-Refused"] == "cookie"
    assert told() == []


@pytest.mark.parametrize("token", ["", "x", "a" * 64])
def test_token_of_another_time_is_called_that(told, token):
    refused = Visitor().send(csrfmiddlewaretoken=token)

    assert refused.status_code == 403
    assert "open too long" in refused.text
    assert told() == []


@pytest.mark.parametrize(
    ("host", "is_told"),
    [
        ("127.0.0.1:8000", True),
        ("localhost", True),
        ("canting_upstream", True),
        ("app:8000", True),
        ("[::1]:8000", True),
        ("robots.example", False),
        ("203.0.113.5", False),
        ("", False),
    ],
)
def test_host_that_only_a_proxy_can_mean_is_told(told, host, is_told):
    answer = Client().get("/sign-in/", HTTP_HOST=host, HTTP_X_FORWARDED_PROTO="https")

    assert answer.status_code == 400
    assert len(told()) == is_told
    if is_told:
        assert repr(host) in told()[0]
        assert "proxy_set_header Host" in told()[0]


def test_missing_scheme_is_told_because_it_redirects_for_ever(told):
    answer = Client().get("/sign-in/", HTTP_HOST="canting.example")

    assert (answer.status_code, answer.url) == (301, f"{SITE}/sign-in/")
    [line] = told()
    assert "X-Forwarded-Proto" in line


def test_probes_of_this_machine_are_not_taken_for_a_broken_proxy(told):
    Client().get("/livez", HTTP_HOST="canting.example")
    Client().get("/readyz", HTTP_HOST="canting.example")

    assert told() == []


def test_page_of_an_expert_tells_the_same(told):
    client = Client(enforce_csrf_checks=True)
    headers = {"HTTP_HOST": "canting.example", "HTTP_X_FORWARDED_PROTO": "https"}

    refused = client.post("/a/1-abc/", HTTP_ORIGIN="http://127.0.0.1:8000", **headers)

    assert refused.status_code == 403
    assert len(told()) == 1
    assert "abc" not in told()[0]


def test_site_uses_this_page():
    assert settings.CSRF_FAILURE_VIEW == "scorecard_site.views.csrf_failure"
