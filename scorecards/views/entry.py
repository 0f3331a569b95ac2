"""Entering a period's values: one page, saved as a whole or, with JavaScript, KPI by KPI.

Everything that can be stored is stored. What can't be read, or came too late, comes back as it
was typed, with status 422 or 409.
"""

from datetime import date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations import figures
from organizations.models import Role
from scorecards.access import get_period
from scorecards.forms.entry import Stray, Typed, read_strays, read_typed
from scorecards.models import Period
from scorecards.selectors.entry import (
    Boxes,
    EntryRow,
    EntrySheet,
    entry_kpis,
    entry_sheet,
    theirs_of,
)
from scorecards.selectors.lost_entries import Lost, lost_entries
from scorecards.selectors.periods import period_name
from scorecards.services.measurements import Recorded, record_measurements
from scorecards.services.periods import PeriodClosed
from scorecards.views.pages import show


def entry(request: HttpRequest, org: str, scorecard_pk: int, start: date) -> HttpResponse:
    period = get_period(request.user, org, scorecard_pk, start, role=Role.EDITOR)
    if request.method == "POST":
        return _save(request, period)
    if not period.is_open:
        messages.info(request, PeriodClosed().message)
        return redirect("scorecards:report", org, scorecard_pk, start)
    return _page(request, period, entry_sheet(period))


def _save(request: HttpRequest, period: Period) -> HttpResponse:
    typed = read_typed(request.POST, entry_kpis(period))
    entries = [each.entry for each in typed.values() if each.entry]
    try:
        recorded = record_measurements(period=period, entries=entries, by=request.user)
    except PeriodClosed as closed:
        sheet = entry_sheet(period, {pk: _boxes(each, None, pk) for pk, each in typed.items()})
        return _answer(request, period, sheet, typed, closed=closed)
    unsaved = {
        pk: _boxes(each, recorded, pk)
        for pk, each in typed.items()
        if each.errors or pk in recorded.conflicts
    }
    sheet = entry_sheet(period, unsaved)
    strays: dict[int, Stray | Typed] = read_strays(request.POST, typed.keys())
    strays |= {pk: typed[pk] for pk in recorded.gone}
    boxes = {
        pk: Boxes(stray.value, stray.note, stray.not_applicable, 0, inputs=stray.inputs)
        for pk, stray in strays.items()
    }
    lost = lost_entries(period, boxes)
    return _answer(request, period, sheet, typed, recorded=recorded, lost=lost)


def _boxes(typed: Typed, recorded: Recorded | None, pk: int) -> Boxes:
    """The boxes as they were typed. After a conflict they carry the version that is shown now,
    so that saving once more is a decision against what stands beside them."""
    conflict = recorded.conflicts.get(pk) if recorded else None
    version, theirs = typed.version, None
    if conflict:
        theirs = theirs_of(conflict.submitted.kpi, conflict.current)
        version = conflict.current.version if conflict.current else 0
    return Boxes(
        value=typed.value,
        note=typed.note,
        not_applicable=typed.not_applicable,
        version=version,
        errors=typed.errors,
        theirs=theirs,
        inputs=typed.inputs,
    )


def _answer(
    request: HttpRequest,
    period: Period,
    sheet: EntrySheet,
    typed: dict[int, Typed],
    *,
    recorded: Recorded | None = None,
    closed: PeriodClosed | None = None,
    lost: tuple[Lost, ...] = (),
) -> HttpResponse:
    status = 409 if closed or lost or sheet.conflicts else 422 if sheet.wrong else 200
    saved = len(recorded.changed) if recorded else 0
    if request.accepts("text/html"):
        if status == 200:
            messages.success(request, _saved_text(saved))
            return redirect(request.path)
        return _page(request, period, sheet, status=status, saved=saved, closed=closed, lost=lost)
    answer = {
        "progress": _progress_text(sheet),
        "filled": sheet.filled,
        "message": closed.message if closed else _result_text(sheet, lost),
        "rows": {
            row.prefix: _news(request, sheet, row) for pk, row in sheet.rows.items() if pk in typed
        },
    }
    return JsonResponse(answer, status=status)


def _news(request: HttpRequest, sheet: EntrySheet, row: EntryRow) -> dict[str, object]:
    """What the page's script shows for a KPI after its answer has come."""
    return {
        "version": row.boxes.version,
        "wrong": list(row.boxes.errors),
        "conflict": row.boxes.theirs is not None,
        "opens": row.shows_note,
        "html": render_to_string(
            "scorecards/_entry_feedback.html", {"row": row, "sheet": sheet}, request
        ),
    }


def _page(
    request: HttpRequest, period: Period, sheet: EntrySheet, *, status: int = 200, **more: object
) -> HttpResponse:
    return show(
        request,
        "entry",
        period.scorecard,
        status=status,
        tab="periods",
        period=period,
        name=period_name(period),
        sheet=sheet,
        progress=_progress_text(sheet),
        **more,
    )


def _saved_text(saved: int) -> str:
    if not saved:
        return _("Nothing has changed.")
    return ngettext("%(count)s KPI saved.", "%(count)s KPIs saved.", saved) % {"count": saved}


def _result_text(sheet: EntrySheet, lost: tuple[Lost, ...]) -> str:
    """Says "saved" only when everything that was sent is stored."""
    if lost:
        codes = ", ".join(each.code or _("a deleted KPI") for each in lost)
        return _("Not saved, because it is no longer measured here: %(codes)s") % {"codes": codes}
    unsaved = sheet.wrong + sheet.conflicts
    if unsaved:
        return _("Not saved yet: %(codes)s") % {"codes": ", ".join(r.kpi.code for r in unsaved)}
    return _("Saved %(time)s") % {"time": _clock(localtime())}


def _progress_text(sheet: EntrySheet) -> str:
    return _("%(filled)s of %(total)s filled in") % {"filled": sheet.filled, "total": sheet.total}


def _clock(moment: datetime) -> str:
    separator = ":" if figures.decimal_mark() == "." else "."
    return f"{moment:%H}{separator}{moment:%M}"
