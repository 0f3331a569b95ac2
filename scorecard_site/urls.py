"""Every address of the site."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from scorecard_site import errors, health

urlpatterns = [
    path("", include("organizations.urls")),
    path("", include("scorecards.urls")),
    path("", include("surveys.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("operator/", admin.site.urls),
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
