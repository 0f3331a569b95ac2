from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from organizations import services
from organizations.access import get_cooperative, get_organization
from organizations.forms.organization import OrganizationForm
from organizations.models import Organization, Role


def organization_create(request: HttpRequest) -> HttpResponse:
    """One more organization for somebody who has an account."""
    if not (settings.SIGNUP_OPEN or request.user.is_superuser):
        raise PermissionDenied
    form = OrganizationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organization = services.create_organization(by=request.user, **form.cleaned_data)
        return redirect("surveys:home", org=organization.slug)
    status = 422 if form.is_bound else 200
    return render(request, "organizations/organization_form.html", {"form": form}, status=status)


def business_create(request: HttpRequest, org: str) -> HttpResponse:
    """A member business of a cooperative, whose admin becomes the business's first admin."""
    cooperative = get_cooperative(request.user, org, role=Role.ADMIN)
    initial = {
        "kind": Organization.Kind.BUSINESS,
        "sector": cooperative.sector,
        "regency": cooperative.regency,
        "province": cooperative.province,
        "timezone": cooperative.timezone,
    }
    form = OrganizationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        business = services.create_organization(
            by=request.user, parent=cooperative, **form.cleaned_data
        )
        messages.success(
            request, _("%(business)s is added. You are its first admin.") % {"business": business}
        )
        return redirect("organizations:people", org=business.slug)
    context = {"form": form, "organization": cooperative, "cooperative": cooperative}
    status = 422 if form.is_bound else 200
    return render(request, "organizations/organization_form.html", context, status=status)


def organization_edit(request: HttpRequest, org: str) -> HttpResponse:
    organization = get_organization(request.user, org, role=Role.ADMIN)
    form = OrganizationForm(request.POST or None, instance=organization)
    if request.method == "POST" and form.is_valid():
        form.save(by=request.user)
        messages.success(request, _("The settings are saved."))
        return redirect("organizations:organization-edit", org=org)
    context = {
        "form": form,
        "organization": organization,
        "businesses": organization.members.all(),
        "nav": "people",
    }
    status = 422 if form.is_bound else 200
    return render(request, "organizations/organization_edit.html", context, status=status)
