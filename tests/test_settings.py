"""Settings refuse to be wrong. Each case starts in a process of its own, as a server would."""

import os
import re
import subprocess
import sys
from ast import literal_eval
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from scorecard_site.address import hosts_of, read_hosts, read_site_address

ROOT = Path(__file__).resolve().parent.parent
KEY = "k" * 50
PRODUCTION = {"CANTING_SITE_URL": "https://canting.example", "CANTING_SECRET_KEY": KEY}


def read_setting(name: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("CANTING_")}
    script = f"from scorecard_site import settings; print(repr(settings.{name}))"
    return subprocess.run(
        [sys.executable, "-c", script],
        env={**clean, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def value(name: str, **environment: str) -> str:
    done = read_setting(name, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def refusal(**environment: str) -> str:
    done = read_setting("DEBUG", **environment)
    assert done.returncode != 0, "these settings must not start"
    assert "ImproperlyConfigured" in done.stderr
    return done.stderr


def test_debug_is_off_unless_asked():
    assert value("DEBUG", CANTING_SECRET_KEY=KEY) == "False"
    assert value("DEBUG", CANTING_DEBUG="1") == "True"


@pytest.mark.parametrize(
    "key", ["", "short", "for-development-only-refused-as-soon-as-debug-is-off"]
)
def test_no_start_without_a_secret_of_its_own(key):
    message = refusal(CANTING_SECRET_KEY=key)
    assert "CANTING_SECRET_KEY" in message
    assert "secrets.token_urlsafe" in message


def test_secret_from_a_file(tmp_path):
    path = tmp_path / "secret-key"
    path.write_text(KEY + "\n")
    assert value("SECRET_KEY", CANTING_SECRET_KEY_FILE=str(path)) == repr(KEY)


def test_secret_from_a_missing_file(tmp_path):
    assert "can't read" in refusal(CANTING_SECRET_KEY_FILE=str(tmp_path / "none"))


def test_no_start_in_public_without_https():
    message = refusal(CANTING_SECRET_KEY=KEY, CANTING_SITE_URL="http://canting.example")
    assert "https://" in message


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("https://canting.example/canting", "host name of its own"),
        ("https://canting.example/canting/", "host name of its own"),
        ("https://canting.example/?", "from ? or # on"),
        ("https://canting.example?lang=id", "from ? or # on"),
        ("https://canting.example#top", "from ? or # on"),
        ("https://canting.example:port", "no address"),
        ("https://canting.example:0", "port 0"),
        ("https://canting.example:99999", "no address"),
        ("https://*.example", "needs one host"),
        ("https://.canting.example", "needs one host"),
        ("https://canting_site.example", "needs one host"),
        ("https://canting..example", "needs one host"),
        ("https://", "needs one host"),
        ("https:///canting", "host"),
        ("https:canting.example", "begin with https://"),
        ("canting.example", "begin with https://"),
        ("ftp://canting.example", "begin with https://"),
        ("https://canting .example", "no spaces"),
        ("https://canting.example https://two.example", "no spaces"),
        ("https://canting.example\\canting", "backslashes"),
        ("https://[::1", "no address"),
        ("https://" + "é" * 70 + ".example", "xn--"),
    ],
)
def test_no_start_with_an_address_that_browsers_would_not_mean(address, what):
    with pytest.raises(ImproperlyConfigured, match=re.escape(what)) as refused:
        read_site_address(address, debug=False)

    assert str(refused.value).startswith("CANTING_SITE_URL ")
    assert "https://canting.example" in str(refused.value)


def test_address_with_a_path_stops_start_and_check():
    message = refusal(CANTING_SECRET_KEY=KEY, CANTING_SITE_URL="https://canting.example/canting")
    assert "can't stand below a path" in message
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy"],
        env={**os.environ, **PRODUCTION, "CANTING_SITE_URL": "https://canting.example/canting"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "can't stand below a path" in done.stderr


def test_password_of_an_address_is_not_repeated():
    message = refusal(CANTING_SECRET_KEY=KEY, CANTING_SITE_URL="https://siti:rahasia@canting.id")
    assert "CANTING_SITE_URL" in message
    assert "rahasia" not in message


@pytest.mark.parametrize(
    ("address", "origin", "host"),
    [
        ("https://canting.example/", "https://canting.example", "canting.example"),
        (" https://canting.example// ", "https://canting.example", "canting.example"),
        ("HTTPS://Canting.Example", "https://canting.example", "canting.example"),
        ("https://canting.example.", "https://canting.example", "canting.example"),
        ("https://canting.example:443", "https://canting.example", "canting.example"),
        ("https://canting.example:", "https://canting.example", "canting.example"),
        ("https://canting.example:8443", "https://canting.example:8443", "canting.example"),
        ("https://Bücher.example", "https://xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("http://127.0.0.1:80", "http://127.0.0.1", "127.0.0.1"),
        ("http://[::1]:8000", "http://[::1]:8000", "[::1]"),
        ("https://192.168.1.20", "https://192.168.1.20", "192.168.1.20"),
    ],
)
def test_address_is_kept_as_browsers_write_it(address, origin, host):
    read = read_site_address(address, debug=False)

    assert (read.url, read.host) == (origin, host)
    assert hosts_of(read, [])[0] == host


@pytest.mark.parametrize(
    "hosts", ["a.id,b.id", "https://a.id", "a.id:8000", "a.id/x", "*", "-a.id"]
)
def test_no_start_with_hosts_that_no_browser_names(hosts):
    with pytest.raises(ImproperlyConfigured, match="CANTING_ALLOWED_HOSTS"):
        read_hosts(hosts)


def test_hosts_are_kept_as_browsers_write_them():
    assert read_hosts(" Canting.id  .Canting.id [::1] ") == ["canting.id", ".canting.id", "[::1]"]


def test_empty_address_is_this_machine():
    assert value("SITE_URL", CANTING_SECRET_KEY=KEY, CANTING_SITE_URL="") == (
        "'http://127.0.0.1:8000'"
    )


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("CANTING_DEBUG", "perhaps"),
        ("CANTING_SIGNUP_OPEN", "open"),
        ("CANTING_TRUSTED_PROXIES", "-1"),
        ("CANTING_DATABASE_URL", "mysql://root@localhost/canting"),
        ("CANTING_DATABASE_URL", "postgresql://localhost"),
    ],
)
def test_no_start_with_a_value_that_cannot_be_meant(name, wrong):
    message = refusal(**{"CANTING_SECRET_KEY": KEY, name: wrong})
    assert name in message


def test_password_of_the_database_is_not_repeated():
    url = "mysql://root:rahasia@localhost/canting"
    done = read_setting("DEBUG", CANTING_SECRET_KEY=KEY, CANTING_DATABASE_URL=url)
    last_line = done.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last_line
    assert "rahasia" not in done.stderr


def test_https_decides_on_cookies_and_redirects():
    assert value("SESSION_COOKIE_NAME", **PRODUCTION) == "'__Host-session'"
    assert value("SECURE_SSL_REDIRECT", **PRODUCTION) == "True"
    assert value("SECURE_HSTS_SECONDS", **PRODUCTION) == "31536000"
    assert value("ALLOWED_HOSTS", **PRODUCTION) == "['canting.example']"
    assert value("SESSION_COOKIE_NAME", CANTING_SECRET_KEY=KEY) == "'session'"


def test_postgresql_address_is_taken_apart():
    url = "postgresql://siti:p%40ss@db.example:5433/canting?sslmode=require"
    done = read_setting("DATABASES['default']", CANTING_SECRET_KEY=KEY, CANTING_DATABASE_URL=url)
    assert done.returncode == 0, done.stderr
    database = literal_eval(done.stdout)
    assert (database["NAME"], database["USER"], database["PASSWORD"]) == ("canting", "siti", "p@ss")
    assert (database["HOST"], database["PORT"]) == ("db.example", "5433")
    assert database["OPTIONS"]["sslmode"] == "require"


def test_without_a_mail_server_nothing_is_sent():
    assert value("MAIL_IS_SENT", CANTING_SECRET_KEY=KEY) == "False"
    assert "dummy" in value("EMAIL_BACKEND", CANTING_SECRET_KEY=KEY)
    assert "smtp" in value(
        "EMAIL_BACKEND", CANTING_SECRET_KEY=KEY, CANTING_EMAIL_HOST="mail.example"
    )
