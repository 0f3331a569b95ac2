"""Small databases that released versions made, kept so that every later version serves them.

A folder for each version: the database as SQL for SQLite and for PostgreSQL, and `facts.json`, what
people saw then. `python -m tests.versions.keep` adds one when a version is released.
"""

import json
import lzma
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

HERE = Path(__file__).parent
SQLITE, POSTGRESQL = "sqlite", "postgresql"
FACTS = "facts.json"


@dataclass(frozen=True)
class Version:
    """A released version's database, kept as text."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads((self.folder / FACTS).read_text(encoding="utf-8"))
        return facts

    def dump(self, vendor: str) -> Path:
        return self.folder / f"{vendor}.sql.xz"

    def make_sqlite(self, file: Path) -> None:
        """A database file as this version left it."""
        with closing(sqlite3.connect(file)) as connection:
            connection.executescript(self._sql(SQLITE))

    def make_postgresql(self, url: str) -> None:
        """Fills an empty database."""
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(self._sql(POSTGRESQL).encode())

    def _sql(self, vendor: str) -> str:
        return lzma.decompress(self.dump(vendor).read_bytes()).decode()


VERSIONS = [Version(folder.parent) for folder in sorted(HERE.glob(f"*/{FACTS}"))]
