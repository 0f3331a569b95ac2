"""What everybody may read without an account: the methods, and the published studies."""

from django.urls import path

from surveys.views import methods, studies

urlpatterns = [
    path("methods/", methods.methods, name="methods"),
    path("studies/", studies.study_list, name="study-list"),
    path("studies/<slug:study_id>/", studies.study, name="study"),
]
