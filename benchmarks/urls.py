"""The site's addresses and an empty page behind the same middleware."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


@login_not_required
def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def empty_signed_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("empty/", empty),
    path("empty-signed-in/", empty_signed_in),
    path("", include("scorecard_site.urls")),
]
handler404 = "scorecard_site.errors.page_not_found"
handler500 = "scorecard_site.errors.server_error"
