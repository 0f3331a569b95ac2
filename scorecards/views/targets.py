from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations import figures
from organizations.models import Role, delete_if_unchanged
from scorecards.access import get_kpi, get_target
from scorecards.forms.design import DeleteForm
from scorecards.forms.targets import TargetForm
from scorecards.models import Target
from scorecards.selectors.targets import closed_periods_from, describe_target
from scorecards.views.pages import back_to, posted, show


def target_create(request: HttpRequest, org: str, scorecard_pk: int, pk: int) -> HttpResponse:
    """``pk`` is the KPI's."""
    kpi = get_kpi(request.user, org, scorecard_pk, pk, role=Role.EDITOR)
    draft = Target(kpi=kpi, valid_from=timezone.localdate().replace(month=1, day=1))
    return _edit_page(request, TargetForm(posted(request), instance=draft))


def target_edit(request: HttpRequest, org: str, scorecard_pk: int, pk: int) -> HttpResponse:
    target = get_target(request.user, org, scorecard_pk, pk, role=Role.EDITOR)
    return _edit_page(request, TargetForm(posted(request), instance=target))


def _edit_page(request: HttpRequest, form: TargetForm) -> HttpResponse:
    target, scorecard = form.instance, form.scorecard
    looks_only = "preview" in request.POST
    if form.is_bound and not looks_only and form.save_if_valid(by=request.user):
        said = _("The target is saved. Read as: %(points)s.") % {"points": _points(target)}
        _warn_of_closed_periods(request, target)
        return back_to(request, "kpi", scorecard, target.kpi_id, said=said)
    view = None
    if form.is_valid() if form.is_bound else target.pk:
        view = describe_target(target, scorecard)
    return show(
        request, "target_form", scorecard, form=form, kpi=target.kpi, target=target, view=view
    )


def _points(target: Target) -> str:
    points = describe_target(target, target.kpi.scorecard).points
    named = [f"{label} {value}" for label, value in points]
    return ", ".join(named) or str(target.get_kind_display())


def _warn_of_closed_periods(request: HttpRequest, target: Target) -> None:
    closed = closed_periods_from(target.kpi.scorecard, target.valid_from)
    if not closed:
        return
    text = ngettext(
        "%(count)s period from then on is closed already. Its report keeps the target that it "
        "was closed with; reopen it if the new target has to count there too.",
        "%(count)s periods from then on are closed already. Their reports keep the targets that "
        "they were closed with; reopen them if the new target has to count there too.",
        len(closed),
    )
    messages.warning(request, text % {"count": len(closed)})


def target_delete(request: HttpRequest, org: str, scorecard_pk: int, pk: int) -> HttpResponse:
    target = get_target(request.user, org, scorecard_pk, pk, role=Role.EDITOR)
    scorecard = target.kpi.scorecard
    form = DeleteForm(posted(request), carries_data=False, initial={"version": target.version})
    if form.is_bound and form.is_valid():
        delete_if_unchanged(target, seen=form.cleaned_data["version"], by=request.user)
        said = _("The target from %(day)s on is deleted.") % {"day": figures.day(target.valid_from)}
        return back_to(request, "kpi", scorecard, target.kpi_id, said=said)
    return show(
        request,
        "target_confirm_delete",
        scorecard,
        form=form,
        kpi=target.kpi,
        target=target,
        points=describe_target(target, scorecard).points,
    )
