from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from organizations import services
from organizations.forms.accounts import SignUpForm
from organizations.throttle import SIGN_UP, origin
from organizations.views.sign_in import SIGNED_UP_AS

PERSON = ("person_name", "email", "password")


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def sign_up(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("organizations:organization-create")
    if not settings.SIGNUP_OPEN:
        return render(request, "organizations/sign_up_closed.html")
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if SIGN_UP.take(origin(request)):
            _sign_up(form)
            # The same whether the address was new, known, or known with another password.
            request.session[SIGNED_UP_AS] = form.cleaned_data["email"]
            messages.success(
                request, _("Almost done: sign in with your e-mail address and your password.")
            )
            return redirect("organizations:login")
        form.add_error(None, _("Too many new accounts from here. Try again in an hour."))
    status = 422 if form.is_bound else 200
    return render(request, "organizations/sign_up.html", {"form": form}, status=status)


def _sign_up(form: SignUpForm) -> None:
    values = form.cleaned_data
    services.sign_up(
        name=values["person_name"],
        email=values["email"],
        password=values["password"],
        language=get_language(),
        organization={name: values[name] for name in values if name not in PERSON},
    )
