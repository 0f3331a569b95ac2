from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.models import Role
from scorecards import calendar
from scorecards.access import get_period, get_scorecard
from scorecards.forms.periods import PeriodForm, ReopenForm, SeenForm, YearForm
from scorecards.models import Period
from scorecards.selectors import periods as selectors
from scorecards.selectors.period_choice import period_choices
from scorecards.selectors.periods import period_name
from scorecards.selectors.report import period_report
from scorecards.selectors.unsaved_entries import (
    count_unsaved,
    others_unsaved,
    unsaved_entries,
)
from scorecards.services import periods as services
from scorecards.views.pages import INVALID, posted, show


def _named(period: Period) -> dict[str, object]:
    return {"period": period, "name": period_name(period), "tab": "periods"}


def _unsaved(request: HttpRequest, period: Period) -> dict[str, object]:
    """What was typed for the period and isn't in it: one's own by name, of others how much."""
    return {
        "unsaved": unsaved_entries(period, request.user),
        "others_unsaved": others_unsaved(period, request.user),
    }


def period_list(request: HttpRequest, org: str, scorecard_pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, scorecard_pk)
    unsaved = count_unsaved(scorecard, request.user) if scorecard.organization.can_edit else {}
    periods = selectors.period_list(scorecard, timezone.localdate(), unsaved)
    return show(request, "period_list", scorecard, tab="periods", periods=periods)


def period_create(request: HttpRequest, org: str, scorecard_pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, scorecard_pk, role=Role.EDITOR)
    year = YearForm(request.GET or None, initial={"begins": calendar.JANUARY})
    choices = period_choices(scorecard, timezone.localdate(), year.month)
    form = PeriodForm(posted(request), choices=choices)
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
    year = year if choices.begins_is_open else None
    return show(request, "period_form", scorecard, tab="periods", form=form, year=year)


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
    about = _named(period) | _unsaved(request, period)
    return show(request, "period_delete", period.scorecard, form=form, **about)


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
        **_unsaved(request, period),
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
