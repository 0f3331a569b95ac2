"""The plan of targets: all KPIs by all days on which targets begin, and one day's to be typed."""

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations import figures
from organizations.models import Role
from scorecards.access import get_scorecard, get_target_day
from scorecards.forms.target_plan import DayForm, PlanForm, day_taken, read_seen
from scorecards.models import Scorecard, Target
from scorecards.selectors.target_levels import is_rounded
from scorecards.selectors.target_plan import PlanColumn, next_start, plan_column
from scorecards.selectors.target_plan import target_plan as plan_of
from scorecards.selectors.target_warnings import (
    closing_warnings,
    is_easier,
    levels_in_one_place,
)
from scorecards.services.targets import PlanConflict, plan_targets
from scorecards.views.pages import INVALID, back_to, posted, show

CONFLICT = 409


def target_plan(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, pk)
    return show(request, "target_plan", scorecard, tab="targets", plan=plan_of(scorecard))


def target_plan_create(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    """A new column: what counted before stands in the boxes."""
    scorecard = get_scorecard(request.user, org, pk, role=Role.EDITOR)
    proposed = next_start(scorecard, timezone.localdate())
    form = DayForm(posted(request), initial={"valid_from": proposed})
    day = form.cleaned_data["valid_from"] if form.is_bound and form.is_valid() else None
    if not form.is_bound:
        plan = PlanForm(plan_column(scorecard, proposed), is_new=True)
        return _page(request, plan, form)
    seen = read_seen(request.POST)
    plan = PlanForm(plan_column(scorecard, day, seen), is_new=True, data=request.POST)
    if day is not None and plan.column.exists:
        form.add_error("valid_from", day_taken(day))
    if form.errors or plan.wrong:
        return _page(request, plan, form)
    try:
        return _save(request, plan, day)
    except PlanConflict:
        # Somebody made the same column between the look and the lock.
        form.add_error("valid_from", day_taken(day))
        return _page(request, plan, form, status=CONFLICT)


def target_plan_edit(
    request: HttpRequest, org: str, scorecard_pk: int, start: date
) -> HttpResponse:
    scorecard = get_target_day(request.user, org, scorecard_pk, start, role=Role.EDITOR)
    if request.method != "POST":
        return _page(request, PlanForm(plan_column(scorecard, start), is_new=False))
    seen = read_seen(request.POST)
    plan = PlanForm(plan_column(scorecard, start, seen), is_new=False, data=request.POST)
    if plan.wrong:
        return _page(request, plan)
    try:
        return _save(request, plan, start)
    except PlanConflict as conflict:
        return _conflict(request, scorecard, start, conflict)


def _save(request: HttpRequest, plan: PlanForm, day: date) -> HttpResponse:
    scorecard = plan.column.scorecard
    saved = plan_targets(scorecard=scorecard, day=day, planned=plan.planned(), by=request.user)
    for warning in _warnings(plan.column, saved, day):
        messages.warning(request, warning)
    said = ngettext("%(count)s target is saved.", "%(count)s targets are saved.", len(saved))
    return back_to(request, "target-plan", scorecard, said=said % {"count": len(saved)})


def _warnings(column: PlanColumn, saved: Sequence[Target], day: date) -> list[str]:
    if not saved:
        return []
    before = {row.kpi.pk: row.before for row in column.rows}
    kpis = {row.kpi.pk: row.kpi for row in column.rows}
    for target in saved:
        target.kpi = kpis[target.kpi_id]
    easier = [
        target.kpi.code
        for target in saved
        if before.get(target.kpi_id) and is_easier(target, before[target.kpi_id])
    ]
    found = closing_warnings(column.scorecard, day)
    if easier:
        text = _("Easier to reach than before: %(codes)s. Make sure that this is meant.")
        found.append(text % {"codes": ", ".join(easier)})
    alike = [each.kpi.code for each in saved if levels_in_one_place(each, column.scorecard)]
    if alike and is_rounded(column.scorecard):
        text = _("Rounded, some levels have the same value: %(codes)s. A KPI's page says which.")
        found.append(text % {"codes": ", ".join(alike)})
    return found


def _conflict(
    request: HttpRequest, scorecard: Scorecard, day: date, conflict: PlanConflict
) -> HttpResponse:
    """What was typed, beside what others made of it. Only the KPIs in conflict are compared with
    the present from now on: saving once more is a decision about them and no others."""
    seen = dict(read_seen(request.POST))
    for row in plan_column(scorecard, day).rows:
        if row.kpi.pk in conflict.current:
            seen.pop(row.kpi.pk, None)
            if row.base is not None:
                seen[row.kpi.pk] = (row.base.pk, row.base.version)
    plan = PlanForm(plan_column(scorecard, day, seen), is_new=False, data=request.POST)
    plan.mark_conflicts(conflict.current)
    return _page(request, plan, status=CONFLICT)


def _page(
    request: HttpRequest, plan: PlanForm, form: DayForm | None = None, status: int = 200
) -> HttpResponse:
    wrong = bool(plan.wrong) or (form is not None and bool(form.errors))
    response = show(
        request,
        "target_plan_form",
        plan.column.scorecard,
        tab="targets",
        form=form,
        plan=plan,
        day_text=figures.day(plan.column.day),
    )
    response.status_code = status if status != 200 else INVALID if wrong else 200
    return response
