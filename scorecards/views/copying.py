"""A new scorecard as a copy of one that the person may see."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.access import get_organization
from organizations.models import Role
from scorecards.access import get_copy_source, visible_scorecards
from scorecards.forms.copying import CopyForm
from scorecards.selectors.copying import group_copyable
from scorecards.selectors.design import load_design
from scorecards.views.pages import INVALID, posted


def scorecard_copy_list(request: HttpRequest, org: str) -> HttpResponse:
    organization = get_organization(request.user, org, role=Role.EDITOR)
    context = {
        "organization": organization,
        "groups": group_copyable(visible_scorecards(request.user), organization),
        "nav": "scorecards",
    }
    return render(request, "scorecards/scorecard_copy_list.html", context)


def scorecard_copy(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    organization = get_organization(request.user, org, role=Role.EDITOR)
    source = get_copy_source(request.user, pk)
    form = CopyForm(posted(request), source=source, organization=organization)
    copied = form.save_if_valid(by=request.user) if form.is_bound else None
    if copied:
        messages.success(request, _("The copy is there. Adapt it to your own aims."))
        return redirect("scorecards:scorecard", organization.slug, copied.pk)
    context = {
        "organization": organization,
        "source": source,
        "design": load_design(source, timezone.localdate()),
        "form": form,
        "nav": "scorecards",
    }
    status = INVALID if form.errors else 200
    return render(request, "scorecards/scorecard_copy.html", context, status=status)
