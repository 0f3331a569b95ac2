"""Initiatives as their pages show them, and the red KPIs that have none."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from scorecards.methods.lights import Light
from scorecards.models import KPI, Initiative, Objective, Scorecard
from scorecards.selectors.report import KPIRow as ReportRow
from scorecards.selectors.report import PeriodReport, latest_report

Status = Initiative.Status
ALL, LATE = "all", "late"
# What calls for somebody stands first.
ORDER = [Status.RUNNING, Status.PLANNED, Status.DONE, Status.STOPPED]


@dataclass(frozen=True)
class InitiativeRow:
    initiative: Initiative
    late: bool  # its last day is over, and it is neither done nor stopped


@dataclass(frozen=True)
class RedKPI:
    """A KPI that is red in a report, with what is being done about it or its objective."""

    kpi: KPI
    initiatives: tuple[InitiativeRow, ...]

    @property
    def is_left_alone(self) -> bool:
        return not self.initiatives


@dataclass(frozen=True)
class Choice:
    """Which initiatives are shown: all of them, the late ones, or those of a status."""

    key: str
    label: str
    count: int


@dataclass(frozen=True)
class InitiativeList:
    rows: tuple[InitiativeRow, ...]
    choices: tuple[Choice, ...]
    shown: str
    late: int
    budget: Decimal  # of the rows that are shown
    without_budget: int
    left_alone: tuple[RedKPI, ...]
    period: str  # of the latest report, "" where there is none

    @property
    def total(self) -> int:
        return self.choices[0].count


def initiative_list(scorecard: Scorecard, today: date, shown: str = ALL) -> InitiativeList:
    """All initiatives of a scorecard, or those that were asked for; a fixed number of queries."""
    initiatives = list(_with_subjects(scorecard.initiatives))
    rows = rows_of(initiatives, today)
    choices = _choices(rows)
    if shown not in {choice.key for choice in choices}:
        shown = ALL
    found = tuple(row for row in rows if _is_shown(row, shown))
    report = latest_report(scorecard)
    reds = red_kpis(report, scorecard.kpis.all(), initiatives, today) if report else ()
    return InitiativeList(
        rows=found,
        choices=choices,
        shown=shown,
        late=sum(row.late for row in rows),
        budget=sum((row.initiative.budget or Decimal(0) for row in found), Decimal(0)),
        without_budget=sum(row.initiative.budget is None for row in found),
        left_alone=tuple(red for red in reds if red.is_left_alone),
        period=report.name if report else "",
    )


def initiatives_around(kpi: KPI, today: date) -> tuple[InitiativeRow, ...]:
    """Those for the KPI itself and for its objective; one query."""
    around = Q(kpi=kpi) | Q(objective=kpi.objective_id)
    return rows_of(_with_subjects(Initiative.objects.filter(around)), today)


def rows_of(initiatives: Iterable[Initiative], today: date) -> tuple[InitiativeRow, ...]:
    """The late ones first, then by status and last day; those without one at the end."""
    rows = [InitiativeRow(each, each.is_late(today)) for each in initiatives]
    return tuple(sorted(rows, key=_place))


def by_subject(
    initiatives: Iterable[Initiative], today: date
) -> dict[Objective | KPI, tuple[InitiativeRow, ...]]:
    """The rows of each objective and KPI that has any."""
    found: dict[Objective | KPI, list[InitiativeRow]] = defaultdict(list)
    for row in rows_of(initiatives, today):
        found[row.initiative.subject].append(row)
    return {subject: tuple(rows) for subject, rows in found.items()}


def load_red_kpis(scorecard: Scorecard, report: PeriodReport, today: date) -> tuple[RedKPI, ...]:
    """The red KPIs of a report with their initiatives as they are now; two queries."""
    kpis = list(scorecard.kpis.filter(pk__in=[row.kpi_id for row in _red_rows(report)]))
    return red_kpis(report, kpis, _with_subjects(scorecard.initiatives), today)


def red_kpis(
    report: PeriodReport, kpis: Iterable[KPI], initiatives: Iterable[Initiative], today: date
) -> tuple[RedKPI, ...]:
    """The red KPIs of a report that still count, in its order.

    A locked report may name KPIs that were dropped or deleted since; nobody has to act on them.
    """
    adopted = {kpi.pk: kpi for kpi in kpis if kpi.status == KPI.Status.ADOPTED}
    helping = [each for each in initiatives if _helps(each, report.end)]
    found: dict[tuple[str, int | None], list[Initiative]] = defaultdict(list)
    for each in helping:
        found["kpi", each.kpi_id].append(each)
        found["objective", each.objective_id].append(each)
    return tuple(
        RedKPI(kpi, rows_of(found["kpi", kpi.pk] + found["objective", kpi.objective_id], today))
        for row in _red_rows(report)
        if (kpi := adopted.get(row.kpi_id)) is not None
    )


def _red_rows(report: PeriodReport) -> list[ReportRow]:
    return [row for row in report.rows if row.light == Light.RED]


def _helps(initiative: Initiative, reported: date) -> bool:
    """Whether it can still turn a KPI that was red on the last day of the report.

    One that was over by then has shown what it could; a stopped one never will.
    """
    if initiative.status == Status.DONE:
        return initiative.end is not None and initiative.end > reported
    return initiative.is_live


def _with_subjects(initiatives: QuerySet[Initiative]) -> QuerySet[Initiative]:
    return initiatives.select_related("objective", "kpi")


def _place(row: InitiativeRow) -> tuple[bool, int, date, int]:
    initiative = row.initiative
    status = ORDER.index(Status(initiative.status))
    return (not row.late, status, initiative.end or date.max, initiative.pk)


def _is_shown(row: InitiativeRow, shown: str) -> bool:
    return shown == ALL or (row.late if shown == LATE else row.initiative.status == shown)


def _choices(rows: Sequence[InitiativeRow]) -> tuple[Choice, ...]:
    """All and late are always there, a status only where something has it."""
    labels = {ALL: _("All"), LATE: _("Late")}
    labels |= {status.value: capfirst(status.label) for status in ORDER}
    choices = [
        Choice(key, label, sum(_is_shown(row, key) for row in rows))
        for key, label in labels.items()
    ]
    return tuple(each for each in choices if each.count or each.key in (ALL, LATE))
