"""A small scorecard to ask experts about: two perspectives with three KPIs each."""

from organizations.models import Organization
from scorecards.models import KPI, Scorecard
from tests import factories


def scorecard_with_kpis(
    organization: Organization, perspectives: int = 2, kpis: int = 3
) -> Scorecard:
    scorecard = factories.scorecard(organization)
    for number in range(1, perspectives + 1):
        perspective = factories.perspective(
            scorecard, code=f"P{number}", name=f"Perspektif {number}", order=number
        )
        objective = factories.objective(perspective, code=f"S{number}")
        for place in range(1, kpis + 1):
            factories.kpi(
                objective,
                code=f"K{number}{place}",
                name=f"Ukuran {number}.{place}",
                status=KPI.Status.ADOPTED,
                order=place,
            )
    return scorecard
