"""Makes one file of research data and prints, as JSON, what that took.

Run as processes of their own: `python -m benchmarks.exports_world fill EXPERTS`, then one for
each file.
"""

import json
import resource
import sys
import time
from itertools import combinations

import django

django.setup()

import numpy as np  # noqa: E402 - models need django.setup() first
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from organizations.models import Organization  # noqa: E402
from scorecards.models import Scorecard  # noqa: E402
from surveys.exports.research_files import FILES  # noqa: E402
from surveys.models import (  # noqa: E402
    Criterion,
    Invitation,
    Judgement,
    Matrix,
    Response,
    Survey,
)
from surveys.selectors.research_data import research_data  # noqa: E402

SIZE = 7
SEED = 2026
ROWS_AT_ONCE = 2_000


def fill(experts: int) -> dict[str, int]:
    """A closed questionnaire of one matrix, with everybody's answers to all pairs."""
    call_command("migrate", verbosity=0)
    now = timezone.now()
    organization = Organization.objects.create(name="Benchmark", slug="benchmark")
    scorecard = Scorecard.objects.create(organization=organization, name="Benchmark")
    survey = Survey.objects.create(
        scorecard=scorecard, name="Benchmark", consent_text="?", status=Survey.Status.CLOSED
    )
    matrix = Matrix.objects.create(survey=survey, title="Tujuh", code="T", order=0)
    criteria = [
        Criterion.objects.create(matrix=matrix, code=f"T-{n}", label=f"Ukuran {n}", order=n)
        for n in range(1, SIZE + 1)
    ]
    invitations = Invitation.objects.bulk_create(
        Invitation(survey=survey, code=f"P{n}", name=f"Pakar {n}") for n in range(experts)
    )
    responses = Response.objects.bulk_create(
        Response(
            invitation=each, consent_text="?", consented_at=now, started_at=now, submitted_at=now
        )
        for each in invitations
    )
    random = np.random.default_rng(SEED)
    pairs = list(combinations(criteria, 2))
    signed = random.integers(-9, 10, (experts, len(pairs)))
    rows = (
        _judgement(response, matrix, pair, int(value), now)
        for response, values in zip(responses, signed, strict=True)
        for pair, value in zip(pairs, values, strict=True)
    )
    while batch := [row for _number, row in zip(range(ROWS_AT_ONCE), rows, strict=False)]:
        Judgement.objects.bulk_create(batch)
    return {"judgements": experts * len(pairs)}


def _judgement(
    response: Response,
    matrix: Matrix,
    pair: tuple[Criterion, Criterion],
    value: int,
    now: object,
) -> Judgement:
    row, column = pair
    strength = max(1, abs(value))
    preferred = row if value > 1 else column
    return Judgement(
        response=response,
        matrix=matrix,
        row=row,
        column=column,
        preferred=None if strength == 1 else preferred,
        strength=strength,
        seq=1,
        answered_at=now,
    )


def make(key: str) -> dict[str, float]:
    """From the first query to the last byte."""
    began, computing = time.perf_counter(), time.process_time()
    surveys = Survey.objects.select_related("scorecard__organization")
    data = research_data(surveys.get(name="Benchmark"))
    response = FILES[key].make(data, timezone.now())
    pieces = response if response.streaming else [response.content]
    size = sum(map(len, pieces))
    return {
        "seconds": time.perf_counter() - began,
        "computing": time.process_time() - computing,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "size": size / 1e6,
    }


if __name__ == "__main__":
    command, *rest = sys.argv[1:]
    print(json.dumps(fill(int(rest[0])) if command == "fill" else make(command)))
