"""Questionnaires that experts answer through a personal link, and what they answered."""

from surveys.models.answers import Judgement, Origin, ProposalDecision, Response, Round
from surveys.models.erasure import Erasure
from surveys.models.group import GroupMatrix
from surveys.models.interchange import JudgementImport, SurveyImport
from surveys.models.invitation import Exemption, Invitation, Mailing
from surveys.models.screening import (
    Candidate,
    CandidateDecision,
    CandidateProposal,
    Rating,
    ScreeningOutcome,
)
from surveys.models.survey import Criterion, Matrix, Survey

__all__ = [
    "Candidate",
    "CandidateDecision",
    "CandidateProposal",
    "Criterion",
    "Erasure",
    "Exemption",
    "GroupMatrix",
    "Invitation",
    "Judgement",
    "JudgementImport",
    "Mailing",
    "Matrix",
    "Origin",
    "ProposalDecision",
    "Rating",
    "Response",
    "Round",
    "ScreeningOutcome",
    "Survey",
    "SurveyImport",
]
