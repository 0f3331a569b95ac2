"""Fills an empty database with many experts' answers and times the results selector.

Run as a process of its own: `python -m benchmarks.results_world EXPERTS ROUNDS`; prints JSON.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import combinations
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - models need django.setup() first
from django.db import connection  # noqa: E402
from django.db.backends.utils import CursorWrapper  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from organizations.models import Membership, Organization, Role, User  # noqa: E402
from scorecards.models import Scorecard  # noqa: E402
from surveys.models import Criterion, Invitation, Judgement, Matrix, Response, Survey  # noqa: E402
from surveys.selectors.results import SurveyResults, survey_results  # noqa: E402

MATRICES, SIZE = 5, 7
SEED = 2018


class TimedCursor(CursorWrapper):
    """Counts queries and the seconds until their rows are here."""

    queries = 0
    seconds = 0.0

    def execute(self, sql: str, params: Any = None) -> Any:
        TimedCursor.queries += 1
        return self._timed(super().execute, sql, params)

    def fetchone(self) -> Any:
        return self._timed(self.cursor.fetchone)

    def fetchmany(self, *args: Any) -> Any:
        return self._timed(self.cursor.fetchmany, *args)

    def fetchall(self) -> Any:
        return self._timed(self.cursor.fetchall)

    def _timed(self, act: Callable[..., Any], *args: Any) -> Any:
        begin = time.process_time()
        try:
            return act(*args)
        finally:
            TimedCursor.seconds += time.process_time() - begin


@contextmanager
def timed_database() -> Iterator[type[TimedCursor]]:
    TimedCursor.queries, TimedCursor.seconds = 0, 0.0
    usual = connection.make_cursor
    connection.make_cursor = lambda cursor: TimedCursor(cursor, connection)  # type: ignore[method-assign]
    try:
        yield TimedCursor
    finally:
        connection.make_cursor = usual  # type: ignore[method-assign]


def make_world(experts: int) -> tuple[Survey, User]:
    """Each expert's judgements scatter around weights that all of them share."""
    user = User.objects.create_user(email="admin@benchmark.example", password=None, name="Admin")
    organization = Organization.objects.create(name="Benchmark", slug="benchmark")
    Membership.objects.create(organization=organization, user=user, role=Role.ADMIN)
    scorecard = Scorecard.objects.create(organization=organization, name="Benchmark")
    survey = Survey.objects.create(
        scorecard=scorecard,
        name="Benchmark",
        consent_text="?",
        status=Survey.Status.OPEN,
        seed=SEED,
    )
    matrices = [_matrix(survey, order) for order in range(MATRICES)]
    now = timezone.now()
    invitations = Invitation.objects.bulk_create(
        Invitation(survey=survey, code=f"P{n}", name=f"Expert {n}") for n in range(1, experts + 1)
    )
    responses = Response.objects.bulk_create(
        Response(invitation=i, consented_at=now, started_at=now, submitted_at=now)
        for i in invitations
    )
    chance = random.Random(SEED)  # noqa: S311 - invented answers
    Judgement.objects.bulk_create(
        [
            _judgement(response, matrix, row, column, chance)
            for response in responses
            for matrix in matrices
            for row, column in combinations(matrix.criteria.all(), 2)
        ],
        batch_size=1000,
    )
    return survey, user


def _matrix(survey: Survey, order: int) -> Matrix:
    matrix = Matrix.objects.create(
        survey=survey, order=order, code=f"M{order}", title=f"Matrix {order}"
    )
    Criterion.objects.bulk_create(
        Criterion(matrix=matrix, order=n, code=f"E{order}{n}", label=f"Element {order}.{n}")
        for n in range(SIZE)
    )
    return Matrix.objects.prefetch_related("criteria").get(pk=matrix.pk)


def _judgement(
    response: Response, matrix: Matrix, row: Criterion, column: Criterion, chance: random.Random
) -> Judgement:
    lead = column.order - row.order + chance.randint(-2, 2)
    strength = min(9, abs(lead) + 1)
    preferred = None if strength == 1 else row if lead > 0 else column
    return Judgement(
        response=response,
        matrix=matrix,
        row=row,
        column=column,
        preferred=preferred,
        strength=strength,
        seq=1,
        answered_at=response.started_at,
    )


def measure(survey: Survey, user: User, rounds: int) -> dict[str, float]:
    """Processor time of the cheapest round: a busy machine must not look like slow computing."""
    found = []
    for _round in range(rounds + 1):  # the first warms up
        fresh = Survey.objects.select_related("scorecard__organization").get(pk=survey.pk)
        with timed_database() as database:
            begin = time.process_time()
            results = survey_results(fresh)
            joined = time.process_time() - begin - database.seconds
        bootstrap = seconds_of(lambda made=results: made.bootstrap)
        rest = seconds_of(lambda made=results: compute_everything(made))
        found.append((joined + bootstrap, bootstrap, rest, database.seconds, database.queries))
    computing, bootstrap, rest, database_seconds, queries = min(found[1:])
    return {
        "judgements": Judgement.objects.count(),
        "queries": queries,
        "database": 1000 * database_seconds,
        "computing": 1000 * computing,
        "bootstrap": 1000 * bootstrap,
        "rest": 1000 * rest,
        "page": 1000 * min(_page(survey, user) for _round in range(rounds)),
    }


def seconds_of(act: Callable[[], object]) -> float:
    begin = time.process_time()
    act()
    return time.process_time() - begin


def compute_everything(results: SurveyResults) -> None:
    """What the pages of single matrices show besides: pairs, dots, moved judgements."""
    for thing in (results, *results.matrices):
        for kind in type(thing).__mro__:
            for name, attribute in vars(kind).items():
                if isinstance(attribute, property | cached_property):
                    getattr(thing, name)


def _page(survey: Survey, user: User) -> float:
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user)
    organization = survey.scorecard.organization.slug
    begin = time.perf_counter()
    page = client.get(reverse("surveys:results", args=[organization, survey.pk]))
    assert page.status_code == 200, page.status_code
    return time.perf_counter() - begin


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    print(json.dumps(measure(*make_world(int(sys.argv[1])), int(sys.argv[2]))))
