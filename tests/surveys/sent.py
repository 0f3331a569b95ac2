"""Sent answers for tests of the results, made of rows: many experts in little time."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from django.utils import timezone

from surveys.models import Criterion, Invitation, Judgement, Matrix, Response, Round, Survey

# None: the pair is not answered. A fraction below 1 says that the column's element is preferred.
Upper = Sequence[float | None]


def send(survey: Survey, *uppers: Upper, sent: bool = True, **fields: Any) -> Response:
    """A new expert who answered the matrices in order, each by its upper triangle."""
    code = f"P{survey.invitations.count() + 1}"
    invitation = Invitation.objects.create(
        survey=survey, code=code, **{"name": f"Pakar {code}", **fields}
    )
    now = timezone.now()
    response = Response.objects.create(
        invitation=invitation,
        consent_text="Setuju",
        consented_at=now,
        started_at=now,
        submitted_at=now if sent else None,
    )
    for matrix, upper in zip(survey.matrices.order_by("order"), uppers, strict=False):
        judge(response, matrix, upper)
    return response


def judge(
    response: Response, matrix: Matrix, upper: Upper, *, seq: int = 1, round: int = 1
) -> None:
    pairs = combinations(matrix.criteria.all(), 2)
    Judgement.objects.bulk_create(
        _judgement(response, matrix, pair, ratio, seq=seq, round=round)
        for pair, ratio in zip(pairs, upper, strict=True)
        if ratio is not None
    )


def ask_again(response: Response, matrix: Matrix, number: int = 2, **fields: Any) -> Round:
    return Round.objects.create(
        response=response,
        matrix=matrix,
        number=number,
        message="Mohon dinilai ulang.",
        asked_at=timezone.now(),
        **fields,
    )


def shares(codes: Mapping[str, float], survey: Survey) -> dict[int, float]:
    """Experts' weights by the id of their invitation."""
    ids = dict(survey.invitations.values_list("code", "pk"))
    return {ids[code]: weight for code, weight in codes.items()}


def _judgement(
    response: Response,
    matrix: Matrix,
    pair: tuple[Criterion, Criterion],
    ratio: float,
    **fields: int,
) -> Judgement:
    row, column = pair
    return Judgement(
        response=response,
        matrix=matrix,
        row=row,
        column=column,
        preferred=None if ratio == 1 else row if ratio > 1 else column,
        strength=round_to_strength(ratio),
        answered_at=response.started_at,
        **fields,
    )


def round_to_strength(ratio: float) -> int:
    return round(max(ratio, 1 / ratio))
