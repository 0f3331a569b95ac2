"""The page that asks before a part of a design, or all of it, is deleted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from scorecards.forms.design import DeleteForm
from scorecards.models import KPI, Objective, Perspective, Scorecard
from scorecards.selectors.losses import losses_of
from scorecards.services.design import delete_design
from scorecards.views.pages import back_to, posted, show


def delete_page(
    request: HttpRequest,
    scorecard: Scorecard,
    part: Scorecard | Perspective | Objective | KPI,
) -> HttpResponse:
    """Say what would be lost; delete it after the reader has agreed to that."""
    losses = losses_of(part)
    form = DeleteForm(
        posted(request), carries_data=losses.carries_data, initial={"version": part.version}
    )
    if form.is_bound and form.is_valid():
        name = str(part)
        delete_design(part=part, seen=form.cleaned_data["version"], by=request.user)
        said = _("%(name)s is deleted.") % {"name": name}
        if isinstance(part, Scorecard):
            messages.success(request, said)
            return redirect("scorecards:scorecard-list", scorecard.organization.slug)
        return back_to(request, "scorecard", scorecard, said=said)
    return show(
        request,
        "part_confirm_delete",
        scorecard,
        form=form,
        part=part,
        losses=losses,
        is_kpi=isinstance(part, KPI),
        is_scorecard=isinstance(part, Scorecard),
    )
