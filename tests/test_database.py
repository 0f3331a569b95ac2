"""What the settings ask of the database is what the database does."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests.source import ROOT

PRAGMAS = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "20000"}


def test_sqlite_file_keeps_what_was_acknowledged(tmp_path: Path):
    """In a process of its own: the tests' SQLite lives in memory, where WAL means nothing."""
    script = "\n".join(
        [
            "import django",
            "django.setup()",
            "from django.db import connection",
            "cursor = connection.cursor()",
            *(
                f"print(cursor.execute('PRAGMA {pragma}').fetchone()[0], flush=True)"
                for pragma in PRAGMAS
            ),
            "print(connection.transaction_mode)",
        ]
    )
    environment = {key: text for key, text in os.environ.items() if key != "CANTING_DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={
            **environment,
            "DJANGO_SETTINGS_MODULE": "scorecard_site.settings_test",
            "CANTING_DATABASE_PATH": str(tmp_path / "canting.sqlite3"),
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    *pragmas, mode = done.stdout.split()
    assert dict(zip(PRAGMAS, pragmas, strict=True)) == PRAGMAS
    assert mode == "IMMEDIATE"


def test_requests_are_not_wrapped_in_transactions():
    assert not settings.DATABASES["default"].get("ATOMIC_REQUESTS", False)


def test_the_database_is_the_one_that_was_asked_for():
    wanted = "postgresql" if os.environ.get("CANTING_DATABASE_URL") else "sqlite"
    assert connection.vendor == wanted
