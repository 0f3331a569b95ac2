"""The Lasem cooperative's published scorecard (2017), made of rows without any page."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from organizations.models import Organization
from scorecards.methods import ahp
from scorecards.models import KPI, Measurement, Period, Scorecard, Weight, WeightSet
from tests import factories

DATA = Path(__file__).resolve().parents[2] / "surveys" / "data" / "batik-lasem.json"

# Exact interpolation between the published anchors; the paper's own levels are rounded by hand.
LEVELS = {
    "PO-1": 6.5,
    "PO-2": 4.4,
    "C-1": 5.333,
    "C-2": 4.96,
    "C-3": 1.2,
    "C-4": 2.2,
    "C-5": 2.16,
    "C-6": 7.9,
    "P-1": 3.933,
    "P-2": 6.5,
    "P-3": 7.667,
    "I-1": 0.75,
    "I-2": 3.0,
    "I-3": 3.933,
    "I-4": 6.15,
    "I-5": 6.5,
    "I-6": 5.0,
    "I-7": 1.333,
}


@dataclass(frozen=True)
class Lasem:
    scorecard: Scorecard
    kpis: dict[str, KPI]
    period: Period
    measured: dict[str, Decimal]


def lasem(organization: Organization, *, entered: bool = True) -> Lasem:
    """The scorecard with its weights and the open period 2017, its values entered or not."""
    study = json.loads(DATA.read_text(encoding="utf-8"))
    scorecard = factories.scorecard(organization, name="Scorecard CRM 2017", frequency="yearly")
    weight_set = WeightSet.objects.create(
        scorecard=scorecard, origin=WeightSet.Origin.QUESTIONNAIRE, particulars=PARTICULARS
    )
    period = factories.period(scorecard, start=date(2017, 1, 1), end=date(2017, 12, 31))
    kpis: dict[str, KPI] = {}
    measured: dict[str, Decimal] = {}
    for number, part in enumerate(study["perspectives"]):
        perspective = factories.perspective(
            scorecard, code=part["code"], name=part["name"], order=number
        )
        matrix = study["aggregated_matrices"][part["code"]]["matrix"]
        weights = ahp.priorities(matrix, "column_mean").tolist()
        for place, (facts, weight) in enumerate(zip(part["kpis"], weights, strict=True)):
            kpi = _kpi(perspective, facts, place)
            kpis[kpi.code] = kpi
            Weight.objects.create(weight_set=weight_set, kpi=kpi, value=weight)
            measured[kpi.code] = Decimal(str(facts["actual"]))
            if entered:
                factories.measurement(
                    kpi, period, measured[kpi.code], origin=Measurement.Origin.DEMO
                )
    return Lasem(scorecard, kpis, period, measured)


def _kpi(perspective: object, facts: dict, place: int) -> KPI:
    objective = factories.objective(
        perspective, code=f"S-{facts['code']}", statement=facts["factor"], order=place
    )
    unit = {"percent": "%", "ratio": "rasio", "index 1-5": "indeks"}.get(facts["unit"], "")
    kpi = factories.kpi(
        objective, code=facts["code"], name=facts["kpi"], unit=unit, decimals=2, order=place
    )
    anchors = {name: Decimal(str(facts[name])) for name in ("worst", "standard", "goal")}
    factories.target(kpi, **anchors, valid_from=date(2017, 1, 1))
    return kpi


PARTICULARS = {
    "survey": "Kuesioner pakar 2017",
    "provenance": "reconstructed",
    "method": "column_mean",
    "random_index": "saaty",
    "limits": {"3": 0.05, "4": 0.09, "larger": 0.1},
    "aggregation": "judgements",
    "experts_counted": "all",
    "experts": 5,
    "matrices": [
        {
            "code": code,
            "title": title,
            "size": size,
            "cr": cr,
            "limit": limit,
            "within": cr is None or cr <= limit,
            "experts": [
                {"code": "E1", "name": None, "cr": cr, "within": True, "complete": True},
                {"code": "E2", "name": None, "cr": 0.12, "within": size < 3, "complete": True},
            ],
        }
        for code, title, size, cr, limit in [
            ("PO", "Performa Organisasi", 2, None, None),
            ("C", "Pelanggan", 6, 0.0437, 0.10),
            ("P", "Proses", 3, 0.0047, 0.05),
            ("I", "Infrastruktur", 7, 0.0088, 0.10),
        ]
    ],
}
