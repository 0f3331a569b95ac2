from django.urls.resolvers import URLPattern, URLResolver

from surveys import (
    urls_answer,
    urls_exports,
    urls_invitations,
    urls_manage,
    urls_paper,
    urls_rating,
    urls_results,
    urls_screening,
    urls_studies,
)

app_name = "surveys"

urlpatterns: list[URLPattern | URLResolver] = [
    *urls_manage.urlpatterns,
    *urls_invitations.urlpatterns,
    *urls_screening.urlpatterns,
    *urls_exports.urlpatterns,
    *urls_answer.urlpatterns,
    *urls_paper.urlpatterns,
    *urls_rating.urlpatterns,
    *urls_results.urlpatterns,
    *urls_studies.urlpatterns,
]
