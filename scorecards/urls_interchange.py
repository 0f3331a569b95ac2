"""Addresses of designs as files: those of one scorecard, and those that make a new one."""

from django.urls import path

from scorecards.views import interchange

SCORECARDS = "o/<slug:org>/scorecards/"
SCORECARD = f"{SCORECARDS}<int:pk>/"

urlpatterns = [
    path(f"{SCORECARDS}import/", interchange.import_upload, name="import"),
    path(f"{SCORECARDS}import/<int:pk>/", interchange.import_preview, name="import-preview"),
    path(f"{SCORECARDS}import/template.xlsx", interchange.import_template, name="import-template"),
    path(f"{SCORECARD}export/", interchange.export, name="export"),
    path(f"{SCORECARD}design.json", interchange.design_json, name="design-json"),
    path(f"{SCORECARD}design.xlsx", interchange.design_xlsx, name="design-xlsx"),
]
