"""The published studies, printed beside computed: for everybody, without an account."""

from django.urls import path

from surveys.views import studies

urlpatterns = [
    path("studies/", studies.study_list, name="study-list"),
    path("studies/<slug:study_id>/", studies.study, name="study"),
]
