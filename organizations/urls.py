from django.urls.resolvers import URLPattern, URLResolver

app_name = "organizations"

urlpatterns: list[URLPattern | URLResolver] = []
