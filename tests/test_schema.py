"""A database that this version can't work with is refused at the start, with what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from scorecard_site.schema import compare
from tests.source import ROOT
from tests.test_versions import database_of
from tests.versions import VERSIONS


def execute(sql: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


@pytest.mark.django_db
class TestComparing:
    def test_the_database_of_this_version(self):
        schema = compare(connection)
        assert (schema.pending, schema.unknown, schema.missing) == ([], [], [])
        assert schema.refusal == ""

    def test_an_older_one_is_to_be_migrated(self):
        execute("DELETE FROM django_migrations WHERE app = 'sessions'")
        schema = compare(connection)
        assert schema.pending == ["sessions.0001_initial"]
        assert "manage.py migrate" in schema.refusal

    def test_one_of_before_the_first_version(self):
        """Its migrations have the same names, and made other columns."""
        execute("ALTER TABLE organizations_organization DROP COLUMN sector")
        schema = compare(connection)
        assert schema.missing == ["organizations_organization.sector"]
        assert "organizations_organization.sector" in schema.refusal
        assert "before 0.1.0" in schema.refusal

    def test_a_table_that_is_gone(self):
        execute("DROP TABLE django_session")
        assert compare(connection).missing == ["django_session"]

    def test_a_newer_one(self):
        execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('surveys', '9999_later', '2030-01-01')"
        )
        schema = compare(connection)
        assert schema.unknown == ["surveys.9999_later"]
        assert "newer version" in schema.refusal

    def test_what_an_app_left_behind_that_is_gone_does_no_harm(self):
        execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('debug_toolbar', '0001_initial', '2020-01-01')"
        )
        assert compare(connection).refusal == ""

    def test_many_names_are_counted(self):
        execute("DELETE FROM django_migrations WHERE app IN ('auth', 'contenttypes')")
        assert " more." in compare(connection).refusal

    def test_migrating_is_refused_before_it_begins(self):
        """What would be built on columns that aren't there can't be taken back."""
        execute("ALTER TABLE organizations_organization DROP COLUMN sector")
        assert [error.id for error in run_checks(databases=["default"])] == ["scorecard_site.E001"]
        with pytest.raises(SystemCheckError, match=r"before 0\.1\.0"):
            call_command("migrate", skip_checks=False, verbosity=0)

    def test_checks_that_ask_no_database_ask_none(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert "scorecard_site.E001" not in [error.id for error in run_checks()]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("DELETE FROM django_migrations WHERE app = 'sessions'", "manage.py migrate"),
        ("ALTER TABLE organizations_organization DROP COLUMN sector", "before 0.1.0"),
    ],
)
def test_the_server_does_not_start(damage: str, said: str, tmp_path: Path):
    with database_of(VERSIONS[-1], tmp_path) as (_vendor, environment):
        bring_up_to_date(environment, damage)
        done = start(environment)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_the_server_starts_when_the_database_is_away(tmp_path: Path):
    """It may be back in a moment, and then the site is too."""
    away = "postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=1"
    done = start({"CANTING_DATABASE_URL": away}, "-m", "scorecard_site.schema")
    assert done.returncode == 0
    assert "can't be asked" in done.stderr


def bring_up_to_date(environment: dict[str, str], damage: str) -> None:
    script = f"""
import django
django.setup()
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
connection.cursor().execute({damage!r})
"""
    done = start(environment, "-c", script)
    assert done.returncode == 0, done.stderr


def start(
    environment: dict[str, str], *program: str, limit: float = 60
) -> subprocess.CompletedProcess[str]:
    """A program of ours, or gunicorn as on a server: it ends by itself when it refuses."""
    gunicorn = ("-m", "gunicorn", "-c", "python:scorecard_site.server")
    return subprocess.run(
        [sys.executable, *(program or gunicorn)],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "scorecard_site.settings_test",
            "CANTING_BIND": "127.0.0.1:0",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=limit,
    )
