"""The trace table for spreadsheets: one line for each initiative, or for what has none."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from scorecards.exports.cells import number_cell, text_cell
from scorecards.exports.csv_format import for_reader
from scorecards.models import Initiative
from scorecards.selectors.trace import Trace, TraceGroup, TraceLine


def trace_as_csv(trace: Trace) -> str:
    lines = (line for group in trace.groups for line in _group_lines(group))
    return for_reader().text([_head(), *lines])


def _head() -> list[str]:
    return [
        *(_("mission number"), _("mission"), _("objective code"), _("objective")),
        *(_("KPI code"), _("KPI"), _("KPI status"), _("initiative"), _("person in charge")),
        *(_("budget in rupiah"), _("first day"), _("last day"), _("status")),
        *(_("progress in percent"), _("late")),
    ]


def _group_lines(group: TraceGroup) -> Iterator[list[str]]:
    mission = group.mission
    cells = [str(mission.order), text_cell(mission.text)] if mission else ["", ""]
    if not group.lines:
        yield cells + [""] * (len(_head()) - len(cells))
    for line in group.lines:
        before = cells + _design_cells(line)
        for row in line.initiatives:
            yield before + _initiative_cells(row.initiative, late=row.late)
        if not line.initiatives:
            yield before + [""] * (len(_head()) - len(before))


def _design_cells(line: TraceLine) -> list[str]:
    objective, kpi = line.objective, line.kpi
    texts = [objective.code, objective.statement]
    texts += [kpi.code, kpi.name, kpi.get_status_display()] if kpi else ["", "", ""]
    return [text_cell(str(text)) for text in texts]


def _initiative_cells(initiative: Initiative, *, late: bool) -> list[str]:
    return [
        text_cell(initiative.name),
        text_cell(initiative.person_in_charge),
        number_cell(initiative.budget),
        initiative.start.isoformat() if initiative.start else "",
        initiative.end.isoformat() if initiative.end else "",
        str(initiative.get_status_display()),
        str(initiative.progress),
        _("yes") if late else "",
    ]
