"""Brings a kept database up to date and looks at everything in it; prints what it saw as JSON.

Run by tests/test_versions.py in a process of its own, whose environment names the database.
"""

import json
import re
import sys
from collections import deque
from typing import Any

import django

PAGES = 250
HERE = "127.0.0.1"
LINK = re.compile(r'href="(/[^"#?]*)["#?]')


def main() -> None:
    django.setup()
    from django.core.management import call_command

    before = decided()
    call_command("migrate", verbosity=0)
    call_command("check", databases=["default"], verbosity=0)
    seen = look(json.load(sys.stdin))
    kept = {"decided": {"before": before, "after": decided()}, "questions": questions()}
    print(json.dumps(seen | kept))  # noqa: T201


def questions() -> list[str]:
    """What opened questionnaires ask, each once."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT m.question FROM surveys_matrix m JOIN surveys_survey s"
            " ON s.id = m.survey_id WHERE s.status <> 'draft'"
        )
        return [question for (question,) in cursor.fetchall()]


def decided() -> dict[str, list[list[Any]]]:
    """What was computed once and is kept since: adopted weights and closed reports (by SQL)."""
    from django.db import connection

    kept = {
        "weight_sets": "SELECT id, origin, particulars FROM scorecards_weightset ORDER BY id",
        "weights": "SELECT id, weight_set_id, value FROM scorecards_weight ORDER BY id",
        "closings": "SELECT id, report FROM scorecards_closing ORDER BY id",
    }
    found = {}
    with connection.cursor() as cursor:
        for name, query in kept.items():
            cursor.execute(query)
            found[name] = [[_parsed(value) for value in row] for row in cursor.fetchall()]
    return found


def _parsed(value: Any) -> Any:
    """JSON is text on SQLite, and comes as text or parsed on PostgreSQL."""
    return json.loads(value) if isinstance(value, str) and value[:1] == "{" else value


def look(facts: dict[str, Any]) -> dict[str, Any]:
    from django.apps import apps

    from tests.versions import keep

    return {
        "pages": pages(facts["admin"]),
        "links": {who: link(url) for who, url in facts["links"].items()},
        "closed_reports": dict(keep.closed_reports()),
        "rows": {
            model._meta.db_table: model._default_manager.count()
            for model in apps.get_models(include_auto_created=True)
            if not model._meta.proxy
        },
    }


def pages(email: str) -> dict[str, int]:
    """The status of every page that one reaches by pressing links, from home on."""
    from django.test import Client

    from organizations.models import User

    client = Client(SERVER_NAME=HERE)
    client.force_login(User.objects.get(email=email))
    seen: dict[str, int] = {}
    waiting = deque(["/"])
    while waiting and len(seen) < PAGES:
        url = waiting.popleft()
        if url in seen or url.startswith("/static/"):
            continue
        answer = client.get(url, follow=True)
        seen[url] = answer.status_code
        if answer.get("Content-Type", "").startswith("text/html"):
            waiting.extend(LINK.findall(answer.content.decode()))
    return seen


def link(url: str) -> int:
    """What an expert who opens the link that was sent then gets."""
    from django.test import Client

    return Client(SERVER_NAME=HERE).get(url).status_code


if __name__ == "__main__":
    main()
