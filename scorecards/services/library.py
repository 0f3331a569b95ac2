"""Taking parts of the library into a scorecard.

What is there already, by its name in either language, is used and not doubled: sending the same
pick twice changes nothing the second time. Illustrative anchors are never taken.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from organizations.models import User
from scorecards.library.catalog import Framework, LibraryKPI, Text, same_name
from scorecards.library.picking import Pick
from scorecards.models import KPI, CauseLink, Objective, Perspective, Scorecard
from scorecards.models.scorecard import Frequency
from scorecards.services.codes import codes_in, follow, free_code, kpi_code
from scorecards.services.locks import locked
from scorecards.strategy_map.cycles import find_cycle
from scorecards.strategy_map.model import Link


@dataclass(frozen=True)
class Taken:
    """What came into the scorecard, and what the person should be told about it."""

    perspectives: tuple[Perspective, ...] = ()
    objectives: tuple[Objective, ...] = ()
    kpis: tuple[KPI, ...] = ()
    links: tuple[CauseLink, ...] = ()
    # The library's code, and the one given instead: it was taken, or its parent's is another.
    recoded: tuple[tuple[str, str], ...] = ()
    already_there: int = 0  # KPIs
    circular: tuple[tuple[str, str], ...] = ()  # codes of links that would close a circle

    @property
    def is_empty(self) -> bool:
        return not (self.perspectives or self.objectives or self.kpis or self.links)


def take_pick(*, scorecard: Scorecard, pick: Pick, status: str, by: User) -> Taken:
    """Add the picked parts that aren't there yet, with the links between their objectives.

    A link comes along when one of its ends is new; those that would close a circle with the
    scorecard's own links stay out. Takes the same number of queries for any number of parts.
    """
    with locked(scorecard):
        perspectives = _Shelf(scorecard.perspectives.all(), "name")
        objectives = _Shelf(scorecard.objectives.all(), "statement")
        kpis = _Shelf(scorecard.kpis.all(), "name")
        _place_perspectives(pick, scorecard, perspectives, by)
        _place_objectives(pick, scorecard, perspectives, objectives, by)
        _place_kpis(pick, scorecard, objectives, kpis, status, by)
        links, circular = _link(pick.framework, scorecard, objectives, by)
    return Taken(
        perspectives=tuple(perspectives.added),
        objectives=tuple(objectives.added),
        kpis=tuple(kpis.added),
        links=tuple(links),
        recoded=(*perspectives.recoded, *objectives.recoded, *kpis.recoded),
        already_there=len(pick.kpis) - len(kpis.added),
        circular=tuple(circular),
    )


def take_kpis(
    *, objective: Objective, entries: Iterable[LibraryKPI], status: str, by: User
) -> Taken:
    """Add KPIs of any framework under an objective, coded after it."""
    scorecard = objective.scorecard
    added, already_there = [], 0
    with locked(scorecard):
        kpis = _Shelf(scorecard.kpis.all(), "name")
        siblings = [row.code for row in kpis.rows if row.objective_id == objective.pk]
        taken = codes_in(scorecard)
        order = kpis.next_order("objective_id", objective.pk)
        for entry in entries:
            if kpis.find(entry.name):
                already_there += 1
                continue
            code = kpi_code(objective, siblings, taken)
            siblings.append(code)
            taken.add(code.casefold())
            facts = kpi_facts(entry, scorecard) | {"code": code, "status": status}
            row = KPI(scorecard=scorecard, objective=objective, order=order, saved_by=by, **facts)
            order += 1
            kpis.put(row)
            added.append(row)
        KPI.objects.bulk_create(added)
    return Taken(kpis=tuple(added), already_there=already_there)


def kpi_facts(entry: LibraryKPI, scorecard: Scorecard) -> dict[str, Any]:
    """A library KPI as fields of the scorecard's own, in the language of the moment."""
    rarer = Frequency(entry.frequency).months > Frequency(scorecard.frequency).months
    definition = _("%(definition)s Formula: %(calculation)s.") % {
        "definition": entry.definition,
        "calculation": entry.calculation,
    }
    return {
        "name": str(entry.name),
        "definition": definition,
        "unit": str(entry.unit),
        "decimals": entry.decimals,
        # A KPI may be measured more rarely than its scorecard, never more often.
        "frequency": entry.frequency if rarer else "",
        "timing": entry.timing,
        "formula": entry.formula,
        "input_names": {key: str(name) for key, name in entry.input_names.items()},
        "merge_rule": entry.merge_rule,
        "source": str(entry.data_source),
        "basis": str(entry.basis),
    }


