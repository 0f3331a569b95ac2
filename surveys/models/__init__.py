"""Questionnaires that experts answer through a personal link, and what they answered."""

from surveys.models.answers import Judgement, ProposalDecision, Response
from surveys.models.invitation import Invitation
from surveys.models.survey import Criterion, Matrix, Survey

__all__ = [
    "Criterion",
    "Invitation",
    "Judgement",
    "Matrix",
    "ProposalDecision",
    "Response",
    "Survey",
]
