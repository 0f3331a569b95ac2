from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from scorecards.access import get_scorecard
from scorecards.exports.trace_csv import trace_as_csv
from scorecards.selectors import trace as selector
from scorecards.views.pages import show


def trace(request: HttpRequest, org: str, scorecard_pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, scorecard_pk)
    found = selector.trace(scorecard, timezone.localdate())
    return show(request, "trace", scorecard, tab="trace", trace=found)


def trace_csv(request: HttpRequest, org: str, scorecard_pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, scorecard_pk)
    body = trace_as_csv(selector.trace(scorecard, timezone.localdate()))
    # Translators: the first word of the name of a downloaded file.
    word = _("alignment")
    name = slugify(f"{word} {scorecard.name}")
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=headers)
