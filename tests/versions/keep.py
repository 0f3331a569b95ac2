"""Keeps this version's database for the tests of all later ones: `python -m tests.versions.keep`.

To be run once, on the commit that is released. It makes the world of the walks over every page
(tests/page_world.py) on SQLite and on PostgreSQL, and writes down what people see in it.
"""

import json
import lzma
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import tomllib
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.source import ROOT
from tests.versions import FACTS, HERE, POSTGRESQL, SQLITE, Version
from tests.with_postgresql import dump, server

MAKE = "from tests.versions import keep; keep.make()"
# What one server writes into a dump, and an older one doesn't know.
SERVER_SETTINGS = re.compile(r"^(SET \w+ = .*;|SELECT pg_catalog\.set_config.*;|\\.*|--.*)\n", re.M)


def make() -> None:
    """In a process of its own: fills the database of the environment and prints the facts."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import translation

    call_command("migrate", verbosity=0)
    with translation.override("id"):
        from tests.page_world import make_world

        world = make_world()
        print(json.dumps(seen(world)))  # noqa: T201


def seen(world: Any) -> dict[str, Any]:
    """Who signs in, links that were handed out, how many rows there are, the closed reports."""
    from django.apps import apps

    rows = {
        model._meta.db_table: model._default_manager.count()
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
    }
    return {
        "admin": world.admin.email,
        "organization": world.organization.slug,
        "expert_links": world.links,
        "closed_reports": dict(closed_reports()),
        "rows": {table: count for table, count in sorted(rows.items()) if count},
    }


def closed_reports() -> Any:
    """By its address, the index of each closed period, and the value and level of each KPI."""
    from django.urls import reverse

    from organizations.models import Role
    from scorecards.models import Period

    for period in Period.objects.filter(status=Period.Status.CLOSED).order_by("pk"):
        organization = period.scorecard.organization
        admin = organization.memberships.filter(role=Role.ADMIN).order_by("pk").first().user
        words = [organization.slug, period.scorecard_id, period.start]
        url = reverse("scorecards:report-json", args=words)
        yield url, {"admin": admin.email, **figures(url, admin)}


def figures(url: str, user: Any) -> dict[str, Any]:
    """What the report says as a file for programs."""
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    report = client.get(url).json()["report"]
    kpis = [row for perspective in report["perspectives"] for row in perspective["kpis"]]
    return {
        "index": report["index"],
        "kpis": {row["code"]: [row["value"], row["level"]] for row in kpis},
    }


def keep(version: Version) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "canting.sqlite3")
        facts = _run({"CANTING_DATABASE_PATH": str(file)})
        version.folder.mkdir()
        with closing(sqlite3.connect(file)) as connection:
            _write(version.dump(SQLITE), "\n".join(connection.iterdump()))
    # The oldest at hand: newer ones read what it writes.
    os.environ["PGSERVER_POSTGRES_VERSION"] = "16"
    links = {SQLITE: facts["expert_links"]}
    with server() as url:
        links[POSTGRESQL] = _run({"CANTING_DATABASE_URL": url})["expert_links"]
        _write(version.dump(POSTGRESQL), SERVER_SETTINGS.sub("", dump(url)))
    text = json.dumps({**facts, "expert_links": links}, indent=1, ensure_ascii=False)
    (version.folder / FACTS).write_text(text + "\n", encoding="utf-8")


def _run(database: dict[str, str]) -> Any:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", MAKE],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "scorecard_site.settings_test",
            **database,
        },
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(done.stdout.splitlines()[-1])


def _write(path: Path, sql: str) -> None:
    path.write_bytes(lzma.compress(sql.encode()))


if __name__ == "__main__":
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    keep(Version(HERE / project["version"]))
