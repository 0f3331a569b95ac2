from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations import figures
from organizations.models import Role, delete_if_unchanged
from scorecards.access import get_kpi, get_target
from scorecards.forms.design import DeleteForm
from scorecards.forms.targets import TargetForm, TargetPreviewForm, TryForm, filled_in
from scorecards.models import Target
from scorecards.selectors.target_suggestions import suggest_targets
from scorecards.selectors.target_view import named_points
from scorecards.selectors.target_warnings import target_warnings
from scorecards.selectors.targets import TargetPreview, preview_target
from scorecards.views.pages import back_to, posted, show

# Buttons that show something and save nothing.
LOOKS = {"preview", "fill"}


def target_create(request: HttpRequest, org: str, scorecard_pk: int, pk: int) -> HttpResponse:
    """``pk`` is the KPI's."""
    kpi = get_kpi(request.user, org, scorecard_pk, pk, role=Role.EDITOR)
    draft = Target(kpi=kpi, valid_from=timezone.localdate().replace(month=1, day=1))
    return _edit_page(request, draft)


def target_edit(request: HttpRequest, org: str, scorecard_pk: int, pk: int) -> HttpResponse:
    target = get_target(request.user, org, scorecard_pk, pk, role=Role.EDITOR)
    return _edit_page(request, target)


def _edit_page(request: HttpRequest, target: Target) -> HttpResponse:
    data, past = posted(request), suggest_targets(target.kpi)
    suggestion = past.find(data.get("fill", "")) if data and past else None
    if suggestion:
        data = filled_in(data, suggestion.points, target.kpi.unit)
    form = TargetForm(data, instance=target)
    looks_only = data is not None and bool(LOOKS & data.keys())
    if form.is_bound and not looks_only and form.save_if_valid(by=request.user):
        for warning in target_warnings(target):
            messages.warning(request, warning)
        said = _("The target is saved. Read as: %(points)s.") % {"points": _points(target)}
        return back_to(request, "kpi", form.scorecard, target.kpi_id, said=said)
    trying = TryForm(data, target.kpi)
    return show(
        request,
        "target_form",
        form.scorecard,
        form=form,
        kpi=target.kpi,
        target=target,
        trying=trying,
        past=past,
        suggestion=suggestion,
        preview=_preview(form, trying),
    )


def target_preview(request: HttpRequest, org: str, scorecard_pk: int, pk: int) -> HttpResponse:
    """The ladder of what is being typed, as a piece of the form's page. Half a target is no
    mistake yet, so it is no 422."""
    kpi = get_kpi(request.user, org, scorecard_pk, pk, role=Role.EDITOR)
    form = TargetPreviewForm(request.GET, instance=Target(kpi=kpi))
    trying = TryForm(request.GET, kpi)
    context = {"form": form, "trying": trying, "preview": _preview(form, trying), "kpi": kpi}
    return render(request, "scorecards/_target_preview.html", context)


def _preview(form: TargetForm, trying: TryForm) -> TargetPreview | None:
    """None while there is nothing to draw."""
    target = form.instance
    if form.is_valid() if form.is_bound else target.pk:
        return preview_target(target, trying.value)
    return None


def _points(target: Target) -> str:
    named = [f"{label} {value}" for label, value in named_points(target)]
    return ", ".join(named) or str(target.get_kind_display())


def target_delete(request: HttpRequest, org: str, scorecard_pk: int, pk: int) -> HttpResponse:
    target = get_target(request.user, org, scorecard_pk, pk, role=Role.EDITOR)
    scorecard = target.kpi.scorecard
    form = DeleteForm(posted(request), carries_data=False, initial={"version": target.version})
    if form.is_bound and form.is_valid():
        delete_if_unchanged(target, seen=form.cleaned_data["version"], by=request.user)
        said = _("The target from %(day)s on is deleted.") % {"day": figures.day(target.valid_from)}
        return back_to(request, "kpi", scorecard, target.kpi_id, said=said)
    return show(
        request, "target_confirm_delete", scorecard, form=form, kpi=target.kpi, target=target
    )
