"""Entering a period's values: one page, saved as a whole or, with JavaScript, KPI by KPI.

Everything that can be stored is stored. What can't be read, or came too late, comes back as it
was typed, with status 422 or 409, and is kept for its writer until it is stored or discarded.
"""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.models import EditConflict, Role
from scorecards.access import get_period
from scorecards.forms.entry import Typed, read_discarded, read_texts, read_typed, undecided
from scorecards.forms.unsaved import kept_boxes, unsaved_boxes
from scorecards.models import Period
from scorecards.selectors.entry import Boxes, EntrySheet, entry_kpis, entry_sheet
from scorecards.selectors.lost_entries import Lost, lost_entries
from scorecards.selectors.periods import period_name
from scorecards.selectors.unsaved_entries import Texts, texts_of, unsaved_entries
from scorecards.services.measurements import Recorded
from scorecards.services.periods import PeriodClosed
from scorecards.services.unsaved_entries import record_or_keep
from scorecards.views.entry_answers import closed_answer, entry_answer, progress_text, storage_key
from scorecards.views.pages import page_url, show


def entry(request: HttpRequest, org: str, scorecard_pk: int, start: date) -> HttpResponse:
    period = get_period(request.user, org, scorecard_pk, start, role=Role.EDITOR)
    if request.method == "POST":
        return _save(request, period)
    kept = _kept(request, period)
    if period.is_open:
        boxes = kept_boxes(period, kept, entry_kpis(period)) if kept else {}
        lost = lost_entries(period, {pk: kept[pk] for pk in kept if pk not in boxes})
        return _page(request, period, entry_sheet(period, boxes), lost=lost)
    return _closed_page(request, period, kept)


def _kept(request: HttpRequest, period: Period) -> dict[int, Texts]:
    rows = unsaved_entries(period, request.user)
    return {pk: texts_of(row) for pk, row in rows.items()}


def _save(request: HttpRequest, period: Period) -> HttpResponse:
    discarded = read_discarded(request.POST)
    data = undecided(request.POST) if discarded else request.POST
    texts = read_texts(data)
    typed = read_typed(data, entry_kpis(period))
    for pk in discarded:
        typed.pop(pk, None)
        texts.pop(pk, None)
    strays = {pk: texts[pk] for pk in texts if pk not in typed}
    lost = lost_entries(period, strays)
    sent = {pk: texts[pk] for pk in [*typed, *(each.kpi_id for each in lost)]}
    try:
        recorded = record_or_keep(
            period=period,
            entries=[each.entry for each in typed.values() if each.entry],
            texts=sent,
            by=request.user,
            now=timezone.now(),
            discard=discarded,
        )
    except EditConflict as gone:  # the period was deleted at this moment: nothing can keep it
        for each in lost_entries(period, sent):
            gone.add(each.name, yours=each.line, theirs=None)
        raise
    if recorded.is_closed:
        return _closed(request, period, typed, sent, recorded)
    lost += lost_entries(period, {pk: texts[pk] for pk in recorded.gone})
    unsaved = {pk: each for pk, each in typed.items() if each.errors or pk in recorded.conflicts}
    boxes = unsaved_boxes(period, unsaved, recorded.kept)
    return _answer(request, period, boxes, {*typed, *discarded}, recorded, lost)


def _answer(
    request: HttpRequest,
    period: Period,
    boxes: dict[int, Boxes],
    sent: set[int],
    recorded: Recorded,
    lost: tuple[Lost, ...],
) -> HttpResponse:
    if not request.accepts("text/html"):
        return entry_answer(request, entry_sheet(period, boxes), sent, recorded.changed, lost)
    # The page also has what was kept before, and isn't among what was sent now.
    kept = {pk: texts for pk, texts in _kept(request, period).items() if pk not in sent}
    others = kept_boxes(period, kept, entry_kpis(period)) if kept else {}
    known = {each.kpi_id for each in lost}
    more = {pk: kept[pk] for pk in kept if pk not in others and pk not in known}
    sheet = entry_sheet(period, others | boxes)
    is_late = lost or any(each.in_conflict for each in boxes.values())
    status = 409 if is_late else 422 if boxes else 200
    if status == 200:
        messages.success(request, _done_text(recorded))
        return redirect(request.path)
    lost += lost_entries(period, more)
    saved = len(recorded.changed)
    return _page(request, period, sheet, status=status, saved=saved, lost=lost)


def _closed(
    request: HttpRequest,
    period: Period,
    typed: dict[int, Typed],
    texts: dict[int, Texts],
    recorded: Recorded,
) -> HttpResponse:
    """Nothing was stored. What says something new is kept, and shown without boxes."""
    same = {pk for pk, each in typed.items() if each.entry and pk not in recorded.late}
    new = {pk: each for pk, each in texts.items() if pk not in same}
    if not request.accepts("text/html"):
        return closed_answer(request, period, typed, new.keys())
    if not texts:  # something was discarded, and nothing else was sent
        return redirect(request.path)
    return _closed_page(request, period, _kept(request, period) | new, status=409)


def _closed_page(
    request: HttpRequest, period: Period, typed: dict[int, Texts], *, status: int = 200
) -> HttpResponse:
    lost = lost_entries(period, typed)
    if not lost:
        messages.info(request, PeriodClosed().message)
        return redirect(page_url("report", period.scorecard, period.start))
    return show(
        request,
        "entry_closed",
        period.scorecard,
        status=status,
        tab="periods",
        period=period,
        name=period_name(period),
        lost=lost,
        copy="\n".join(each.line for each in lost),
    )


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
        progress=progress_text(sheet),
        storage_key=storage_key(request, period),
        **more,
    )


def _done_text(recorded: Recorded) -> str:
    saved = len(recorded.changed)
    if not saved:
        if recorded.discarded:
            return _("What was not saved is discarded.")
        return _("Nothing has changed.")
    return ngettext("%(count)s KPI saved.", "%(count)s KPIs saved.", saved) % {"count": saved}
