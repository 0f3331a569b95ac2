"""Addresses of scorecards: their design here, the rest in the modules that this one joins."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from scorecards.urls_initiatives import urlpatterns as initiative_patterns
from scorecards.urls_interchange import urlpatterns as interchange_patterns
from scorecards.urls_library import urlpatterns as library_patterns
from scorecards.urls_periods import urlpatterns as period_patterns
from scorecards.urls_targets import urlpatterns as target_patterns
from scorecards.views import (
    causes,
    kpis,
    map,
    objectives,
    perspectives,
    scorecards,
    weights,
)

app_name = "scorecards"

SCORECARDS = "o/<slug:org>/scorecards/"
SCORECARD = f"{SCORECARDS}<int:pk>/"
PARTS = f"{SCORECARDS}<int:scorecard_pk>/"
PERSPECTIVE = f"{PARTS}perspectives/<int:pk>/"
OBJECTIVE = f"{PARTS}objectives/<int:pk>/"
LINK = f"{PARTS}links/<int:pk>/"
KPI = f"{PARTS}kpis/<int:pk>/"

design_patterns: list[URLPattern | URLResolver] = [
    path(SCORECARDS, scorecards.scorecard_list, name="scorecard-list"),
    path(f"{SCORECARDS}new/", scorecards.scorecard_create, name="scorecard-create"),
    path(SCORECARD, scorecards.scorecard, name="scorecard"),
    path(f"{SCORECARD}edit/", scorecards.scorecard_edit, name="scorecard-edit"),
    path(f"{SCORECARD}delete/", scorecards.scorecard_delete, name="scorecard-delete"),
    path(f"{SCORECARD}map/", map.map, name="map"),
    path(f"{SCORECARD}map.svg", map.map_svg, name="map-svg"),
    path(f"{SCORECARD}map.png", map.map_png, name="map-png"),
    path(f"{SCORECARD}weights/", weights.weights, name="weights"),
    path(f"{SCORECARD}weights/edit/", weights.weights_edit, name="weights-edit"),
    path(f"{SCORECARD}weights/equal/", weights.weights_equal, name="weights-equal"),
    path(f"{PARTS}perspectives/new/", perspectives.perspective_create, name="perspective-create"),
    path(f"{PERSPECTIVE}edit/", perspectives.perspective_edit, name="perspective-edit"),
    path(f"{PERSPECTIVE}delete/", perspectives.perspective_delete, name="perspective-delete"),
    path(f"{PERSPECTIVE}move/", perspectives.perspective_move, name="perspective-move"),
    path(f"{PARTS}objectives/new/", objectives.objective_create, name="objective-create"),
    path(f"{OBJECTIVE}edit/", objectives.objective_edit, name="objective-edit"),
    path(f"{OBJECTIVE}delete/", objectives.objective_delete, name="objective-delete"),
    path(f"{OBJECTIVE}move/", objectives.objective_move, name="objective-move"),
    path(f"{PARTS}links/new/", causes.cause_link_create, name="cause-link-create"),
    path(f"{LINK}edit/", causes.cause_link_edit, name="cause-link-edit"),
    path(f"{LINK}delete/", causes.cause_link_delete, name="cause-link-delete"),
    path(f"{PARTS}kpis/new/", kpis.kpi_create, name="kpi-create"),
    path(KPI, kpis.kpi, name="kpi"),
    path(f"{KPI}edit/", kpis.kpi_edit, name="kpi-edit"),
    path(f"{KPI}delete/", kpis.kpi_delete, name="kpi-delete"),
    path(f"{KPI}move/", kpis.kpi_move, name="kpi-move"),
    path(f"{KPI}status/", kpis.kpi_status, name="kpi-status"),
]

urlpatterns = [
    *design_patterns,
    *initiative_patterns,
    *interchange_patterns,
    *library_patterns,
    *period_patterns,
    *target_patterns,
]
