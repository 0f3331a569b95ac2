"""The trace table: from each mission by way of objectives and KPIs to initiatives."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from organizations.models import Mission
from scorecards.models import KPI, Initiative, Objective, Scorecard
from scorecards.selectors.checks import (
    ADOPTED_FIRST,
    INITIATIVES_FIRST,
    MISSIONS_FIRST,
    OBJECTIVES_FIRST,
    STRATEGY_FIRST,
    Check,
    Repair,
)
from scorecards.selectors.initiatives import InitiativeRow, by_subject


@dataclass(frozen=True)
class TraceLine:
    """An objective and one of its KPIs; without a KPI it is about the objective itself."""

    objective: Objective
    kpi: KPI | None
    initiatives: tuple[InitiativeRow, ...]
    is_first: bool  # of the objective's lines
    lacks_kpi: bool

    @property
    def lacks_initiative(self) -> bool:
        """Candidates don't count yet, so nothing has to be done about them."""
        return _is_adopted(self) and not self.initiatives


@dataclass(frozen=True)
class TraceGroup:
    """What serves one mission; ``mission`` is None for what serves none."""

    mission: Mission | None
    lines: tuple[TraceLine, ...]


@dataclass(frozen=True)
class Trace:
    groups: tuple[TraceGroup, ...]
    serves_nothing: tuple[Check, ...]
    served_by_nothing: tuple[Check, ...]
    has_strategy: bool

    @property
    def is_empty(self) -> bool:
        return not any(group.lines for group in self.groups)

    @property
    def lacks_links(self) -> bool:
        return any(check.repairs for check in self.serves_nothing)

    @property
    def lacks_parts(self) -> bool:
        return not all(check.done for check in self.served_by_nothing)

    @property
    def is_whole(self) -> bool:
        return not self.lacks_links and not self.lacks_parts


@dataclass(frozen=True)
class _Rows:
    """The rows of the database, dropped KPIs apart."""

    scorecard: Scorecard
    missions: Sequence[Mission]
    objectives: Sequence[Objective]
    kpis: dict[int, list[KPI]]  # by objective
    initiatives: Sequence[Initiative]

    def url(self, name: str, *args: int, **query: int) -> str:
        scorecard = self.scorecard
        address = [scorecard.organization.slug, scorecard.pk, *args]
        chosen = "".join(f"?{key}={pk}" for key, pk in query.items())
        return reverse(f"scorecards:{name}", args=address) + chosen


def trace(scorecard: Scorecard, today: date) -> Trace:
    """The whole table; six queries, however long it is."""
    rows = _load(scorecard)
    initiatives = by_subject(rows.initiatives, today)
    serving: dict[Mission | None, list[TraceLine]] = {mission: [] for mission in rows.missions}
    astray = []
    for objective in rows.objectives:
        lines = list(_lines(objective, rows.kpis[objective.pk], initiatives))
        # Missions of a strategy that was chosen before don't count.
        served = [mission for mission in objective.missions.all() if mission in serving]
        for mission in served or [None]:
            serving.setdefault(mission, []).extend(lines)
        if not served:
            astray.append(objective)
    groups = tuple(TraceGroup(mission, tuple(lines)) for mission, lines in serving.items())
    return Trace(
        groups=groups,
        serves_nothing=_serves_nothing(rows, astray),
        served_by_nothing=_served_by_nothing(rows, groups),
        has_strategy=scorecard.strategy_id is not None,
    )


def _load(scorecard: Scorecard) -> _Rows:
    kpis: dict[int, list[KPI]] = defaultdict(list)
    for kpi in scorecard.kpis.exclude(status=KPI.Status.DROPPED):
        kpis[kpi.objective_id].append(kpi)
    objectives = scorecard.objectives.prefetch_related("missions").order_by(
        "perspective__order", "perspective__pk", "order", "pk"
    )
    return _Rows(
        scorecard,
        list(scorecard.strategy.missions.all()) if scorecard.strategy else [],
        list(objectives),
        kpis,
        list(scorecard.initiatives.select_related("objective", "kpi")),
    )


def _lines(
    objective: Objective,
    kpis: Sequence[KPI],
    initiatives: dict[Objective | KPI, tuple[InitiativeRow, ...]],
) -> Iterator[TraceLine]:
    own = initiatives.get(objective, ())
    is_first = True
    if own or not kpis:
        yield TraceLine(objective, None, own, True, not kpis)
        is_first = False
    for kpi in kpis:
        yield TraceLine(objective, kpi, initiatives.get(kpi, ()), is_first, False)
        is_first = False


def _serves_nothing(rows: _Rows, astray: Sequence[Objective]) -> tuple[Check, ...]:
    if rows.scorecard.strategy_id is None:
        missions = (Repair(_("Choose a strategy"), rows.url("scorecard-edit")),)
    else:
        missions = tuple(Repair(str(each), rows.url("objective-edit", each.pk)) for each in astray)
    dropped = KPI.Status.DROPPED
    waits = "" if rows.objectives else OBJECTIVES_FIRST
    return (
        Check("missions", _("Every objective supports a mission"), missions, waits_for=waits),
        Check(
            "dropped",
            _("Every initiative under way is for a KPI that was not dropped"),
            tuple(
                Repair(f"{each.kpi.code}: {each.name}", rows.url("initiative-edit", each.pk))
                for each in rows.initiatives
                if each.is_live and each.kpi is not None and each.kpi.status == dropped
            ),
            waits_for="" if any(each.is_live for each in rows.initiatives) else INITIATIVES_FIRST,
        ),
    )


def _served_by_nothing(rows: _Rows, groups: Sequence[TraceGroup]) -> tuple[Check, ...]:
    lines = {line.kpi or line.objective: line for group in groups for line in group.lines}
    return (
        Check(
            "objectives",
            _("Every mission is supported by an objective"),
            tuple(
                Repair(
                    _("Mission %(number)s") % {"number": group.mission.order},
                    rows.url("objective-create", mission=group.mission.pk),
                )
                for group in groups
                if group.mission is not None and not group.lines
            ),
            waits_for=_missions_first(rows),
        ),
        Check(
            "kpis",
            _("Every objective has a KPI"),
            tuple(
                Repair(str(line.objective), rows.url("kpi-create", objective=line.objective.pk))
                for line in lines.values()
                if line.lacks_kpi
            ),
            waits_for="" if lines else OBJECTIVES_FIRST,
        ),
        Check(
            "initiatives",
            _("Every adopted KPI has an initiative"),
            tuple(
                Repair(str(line.kpi), rows.url("initiative-create", kpi=line.kpi.pk))
                for line in lines.values()
                if line.lacks_initiative
            ),
            required=False,
            waits_for="" if any(map(_is_adopted, lines.values())) else ADOPTED_FIRST,
        ),
    )


def _missions_first(rows: _Rows) -> str | Promise:
    if rows.scorecard.strategy_id is None:
        return STRATEGY_FIRST
    return "" if rows.missions else MISSIONS_FIRST


def _is_adopted(line: TraceLine) -> bool:
    return line.kpi is not None and line.kpi.status == KPI.Status.ADOPTED
