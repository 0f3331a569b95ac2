"""What a screening's ratings amount to, and what is made of them."""

from django.urls import path

from surveys.views import candidate_proposals, screening_outcomes, screening_results

ROOT = "o/<slug:org>/surveys/<int:survey_pk>/screening/"

urlpatterns = [
    path(ROOT, screening_results.screening_results, name="screening-results"),
    path(
        f"{ROOT}candidates/<int:pk>/",
        screening_results.screening_candidate,
        name="screening-candidate",
    ),
    path(
        f"{ROOT}candidates/<int:pk>/withdraw/",
        screening_results.decision_withdraw,
        name="decision-withdraw",
    ),
    path(
        f"{ROOT}proposals/<int:pk>/take/", candidate_proposals.proposal_take, name="proposal-take"
    ),
    path(
        f"{ROOT}proposals/<int:pk>/decline/",
        candidate_proposals.proposal_decline,
        name="proposal-decline",
    ),
    path(f"{ROOT}apply/", screening_outcomes.screening_apply, name="screening-apply"),
    path(
        f"{ROOT}outcomes/<int:pk>/", screening_outcomes.screening_outcome, name="screening-outcome"
    ),
    path(
        f"{ROOT}outcomes/<int:pk>/undo/", screening_outcomes.screening_undo, name="screening-undo"
    ),
]
