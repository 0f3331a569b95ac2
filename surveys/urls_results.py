"""What the answers of a pairwise questionnaire amount to, and asking again."""

from django.urls import path

from surveys.views import expert_weights, matrix_results, results, rounds

ROOT = "o/<slug:org>/surveys/<int:survey_pk>/results/"

urlpatterns = [
    path("o/<slug:org>/surveys/<int:pk>/results/", results.results, name="results"),
    path("o/<slug:org>/surveys/<int:pk>/adopt/", results.adopt, name="adopt"),
    path(f"{ROOT}sensitivity/", results.sensitivity, name="sensitivity"),
    path(f"{ROOT}expert-weights/", expert_weights.expert_weights, name="expert-weights"),
    path(f"{ROOT}experts/<int:pk>/", matrix_results.expert_result, name="expert-result"),
    path(f"{ROOT}<int:pk>/", matrix_results.matrix_result, name="matrix-result"),
    path(
        f"{ROOT}<int:pk>/experts/<int:invitation_pk>/again/",
        rounds.round_create,
        name="round-create",
    ),
    path(f"{ROOT}rounds/<int:pk>/withdraw/", rounds.round_withdraw, name="round-withdraw"),
]
