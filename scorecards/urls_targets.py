"""Addresses of targets: one by one below their KPI, and all of them as a plan."""

from django.urls import path

from scorecards import converters  # noqa: F401  registers isodate
from scorecards.views import target_plan, targets

SCORECARDS = "o/<slug:org>/scorecards/"
PLAN = f"{SCORECARDS}<int:pk>/targets/"
TARGETS = f"{SCORECARDS}<int:scorecard_pk>/targets/"
OF_KPI = f"{SCORECARDS}<int:scorecard_pk>/kpis/<int:pk>/targets/"

urlpatterns = [
    path(PLAN, target_plan.target_plan, name="target-plan"),
    path(f"{PLAN}new/", target_plan.target_plan_create, name="target-plan-create"),
    path(f"{TARGETS}<isodate:start>/edit/", target_plan.target_plan_edit, name="target-plan-edit"),
    path(f"{TARGETS}<int:pk>/edit/", targets.target_edit, name="target-edit"),
    path(f"{TARGETS}<int:pk>/delete/", targets.target_delete, name="target-delete"),
    path(f"{OF_KPI}new/", targets.target_create, name="target-create"),
    path(f"{OF_KPI}preview/", targets.target_preview, name="target-preview"),
]
