"""A database of every released version is brought up to date and served (M1)."""

import hashlib
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from tests.source import APPS, ROOT
from tests.versions import POSTGRESQL, SQLITE, VERSIONS, Version

LANDED = ROOT / "tests" / "versions" / "landed-migrations.txt"


def test_a_landed_migration_is_never_edited():
    """People have databases that ran it. What it should have done is a new migration's work."""
    here = dict(digests())
    landed = dict(line.split() for line in LANDED.read_text(encoding="utf-8").splitlines())
    edited = [path for path, digest in landed.items() if here.get(path) != digest]
    assert not edited, f"landed, and edited or removed since: {edited}"
    new = [f"{path} {digest}" for path, digest in here.items() if path not in landed]
    assert not new, f"add to {LANDED.name}, once they are as they shall stay:\n" + "\n".join(new)


def digests() -> Iterator[tuple[str, str]]:
    for app in APPS:
        for path in sorted((ROOT / app / "migrations").glob("0*.py")):
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            yield path.relative_to(ROOT).as_posix(), digest


def test_the_first_version_is_kept():
    assert [version.name for version in VERSIONS][:1] == ["0.1.0"]


def test_every_released_version_is_kept():
    """The changelog names them; what isn't released yet has no number there."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = [line.split()[1].rstrip(",") for line in text.splitlines() if line[:3] == "## "]
    released = {name for name in headings if name[:1].isdigit()}
    assert released == {version.name for version in VERSIONS}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"].partition(".dev")[0] not in released or headings[0] in released


@pytest.mark.slow
@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.name)
def test_an_older_database_is_migrated_and_served(version: Version, tmp_path: Path):
    with database_of(version, tmp_path) as (vendor, environment):
        facts = version.facts
        seen = serve(facts | {"links": facts["expert_links"][vendor]}, environment)
    wrong = {url: status for url, status in seen["pages"].items() if status != 200}
    assert not wrong
    assert len(seen["pages"]) > 150
    # Experts of then were asked this, whatever a part was weighed for.
    assert seen["questions"] == ["Mana yang lebih penting bagi hubungan pelanggan yang baik?"]
    links = seen["links"]
    assert links.pop("revoked") == 404
    assert set(links.values()) == {200}
    for url, report in facts["closed_reports"].items():
        now = seen["closed_reports"][url]
        assert now["index"] == pytest.approx(report["index"], abs=1e-12), url
        assert list(now["kpis"]) == list(report["kpis"])
        for code, figures in report["kpis"].items():
            assert now["kpis"][code] == pytest.approx(figures, abs=1e-12), (url, code)
    check_decided(seen["decided"])
    lost = {table: count for table, count in facts["rows"].items() if is_kept(table)}
    assert {table: seen["rows"].get(table) for table in lost} == lost


def check_decided(decided: dict[str, Any]) -> None:
    """A CR of before stays what it was, whatever weights and random indices are used today."""
    assert decided["after"] == decided["before"]
    assert all(decided["before"].values())
    found = [
        (part["random_index"], matrix["cr"])
        for _pk, _origin, part in decided["before"]["weight_sets"]
        for matrix in part.get("matrices", ())
    ]
    assert any(cr for _table, cr in found)


@pytest.mark.slow
@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.name)
def test_an_older_database_goes_forward_and_back_without_losing_a_row(
    version: Version, tmp_path: Path
):
    """With what older versions let people make: odd periods and codes, long texts, no place."""
    with database_of(version, tmp_path) as (_vendor, environment):
        seen = serve(version.facts, environment, module="to_and_fro")
    assert [seen[step] for step in ("forward", "back", "forward again")] == [[], [], []]
    assert {url: status for url, status in seen["pages"].items() if status != 200} == {}
    assert len(seen["odd_pages"]) > 1


def is_kept(table: str) -> bool:
    """Permissions and content types are Django's, one for each model that a version has."""
    return table.startswith(APPS)


@contextmanager
def database_of(version: Version, folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """On the kind of database that the tests run on: its name, and the environment for it."""
    server = os.environ.get("CANTING_DATABASE_URL")
    if not server:
        file = folder / "canting.sqlite3"
        version.make_sqlite(file)
        yield SQLITE, {"CANTING_DATABASE_PATH": str(file)}
        return
    name = f"kept_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    try:
        url = urlsplit(server)._replace(path=f"/{name}").geturl()
        version.make_postgresql(url)
        yield POSTGRESQL, {"CANTING_DATABASE_URL": url}
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def serve(
    facts: dict[str, Any], environment: dict[str, str], *, module: str = "serve"
) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.versions.{module}"],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "scorecard_site.settings_test",
            **environment,
        },
        input=json.dumps(facts),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return seen
