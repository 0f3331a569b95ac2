"""Brings a kept database, with odd rows added, to this version, back and here again.

Run by tests/test_versions.py in a process of its own, whose environment names the database. Prints
what it saw as JSON.
"""

import json
import sys
from datetime import date
from typing import Any

import django

APPS = ("surveys", "scorecards", "organizations")  # as they are taken back
FIRST = "0001"
ODD = {date(2019, 12, 30): date(2020, 1, 5), date(2020, 2, 29): date(2020, 3, 15)}
# Columns that have another name since the first version.
RENAMED = {"target": "standard", "best": "goal", "target_high": "standard_high"}
LONG = "Pelanggan “setia” <b>100%</b> \u202e ½ 'x' "


def main() -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    email = json.load(sys.stdin)["admin"]
    add_odd_rows()
    seen: dict[str, Any] = {}
    before = rows()
    for step in ("forward", "back", "forward again"):
        if step == "back":
            for app in APPS:
                call_command("migrate", app, FIRST, verbosity=0)
        else:
            call_command("migrate", verbosity=0)
        connection.check_constraints()
        seen[step] = changed(before, rows())
    from tests.versions import serve

    seen["pages"] = serve.pages(email)
    seen["odd_pages"] = [url for url in seen["pages"] if any(str(day) in url for day in ODD)]
    print(json.dumps(seen))  # noqa: T201


def add_odd_rows() -> None:
    """What older versions let people make; drafts, which have no facts, and people without a place.

    By SQL where this version's models have columns that the database has not yet.
    """
    from django.db import connection

    from organizations.models import User
    from scorecards.models import KPI, Measurement, Period

    User.objects.create_user(email="tanpa.tempat@lasem.example", password=None, name=fill(100))
    # By their numbers: a scorecard has columns that the database has not yet.
    scorecard = Period.objects.order_by("scorecard_id", "pk").values_list("scorecard_id")[0][0]
    for start, end in ODD.items():
        Period.objects.create(scorecard_id=scorecard, start=start, end=end)
    adopted = KPI.objects.filter(scorecard_id=scorecard, status=KPI.Status.ADOPTED)
    kpi = adopted.order_by("pk").first()
    longest = KPI._meta.get_field("code").max_length
    KPI.objects.filter(pk=kpi.pk).update(code="Ünï/ç.1 -"[:longest], definition=fill(2000))
    Measurement.objects.create(
        kpi=kpi,
        period=Period.objects.get(start=max(ODD)),
        value="0.000001",
        note=fill(2000),
    )
    with connection.cursor() as cursor:
        # By an admin: what nobody who is one made is revoked on the way.
        cursor.execute(
            "UPDATE organizations_staffinvitation SET invited_by_id = (SELECT min(m.user_id) FROM"
            " organizations_membership m WHERE m.role = 'admin'"
            " AND m.organization_id = organizations_staffinvitation.organization_id)"
        )
        cursor.execute("UPDATE surveys_survey SET introduction = %s", [fill(2000)])
        cursor.execute(
            "UPDATE surveys_survey SET status = 'draft' WHERE id = (SELECT min(s.id) FROM"
            " surveys_survey s WHERE NOT EXISTS (SELECT 1 FROM surveys_invitation i"
            " WHERE i.survey_id = s.id))"
        )


def fill(length: int) -> str:
    return (LONG * length)[:length]


def rows() -> dict[str, dict[str, dict[str, str]]]:
    """Every row of the apps' tables, by its number."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(APPS):
                cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - a table of ours
                names = [column[0] for column in cursor.description]
                made = [dict(zip(names, map(str, row), strict=True)) for row in cursor.fetchall()]
                found[table] = {row.get("id", row.get("history_id", str(row))): row for row in made}
    return found


def changed(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Which rows are no longer what they were, but for columns that are new; and which are new."""
    wrong = []
    for table, kept in before.items():
        there = now.get(table, {})
        wrong += [f"{table} {key}: new" for key in there.keys() - kept.keys()]
        for key, row in kept.items():
            found = there.get(key, {})
            same = {name: found.get(name, found.get(RENAMED.get(name))) for name in row}
            wrong += [f"{table} {key}"] if same != row else []
    return wrong


if __name__ == "__main__":
    main()
