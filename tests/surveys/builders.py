"""Questionnaires for tests, made directly: what is compared, who is invited, what is answered."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

from django.test import Client
from django.utils import timezone

from organizations.models import Organization
from scorecards.models import KPI, Perspective
from surveys.models import (
    Candidate,
    Criterion,
    Invitation,
    Judgement,
    Matrix,
    Rating,
    Response,
    Round,
    Survey,
)
from surveys.services.answering import record_judgement, start_response
from surveys.services.screening_answers import RatingAnswer, record_ratings
from tests import factories

LABELS = (
    "Kepuasan Pelanggan",
    "Kualitas Pelayanan",
    "Ketersediaan Informasi",
    "Retensi Pelanggan",
    "Kesetiaan Pelanggan",
    "Segmentasi Pelanggan",
    "Nilai Hubungan",
)


def survey(
    organization: Organization | None = None, sizes: Sequence[int] = (3, 2), **fields: Any
) -> Survey:
    """An open questionnaire with a part for each of ``sizes``."""
    organization = organization or factories.organization("Koperasi Batik Pesisir")
    fields.setdefault("name", "Bobot KPI 2026")
    fields.setdefault("consent_text", "Saya bersedia menjadi pakar.")
    fields.setdefault("status", Survey.Status.OPEN)
    # In the order of the elements, so that a test can name a pair by its place.
    fields.setdefault("pair_order", Survey.PairOrder.GIVEN)
    fields.setdefault("swaps_sides", False)
    made = Survey.objects.create(scorecard=factories.scorecard(organization), **fields)
    for order, size in enumerate(sizes):
        matrix(made, size, order=order)
    return made


def matrix(survey: Survey, size: int, order: int) -> Matrix:
    made = Matrix.objects.create(
        survey=survey, order=order, code=f"M{order + 1}", title=f"Bagian {order + 1}"
    )
    for place, label in enumerate(LABELS[:size]):
        Criterion.objects.create(
            matrix=made,
            order=place,
            code=f"C-{order + 1}{place + 1}",
            label=label,
            description=f"Penjelasan {label}",
        )
    return made


def screening(
    organization: Organization | None = None, sizes: Sequence[int] = (3, 2), **fields: Any
) -> Survey:
    """An open screening with a perspective of candidates for each of ``sizes``."""
    organization = organization or factories.organization("Koperasi Batik Pesisir")
    fields.setdefault("name", "Penyaringan KPI 2026")
    fields.setdefault("consent_text", "Saya bersedia menjadi pakar.")
    fields.setdefault("status", Survey.Status.OPEN)
    # A number that somebody typed; None follows the number of raters.
    fields.setdefault("cut_off", 0.8)
    scorecard = factories.scorecard(organization)
    made = Survey.objects.create(scorecard=scorecard, kind=Survey.Kind.SCREENING, **fields)
    for number, size in enumerate(sizes, start=1):
        perspective = factories.perspective(
            scorecard, code=f"P{number}", name=f"Perspektif {number}", order=number
        )
        add_candidates(made, perspective, size)
    return made


def add_candidates(survey: Survey, perspective: Perspective, size: int) -> None:
    """More candidates of a perspective, with their KPIs."""
    order = survey.candidates.count()
    objective = factories.objective(perspective)
    for place, label in enumerate(LABELS[:size]):
        kpi = factories.kpi(objective, name=label, status=KPI.Status.CANDIDATE, order=place)
        Candidate.objects.create(
            survey=survey,
            perspective=perspective,
            kpi=kpi,
            code=kpi.code,
            label=label,
            description=f"Penjelasan {label}",
            perspective_name=perspective.name,
            objective="Pelanggan tetap setia",
            formula="(awal - hilang) / awal",
            order=order + place,
        )


def rate(
    response: Response, candidate: Candidate, points: int, remark: str = "", seq: int = 1
) -> Rating:
    answer = RatingAnswer(candidate, points, remark, seq)
    [in_force] = record_ratings(response=response, answers=[answer], now=timezone.now())
    return in_force


def rate_all(response: Response, points: int = 4) -> None:
    for candidate in response.invitation.survey.candidates.all():
        rate(response, candidate, points)


def invitation(survey: Survey, code: str = "P1", **fields: Any) -> Invitation:
    fields.setdefault("name", "Sekar Ayu")
    return Invitation.objects.create(survey=survey, code=code, **fields)


def response(invitation: Invitation, now: datetime | None = None) -> Response:
    return start_response(invitation=invitation, now=now or timezone.now())


def pairs(survey: Survey, part: int = 1) -> list[tuple[Criterion, Criterion]]:
    matrices = list(survey.matrices.all())
    criteria = list(matrices[part - 1].criteria.select_related("matrix"))
    return list(combinations(criteria, 2))


def asked_again(response: Response, matrix: Matrix | None = None, **fields: Any) -> Round:
    """An open round of the first matrix, also where nobody could be asked any more."""
    matrix = matrix or response.invitation.survey.matrices.first()
    fields = {"number": 2, "message": "Mohon dilihat lagi.", "asked_at": timezone.now()} | fields
    return Round.objects.create(response=response, matrix=matrix, **fields)


def judge(
    response: Response, row: Criterion, column: Criterion, ratio: float, seq: int = 1
) -> Judgement:
    """``ratio``: how many times as important the row's element is; 1/4 the other way round."""
    preferred = None if ratio == 1 else row if ratio > 1 else column
    strength = round(ratio if ratio >= 1 else 1 / ratio)
    return record_judgement(
        response=response,
        row=row,
        column=column,
        preferred=preferred,
        strength=strength,
        seq=seq,
        now=timezone.now(),
    )


def answer_all(response: Response, ratio: float = 1) -> None:
    survey = response.invitation.survey
    for part in range(1, survey.matrices.count() + 1):
        for row, column in pairs(survey, part):
            judge(response, row, column, ratio)


def yesterday() -> datetime:
    return timezone.now() - timedelta(days=1)


def expert(invitation: Invitation, **client: Any) -> Client:
    """The browser of an expert who opened the link and pressed "Start"."""
    from surveys.links import link_of

    browser = Client(**client)
    opened = browser.post(f"/a/{link_of(invitation)}/")
    assert opened.status_code == 302, opened.status_code
    return browser
