"""Questionnaires on paper, and in the room where the group sits."""

from django.urls import path

from surveys.views import paper, workshop

ROOT = "o/<slug:org>/surveys/"
EXPERT = f"{ROOT}<int:survey_pk>/experts/<int:pk>/paper"

urlpatterns = [
    path(f"{ROOT}<int:pk>/paper.pdf", paper.paper_blank, name="paper-blank"),
    path(f"{EXPERT}.pdf", paper.paper_print, name="paper-print"),
    path(f"{EXPERT}/", paper.paper, name="paper"),
    path(f"{EXPERT}/<int:number>/", paper.paper_part, name="paper-part"),
    path(f"{ROOT}<int:pk>/workshop/", workshop.workshop_screen, name="workshop"),
]
