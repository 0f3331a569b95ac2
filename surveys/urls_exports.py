"""Research data out to files, and answers of other programs in."""

from django.urls import path

from surveys.views import exports, importing

ROOT = "o/<slug:org>/surveys/"
SURVEY = f"{ROOT}<int:pk>/"

urlpatterns = [
    path(f"{SURVEY}export/", exports.survey_export, name="survey-export"),
    path(f"{SURVEY}export/<str:key>", exports.research_file, name="research-file"),
    path(f"{ROOT}import/", importing.answers_import, name="answers-import"),
    path(f"{ROOT}import/<int:pk>/", importing.answers_preview, name="answers-preview"),
]
