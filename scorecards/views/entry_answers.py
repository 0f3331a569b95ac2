"""What the entry page's script is told after it has sent some of the boxes."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from organizations import figures
from scorecards.forms.entry import Typed
from scorecards.forms.unsaved import unsaved_boxes
from scorecards.models import Period
from scorecards.selectors.entry import EntryRow, EntrySheet, entry_sheet
from scorecards.selectors.lost_entries import Lost
from scorecards.services.periods import PeriodClosed

KEY_LENGTH = 24


def entry_answer(
    request: HttpRequest,
    sheet: EntrySheet,
    sent: Collection[int],
    changed: Collection[int],
    lost: tuple[Lost, ...],
) -> JsonResponse:
    """Of the KPIs that were sent: the page knows best what else on it isn't saved."""
    status = 409 if lost or sheet.conflicts else 422 if sheet.wrong else 200
    return JsonResponse(
        _answer(request, sheet, sent, changed) | {"lost": _lost_text(lost)}, status=status
    )


def closed_answer(
    request: HttpRequest, period: Period, typed: Mapping[int, Typed], new: Collection[int]
) -> JsonResponse:
    """Nothing can be stored any more: each new text says so, and how it can be got at again."""
    boxes = unsaved_boxes(period, {pk: typed[pk] for pk in new if pk in typed}, new)
    message = str(PeriodClosed().message)
    late = {pk: replace(each, errors={"": message}, theirs=None) for pk, each in boxes.items()}
    sheet = entry_sheet(period, late)
    return JsonResponse(_answer(request, sheet, typed, ()) | {"closed": message}, status=409)


def _answer(
    request: HttpRequest, sheet: EntrySheet, sent: Collection[int], changed: Collection[int]
) -> dict[str, object]:
    return {
        "progress": progress_text(sheet),
        "filled": sheet.filled,
        "time": figures.clock(localtime()),
        "rows": {
            row.prefix: _news(request, sheet, row) | {"changed": pk in changed}
            for pk, row in sheet.rows.items()
            if pk in sent
        },
    }


def _news(request: HttpRequest, sheet: EntrySheet, row: EntryRow) -> dict[str, object]:
    """What the page's script shows for a KPI after its answer has come."""
    boxes = row.boxes
    return {
        "version": boxes.version,
        "seen": boxes.version if boxes.seen is None else boxes.seen,
        "wrong": list(boxes.errors),
        "conflict": boxes.theirs is not None,
        "unsaved": not row.is_stored,
        "opens": row.shows_note,
        "boxes": {
            "value": boxes.value,
            "note": boxes.note,
            "not_applicable": boxes.not_applicable,
            **{box.name: box.text for box in row.numbers},
        },
        "html": render_to_string(
            "scorecards/_entry_feedback.html", {"row": row, "sheet": sheet}, request
        ),
    }


def storage_key(request: HttpRequest, period: Period) -> str:
    """Under which the browser keeps what it could not send yet: it names nobody."""
    content = f"{request.user.pk} {period.pk}"
    return salted_hmac("scorecards.entry", content).hexdigest()[:KEY_LENGTH]


def progress_text(sheet: EntrySheet) -> str:
    if not sheet.filled:
        return _("Nothing is filled in yet")
    return _("%(filled)s of %(total)s filled in") % {"filled": sheet.filled, "total": sheet.total}


def _lost_text(lost: tuple[Lost, ...]) -> str:
    if not lost:
        return ""
    codes = ", ".join(each.code or _("a deleted KPI") for each in lost)
    return _("Not saved, because it is no longer measured here: %(codes)s") % {"codes": codes}
