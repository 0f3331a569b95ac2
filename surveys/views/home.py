from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from organizations.access import get_organization
from scorecards.selectors.unsaved_entries import unsaved_periods
from surveys.selectors.home import organization_home


def home(request: HttpRequest, org: str) -> HttpResponse:
    """What this organization has, and what is to be done next."""
    organization = get_organization(request.user, org)
    context = {
        "organization": organization,
        "nav": "home",
        "home": organization_home(organization),
        "unsaved": unsaved_periods(organization, request.user) if organization.can_edit else (),
    }
    return render(request, "surveys/home.html", context)
