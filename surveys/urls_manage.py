"""The officer's side of questionnaires, and the organization's home."""

from django.urls import path

from surveys.views import home, questionnaires

ROOT = "o/<slug:org>/surveys/"

urlpatterns = [
    path("o/<slug:org>/", home.home, name="home"),
    path(ROOT, questionnaires.survey_list, name="survey-list"),
    path(f"{ROOT}new/", questionnaires.survey_create, name="survey-create"),
    path(f"{ROOT}<int:pk>/", questionnaires.survey, name="survey"),
    path(f"{ROOT}<int:pk>/edit/", questionnaires.survey_edit, name="survey-edit"),
    path(f"{ROOT}<int:pk>/open/", questionnaires.survey_open, name="survey-open"),
    path(f"{ROOT}<int:pk>/close/", questionnaires.survey_close, name="survey-close"),
    path(f"{ROOT}<int:pk>/reopen/", questionnaires.survey_reopen, name="survey-reopen"),
    path(f"{ROOT}<int:pk>/delete/", questionnaires.survey_delete, name="survey-delete"),
]
