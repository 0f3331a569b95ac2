"""All targets of a scorecard on one page: a row for each adopted KPI, a column for each day on
which targets begin. And one such column, to be typed into."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from scorecards.models import KPI, Perspective, Scorecard, Target
from scorecards.selectors.report.levels import suits, target_in_force
from scorecards.selectors.target_view import short_points
from scorecards.selectors.weights import weighable_groups

# By KPI: the target that its boxes were filled from, and that target's version.
Seen = Mapping[int, tuple[int, int]]


@dataclass(frozen=True)
class PlanCell:
    """What counts for a KPI from a day on: its own target of that day, or one from before."""

    day: date
    target: Target | None
    is_own: bool
    text: str


@dataclass(frozen=True)
class PlanRow:
    kpi: KPI
    cells: tuple[PlanCell, ...]


@dataclass(frozen=True)
class PlanGroup:
    perspective: Perspective
    rows: tuple[PlanRow, ...]


@dataclass(frozen=True)
class TargetPlan:
    days: tuple[date, ...]
    groups: tuple[PlanGroup, ...]

    @property
    def columns(self) -> int:
        return len(self.days) + 1

    @property
    def without(self) -> tuple[KPI, ...]:
        """The KPIs that never have a target."""
        return tuple(
            row.kpi
            for group in self.groups
            for row in group.rows
            if not any(cell.target for cell in row.cells)
        )


def target_plan(scorecard: Scorecard) -> TargetPlan:
    """The plan, from the first day on; four queries, however many KPIs and years."""
    targets = targets_by_kpi(scorecard)
    groups = adopted_groups(scorecard)
    adopted = {kpi.pk for _, kpis in groups for kpi in kpis}
    begun = {target.valid_from for pk in adopted for target in targets[pk]}
    days = tuple(sorted(begun))
    return TargetPlan(
        days=days,
        groups=tuple(
            PlanGroup(
                perspective,
                tuple(
                    PlanRow(kpi, tuple(_cells(kpi, targets[kpi.pk], days, scorecard)))
                    for kpi in kpis
                ),
            )
            for perspective, kpis in groups
        ),
    )


def _cells(
    kpi: KPI, targets: list[Target], days: Iterable[date], scorecard: Scorecard
) -> Iterator[PlanCell]:
    for day in days:
        target = target_in_force(targets, day, scorecard)
        if target is None:
            yield PlanCell(day, None, False, "")
            continue
        target.kpi = kpi
        yield PlanCell(day, target, target.valid_from == day, short_points(target))


def adopted_groups(scorecard: Scorecard) -> list[tuple[Perspective, list[KPI]]]:
    groups = weighable_groups(
        list(scorecard.perspectives.all()), scorecard.objectives.all(), scorecard.kpis.all()
    )
    for _, kpis in groups:
        for kpi in kpis:
            kpi.scorecard = scorecard
    return groups


def targets_by_kpi(scorecard: Scorecard) -> dict[int, list[Target]]:
    """Every KPI's targets, the oldest first."""
    found: dict[int, list[Target]] = defaultdict(list)
    for target in Target.objects.filter(kpi__scorecard=scorecard).order_by("valid_from", "pk"):
        found[target.kpi_id].append(target)
    return found


@dataclass(frozen=True)
class ColumnRow:
    """A KPI in one column of the plan.

    ``base`` is what the boxes are filled from: the KPI's target of that day, else the one in
    force then. ``own`` is its target of that day as stored now, ``before`` the one that it
    follows.
    """

    kpi: KPI
    base: Target | None
    own: Target | None
    before: Target | None

    @property
    def before_text(self) -> str:
        return short_points(self.before) if self.before else ""


@dataclass(frozen=True)
class PlanColumn:
    scorecard: Scorecard
    day: date | None  # None while the day of a new column isn't known
    groups: tuple[tuple[Perspective, tuple[ColumnRow, ...]], ...]

    @property
    def rows(self) -> Iterator[ColumnRow]:
        return (row for _, rows in self.groups for row in rows)

    @property
    def exists(self) -> bool:
        return any(row.own for row in self.rows)


def plan_column(scorecard: Scorecard, day: date | None, seen: Seen | None = None) -> PlanColumn:
    """The column that begins on ``day``; without a day, what counts in the end.

    ``seen`` says what the reader's boxes were filled from; of targets that were changed or
    deleted since, their history tells what they were.
    """
    targets = targets_by_kpi(scorecard)
    bases = None if seen is None else _as_seen(seen, targets)
    groups = []
    for perspective, kpis in adopted_groups(scorecard):
        rows = [_column_row(kpi, targets[kpi.pk], day, bases) for kpi in kpis]
        groups.append((perspective, tuple(rows)))
    return PlanColumn(scorecard, day, tuple(groups))


def _column_row(
    kpi: KPI, targets: list[Target], day: date | None, bases: dict[int, Target] | None
) -> ColumnRow:
    for target in targets:
        target.kpi = kpi
    until = [target for target in targets if day is None or target.valid_from <= day]
    own = until[-1] if until and until[-1].valid_from == day else None
    before = [target for target in until if target is not own and suits(target, kpi.scorecard)]
    in_force = target_in_force(until, day or date.max, kpi.scorecard)
    base = in_force if bases is None else bases.get(kpi.pk)
    if base is not None:
        base.kpi = kpi
        base = base if suits(base, kpi.scorecard) else None
    return ColumnRow(kpi, base, own, before[-1] if before else None)


def _as_seen(seen: Seen, targets: Mapping[int, list[Target]]) -> dict[int, Target]:
    """The targets as they were when their readers saw them, by KPI."""
    stored = {target.pk: target for each in targets.values() for target in each}
    found, changed = {}, []
    for kpi_pk, (pk, version) in seen.items():
        target = stored.get(pk)
        if target is not None and (target.kpi_id, target.version) == (kpi_pk, version):
            found[kpi_pk] = target
        else:
            changed.append(pk)
    if changed:
        for row in Target.history.filter(id__in=changed, kpi_id__in=list(seen)):
            if seen[row.kpi_id] == (row.id, row.version):
                found.setdefault(row.kpi_id, row.instance)
    return found


def next_start(scorecard: Scorecard, today: date) -> date:
    """The day that a new column proposes: a year after the last one, else this year's first."""
    last = (
        Target.objects.filter(kpi__scorecard=scorecard, kpi__status=KPI.Status.ADOPTED)
        .order_by("-valid_from", "-pk")
        .first()
    )
    if last is None:
        return today.replace(month=1, day=1)
    day = last.valid_from
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
