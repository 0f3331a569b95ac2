from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from organizations import mail, services
from organizations.access import get_organization, get_staff_invitation
from organizations.forms.people import StaffInvitationForm
from organizations.links import staff_invitation_link, whatsapp_link
from organizations.models import Role


def staff_invite(request: HttpRequest, org: str) -> HttpResponse:
    organization = get_organization(request.user, org, role=Role.ADMIN)
    form = StaffInvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = services.invite_staff(
                organization=organization,
                email=form.cleaned_data["email"],
                role=form.cleaned_data["role"],
                by=request.user,
                now=timezone.now(),
            )
        except services.AlreadyMember:
            form.add_error("email", _("This person is in the organization already."))
        except services.AlreadyInvited as known:
            if known.invitation.role == form.cleaned_data["role"]:
                # Pressed twice, or asked for again: the link is there, and no second mail goes out.
                return redirect("organizations:staff-invitation", org=org, pk=known.invitation.pk)
            form.add_error(
                "email",
                _("This person is invited already. Copy or renew the invitation under People."),
            )
        else:
            mail.send_staff_invitation(invitation)
            return redirect("organizations:staff-invitation", org=org, pk=invitation.pk)
    context = {"organization": organization, "form": form, "nav": "people"}
    status = 422 if form.is_bound else 200
    return render(request, "organizations/staff_invitation_form.html", context, status=status)


@never_cache
@require_safe
def staff_invitation(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    """The link, as often as it is needed, to be copied or sent."""
    invitation = get_staff_invitation(request.user, org, pk)
    if not invitation.is_pending:
        messages.warning(request, _("This invitation was used or revoked already."))
        return redirect("organizations:people", org=org)
    link = staff_invitation_link(invitation)
    text = _("%(organization)s invites you to Canting. Open this link to begin: %(link)s") % {
        "organization": invitation.organization,
        "link": link,
    }
    context = {
        "organization": invitation.organization,
        "invitation": invitation,
        "is_over": invitation.expires_at <= timezone.now(),
        "link": link,
        "text": text,
        "whatsapp": whatsapp_link(text),
        "nav": "people",
    }
    return render(request, "organizations/staff_invitation.html", context)


@require_POST
def staff_invitation_reissue(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    invitation = get_staff_invitation(request.user, org, pk)
    try:
        services.reissue_invitation(invitation=invitation, now=timezone.now())
    except services.InvitationOver:
        messages.warning(request, _("This invitation was used or revoked already."))
        return redirect("organizations:people", org=org)
    invitation.refresh_from_db()
    mail.send_staff_invitation(invitation)
    messages.success(request, _("This is a new link. The old one no longer works."))
    return redirect("organizations:staff-invitation", org=org, pk=pk)


@require_POST
def staff_invitation_revoke(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    invitation = get_staff_invitation(request.user, org, pk)
    try:
        services.revoke_invitation(invitation=invitation, now=timezone.now())
    except services.InvitationOver:
        messages.warning(request, _("This invitation was used or revoked already."))
    else:
        messages.success(
            request,
            _("The invitation of %(email)s is revoked. Its link no longer works.")
            % {"email": invitation.email},
        )
    return redirect("organizations:people", org=org)
