"""Loocs: four perspective scores on the Likert scale, from the study's abstract.

The full paper's tables are not available: each perspective has one KPI, its printed score. The
abstract names no year; 2019 stands for it.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

from organizations.models import Organization, User
from scorecards.models import Measurement, Scorecard, Target
from scorecards.models.scorecard import Frequency
from scorecards.services.design import (
    add_kpi,
    add_objective,
    add_perspective,
    create_scorecard,
)
from scorecards.services.measurements import record_measurement
from scorecards.services.periods import close_period, open_period
from scorecards.services.targets import set_target
from surveys.study_data import study_data

YEAR = date(2019, 1, 1)
CLOSED = datetime(2019, 12, 31, 8, 0, tzinfo=UTC)
STATEMENTS = {
    "CV": "Pelanggan dan penjualan bertambah",
    "CS": "Pelanggan puas, keluhan berkurang",
    "CI": "Pelanggan terlayani di media sosial dan toko",
    "CK": "Pelanggan dikenal lewat data yang rapi",
}


def make_loocs(organization: Organization, by: User) -> Scorecard:
    scorecard = create_scorecard(
        organization=organization,
        name="Scorecard CRM Loocs",
        frequency=Frequency.YEARLY,
        scoring=Scorecard.Scoring.LIKERT,
        by=by,
    )
    kpis = []
    for row in study_data("toko-loocs")["perspectives"]:
        code, name = row["code"], row["name"]
        perspective = add_perspective(scorecard=scorecard, code=code, name=name, by=by)
        objective = add_objective(
            perspective=perspective, code=f"{code}-1", statement=STATEMENTS[code], by=by
        )
        kpi = add_kpi(
            objective=objective,
            code=f"{code}1",
            name=f"Skor {name}",
            definition="Rata-rata skor perspektif sebagaimana tercetak dalam abstrak.",
            unit="skor",
            decimals=2,
            by=by,
        )
        set_target(kpi=kpi, valid_from=YEAR, kind=Target.Kind.MEAN, by=by)
        kpis.append((kpi, Decimal(str(row["published_score"]))))
    period = open_period(scorecard=scorecard, start=YEAR, by=by)
    for kpi, score in kpis:
        record_measurement(
            kpi=kpi, period=period, value=score, origin=Measurement.Origin.DEMO, by=by
        )
    close_period(period=period, by=by, now=CLOSED)
    return scorecard
