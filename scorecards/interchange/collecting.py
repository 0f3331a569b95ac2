"""From the database: everything of a design that travels, in a fixed number of queries."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models

from scorecards.interchange import schema
from scorecards.interchange.document import Design, Row, Weights
from scorecards.interchange.questionnaire import as_exported
from scorecards.interchange.schema import Column, Kind
from scorecards.interchange.values import clean_text, one_line
from scorecards.models import Objective, Scorecard, Target
from scorecards.selectors.weights import current_weights


def collect_design(scorecard: Scorecard, *, names_experts: bool = True) -> Design:
    """Perspectives, objectives and KPIs in the order of the design page; ten queries."""
    strategy = scorecard.strategy
    missions = list(strategy.missions.all()) if strategy else []
    numbers = {mission.pk: number for number, mission in enumerate(missions, start=1)}
    perspectives = list(scorecard.perspectives.all())
    objectives = scorecard.objectives.select_related("perspective").order_by(
        "perspective__order", "perspective__pk", "order", "pk"
    )
    kpis = list(
        scorecard.kpis.select_related("objective").order_by(
            *("objective__perspective__order", "objective__perspective__pk"),
            *("objective__order", "objective__pk", "order", "pk"),
        )
    )
    places = {kpi.pk: place for place, kpi in enumerate(kpis)}
    targets = Target.objects.filter(kpi__scorecard=scorecard).select_related("kpi")
    in_order = sorted(targets, key=lambda target: (places[target.kpi_id], target.valid_from))
    initiatives = scorecard.initiatives.select_related("objective", "kpi").order_by("pk")
    return Design(
        scorecard=_row(scorecard, schema.SCORECARD),
        strategy=(
            _row(strategy, schema.STRATEGY)
            | {"missions": tuple(clean_text(mission.text) for mission in missions)}
            if strategy
            else None
        ),
        perspectives=_rows(perspectives, schema.PERSPECTIVES),
        objectives=tuple(
            _row(objective, schema.OBJECTIVES.columns) | {"missions": _served(objective, numbers)}
            for objective in objectives.prefetch_related("missions")
        ),
        links=_rows(
            scorecard.cause_links.select_related("cause", "effect").order_by("pk"), schema.LINKS
        ),
        kpis=_rows(kpis, schema.KPIS),
        targets=_rows(in_order, schema.TARGETS),
        initiatives=_rows(initiatives, schema.INITIATIVES),
        weights=_weights(scorecard, names_experts),
    )


def _served(objective: Objective, numbers: dict[int, int]) -> tuple[int, ...]:
    """The missions by their number; those of a strategy that the scorecard left are gone."""
    served = (numbers.get(mission.pk) for mission in objective.missions.all())
    return tuple(sorted(number for number in served if number))


def _rows(things: Iterable[models.Model], section: schema.Section) -> tuple[Row, ...]:
    return tuple(_row(thing, section.columns) for thing in things)


def _row(thing: models.Model, columns: Iterable[Column]) -> Row:
    return {column.key: _value(thing, column) for column in columns if column.kind != Kind.MISSIONS}


def _value(thing: models.Model, column: Column) -> Any:
    value = getattr(thing, column.key)
    if column.kind is Kind.CODE:
        return clean_text(value.code) if value else None
    if column.kind is Kind.RUNGS:
        return tuple(Decimal(rung) for rung in value)
    if column.kind is Kind.NAMES:
        return {key: clean_text(one_line(name)) for key, name in value.items() if name.strip()}
    return clean_text(value) if isinstance(value, str) else value


def _weights(scorecard: Scorecard, names_experts: bool) -> Weights | None:
    weight_set = current_weights(scorecard)
    if weight_set is None:
        return None
    weights = list(weight_set.weights.select_related("perspective", "kpi"))
    return Weights(
        origin=weight_set.origin,
        perspectives={each.perspective.code: each.value for each in weights if each.perspective},
        kpis={each.kpi.code: each.value for each in weights if each.kpi},
        questionnaire=as_exported(weight_set.particulars, names_experts=names_experts),
    )
