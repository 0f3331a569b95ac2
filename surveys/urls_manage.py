"""The officer's side of questionnaires, and the organization's home."""

from django.urls import path

from surveys.views import asking, erasing, home, questionnaires, trials

ROOT = "o/<slug:org>/surveys/"

urlpatterns = [
    path("o/<slug:org>/", home.home, name="home"),
    path(ROOT, questionnaires.survey_list, name="survey-list"),
    path(f"{ROOT}new/", questionnaires.survey_create, name="survey-create"),
    path(f"{ROOT}<int:pk>/", questionnaires.survey, name="survey"),
    path(f"{ROOT}<int:pk>/edit/", questionnaires.survey_edit, name="survey-edit"),
    path(f"{ROOT}<int:pk>/preview/", trials.survey_preview, name="survey-preview"),
    path(f"{ROOT}<int:pk>/trial/", trials.survey_trial, name="survey-trial"),
    path(f"{ROOT}<int:pk>/trial/remove/", trials.survey_trial_remove, name="survey-trial-remove"),
    path(f"{ROOT}<int:pk>/open/", questionnaires.survey_open, name="survey-open"),
    path(f"{ROOT}<int:pk>/close/", questionnaires.survey_close, name="survey-close"),
    path(f"{ROOT}<int:pk>/reopen/", questionnaires.survey_reopen, name="survey-reopen"),
    path(f"{ROOT}<int:pk>/consent/", erasing.consent_renew, name="consent-renew"),
    path(f"{ROOT}<int:pk>/delete/", questionnaires.survey_delete, name="survey-delete"),
    path(f"{ROOT}<int:survey_pk>/ask/", asking.part_ask, name="part-ask"),
    path(f"{ROOT}<int:survey_pk>/screen/", asking.part_screen, name="part-screen"),
    path(f"{ROOT}<int:survey_pk>/ask-candidates/", asking.candidates_ask, name="candidates-ask"),
]
