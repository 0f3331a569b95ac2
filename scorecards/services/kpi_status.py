"""Whether a KPI counts: candidate, adopted or dropped, and why."""

from organizations.models import User, save_if_unchanged
from scorecards.models import KPI


def set_kpi_status(*, kpi: KPI, status: str, reason: str, by: User | None) -> None:
    """Decide on a KPI as its reader saw it; raises EditConflict if it was saved since."""
    kpi.status, kpi.status_reason = status, reason
    save_if_unchanged(kpi, seen=kpi.version, by=by)
