"""The expert's side of a screening; what both kinds share is in urls_answer."""

from django.urls import path

from surveys.views.answer import rating, rating_finishing, rating_saving

ROOT = "answer/<uuid:submission>/"

urlpatterns = [
    path(f"{ROOT}ratings/", rating_saving.rating_save, name="rating-save"),
    path(f"{ROOT}candidates/<int:number>/", rating.rating, name="rating"),
    path(f"{ROOT}perspectives/<int:number>/", rating.rating_group, name="rating-group"),
    path(f"{ROOT}proposal/", rating_finishing.rating_propose, name="rating-propose"),
]
