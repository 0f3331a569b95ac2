from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from organizations import services
from organizations.access import get_membership, get_organization, get_own_membership
from organizations.forms.people import MembershipForm
from organizations.models import Membership, Role
from organizations.selectors import DoorsEnding, doors_ending_with, people_of
from organizations.versioned_forms import VersionForm


@never_cache
@require_safe
def people(request: HttpRequest, org: str) -> HttpResponse:
    organization = get_organization(request.user, org)
    context = {
        "organization": organization,
        "people": people_of(organization, viewer=request.user, now=timezone.now()),
        "nav": "people",
    }
    return render(request, "organizations/people.html", context)


def membership_edit(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    membership = get_membership(request.user, org, pk)
    ending = doors_ending_with(membership)
    form = MembershipForm(request.POST or None, instance=membership)
    if request.method == "POST" and form.is_valid():
        role, seen = form.cleaned_data["role"], form.cleaned_data["version"]
        try:
            services.set_role(
                membership=membership, role=role, seen=seen, by=request.user, now=timezone.now()
            )
        except services.LastAdmin:
            form.add_error("role", last_admin_message())
        else:
            messages.success(
                request,
                _("%(name)s is now: %(role)s.")
                % {"name": membership.user, "role": membership.get_role_display()},
            )
            if role != Role.ADMIN:
                _say_links_are_new(request, ending)
            return redirect("organizations:people", org=org)
    return _membership_page(request, membership, form, ending, "organizations/membership_form.html")


def membership_remove(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    membership = get_membership(request.user, org, pk)
    ending = doors_ending_with(membership)
    form = _removal(request, membership)
    if request.method == "POST" and form.is_valid() and _remove(request, membership, form):
        messages.success(
            request,
            _("%(name)s no longer has access to %(organization)s.")
            % {"name": membership.user, "organization": membership.organization},
        )
        _say_links_are_new(request, ending)
        return redirect("organizations:people", org=org)
    return _membership_page(
        request, membership, form, ending, "organizations/membership_remove.html"
    )


def leave(request: HttpRequest, org: str) -> HttpResponse:
    membership = get_own_membership(request.user, org)
    ending = doors_ending_with(membership)
    form = _removal(request, membership)
    if request.method == "POST" and form.is_valid() and _remove(request, membership, form):
        messages.success(
            request,
            _("You have left %(organization)s.") % {"organization": membership.organization},
        )
        return redirect("organizations:start")
    return _membership_page(request, membership, form, ending, "organizations/leave.html")


def last_admin_message() -> str:
    return _("This is the only admin. Make somebody else an admin first.")


def _removal(request: HttpRequest, membership: Membership) -> VersionForm:
    return VersionForm(request.POST or None, initial={"version": membership.version})


def _remove(request: HttpRequest, membership: Membership, form: VersionForm) -> bool:
    try:
        services.remove_member(
            membership=membership,
            seen=form.cleaned_data["version"],
            by=request.user,
            now=timezone.now(),
        )
    except services.LastAdmin:
        form.add_error(None, last_admin_message())
        return False
    return True


def _say_links_are_new(request: HttpRequest, ending: DoorsEnding | None) -> None:
    if ending and ending.replaced:
        messages.warning(
            request,
            _("Open invitations have new links now. Copy each under People and send it once more."),
        )


def _membership_page(
    request: HttpRequest,
    membership: Membership,
    form: MembershipForm | VersionForm,
    ending: DoorsEnding | None,
    template: str,
) -> HttpResponse:
    context = {
        "organization": membership.organization,
        "person": membership.user,
        "form": form,
        "ending": ending,
        "nav": "people",
    }
    return render(request, template, context, status=422 if form.is_bound else 200)
