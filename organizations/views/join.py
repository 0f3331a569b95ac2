"""Where an invitation's link leads.

Programs that preview links fetch them as well, so looking changes nothing: only a press accepts.
"""

from django.contrib import auth, messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from organizations import services
from organizations.access import get_invited, get_organization_of_link
from organizations.forms.accounts import NewPersonForm
from organizations.models import StaffInvitation, User
from organizations.throttle import ACCEPT_INVITATION, SIGN_IN_TO_ACCOUNT, origin


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def staff_accept(request: HttpRequest, link: str) -> HttpResponse:
    try:
        invitation = get_invited(link, now=timezone.now())
        if request.user.is_authenticated:
            response = _accept_signed_in(request, invitation)
        else:
            response = _accept_as_new(request, invitation)
    except (Http404, services.InvitationOver, services.AlreadyMember):
        response = _over(request, link)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _over(request: HttpRequest, link: str) -> HttpResponse:
    """A second press leads its member to where the first did; to others the link is dead."""
    try:
        organization = get_organization_of_link(request.user, link)
    except Http404:
        return render(request, "organizations/staff_invitation_over.html", status=404)
    messages.info(request, _("You are in this organization already."))
    return redirect("surveys:home", org=organization.slug)


def _accept_signed_in(request: HttpRequest, invitation: StaffInvitation) -> HttpResponse:
    if request.method != "POST":
        return _page(request, invitation)
    try:
        services.accept_invitation(invitation=invitation, user=request.user, now=timezone.now())
    except services.InvitedIsSomebodyElse:
        return _page(request, invitation, status=403)
    return _welcome(request, invitation)


def _accept_as_new(request: HttpRequest, invitation: StaffInvitation) -> HttpResponse:
    form = NewPersonForm(request.POST or None, email=invitation.email)
    if request.method == "POST" and form.is_valid():
        user = _new_person(request, invitation, form)
        if user:
            auth.login(request, user)
            return _welcome(request, invitation)
    return _page(request, invitation, form)


def _new_person(
    request: HttpRequest, invitation: StaffInvitation, form: NewPersonForm
) -> User | None:
    """The account with which the invitation was accepted; None with the reason in the form."""
    address = origin(request)
    may_try = ACCEPT_INVITATION.take(address)
    # Where the invited address has an account, this page tries its password like sign-in does.
    if not (may_try and SIGN_IN_TO_ACCOUNT.take(invitation.email.lower(), address)):
        form.add_error(None, _("Too many tries from here. Try again in an hour."))
        return None
    user = services.accept_as_new_person(
        invitation=invitation,
        name=form.cleaned_data["person_name"],
        password=form.cleaned_data["password"],
        language=request.LANGUAGE_CODE,
        now=timezone.now(),
    )
    if user is None:
        form.add_error(
            None, _("This e-mail address has an account already. Sign in with its password.")
        )
    return user


def _welcome(request: HttpRequest, invitation: StaffInvitation) -> HttpResponse:
    messages.success(
        request, _("Welcome to %(organization)s.") % {"organization": invitation.organization}
    )
    return redirect("surveys:home", org=invitation.organization.slug)


def _page(
    request: HttpRequest,
    invitation: StaffInvitation,
    form: NewPersonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user = request.user
    context = {
        "invitation": invitation,
        "form": form,
        "is_invited": user.is_authenticated and user.email.lower() == invitation.email.lower(),
        "may_accept": user.is_authenticated and invitation.may_be_accepted_by(user),
    }
    status = 422 if form and form.is_bound else status
    return render(request, "organizations/staff_invitation_accept.html", context, status=status)
