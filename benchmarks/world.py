"""Fills an empty database for a benchmark and prints, as JSON, where to look in it.

Run as a process of its own: `python -m benchmarks.world EXPERTS`.
"""

import json
import sys
from datetime import date
from itertools import combinations

import django

django.setup()

from django.conf import settings  # noqa: E402 - models need django.setup() first
from django.contrib.auth import (  # noqa: E402
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from organizations.models import User  # noqa: E402
from scorecards.models import Period  # noqa: E402
from scorecards.services.periods import open_period  # noqa: E402
from surveys.demo.load import load_demo  # noqa: E402
from surveys.links import link_of  # noqa: E402
from surveys.models import Survey  # noqa: E402
from surveys.services.invitations import invite_expert, revoke_invitation  # noqa: E402
from surveys.services.questionnaires import create_survey, open_survey  # noqa: E402


def make_world(experts: int) -> dict[str, object]:
    """The Lasem study with an open period, and an open questionnaire with its links."""
    load_demo()
    user = User.objects.get(email="pengurus@lasem.example")
    closed = Period.objects.get(scorecard__organization__slug="batik-lasem")
    opened = open_period(scorecard=closed.scorecard, start=date(2018, 1, 1), by=user)
    survey = create_survey(scorecard=closed.scorecard, name="Benchmark", consent_text="?", by=user)
    survey = open_survey(survey=survey, by=user, now=timezone.now())
    periods = f"/o/batik-lasem/scorecards/{closed.scorecard_id}/periods"
    revoked = invite_expert(survey=survey, name="Revoked")
    revoke_invitation(invitation=revoked, now=timezone.now())
    return {
        "session": f"{settings.SESSION_COOKIE_NAME}={session_of(user)}",
        "links": [
            link_of(invite_expert(survey=survey, name=f"Expert {number}"))
            for number in range(experts)
        ],
        "revoked link": link_of(revoked),
        "items": items_of(survey),
        "closed report": f"{periods}/{closed.start}/report/",
        "open report": f"{periods}/{opened.start}/report/",
        "entry page": f"{periods}/{opened.start}/entry/",
    }


def items_of(survey: Survey) -> list[str]:
    """The pairs' names in saved answers."""
    return [
        f"{row.pk}-{column.pk}"
        for matrix in survey.matrices.prefetch_related("criteria")
        for row, column in combinations(matrix.criteria.all(), 2)
    ]


def session_of(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    print(json.dumps(make_world(int(sys.argv[1]))))
