import logging

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from organizations.forms.accounts import TOO_MANY, LoginForm
from organizations.held_forms import held_form
from organizations.views.language import set_language

logger = logging.getLogger("organizations.security")

# Set by sign-up: the address stands in the form already.
SIGNED_UP_AS = "signed_up_as"
# The field of the sign-in form in which an earlier form travels.
HELD = "held"


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def login(request: HttpRequest) -> HttpResponse:
    destination = safe_destination(request)
    if request.user.is_authenticated:
        return _send_again_page(request) or HttpResponseRedirect(destination)
    initial = {"email": request.session.get(SIGNED_UP_AS, "")}
    form = LoginForm(request.POST or None, request=request, initial=initial)
    if request.method == "POST" and form.is_valid():
        auth.login(request, form.user)  # with a new session key
        logger.info("user %s signed in from %s", form.user.pk, request.META["REMOTE_ADDR"])
        answer = _send_again_page(request) or HttpResponseRedirect(destination)
        return set_language(answer, form.user.language)
    if form.is_bound:
        logger.warning("sign-in refused from %s", request.META["REMOTE_ADDR"])
    context = {"form": form, "held": request.POST.get(HELD, "")}
    return render(request, "organizations/login.html", context, status=_status(form))


@never_cache
def sign_in_page(request: HttpRequest, held: str) -> HttpResponse:
    """For a form that came after the session's end: it goes on once its writer signed in."""
    form = LoginForm(request=request)
    context = {"form": form, "held": held, "action": resolve_url(settings.LOGIN_URL)}
    return render(request, "organizations/login.html", context, status=401)


def _send_again_page(request: HttpRequest) -> HttpResponse | None:
    held = held_form(request.POST.get(HELD, ""))
    if held is None:
        return None
    with override(request.user.language):
        return render(request, "organizations/send_again.html", {"held": held})


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    auth.logout(request)  # and forget the session on the server
    return redirect(settings.LOGOUT_REDIRECT_URL)


def safe_destination(request: HttpRequest) -> str:
    """Where ``next`` points to, if that is on this site."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else resolve_url(settings.LOGIN_REDIRECT_URL)


def _status(form: LoginForm) -> int:
    if not form.is_bound:
        return 200
    return 429 if form.has_error("__all__", TOO_MANY) else 422
