from django.urls.resolvers import URLPattern, URLResolver

app_name = "scorecards"

urlpatterns: list[URLPattern | URLResolver] = []
