"""Addresses of periods: opening, entering, closing, reading. Below a scorecard's own address."""

from django.urls import path

from scorecards import converters  # noqa: F401  registers isodate
from scorecards.views import entry, periods, report

PERIODS = "o/<slug:org>/scorecards/<int:scorecard_pk>/periods/"
PERIOD = f"{PERIODS}<isodate:start>/"

urlpatterns = [
    path(PERIODS, periods.period_list, name="period-list"),
    path(f"{PERIODS}new/", periods.period_create, name="period-create"),
    path(f"{PERIOD}delete/", periods.period_delete, name="period-delete"),
    path(f"{PERIOD}close/", periods.period_close, name="period-close"),
    path(f"{PERIOD}reopen/", periods.period_reopen, name="period-reopen"),
    path(f"{PERIOD}entry/", entry.entry, name="entry"),
    path(f"{PERIOD}report/", report.report, name="report"),
    path(f"{PERIOD}report.csv", report.report_csv, name="report-csv"),
    path(f"{PERIOD}report.json", report.report_json, name="report-json"),
]