class _Shelf:
    """The rows of one kind in a scorecard: found by name, and coded without clashes."""

    def __init__(self, rows: Iterable[Any], name_field: str) -> None:
        self.name_field = name_field
        self.rows: list[Any] = []
        self.by_name: dict[str, Any] = {}
        self.codes: set[str] = set()
        self.added: list[Any] = []
        self.recoded: list[tuple[str, str]] = []
        for row in rows:
            self.put(row)

    def put(self, row: Any) -> None:
        self.rows.append(row)
        self.by_name.setdefault(same_name(getattr(row, self.name_field)), row)
        self.codes.add(row.code.casefold())

    def find(self, name: Text) -> Any | None:
        found = (self.by_name.get(spelling) for spelling in name.spellings)
        return next((row for row in found if row is not None), None)

    def add(self, row: Any, wanted: Mapping[str, str]) -> None:
        """Put a new row on the shelf, under a code that neither it nor a later one clashes with.

        ``wanted`` has the code that each part of the pick should get, by the library's own.
        """
        original = row.code
        row.code = wanted[original]
        if row.code.casefold() in self.codes:
            reserved = {code.casefold() for code in wanted.values()}
            row.code = free_code(row.code, self.codes | reserved)
        if row.code != original:
            self.recoded.append((original, row.code))
        self.put(row)
        self.added.append(row)

    def next_order(self, parent: str, pk: int) -> int:
        orders = [row.order for row in self.rows if getattr(row, parent) == pk]
        return max(orders, default=0) + 1


def _place_perspectives(pick: Pick, scorecard: Scorecard, shelf: _Shelf, by: User) -> None:
    wanted = {each.code: each.code for each in pick.perspectives}
    for entry in pick.perspectives:
        if shelf.find(entry.name) is None:
            order = shelf.next_order("scorecard_id", scorecard.pk)
            row = Perspective(
                scorecard=scorecard, code=entry.code, name=str(entry.name), order=order, saved_by=by
            )
            shelf.add(row, wanted)
    Perspective.objects.bulk_create(shelf.added)


def _place_objectives(
    pick: Pick, scorecard: Scorecard, perspectives: _Shelf, shelf: _Shelf, by: User
) -> None:
    places = {each.code: perspectives.find(each.name) for each in pick.perspectives}
    wanted = {
        each.code: follow(each.code, each.perspective, places[each.perspective].code)
        for each in pick.objectives
    }
    for entry in pick.objectives:
        if shelf.find(entry.statement) is None:
            perspective = places[entry.perspective]
            row = Objective(
                scorecard=scorecard,
                perspective=perspective,
                code=entry.code,
                statement=str(entry.statement),
                order=shelf.next_order("perspective_id", perspective.pk),
                saved_by=by,
            )
            shelf.add(row, wanted)
    Objective.objects.bulk_create(shelf.added)


def _place_kpis(
    pick: Pick, scorecard: Scorecard, objectives: _Shelf, shelf: _Shelf, status: str, by: User
) -> None:
    places = {each.code: objectives.find(each.statement) for each in pick.objectives}
    wanted = {
        each.code: follow(each.code, each.objective, places[each.objective].code)
        for each in pick.kpis
    }
    for entry in pick.kpis:
        if shelf.find(entry.name) is None:
            objective = places[entry.objective]
            row = KPI(
                scorecard=scorecard,
                objective=objective,
                code=entry.code,
                status=status,
                order=shelf.next_order("objective_id", objective.pk),
                saved_by=by,
                **kpi_facts(entry, scorecard),
            )
            shelf.add(row, wanted)
    KPI.objects.bulk_create(shelf.added)


def _link(
    framework: Framework, scorecard: Scorecard, objectives: _Shelf, by: User
) -> tuple[list[CauseLink], list[tuple[str, str]]]:
    """The framework's links between objectives that are there, where one of them is new."""
    places = {each.code: objectives.find(each.statement) for each in framework.objectives}
    fresh = {row.pk for row in objectives.added}
    known = [
        Link(str(cause), str(effect))
        for cause, effect in scorecard.cause_links.values_list("cause_id", "effect_id")
    ]
    links, circular = [], []
    for entry in framework.links:
        cause, effect = places[entry.cause], places[entry.effect]
        if cause is None or effect is None or not {cause.pk, effect.pk} & fresh:
            continue
        link = Link(str(cause.pk), str(effect.pk))
        if find_cycle([*known, link]):
            circular.append((cause.code, effect.code))
            continue
        known.append(link)
        links.append(
            CauseLink(
                scorecard=scorecard,
                cause=cause,
                effect=effect,
                reason=str(entry.reason),
                saved_by=by,
            )
        )
    CauseLink.objects.bulk_create(links)
    return links, circular
