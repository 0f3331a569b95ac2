"""Addresses of what is done about a scorecard: initiatives, and the table that traces them."""

from django.urls import path

from scorecards.views import initiatives, trace

SCORECARD = "o/<slug:org>/scorecards/<int:scorecard_pk>/"
INITIATIVES = f"{SCORECARD}initiatives/"
INITIATIVE = f"{INITIATIVES}<int:pk>/"

urlpatterns = [
    path(INITIATIVES, initiatives.initiative_list, name="initiative-list"),
    path(f"{INITIATIVES}new/", initiatives.initiative_create, name="initiative-create"),
    path(f"{INITIATIVE}edit/", initiatives.initiative_edit, name="initiative-edit"),
    path(f"{INITIATIVE}progress/", initiatives.initiative_progress, name="initiative-progress"),
    path(f"{INITIATIVE}delete/", initiatives.initiative_delete, name="initiative-delete"),
    path(f"{SCORECARD}trace/", trace.trace, name="trace"),
    path(f"{SCORECARD}trace.csv", trace.trace_csv, name="trace-csv"),
]
