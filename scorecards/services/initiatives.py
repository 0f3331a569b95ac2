"""Initiatives: what is done about an objective or a KPI."""

from typing import Any

from organizations.models import User
from scorecards.models import KPI, Initiative, Objective

Status = Initiative.Status
COMPLETE = 100


def add_initiative(*, about: Objective | KPI, name: str, by: User, **fields: Any) -> Initiative:
    """Add an initiative for an objective or for a KPI."""
    kind = "kpi" if isinstance(about, KPI) else "objective"
    status, progress = agreeing(fields.pop("status", Status.PLANNED), fields.pop("progress", 0))
    return Initiative.objects.create(
        scorecard=about.scorecard,
        name=name,
        status=status,
        progress=progress,
        saved_by=by,
        **{kind: about},
        **fields,
    )


def agreeing(status: str, progress: int) -> tuple[str, int]:
    """A status and a progress that don't contradict each other.

    What is done is done wholly, and what has made progress is no longer only planned. Progress
    alone never makes an initiative done: somebody has to say so. A stopped one keeps the
    progress that it had made.
    """
    if status == Status.DONE:
        return status, COMPLETE
    if status == Status.PLANNED and progress:
        return Status.RUNNING, progress
    return status, progress
