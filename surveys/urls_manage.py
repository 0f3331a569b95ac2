"""The officer's side of questionnaires, and the organization's home."""

from django.urls import path

from surveys.views import home, invitations, questionnaires, results

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
    path(f"{ROOT}<int:pk>/results/", results.results, name="results"),
    path(f"{ROOT}<int:pk>/adopt/", results.adopt, name="adopt"),
    path(
        f"{ROOT}<int:survey_pk>/experts/new/",
        invitations.invitation_create,
        name="invitation-create",
    ),
    path(
        f"{ROOT}<int:survey_pk>/experts/<int:pk>/",
        invitations.invitation,
        name="invitation",
    ),
    path(
        f"{ROOT}<int:survey_pk>/experts/<int:pk>/edit/",
        invitations.invitation_edit,
        name="invitation-edit",
    ),
    path(
        f"{ROOT}<int:survey_pk>/experts/<int:pk>/revoke/",
        invitations.invitation_revoke,
        name="invitation-revoke",
    ),
    path(
        f"{ROOT}<int:survey_pk>/experts/<int:pk>/reissue/",
        invitations.invitation_reissue,
        name="invitation-reissue",
    ),
]
