"""The design of a scorecard: what its page and its checklist are made of."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, Subquery

from organizations.models import Mission, Organization, Strategy
from scorecards.models import (
    KPI,
    CauseLink,
    Initiative,
    Objective,
    Period,
    Perspective,
    Scorecard,
    Target,
)
from scorecards.selectors.initiatives import InitiativeRow, rows_of
from scorecards.selectors.report.levels import target_in_force
from scorecards.selectors.weights import FittedWeights, fit_weights


@dataclass(frozen=True)
class ListedScorecard:
    scorecard: Scorecard
    objectives: int
    kpis: int
    is_weighted: bool
    last_period: Period | None


def list_scorecards(organization: Organization) -> list[ListedScorecard]:
    """The organization's scorecards, newest first."""
    last_period = Period.objects.filter(scorecard=OuterRef("pk")).order_by("-start", "-pk")
    scorecards = organization.scorecards.select_related("strategy").annotate(
        objectives_count=Count("objectives", distinct=True),
        kpis_count=Count("kpis", filter=~Q(kpis__status=KPI.Status.DROPPED), distinct=True),
        sets_count=Count("weight_sets", distinct=True),
        last_period_id=Subquery(last_period.values("pk")[:1]),
    )
    # A query that counts forgets the order that the model has.
    found = list(scorecards.order_by("-created_at", "-pk"))
    periods = Period.objects.in_bulk([each.last_period_id for each in found])
    return [
        ListedScorecard(
            scorecard=scorecard,
            objectives=scorecard.objectives_count,
            kpis=scorecard.kpis_count,
            is_weighted=scorecard.sets_count > 0 and scorecard.kpis_count > 0,
            last_period=periods.get(scorecard.last_period_id),
        )
        for scorecard in found
    ]


@dataclass(frozen=True)
class KPIRow:
    kpi: KPI
    target: Target | None  # the one in force, else the next to come
    is_upcoming: bool
    weight: float | None

    @property
    def counts(self) -> bool:
        return self.kpi.status == KPI.Status.ADOPTED


@dataclass(frozen=True)
class ObjectiveRow:
    objective: Objective
    missions: tuple[Mission, ...]
    kpis: tuple[KPIRow, ...]
    causes: tuple[Objective, ...]
    effects: tuple[Objective, ...]
    initiatives: tuple[InitiativeRow, ...]  # its own and those of its KPIs


@dataclass(frozen=True)
class PerspectiveRow:
    perspective: Perspective
    objectives: tuple[ObjectiveRow, ...]
    weight: float | None

    @property
    def kpis(self) -> Iterator[KPIRow]:
        return (kpi for objective in self.objectives for kpi in objective.kpis)

    @property
    def adopted(self) -> list[KPI]:
        return [row.kpi for row in self.kpis if row.counts]


@dataclass(frozen=True)
class Design:
    scorecard: Scorecard
    perspectives: tuple[PerspectiveRow, ...]
    weights: FittedWeights
    initiatives: tuple[Initiative, ...]
    strategies: tuple[Strategy, ...]  # of the organization, each with its `missions_count`

    @property
    def objectives(self) -> Iterator[ObjectiveRow]:
        return (row for perspective in self.perspectives for row in perspective.objectives)

    @property
    def kpis(self) -> Iterator[KPIRow]:
        return (row for perspective in self.perspectives for row in perspective.kpis)


def load_design(scorecard: Scorecard, today: date) -> Design:
    """The whole design, from the top perspective down; nine queries, however large it is."""
    objectives = list(scorecard.objectives.prefetch_related("missions"))
    kpis = list(scorecard.kpis.all())
    perspectives = list(scorecard.perspectives.all())
    weights = fit_weights(scorecard, perspectives, objectives, kpis)
    targets = _targets_by_kpi(scorecard)
    causes, effects = _links(scorecard, objectives)
    initiatives = list(scorecard.initiatives.select_related("objective", "kpi"))
    pursued = _by_objective(initiatives)
    kpi_rows: dict[int, list[KPIRow]] = defaultdict(list)
    for kpi in kpis:
        target, is_upcoming = _target_to_show(targets[kpi.pk], today, scorecard)
        row = KPIRow(kpi, target, is_upcoming, weights.kpis.get(kpi.pk))
        kpi_rows[kpi.objective_id].append(row)
    objective_rows: dict[int, list[ObjectiveRow]] = defaultdict(list)
    for objective in objectives:
        row = ObjectiveRow(
            objective=objective,
            missions=tuple(objective.missions.all()),
            kpis=tuple(kpi_rows[objective.pk]),
            causes=tuple(causes[objective.pk]),
            effects=tuple(effects[objective.pk]),
            initiatives=rows_of(pursued[objective.pk], today),
        )
        objective_rows[objective.perspective_id].append(row)
    return Design(
        scorecard=scorecard,
        perspectives=tuple(
            PerspectiveRow(
                perspective,
                tuple(objective_rows[perspective.pk]),
                weights.perspectives.get(perspective.pk),
            )
            for perspective in perspectives
        ),
        weights=weights,
        initiatives=tuple(initiatives),
        strategies=tuple(
            scorecard.organization.strategies.annotate(missions_count=Count("missions")).order_by(
                "-start_year", "-pk"
            )
        ),
    )


def _by_objective(initiatives: list[Initiative]) -> dict[int, list[Initiative]]:
    """Those for an objective together with those for one of its KPIs."""
    found: dict[int, list[Initiative]] = defaultdict(list)
    for initiative in initiatives:
        kpi = initiative.kpi
        found[kpi.objective_id if kpi else initiative.objective_id].append(initiative)
    return found


def _targets_by_kpi(scorecard: Scorecard) -> dict[int, list[Target]]:
    targets: dict[int, list[Target]] = defaultdict(list)
    for target in Target.objects.filter(kpi__scorecard=scorecard):
        targets[target.kpi_id].append(target)
    return targets


def _target_to_show(
    targets: list[Target], today: date, scorecard: Scorecard
) -> tuple[Target | None, bool]:
    in_force = target_in_force(targets, today, scorecard)
    if in_force is not None:
        return in_force, False
    upcoming = [
        target
        for target in targets
        if target.valid_from > today
        and target_in_force([target], target.valid_from, scorecard) is not None
    ]
    return (upcoming[0], True) if upcoming else (None, False)


def _links(
    scorecard: Scorecard, objectives: list[Objective]
) -> tuple[dict[int, list[Objective]], dict[int, list[Objective]]]:
    """For each objective its causes, and its effects."""
    by_id = {objective.pk: objective for objective in objectives}
    causes: dict[int, list[Objective]] = defaultdict(list)
    effects: dict[int, list[Objective]] = defaultdict(list)
    for link in CauseLink.objects.filter(scorecard=scorecard):
        causes[link.effect_id].append(by_id[link.cause_id])
        effects[link.cause_id].append(by_id[link.effect_id])
    return causes, effects
