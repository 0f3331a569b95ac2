"""What belongs to no app: the site's own error pages, and its icon.

Error pages render without the database: it may be what failed.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static

from scorecard_site import proxy


@login_not_required
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, DisallowedHost):
        proxy.tell_of_host(request)
    return render(request, "400.html", status=400)


@login_not_required
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the right token, or from the wrong place: says which, and what helps."""
    kind = proxy.refusal_kind(reason)
    if kind == proxy.ORIGIN:
        proxy.tell_of_origin(request)
    context = {"site_url": settings.SITE_URL}
    response = render(request, f"403_csrf_{kind}.html", context, status=403)
    # For the scripts that save by themselves: what helps differs here too.
    response.headers["X-Form-Refused"] = kind
    return response


@login_not_required
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)


@login_not_required
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask here for pages that have no head to name an icon in (text, JSON, PDF)."""
    return redirect(static("img/favicon.svg"))
