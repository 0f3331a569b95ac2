from dataclasses import replace
from datetime import date

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from scorecards.access import get_period
from scorecards.exports.report_csv import report_as_csv
from scorecards.exports.report_json import report_as_json
from scorecards.models import Period
from scorecards.selectors.initiatives import load_red_kpis
from scorecards.selectors.periods import period_name, reopenings
from scorecards.selectors.report import PeriodReport, digest, period_report, with_comparison
from scorecards.views.pages import show


def report(request: HttpRequest, org: str, scorecard_pk: int, start: date) -> HttpResponse:
    period = get_period(request.user, org, scorecard_pk, start)
    found, earlier = with_comparison(period, _readable(period))
    reds = load_red_kpis(period.scorecard, found, timezone.localdate())
    return show(
        request,
        "report",
        period.scorecard,
        tab="periods",
        period=period,
        name=period_name(period),
        report=found,
        digest=digest(found),
        earlier=earlier,
        reopenings=reopenings(period),
        reds=reds,
        left_alone=sum(red.is_left_alone for red in reds),
    )


def report_csv(request: HttpRequest, org: str, scorecard_pk: int, start: date) -> HttpResponse:
    period = get_period(request.user, org, scorecard_pk, start)
    body = report_as_csv(period_report(period))
    return _download(HttpResponse(body, content_type="text/csv; charset=utf-8"), period, "csv")


def report_json(request: HttpRequest, org: str, scorecard_pk: int, start: date) -> HttpResponse:
    period = get_period(request.user, org, scorecard_pk, start)
    found, _changed = with_comparison(period, _readable(period))
    answer = JsonResponse(
        report_as_json(found),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    return _download(answer, period, "json")


def _readable(period: Period) -> PeriodReport:
    """The report as this person may read it: experts by name only where research is open.

    What is left out is out of the report itself, and so of its digest: a page that was drawn for
    one role is never shown to another.
    """
    found = period_report(period)
    if period.scorecard.organization.can_research:
        return found
    return replace(found, weights=found.weights.without_names)


def _download(response: HttpResponse, period: Period, ending: str) -> HttpResponse:
    # Translators: the first word of the name of a downloaded file.
    word = _("report")
    name = slugify(f"{word} {period.scorecard.name} {period.start}")
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
