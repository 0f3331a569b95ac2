"""What the database holds of every answer, as JSON: `python -m benchmarks.stored`."""

import json

import django

django.setup()

from django.db import connection  # noqa: E402 - models need django.setup() first

from surveys.models import Judgement  # noqa: E402


def stored_answers() -> list[list[object]]:
    """Submission, pair, preferred side, strength and sequence number of every row."""
    rows = Judgement.objects.filter(response__submitted_at=None).values_list(
        "response__submission_id", "row_id", "column_id", "preferred_id", "strength", "seq"
    )
    return [
        [str(submission), f"{row}-{column}", _side(row, preferred), strength, seq]
        for submission, row, column, preferred, strength, seq in rows.order_by("pk")
    ]


def _side(row: int, preferred: int | None) -> str:
    return "equal" if preferred is None else "row" if preferred == row else "column"


def integrity() -> str:
    """SQLite's own check of its file. PostgreSQL has none: there every row was read back."""
    if connection.vendor != "sqlite":
        return "ok"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return str(cursor.fetchone()[0])


if __name__ == "__main__":
    print(json.dumps({"answers": stored_answers(), "integrity": integrity()}))
