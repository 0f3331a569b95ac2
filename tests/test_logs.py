import logging
from time import process_time

import pytest

from scorecard_site.logs import HideSecrets, UTCFormatter, hide_secrets


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Not Found: /a/MTI:abc-DEF_1/", "Not Found: /a/…"),
        ('"GET /a/MTI:abc-DEF_1/pairs/7/ HTTP/1.1" 200', '"GET /a/… HTTP/1.1" 200'),
        ("Forbidden: /join/Nw:x:y/", "Forbidden: /join/…"),
        ("/password-reset/MQ/c9-51/", "/password-reset/…"),
        ("/o/lasem/kpis/?q=omzet&page=2 failed", "/o/lasem/kpis/?… failed"),
        ("Not Found: /o/lasem/scorecards/7/", "Not Found: /o/lasem/scorecards/7/"),
        ("Bad answer. /is this a/path?", "Bad answer. /is this a/path?"),
    ],
)
def test_secrets_of_addresses_are_hidden(text, hidden):
    assert hide_secrets(text) == hidden


def test_filter_rewrites_the_finished_message():
    record = logging.LogRecord(
        "django.request", logging.WARNING, __file__, 1, "%s: %s", ("Not Found", "/a/secret/"), None
    )
    assert HideSecrets().filter(record)
    assert record.getMessage() == "Not Found: /a/…"


def test_nobody_writes_a_line_of_their_own():
    record = logging.makeLogRecord({"msg": "Not Found: /x\r\n2026-11-21 INFO signed in"})
    HideSecrets().filter(record)
    assert record.getMessage() == "Not Found: /x\\r\\n2026-11-21 INFO signed in"


def test_clock_of_the_log_is_utc():
    record = logging.makeLogRecord({"created": 0.25, "msecs": 250.0, "msg": "hello"})
    assert UTCFormatter("{asctime} {message}", style="{").format(record) == (
        "1970-01-01T00:00:00.250Z hello"
    )


def test_every_log_line_of_a_request_passes_the_filter(settings):
    handler = settings.LOGGING["handlers"]["stderr"]
    assert handler["filters"] == ["no_secrets"]
    assert set(settings.LOGGING["handlers"]) == {"stderr"}


@pytest.mark.parametrize("piece", ["/", "/a", "?", "/?"])
def test_an_address_made_to_be_slow_takes_no_longer(piece):
    began = process_time()
    hide_secrets(f"Not Found: {piece * 40_000}")
    assert process_time() - began < 1
