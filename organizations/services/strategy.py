from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from organizations.models import (
    EditConflict,
    Mission,
    Organization,
    Strategy,
    User,
    save_if_unchanged,
)


@dataclass(frozen=True)
class MissionText:
    """A mission as it was typed, with the id that it had when the page was made."""

    pk: int | None
    text: str


@transaction.atomic
def save_strategy(
    *, strategy: Strategy, missions: Sequence[MissionText], by: User, seen: int | None = None
) -> Strategy:
    """Save a strategy with its missions in this order.

    A mission that is only reworded or moved stays the same row: objectives serve it. The
    strategy's version stands for its missions too. A new one that is sent twice is made once:
    the second time returns what the first time made.
    """
    if strategy.pk is None:
        if made := _made_already(strategy, missions):
            return made
        strategy.saved_by = by
        strategy._history_user = by
        strategy.save()
    else:
        _save_known(strategy, missions, seen=seen, by=by)
    _save_missions(strategy, missions)
    return strategy


def _made_already(strategy: Strategy, missions: Sequence[MissionText]) -> Strategy | None:
    # The second of two presses waits here.
    Organization.objects.select_for_update().get(pk=strategy.organization_id)
    alike = Strategy.objects.filter(
        organization=strategy.organization_id,
        start_year=strategy.start_year,
        end_year=strategy.end_year,
        vision=strategy.vision,
    ).prefetch_related("missions")
    wanted = [mission.text for mission in missions]
    return next(
        (each for each in alike if [row.text for row in each.missions.all()] == wanted), None
    )


def _save_known(
    strategy: Strategy, missions: Sequence[MissionText], *, seen: int | None, by: User
) -> None:
    try:
        save_if_unchanged(strategy, seen=seen, by=by)
    except EditConflict as conflict:
        theirs = [] if conflict.current is None else conflict.current.missions.all()
        conflict.add(_("Missions"), yours=_numbered(missions), theirs=_numbered(theirs))
        raise


def _numbered(missions: Sequence[MissionText | Mission]) -> str:
    return "\n".join(f"{number}. {item.text}" for number, item in enumerate(missions, start=1))


def _save_missions(strategy: Strategy, missions: Sequence[MissionText]) -> None:
    known = {mission.pk: mission for mission in strategy.missions.all()}
    kept = {item.pk for item in missions}
    strategy.missions.exclude(pk__in=kept & known.keys()).delete()
    for order, item in enumerate(missions, start=1):
        # An id of another strategy is not ours to move: its text becomes a mission of this one.
        mission = known.pop(item.pk, None) or Mission(strategy=strategy)
        mission.order, mission.text = order, item.text
        mission.save()
