"""Every address of the site."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from scorecard_site import health, views

urlpatterns = [
    path("", include("organizations.urls")),
    path("", include("scorecards.urls")),
    path("", include("surveys.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("operator/", admin.site.urls),
    path("favicon.ico", views.favicon, name="favicon"),
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
]

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error
