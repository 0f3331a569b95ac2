"""The strategy map of a scorecard, with the lights of its latest report."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from organizations import figures
from scorecards.methods.lights import Limits, light, shown_decimals
from scorecards.models import KPI, CauseLink, Objective, Perspective, Scorecard
from scorecards.selectors.report import KPIRow, Settings, latest_report
from scorecards.states import State, joint_state
from scorecards.strategy_map.layout import draw_map
from scorecards.strategy_map.listing import ListedBand, list_map
from scorecards.strategy_map.model import Band, Link, MapLayout, Node

# Above this a band is hard to read, and usually says too much (interface: about five).
MOST_PER_BAND = 5


@dataclass(frozen=True)
class ObjectiveLevel:
    state: State
    text: str


WITHOUT_KPI = ObjectiveLevel(State.NO_DATA, "")


@dataclass(frozen=True)
class LatestLevels:
    """Of each objective by its id; ``period`` is empty where nothing was measured yet."""

    period: str
    objectives: dict[int, ObjectiveLevel]


def latest_levels(scorecard: Scorecard) -> LatestLevels:
    """The objectives' levels in the latest report."""
    report = latest_report(scorecard)
    if report is None:
        return LatestLevels("", {})
    limits = _limits(report.settings)
    rows: dict[int, list[KPIRow]] = defaultdict(list)
    for perspective in report.perspectives:
        for row in perspective.kpis:
            rows[row.objective_id].append(row)
    levels = {pk: _objective_level(found, limits) for pk, found in rows.items()}
    return LatestLevels(report.name, levels)


def _limits(settings: Settings) -> Limits:
    return Limits(
        red=settings.red_limit,
        green=settings.green_limit,
        red_inclusive=settings.red_inclusive,
        lowest=settings.lowest,
        highest=settings.highest,
    )


def _objective_level(rows: Sequence[KPIRow], limits: Limits) -> ObjectiveLevel:
    """The mean of its KPIs' levels by their weights; those without data are left out."""
    scored = [(row.level, row.weight) for row in rows if row.level is not None]
    if not scored:
        return ObjectiveLevel(joint_state("", (row.state for row in rows)), "")
    total = sum(weight for _level, weight in scored)
    if total:
        level = sum(level * weight for level, weight in scored) / total
    else:
        level = sum(level for level, _weight in scored) / len(scored)
    text = figures.figure(level, shown_decimals(level, limits, 1))
    return ObjectiveLevel(State(light(level, limits).value), text)


def points_down(link: CauseLink) -> bool:
    """Whether the effect stands in a perspective below that of its cause."""
    upper, lower = link.cause.perspective, link.effect.perspective
    return (upper.order, upper.pk) < (lower.order, lower.pk)


@dataclass(frozen=True)
class LinkRow:
    link: CauseLink
    points_down: bool


@dataclass(frozen=True)
class MapWarning:
    text: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class MapPage:
    layout: MapLayout | None  # None: there is nothing to draw yet
    listed: list[ListedBand]
    links: tuple[LinkRow, ...]
    warnings: tuple[MapWarning, ...]
    levels: LatestLevels
    with_status: bool


def map_page(scorecard: Scorecard, *, with_status: bool = True, as_links: bool = True) -> MapPage:
    """The map as picture and list, with what looks wrong in it; a fixed number of queries."""
    perspectives = list(scorecard.perspectives.all())
    objectives = list(scorecard.objectives.all())
    links = list(scorecard.cause_links.select_related("cause", "effect"))
    levels = latest_levels(scorecard) if with_status else LatestLevels("", {})
    bands = _bands(scorecard, perspectives, objectives, levels, as_links=as_links)
    drawn = [Link(str(link.cause_id), str(link.effect_id), link.reason) for link in links]
    place = {perspective.pk: number for number, perspective in enumerate(perspectives)}
    rows = tuple(
        LinkRow(link, place[link.cause.perspective_id] < place[link.effect.perspective_id])
        for link in links
    )
    return MapPage(
        layout=draw_map(bands, drawn) if objectives else None,
        listed=list_map(bands, drawn),
        links=rows,
        warnings=_warnings(scorecard, perspectives, objectives, rows),
        levels=levels,
        with_status=with_status and bool(levels.period),
    )


def _bands(
    scorecard: Scorecard,
    perspectives: Iterable[Perspective],
    objectives: Iterable[Objective],
    levels: LatestLevels,
    *,
    as_links: bool,
) -> list[Band]:
    url = reverse("scorecards:scorecard", args=[scorecard.organization.slug, scorecard.pk])
    nodes: dict[int, list[Node]] = defaultdict(list)
    for objective in objectives:
        level = levels.objectives.get(objective.pk, WITHOUT_KPI)
        nodes[objective.perspective_id].append(
            Node(
                key=str(objective.pk),
                code=objective.code,
                text=objective.statement,
                light=level.state.value if levels.period else "",
                word=level.state.word if levels.period else "",
                level_text=level.text,
                url=f"{url}#objective-{objective.pk}" if as_links else "",
            )
        )
    return [Band(str(each.pk), each.name, nodes[each.pk]) for each in perspectives]


def _warnings(
    scorecard: Scorecard,
    perspectives: Iterable[Perspective],
    objectives: Sequence[Objective],
    rows: Iterable[LinkRow],
) -> tuple[MapWarning, ...]:
    linked = {pk for row in rows for pk in (row.link.cause_id, row.link.effect_id)}
    measured = set(
        scorecard.kpis.exclude(status=KPI.Status.DROPPED).values_list("objective_id", flat=True)
    )
    crowded = [
        perspective.name
        for perspective in perspectives
        if sum(each.perspective_id == perspective.pk for each in objectives) > MOST_PER_BAND
    ]
    found = (
        (
            _("Links that point down. Usually what stands below drives what stands above:"),
            [str(row.link) for row in rows if row.points_down],
        ),
        (
            _("Objectives without a link. What do they lead to?"),
            [each.code for each in objectives if each.pk not in linked],
        ),
        (
            _("Objectives without a KPI. Nobody will know whether they are reached:"),
            [each.code for each in objectives if each.pk not in measured],
        ),
        (_("Perspectives with more than five objectives. Fewer say more:"), crowded),
    )
    return tuple(MapWarning(text, tuple(names)) for text, names in found if names)
