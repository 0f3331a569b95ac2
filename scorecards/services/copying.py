"""Copying the design of a scorecard: nothing of what was measured, weighed or answered."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model
from simple_history.utils import bulk_create_with_history

from organizations.models import Organization, User
from scorecards.models import KPI, CauseLink, Objective, Perspective, Scorecard, Target

# What a row is by itself, and not by its design: its key, its versions, its time.
OWN_FIELDS = {"id", "version", "saved_at", "saved_by", "created_at"}


@transaction.atomic
def copy_scorecard(
    *, source: Scorecard, organization: Organization, name: str, by: User, with_targets: bool
) -> Scorecard:
    """Make a scorecard with the settings, perspectives, objectives, links and KPIs of another.

    Within one organization it keeps the strategy, the missions that objectives serve and the
    persons in charge; elsewhere they mean nothing. The same number of queries for any size.
    """
    at_home = source.organization_id == organization.pk
    scorecard = _duplicate(source, by, organization=organization, name=name)
    if not at_home:
        scorecard.strategy = None
    scorecard.save()
    perspectives = _copy_rows(source.perspectives.all(), by, scorecard=scorecard)
    objectives = _copy_rows(
        source.objectives.all(), by, scorecard=scorecard, perspective=perspectives
    )
    elsewhere = {} if at_home else {"person_in_charge": ""}
    kpis = _copy_rows(source.kpis.all(), by, scorecard=scorecard, objective=objectives, **elsewhere)
    _copy_rows(
        source.cause_links.all(), by, scorecard=scorecard, cause=objectives, effect=objectives
    )
    if at_home:
        _copy_missions(objectives)
    if with_targets:
        _copy_targets(source, kpis, by)
    return scorecard


def _duplicate(row: Any, by: User, **changes: Any) -> Any:
    """An unsaved copy of a row. Fields that come to a model later are copied too."""
    model = type(row)
    kept = {
        field.attname: getattr(row, field.attname)
        for field in model._meta.concrete_fields
        if field.name not in OWN_FIELDS | changes.keys()
    }
    return model(**kept, **changes, saved_by=by)


def _copies(
    rows: Iterable[Model], by: User, changes: dict[str, Any]
) -> tuple[list[int], list[Any]]:
    """Each row's key and its copy. A dict among the changes leads from old rows to new ones."""
    keys, copies = [], []
    for row in rows:
        own = {
            name: value[getattr(row, f"{name}_id")] if isinstance(value, dict) else value
            for name, value in changes.items()
        }
        keys.append(row.pk)
        copies.append(_duplicate(row, by, **own))
    return keys, copies


def _copy_rows(
    rows: Iterable[Perspective | Objective | CauseLink | KPI], by: User, **changes: Any
) -> dict[int, Any]:
    """Save copies of the rows; from the key of each to its copy."""
    keys, copies = _copies(rows, by, changes)
    if copies:
        type(copies[0]).objects.bulk_create(copies)
    return dict(zip(keys, copies, strict=True))


def _copy_missions(objectives: dict[int, Objective]) -> None:
    served = Objective.missions.through
    rows = served.objects.filter(objective__in=objectives).order_by("pk")
    served.objects.bulk_create(
        [served(objective=objectives[row.objective_id], mission_id=row.mission_id) for row in rows]
    )


def _copy_targets(source: Scorecard, kpis: dict[int, KPI], by: User) -> None:
    _keys, copies = _copies(Target.objects.filter(kpi__scorecard=source), by, {"kpi": kpis})
    bulk_create_with_history(copies, Target, default_user=by)
