"""Addresses of the library's pages, and of copying a scorecard."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from scorecards.views import copying, library

SCORECARDS = "o/<slug:org>/scorecards/"
PARTS = f"{SCORECARDS}<int:scorecard_pk>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{SCORECARDS}new/copy/", copying.scorecard_copy_list, name="scorecard-copy-list"),
    path(f"{SCORECARDS}new/copy/<int:pk>/", copying.scorecard_copy, name="scorecard-copy"),
    path(f"{PARTS}frameworks/", library.framework_list, name="framework-list"),
    path(f"{PARTS}frameworks/<slug:key>/", library.framework, name="framework"),
    path(f"{PARTS}library/", library.library, name="library"),
]
