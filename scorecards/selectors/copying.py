"""Which scorecards a person may copy."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q, QuerySet

from organizations.models import Organization
from scorecards.models import KPI, Scorecard


@dataclass(frozen=True)
class CopyGroup:
    organization: Organization
    scorecards: tuple[Scorecard, ...]  # with objectives_count and kpis_count


def group_copyable(scorecards: QuerySet[Scorecard], own: Organization) -> list[CopyGroup]:
    """By organization, the own one first; one query."""
    rows = scorecards.select_related("organization").annotate(
        objectives_count=Count("objectives", distinct=True),
        kpis_count=Count("kpis", filter=~Q(kpis__status=KPI.Status.DROPPED), distinct=True),
    )
    in_order = sorted(
        rows.order_by(),
        key=lambda row: (
            row.organization_id != own.pk,
            row.organization.name.casefold(),
            row.organization_id,
            row.name.casefold(),
            row.pk,
        ),
    )
    return [
        CopyGroup(organization, tuple(group))
        for organization, group in groupby(in_order, key=lambda row: row.organization)
    ]
