"""Building a scorecard: perspectives, objectives, cause-and-effect links, KPIs.

What comes in has passed access.py, and belongs to the person who acts.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, Model, QuerySet
from django.utils.translation import gettext as _

from organizations.models import (
    Mission,
    Organization,
    Strategy,
    User,
    delete_if_unchanged,
)
from scorecards.methods.lights import LIKERT_LIMITS, OMAX_LIMITS, Limits
from scorecards.models import (
    KPI,
    CauseLink,
    Measurement,
    Objective,
    Perspective,
    Scorecard,
)
from scorecards.models.scorecard import Frequency
from scorecards.services.locks import lock_periods, locked


class CausalCycle(ValueError):
    """A link that would make an objective, by way of others, its own cause."""

    def __init__(self, objectives: list[Objective]) -> None:
        self.objectives = objectives
        super().__init__(
            _(
                "This link would close a circle: %(cycle)s. "
                "Turn it around, or remove one of the other links first."
            )
            % {"cycle": " → ".join(objective.code for objective in objectives)}
        )


def create_scorecard(
    *,
    organization: Organization,
    name: str,
    by: User,
    frequency: str = Frequency.QUARTERLY,
    strategy: Strategy | None = None,
    **settings: Any,
) -> Scorecard:
    """Create a scorecard without any part yet; services.library and .copying fill one."""
    limits = usual_limits(settings.get("scoring", Scorecard.Scoring.OMAX))
    settings.setdefault("red_limit", Decimal(str(limits.red)))
    settings.setdefault("green_limit", Decimal(str(limits.green)))
    return Scorecard.objects.create(
        organization=organization,
        name=name,
        frequency=frequency,
        strategy=strategy,
        saved_by=by,
        **settings,
    )


def usual_limits(scoring: str) -> Limits:
    """Where red ends and green begins unless the scorecard says otherwise."""
    return LIKERT_LIMITS if scoring == Scorecard.Scoring.LIKERT else OMAX_LIMITS


def add_perspective(*, scorecard: Scorecard, code: str, name: str, by: User) -> Perspective:
    with locked(scorecard):
        return Perspective.objects.create(
            scorecard=scorecard,
            code=code,
            name=name,
            order=next_order(scorecard.perspectives),
            saved_by=by,
        )


def add_objective(
    *,
    perspective: Perspective,
    code: str,
    statement: str,
    by: User,
    missions: Iterable[Mission] = (),
) -> Objective:
    scorecard = perspective.scorecard
    with locked(scorecard):
        objective = Objective.objects.create(
            scorecard=scorecard,
            perspective=perspective,
            code=code,
            statement=statement,
            order=next_order(perspective.objectives),
            saved_by=by,
        )
        objective.missions.set(missions)
    return objective


def add_kpi(*, objective: Objective, code: str, name: str, by: User, **fields: Any) -> KPI:
    scorecard = objective.scorecard
    with locked(scorecard):
        return KPI.objects.create(
            scorecard=scorecard,
            objective=objective,
            code=code,
            name=name,
            order=next_order(objective.kpis),
            saved_by=by,
            **fields,
        )


def next_order(siblings: QuerySet[Any]) -> int:
    """The place after the last of the siblings."""
    return (siblings.aggregate(last=Max("order"))["last"] or 0) + 1


def link_objectives(
    *, cause: Objective, effect: Objective, reason: str = "", by: User
) -> CauseLink:
    """Say that one objective drives another; raises CausalCycle."""
    with locked(cause.scorecard):
        check_acyclic(cause=cause, effect=effect)
        return CauseLink.objects.create(
            scorecard=cause.scorecard, cause=cause, effect=effect, reason=reason, saved_by=by
        )


def check_acyclic(*, cause: Objective, effect: Objective) -> None:
    """Raise CausalCycle if a chain of links already leads from ``effect`` to ``cause``."""
    effects: dict[int, list[int]] = {}
    links = CauseLink.objects.filter(scorecard=cause.scorecard_id).order_by("pk")
    for start, end in links.values_list("cause_id", "effect_id"):
        effects.setdefault(start, []).append(end)
    chain = _shortest_chain(effects, effect.pk, cause.pk)
    if chain:
        objectives = Objective.objects.in_bulk(chain)
        raise CausalCycle([cause, *(objectives[pk] for pk in chain)])


def _shortest_chain(effects: dict[int, list[int]], start: int, end: int) -> list[int]:
    """The objectives from ``start`` to ``end`` along the links; empty if none leads there."""
    came_from: dict[int, int | None] = {start: None}
    waiting = [start]
    for here in waiting:  # grows while it is walked: breadth first
        if here == end:
            break
        for there in effects.get(here, []):
            if there not in came_from:
                came_from[there] = here
                waiting.append(there)
    if end not in came_from:
        return []
    chain: list[int] = []
    step: int | None = end
    while step is not None:
        chain.append(step)
        step = came_from[step]
    return chain[::-1]


def move_perspective(*, perspective: Perspective, up: bool) -> None:
    with locked(perspective.scorecard):
        _move(perspective, perspective.scorecard.perspectives.all(), up=up)


def move_objective(*, objective: Objective, up: bool) -> None:
    """Move it among the objectives of its perspective."""
    with locked(objective.scorecard):
        _move(objective, objective.perspective.objectives.all(), up=up)


def move_kpi(*, kpi: KPI, up: bool) -> None:
    """Move it among the KPIs of its objective."""
    with locked(kpi.scorecard):
        _move(kpi, kpi.objective.kpis.all(), up=up)


def _move(item: Model, siblings: QuerySet[Any], *, up: bool) -> None:
    """Trade places with the neighbour; at the end of the row nothing happens.

    Places are no content: versions stay, so that a move never collides with an edit.
    """
    row = list(siblings)
    here = row.index(item)
    there = here - 1 if up else here + 1
    if 0 <= there < len(row):
        row[here], row[there] = row[there], row[here]
    for place, sibling in enumerate(row, start=1):
        if sibling.order != place:
            siblings.filter(pk=sibling.pk).update(order=place)


@transaction.atomic
def delete_design(*, part: Scorecard | Perspective | Objective | KPI, seen: int, by: User) -> None:
    """Delete a part of a design with all that hangs on it, measurements included.

    The database protects measured KPIs from being deleted in passing; whoever calls this has
    been shown what will be lost. Reports of closed periods are frozen copies and stay.
    """
    lock_periods(part if isinstance(part, Scorecard) else part.scorecard)
    for measurement in measurements_under(part):
        measurement._history_user = by
        measurement.delete()
    delete_if_unchanged(part, seen=seen, by=by)


def measurements_under(
    part: Scorecard | Perspective | Objective | KPI,
) -> QuerySet[Measurement]:
    """The measurements of all KPIs that are, or hang on, ``part``."""
    path = {
        Scorecard: "kpi__scorecard",
        Perspective: "kpi__objective__perspective",
        Objective: "kpi__objective",
        KPI: "kpi",
    }[type(part)]
    return Measurement.objects.filter(**{path: part})
