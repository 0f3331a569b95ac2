"""Reads the site's environment variables strictly: a value that can't be meant stops the start."""

import os
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

DEVELOPMENT_KEY = "for-development-only-refused-as-soon-as-debug-is-off"
HOW_TO_MAKE_A_KEY = (
    'python3 -c "import secrets; print(secrets.token_urlsafe(50))" > /etc/canting/secret-key'
)


def flag(name: str, *, default: bool) -> bool:
    """`1`, `true`, `yes`, `on` or their opposites."""
    text = os.environ.get(name, "").strip().lower()
    if not text:
        return default
    if text in {"1", "true", "yes", "on"}:
        return True
    if text in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {text!r}: write 1 or 0.")


def whole_number(name: str, *, default: int) -> int:
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not text.isascii() or not text.isdigit():
        raise ImproperlyConfigured(f"{name} is {text!r}: write a whole number, 0 or more.")
    return int(text)


def secret(name: str, *, debug: bool) -> str:
    """The value of `name`, or the content of the file that `name`_FILE points to."""
    value = os.environ.get(name, "").strip()
    path = os.environ.get(f"{name}_FILE", "").strip()
    if not value and path:
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"{name}_FILE: can't read {path} ({error.strerror})."
            ) from error
    if debug:
        return value or DEVELOPMENT_KEY
    if not value or value == DEVELOPMENT_KEY or len(value) < 40:
        raise ImproperlyConfigured(
            f"{name} is missing, too short or the one for development. Make one with "
            f"`{HOW_TO_MAKE_A_KEY}` and set {name}_FILE=/etc/canting/secret-key."
        )
    return value


def sqlite(path: Path) -> dict[str, Any]:
    """One file. Writers queue (IMMEDIATE, 20 s); what was acknowledged survives a power cut."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            ),
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """From `postgresql://user:password@host:port/name?option=value`, with a connection pool."""
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError:
        parts = {}
    if not parts.get("dbname"):
        # The address holds a password, so the message doesn't repeat it.
        raise ImproperlyConfigured(
            "CANTING_DATABASE_URL can't be read: write postgresql://user:password@host:5432/name."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**parts, "pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
    }
