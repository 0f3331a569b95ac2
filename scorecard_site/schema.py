"""Does the database have what this version works with?

Django compares names of migrations. A database whose migrations were edited after it had run them
says "nothing to apply" and answers pages with errors; so the columns themselves are compared too.
`python -m scorecard_site.schema` says what is wrong and what to do; the server doesn't start then.
"""

import sys
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

DATABASE = "default"
MOST_NAMED = 5
MIGRATE = "Back the database up, then run `python manage.py migrate` and start again."
NEWER = (
    "It was used with a newer version of Canting. Check that version out again, or restore the "
    "backup that was made before the update."
)
DIFFERING = (
    "It was made by a version before 0.1.0, or changed by hand, and can't be brought up to date. "
    "Go back to the version that made it, save every scorecard's design as a JSON file there, and "
    "begin with an empty database (docs/operations.md, “An older database”)."
)


@dataclass(frozen=True)
class Schema:
    """How a database differs from what this version's migrations would have made of it."""

    pending: list[str]
    unknown: list[str]
    missing: list[str]

    @property
    def refusal(self) -> str:
        """What is wrong and what to do, or nothing."""
        for fault, names, remedy in (
            ("lacks columns that its migrations make", self.missing, DIFFERING),
            ("has run migrations that this version doesn't know", self.unknown, NEWER),
            ("is older than this version", self.pending, MIGRATE),
        ):
            if names:
                return f"The database {fault}: {_listed(names)}.\n{remedy}"
        return ""


def compare(connection: BaseDatabaseWrapper) -> Schema:
    loader = MigrationLoader(connection)
    applied = set(loader.applied_migrations)
    known = set(loader.disk_migrations)
    nodes = loader.graph.nodes
    pending = sorted(".".join(key) for key in nodes if key not in applied)
    # Apps that are no longer installed leave their rows behind, and do no harm.
    ours = {app for app, _ in known}
    unknown = sorted(".".join(key) for key in applied - known if key[0] in ours)
    # Half-way through, models are those of the migrations that were run.
    state = loader.project_state([key for key in nodes if key in applied]).apps if pending else apps
    return Schema(pending, unknown, sorted(_missing(connection, state)))


def _missing(connection: BaseDatabaseWrapper, state: Any) -> list[str]:
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        missing: list[str] = []
        for model in state.get_models(include_auto_created=True):
            options = model._meta
            if options.proxy or not options.managed:
                continue
            if options.db_table not in tables:
                missing.append(options.db_table)
                continue
            described = connection.introspection.get_table_description(cursor, options.db_table)
            there = {column.name for column in described}
            wanted = {field.column for field in options.local_concrete_fields}
            missing += [f"{options.db_table}.{column}" for column in wanted - there]
    return missing


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:MOST_NAMED])
    return f"{shown} and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else shown


@register(Tags.database)
def check_columns(databases: list[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Before `migrate` builds on what isn't there. What is merely pending it is about to do."""
    if DATABASE not in (databases or ()):
        return []
    schema = compare(connections[DATABASE])
    refusal = Schema([], schema.unknown, schema.missing).refusal
    if not refusal:
        return []
    what, _, remedy = refusal.partition("\n")
    return [Error(what, hint=remedy, id="scorecard_site.E001")]


def main() -> int:
    import django

    django.setup()
    try:
        refusal = compare(connections[DATABASE]).refusal
    except DatabaseError as error:
        # It may be back in a moment; /readyz says so until then.
        print(f"The database can't be asked: {error}", file=sys.stderr)  # noqa: T201
        return 0
    if refusal:
        print(refusal, file=sys.stderr)  # noqa: T201
    return 1 if refusal else 0


if __name__ == "__main__":
    sys.exit(main())
