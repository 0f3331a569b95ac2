import logging

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from organizations import mail
from organizations.access import find_account, get_resettable_member
from organizations.forms.accounts import NewPasswordForm, PasswordResetForm
from organizations.links import password_link_tokens, password_reset_link, whatsapp_link
from organizations.throttle import PASSWORD_RESET, origin

logger = logging.getLogger("organizations.security")


@login_not_required
@never_cache
def password_reset(request: HttpRequest) -> HttpResponse:
    """Mail a link where that is possible; else say who can make one."""
    if not settings.MAIL_IS_SENT:
        return render(request, "organizations/password_reset_by_hand.html")
    form = PasswordResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        # Each request counts and is answered alike: nobody learns here who has an account.
        if PASSWORD_RESET.take(origin(request)):
            user = find_account(form.cleaned_data["email"])
            if user:
                mail.send_password_reset(user)
            return render(request, "organizations/password_reset_sent.html")
        form.add_error(None, _("Too many tries from here. Try again in an hour."))
    status = 422 if form.is_bound else 200
    return render(request, "organizations/password_reset.html", {"form": form}, status=status)


@method_decorator(login_not_required, name="dispatch")
class PasswordResetConfirm(PasswordResetConfirmView):
    """Django's own: it checks the link, and takes it out of the address before it shows a form."""

    template_name = "organizations/password_reset_confirm.html"
    form_class = NewPasswordForm
    token_generator = password_link_tokens
    success_url = reverse_lazy("organizations:login")

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        messages.success(self.request, _("Your new password is saved. Sign in with it."))
        return super().form_valid(form)

    def form_invalid(self, form: NewPasswordForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


@never_cache
def member_reset(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    """A link with which a member sets a new password, to be passed on by an admin."""
    membership = get_resettable_member(request.user, org, pk)
    context = {"organization": membership.organization, "person": membership.user, "nav": "people"}
    if request.method == "POST":
        logger.info("user %s made a password link for user %s", request.user.pk, membership.user.pk)
        link = password_reset_link(membership.user)
        text = _("With this link you set a new password for Canting (good for one day): %(link)s")
        text %= {"link": link}
        context |= {"link": link, "text": text, "whatsapp": whatsapp_link(text)}
    return render(request, "organizations/member_reset.html", context)
