"""Lasem: the whole way, from a vision to the closed report of 2017.

Mahmudi and Ngadenan publish the group's matrices, the ladders and the values. The five experts'
own judgements are reconstructed (surveys/data/batik-lasem.json says how); the vision is the aim
that the paper states. The cause-and-effect links and the initiatives are ours: the paper has
neither.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

from organizations.models import Mission, Organization, Strategy, User
from scorecards.access import get_framework
from scorecards.models import KPI, Measurement, Objective, Scorecard
from scorecards.models.scorecard import Frequency
from scorecards.services.design import (
    add_kpi,
    add_objective,
    add_perspective,
    create_scorecard,
    link_objectives,
)
from scorecards.services.initiatives import add_initiative
from scorecards.services.measurements import record_measurement
from scorecards.services.periods import close_period, open_period
from scorecards.services.targets import set_target
from surveys.demo.judgements import answer_all, consent
from surveys.models import Survey
from surveys.services.adoption import adopt_weights
from surveys.services.invitations import invite_expert
from surveys.services.questionnaires import close_survey, create_survey, open_survey
from surveys.study_data import study_data

YEAR = date(2017, 1, 1)
ANSWERED = datetime(2017, 9, 4, 3, 0, tzinfo=UTC)
CLOSED = datetime(2017, 12, 31, 8, 0, tzinfo=UTC)

VISION = (
    "Pelanggan Batik Tulis Lasem yang puas dan setia, sehingga setiap pengusaha batik anggota "
    "koperasi tumbuh bersama."
)
MISSIONS = (
    "Memahami dan menjaga hubungan dengan pelanggan, bukan hanya produk",
    "Memperluas pasar dan mempertahankan pelanggan yang ada",
    "Meningkatkan peran pengurus, kemampuan tenaga kerja, dan pemanfaatan teknologi",
)
# Which missions (from 1) the objectives of a perspective serve.
SERVED = {"PO": (2,), "C": (1, 2), "P": (2,), "I": (3,)}

# The paper prints unit words only here and there.
UNITS = {
    "ratio": ("rasio", 2),
    "index 1-5": ("indeks", 2),
    "percent": ("%", 0),
}
COUNTED = {"I-2": "pelatihan", "I-3": "kerja sama", "I-6": "sarana"}


# Ours, and marked so in their notes. For some of the red KPIs, so that others stand out.
INITIATIVES = (
    (
        "I-7",
        "Survei pelanggan dua kali setahun",
        {
            "person_in_charge": "Bagian pemasaran",
            "budget": Decimal(3_500_000),
            "start": date(2027, 2, 1),
            "end": date(2027, 11, 30),
            "notes": "Contoh untuk demo; tidak ada dalam artikel.",
        },
    ),
    (
        "C-4",
        "Mencatat kebutuhan tiap pelanggan di buku pelanggan",
        {
            "person_in_charge": "Pengurus",
            "notes": "Contoh untuk demo; tidak ada dalam artikel.",
        },
    ),
)


def make_lasem(organization: Organization, by: User) -> Scorecard:
    """Build the study through the same services that people use."""
    scorecard = _design(organization, by)
    _weigh(scorecard, by)
    _measure(scorecard, by)
    _plan(scorecard, by)
    return scorecard


def _design(organization: Organization, by: User) -> Scorecard:
    strategy = Strategy.objects.create(
        organization=organization, start_year=2017, end_year=2021, vision=VISION, saved_by=by
    )
    missions = [
        Mission.objects.create(strategy=strategy, order=order, text=text)
        for order, text in enumerate(MISSIONS, start=1)
    ]
    scorecard = create_scorecard(
        anchor_words=Scorecard.AnchorWords.LASEM,
        organization=organization,
        strategy=strategy,
        name="Scorecard CRM Lasem",
        frequency=Frequency.YEARLY,
        by=by,
        priority_method=Scorecard.PriorityMethod.COLUMN_MEAN,
    )
    objectives: dict[str, Objective] = {}
    for row in study_data("batik-lasem")["perspectives"]:
        perspective = add_perspective(
            scorecard=scorecard, code=row["code"], name=row["name"], by=by
        )
        for printed in row["kpis"]:
            objective = add_objective(
                perspective=perspective,
                code=printed["code"],
                statement=printed["factor"],
                missions=[missions[number - 1] for number in SERVED[row["code"]]],
                by=by,
            )
            objectives[printed["code"]] = objective
            _kpi(objective, printed, by)
    for link in get_framework("lasem").links:
        cause, effect = objectives[link.cause], objectives[link.effect]
        link_objectives(cause=cause, effect=effect, reason=link.reason.id, by=by)
    return scorecard


def _kpi(objective: Objective, printed: dict, by: User) -> KPI:
    code = printed["code"]
    unit, decimals = UNITS.get(printed["unit"], (COUNTED.get(code, ""), 0))
    kpi = add_kpi(
        objective=objective, code=code, name=printed["kpi"], unit=unit, decimals=decimals, by=by
    )
    anchors = {name: Decimal(str(printed[name])) for name in ("worst", "standard", "goal")}
    set_target(kpi=kpi, valid_from=YEAR, by=by, **anchors)
    return kpi


def _weigh(scorecard: Scorecard, by: User) -> None:
    reconstructed = study_data("batik-lasem")["reconstructed_judgements"]
    survey = create_survey(
        scorecard=scorecard,
        name="Pembobotan pakar 2017",
        introduction="Lima narasumber menimbang kriteria di setiap perspektif.",
        consent_text=consent(),
        # The paper weighs within perspectives only.
        compare_perspectives=False,
        provenance=Survey.Provenance.RECONSTRUCTED,
        by=by,
    )
    survey = open_survey(survey=survey, by=by, now=ANSWERED)
    for number, title in enumerate(reconstructed["experts"]):
        # The paper names their offices and nobody by name.
        office, _, institution = title.partition(", ")
        invitation = invite_expert(survey=survey, name=office, institution=institution)
        upper = {code: rows[number] for code, rows in reconstructed["matrices"].items()}
        answer_all(invitation, upper, now=ANSWERED)
    survey = close_survey(survey=survey, by=by)
    adopt_weights(survey=survey, by=by, now=ANSWERED)


def _measure(scorecard: Scorecard, by: User) -> None:
    period = open_period(scorecard=scorecard, start=YEAR, by=by)
    kpis = {kpi.code: kpi for kpi in scorecard.kpis.all()}
    for row in study_data("batik-lasem")["perspectives"]:
        for printed in row["kpis"]:
            record_measurement(
                kpi=kpis[printed["code"]],
                period=period,
                value=Decimal(str(printed["actual"])),
                origin=Measurement.Origin.DEMO,
                by=by,
            )
    close_period(period=period, by=by, now=CLOSED)


def _plan(scorecard: Scorecard, by: User) -> None:
    kpis = {kpi.code: kpi for kpi in scorecard.kpis.all()}
    for code, name, fields in INITIATIVES:
        add_initiative(about=kpis[code], name=name, by=by, **fields)
