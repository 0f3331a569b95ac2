from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from organizations.access import own_memberships
from organizations.forms.accounts import TOO_MANY, AccountForm, ChangePasswordForm
from organizations.views.language import set_language


@never_cache
def account(request: HttpRequest) -> HttpResponse:
    form = AccountForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        user = form.save()
        with translation.override(user.language):
            messages.success(request, _("Your account is saved."))
        return set_language(redirect("organizations:account"), user.language)
    context = {
        "form": form,
        "memberships": own_memberships(request.user),
        "signup_open": settings.SIGNUP_OPEN,
    }
    status = 422 if form.is_bound else 200
    return render(request, "organizations/account.html", context, status=status)


@sensitive_post_parameters()
def account_password(request: HttpRequest) -> HttpResponse:
    form = ChangePasswordForm(request.user, request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, request.user)  # every other session ends
        messages.success(
            request, _("Your new password is saved. Other devices have to sign in again.")
        )
        return redirect("organizations:account")
    context = {"form": form}
    return render(request, "organizations/account_password.html", context, status=_status(form))


def _status(form: ChangePasswordForm) -> int:
    if not form.is_bound:
        return 200
    return 429 if form.has_error("old_password", TOO_MANY) else 422
