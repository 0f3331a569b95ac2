"""Bayat: twenty-six candidates, what was kept of them, and weights by eigenvector.

Mauidzoh (2018) publishes one matrix each, without saying who judged: one "expert" stands for
the table, and every page that shows it says so. The paper has no targets and no measurements.
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
from surveys.models import Survey
from surveys.services.adoption import adopt_weights
from surveys.services.invitations import invite_expert
from surveys.services.questionnaires import close_survey, create_survey, open_survey
from surveys.study_data import study_data

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
DROPPED = "Tidak ada di antara yang dipertahankan pada penilaian tahap I (Tabel 1 makalah)"


def make_bayat(organization: Organization, by: User) -> Scorecard:
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
    _weigh(scorecard, by)
    return scorecard


def _candidates(perspective: Perspective, statement: str, by: User) -> None:
    """Kept KPIs in the order of the paper's matrices, then the dropped ones."""
    data = study_data("batik-bayat")
    objective = add_objective(
        perspective=perspective, code=f"{perspective.code}-1", statement=statement, by=by
    )
    kept_order = data["pairwise"][perspective.code]["labels"]
    candidates = data["candidates"][perspective.code]
    kept = {KEPT_AS[name]: name for name in candidates if name in KEPT_AS}
    names = [(name, KPI.Status.ADOPTED, "") for name in kept_order if name in kept]
    names += [(name, KPI.Status.DROPPED, DROPPED) for name in candidates if name not in KEPT_AS]
    for number, (name, status, reason) in enumerate(names, start=1):
        original = kept.get(name, name)
        add_kpi(
            objective=objective,
            code=f"{perspective.code}{number}",
            name=name,
            definition="" if original == name else f"Calon tahap I: {original}.",
            status=status,
            status_reason=reason,
            by=by,
        )


def _weigh(scorecard: Scorecard, by: User) -> None:
    pairwise = study_data("batik-bayat")["pairwise"]
    survey = create_survey(
        scorecard=scorecard,
        name="Perbandingan berpasangan 2018",
        introduction="Tabel 2 sampai 6 makalah.",
        consent_text=consent(),
        provenance=Survey.Provenance.PUBLISHED,
        by=by,
    )
    survey = open_survey(survey=survey, by=by, now=ANSWERED)
    invitation = invite_expert(survey=survey, name="Tabel 2–6 makalah")
    upper = {code: table["upper"] for code, table in pairwise.items() if code != "perspectives"}
    answer_all(invitation, upper | {"": pairwise["perspectives"]["upper"]}, now=ANSWERED)
    survey = close_survey(survey=survey, by=by)
    adopt_weights(survey=survey, by=by, now=ANSWERED)
