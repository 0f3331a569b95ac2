from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.models import Role
from scorecards.access import get_period, get_scorecard
from scorecards.forms.periods import PeriodForm, ReopenForm, SeenForm
from scorecards.models import Period
from scorecards.selectors import periods as selectors
from scorecards.selectors.periods import period_name
from scorecards.selectors.report import period_report
from scorecards.services import periods as services
from scorecards.views.pages import INVALID, posted, show


def _named(period: Period) -> dict[str, object]:
    return {"period": period, "name": period_name(period), "tab": "periods"}


def period_list(request: HttpRequest, org: str, scorecard_pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, scorecard_pk)
    periods = selectors.period_list(scorecard, timezone.localdate())
    return show(request, "period_list", scorecard, tab="periods", periods=periods)


def period_create(request: HttpRequest, org: str, scorecard_pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, scorecard_pk, role=Role.EDITOR)
    suggested = selectors.next_start(scorecard, timezone.localdate())
    form = PeriodForm(posted(request), scorecard=scorecard, initial={"start": suggested})
    if request.method == "POST" and form.is_valid():
        try:
            period = services.open_period(
                scorecard=scorecard, start=form.cleaned_data["start"], by=request.user
            )
        except ValidationError as refusal:
            form.add_error("start", refusal)
        else:
            messages.success(request, _("%(period)s is open.") % {"period": period_name(period)})
            return redirect("scorecards:entry", org, scorecard_pk, period.start)
    return show(request, "period_form", scorecard, tab="periods", form=form)


def period_delete(request: HttpRequest, org: str, scorecard_pk: int, start: date) -> HttpResponse:
    period = get_period(request.user, org, scorecard_pk, start, role=Role.EDITOR)
    form = SeenForm(posted(request), initial={"version": period.version})
    if request.method == "POST" and form.is_valid():
        name = period_name(period)
        try:
            services.delete_period(
                period=period, seen=form.cleaned_data["version"], by=request.user
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("%(period)s is deleted.") % {"period": name})
            return redirect("scorecards:period-list", org, scorecard_pk)
    return show(request, "period_delete", period.scorecard, form=form, **_named(period))


def period_close(request: HttpRequest, org: str, scorecard_pk: int, start: date) -> HttpResponse:
    period = get_period(request.user, org, scorecard_pk, start, role=Role.EDITOR)
    refusal = None
    if not period.is_open:
        messages.info(request, _("This period is closed already."))
        return redirect("scorecards:report", org, scorecard_pk, start)
    if request.method == "POST":
        try:
            services.close_period(period=period, by=request.user, now=timezone.now())
        except ValidationError as error:
            refusal = error
        else:
            text = _("%(period)s is closed. Its report no longer changes.")
            messages.success(request, text % {"period": period_name(period)})
            return redirect("scorecards:report", org, scorecard_pk, start)
    return show(
        request,
        "period_close",
        period.scorecard,
        status=INVALID if refusal else 200,
        report=period_report(period),
        refusal=refusal,
        **_named(period),
    )


def period_reopen(request: HttpRequest, org: str, scorecard_pk: int, start: date) -> HttpResponse:
    period = get_period(request.user, org, scorecard_pk, start, role=Role.ADMIN)
    form = ReopenForm(posted(request))
    if period.is_open:
        messages.info(request, _("This period is open already."))
        return redirect("scorecards:entry", org, scorecard_pk, start)
    if request.method == "POST" and form.is_valid():
        services.reopen_period(
            period=period, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
        )
        text = _("%(period)s is open again. Correct its values, then close it.")
        messages.success(request, text % {"period": period_name(period)})
        return redirect("scorecards:entry", org, scorecard_pk, start)
    return show(request, "period_reopen", period.scorecard, form=form, **_named(period))
