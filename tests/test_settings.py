"""Settings refuse to be wrong. Each case starts in a process of its own, as a server would."""

import os
import subprocess
import sys
from ast import literal_eval
from pathlib import Path

import pytest

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
