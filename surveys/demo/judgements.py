"""Answering a questionnaire with judgements from a table."""

from datetime import datetime, timedelta
from fractions import Fraction
from itertools import combinations

from surveys.models import Invitation, Matrix, Response
from surveys.services.answering import PairAnswer, record_judgements, start_response
from surveys.services.sending import submit_response


def consent() -> str:
    return (
        "Jawaban dipakai untuk menghitung bobot scorecard, dan boleh dipakai untuk penelitian "
        "tentang scorecard ini."
    )


def answer_all(invitation: Invitation, upper: dict[str, list[str]], *, now: datetime) -> Response:
    """Answer and send every matrix; ``upper`` has its upper triangle row by row, by code.

    The matrix that compares the perspectives has the code "".
    """
    response = start_response(invitation=invitation, now=now)
    for matrix in invitation.survey.matrices.prefetch_related("criteria"):
        _answer_matrix(response, matrix, upper[matrix.code], now)
    return submit_response(response=response, now=now + timedelta(minutes=12))


def _answer_matrix(response: Response, matrix: Matrix, values: list[str], now: datetime) -> None:
    pairs = combinations(matrix.criteria.all(), 2)
    answers = []
    for seq, ((row, column), value) in enumerate(zip(pairs, values, strict=True), start=1):
        ratio = Fraction(value)
        preferred = None if ratio == 1 else row if ratio > 1 else column
        answers.append(PairAnswer(row, column, preferred, int(max(ratio, 1 / ratio)), seq))
    record_judgements(response=response, answers=answers, now=now)
