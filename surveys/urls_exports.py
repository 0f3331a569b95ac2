"""Research data out to files, and answers of other programs and finished judgements in."""

from django.urls import path

from surveys.views import exports, importing, judgement_import

ROOT = "o/<slug:org>/surveys/"
SURVEY = f"{ROOT}<int:pk>/"
JUDGEMENTS = f"{ROOT}<int:survey_pk>/judgements/"

urlpatterns = [
    path(f"{SURVEY}export/", exports.survey_export, name="survey-export"),
    path(f"{SURVEY}export/<str:key>", exports.research_file, name="research-file"),
    path(JUDGEMENTS, judgement_import.judgements_import, name="judgements-import"),
    path(
        f"{JUDGEMENTS}template.xlsx",
        judgement_import.judgements_template,
        name="judgements-template",
    ),
    path(f"{JUDGEMENTS}<int:pk>/", judgement_import.judgements_preview, name="judgements-preview"),
    path(f"{ROOT}import/", importing.answers_import, name="answers-import"),
    path(f"{ROOT}import/<int:pk>/", importing.answers_preview, name="answers-preview"),
]
