"""Bayat: twenty-six candidates, a screening that keeps eleven, and weights by eigenvector.

Mauidzoh (2018) prints the five respondents' ratings of what was kept alone, and names no cut-off.
The other candidates stay unrated here, and are dropped by a decision that says so; the cut-off is
the smallest sum among the kept. Of the comparisons she publishes one matrix each, without saying
who judged: one "expert" stands for the table, and every page that shows it says so. The paper has
no targets and no measurements.
"""

from datetime import UTC, datetime

from organizations.models import Mission, Organization, Strategy, User
from scorecards.models import KPI, Perspective, Scorecard
from scorecards.models.scorecard import Frequency
from scorecards.services.design import (
    add_kpi,
    add_objective,
    add_perspective,
    create_scorecard,
)
from surveys.demo.judgements import answer_all, consent
from surveys.models import Candidate, Survey
from surveys.selectors.screening_changes import screening_changes
from surveys.services.adoption import adopt_weights
from surveys.services.answering import start_response
from surveys.services.invitations import invite_expert
from surveys.services.questionnaires import close_survey, create_survey, open_survey
from surveys.services.screening import create_screening
from surveys.services.screening_answers import RatingAnswer, record_ratings, submit_ratings
from surveys.services.screening_decisions import decide_candidate
from surveys.services.screening_outcome import apply_screening
from surveys.study_data import study_data

RATED = datetime(2018, 4, 9, 3, 0, tzinfo=UTC)
ANSWERED = datetime(2018, 5, 7, 3, 0, tzinfo=UTC)
PERSPECTIVES = (
    ("CK", "Customer Knowledge", "Memahami pelanggan"),
    ("CV", "Customer Value", "Menaikkan nilai dari dan bagi pelanggan"),
    ("CI", "Customer Interaction", "Melayani pelanggan di setiap titik temu"),
    ("CS", "Customer Satisfaction", "Memuaskan pelanggan"),
)
# The kept candidates go by other names in the paper's later tables.
KEPT_AS = {
    "Jumlah pelanggan": "Jumlah pelanggan",
    "Retention rate": "Retensi pelanggan",
    "Churn rate": "Perpindahan pelanggan",
    "Jumlah customer touch point": "Jumlah customer touch point",
    "Rata-rata waktu menangani komplain": "Rata-rata waktu menangani komplain",
    "Persentase jumlah pelanggan yang setia": "Persentase jumlah pelanggan yang setia",
    "Persentase kenaikan profit per tahun": "Persentase kenaikan profit per tahun",
    "CLV (Customer Lifetime Value, net present value)": "CLV",
    "Rasio kepuasan pelanggan": "Rasio kepuasan pelanggan",
    "Loyalitas pelanggan": "Loyalitas pelanggan",
    "Rasio finishable complaint": "Jumlah komplain yang diselesaikan",
}
LOWEST_KEPT_SUM = 20
NOT_PRINTED = "Tidak tercetak di antara yang lolos dalam Tabel 1 artikel."


def make_bayat(organization: Organization, by: User) -> Scorecard:
    scorecard = design_bayat(organization, by)
    _screen(scorecard, by)
    _weigh(scorecard, by)
    return scorecard


def design_bayat(organization: Organization, by: User) -> Scorecard:
    """The strategy and four perspectives with the 26 candidates, before anybody was asked."""
    data = study_data("batik-bayat")
    strategy = Strategy.objects.create(
        organization=organization,
        start_year=2018,
        end_year=2022,
        vision=data["vision"],
        saved_by=by,
    )
    for order, text in enumerate(data["missions"], start=1):
        Mission.objects.create(strategy=strategy, order=order, text=text)
    scorecard = create_scorecard(
        organization=organization,
        strategy=strategy,
        name="Scorecard CRM Bayat",
        frequency=Frequency.YEARLY,
        by=by,
    )
    for code, name, statement in PERSPECTIVES:
        perspective = add_perspective(scorecard=scorecard, code=code, name=name, by=by)
        _candidates(perspective, statement, by)
    return scorecard


def _candidates(perspective: Perspective, statement: str, by: User) -> None:
    """Those that will be kept in the order of the paper's matrices, then the others."""
    data = study_data("batik-bayat")
    objective = add_objective(
        perspective=perspective, code=f"{perspective.code}-1", statement=statement, by=by
    )
    kept_order = data["pairwise"][perspective.code]["labels"]
    candidates = data["candidates"][perspective.code]
    kept = {KEPT_AS[name]: name for name in candidates if name in KEPT_AS}
    names = [name for name in kept_order if name in kept]
    names += [name for name in candidates if name not in KEPT_AS]
    for number, name in enumerate(names, start=1):
        original = kept.get(name, name)
        add_kpi(
            objective=objective,
            code=f"{perspective.code}{number}",
            name=name,
            definition="" if original == name else f"Calon tahap I: {original}.",
            status=KPI.Status.CANDIDATE,
            by=by,
        )


def _screen(scorecard: Scorecard, by: User) -> None:
    """Table 1: what its rows print is rated, what they don't is dropped by hand; then applied."""
    survey = create_screening(
        scorecard=scorecard,
        name="Penilaian tahap I 2018",
        introduction="Tabel 1 artikel.",
        consent_text=consent(),
        perspectives=list(scorecard.perspectives.all()),
        cut_by=Survey.CutBy.TOTAL,
        cut_off=LOWEST_KEPT_SUM,
        takes_proposals=False,
        provenance=Survey.Provenance.PUBLISHED,
        by=by,
    )
    survey = open_survey(survey=survey, by=by, now=RATED)
    candidates = {candidate.label: candidate for candidate in survey.candidates.all()}
    printed = study_data("batik-bayat")["screening"]
    for number in range(printed["respondents"]):
        ratings = {name: points[number] for _row, name, points, _total in printed["rows"]}
        _rate(survey, f"Responden {number + 1}", candidates, ratings)
    survey = close_survey(survey=survey, by=by)
    rated = {name for _row, name, _points, _total in printed["rows"]}
    for label, candidate in candidates.items():
        if label not in rated:
            candidate.survey = survey
            decide_candidate(candidate=candidate, keeps=False, reason=NOT_PRINTED, by=by)
    seen = screening_changes(survey).seen
    apply_screening(survey=survey, by=by, now=RATED, seen=seen)


def _rate(
    survey: Survey, name: str, candidates: dict[str, Candidate], ratings: dict[str, int]
) -> None:
    response = start_response(invitation=invite_expert(survey=survey, name=name), now=RATED)
    answers = [
        RatingAnswer(candidates[label], points, remark="", seq=1)
        for label, points in ratings.items()
    ]
    record_ratings(response=response, answers=answers, now=RATED)
    submit_ratings(response=response, now=RATED, missing_accepted=True)


def _weigh(scorecard: Scorecard, by: User) -> None:
    pairwise = study_data("batik-bayat")["pairwise"]
    survey = create_survey(
        scorecard=scorecard,
        name="Perbandingan berpasangan 2018",
        introduction="Tabel 2 sampai 6 artikel.",
        consent_text=consent(),
        provenance=Survey.Provenance.PUBLISHED,
        by=by,
    )
    survey = open_survey(survey=survey, by=by, now=ANSWERED)
    invitation = invite_expert(survey=survey, name="Tabel 2–6 artikel")
    upper = {code: table["upper"] for code, table in pairwise.items() if code != "perspectives"}
    answer_all(invitation, upper | {"": pairwise["perspectives"]["upper"]}, now=ANSWERED)
    survey = close_survey(survey=survey, by=by)
    adopt_weights(survey=survey, by=by, now=ANSWERED)
