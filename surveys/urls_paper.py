"""Questionnaires on paper, and in the room where the group sits."""

from django.urls import path

from surveys.views import paper, paper_rounds, workshop

ROOT = "o/<slug:org>/surveys/"
EXPERT = f"{ROOT}<int:survey_pk>/experts/<int:pk>/paper"
AGAIN = f"{EXPERT}/rounds/<int:round_pk>"

urlpatterns = [
    path(f"{ROOT}<int:pk>/paper.pdf", paper.paper_blank, name="paper-blank"),
    path(f"{EXPERT}.pdf", paper.paper_print, name="paper-print"),
    path(f"{EXPERT}/", paper.paper, name="paper"),
    path(f"{EXPERT}/<int:number>/", paper.paper_part, name="paper-part"),
    path(f"{AGAIN}.pdf", paper_rounds.paper_round_print, name="paper-round-print"),
    path(f"{AGAIN}/", paper_rounds.paper_round, name="paper-round"),
    path(f"{AGAIN}/lines/", paper_rounds.paper_round_lines, name="paper-round-lines"),
    path(f"{ROOT}<int:pk>/workshop/", workshop.workshop_screen, name="workshop"),
]
