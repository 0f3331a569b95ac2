from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from organizations.context_processors import Navigation


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What the site is for. Who is signed in goes on to work."""
    if request.user.is_authenticated:
        return redirect("organizations:start")
    return render(request, "organizations/front.html")


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The home of the organization that was used last, or what to do without one."""
    organization = Navigation(request).organization
    if organization is None:
        context = {"signup_open": settings.SIGNUP_OPEN}
        return render(request, "organizations/start.html", context)
    return redirect("surveys:home", org=organization.slug)
