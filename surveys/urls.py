from django.urls.resolvers import URLPattern, URLResolver

from surveys import urls_answer, urls_manage, urls_rating, urls_screening, urls_studies

app_name = "surveys"

urlpatterns: list[URLPattern | URLResolver] = [
    *urls_manage.urlpatterns,
    *urls_screening.urlpatterns,
    *urls_answer.urlpatterns,
    *urls_rating.urlpatterns,
    *urls_studies.urlpatterns,
]
