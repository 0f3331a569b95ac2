"""Questionnaires with answers, for the pages of results."""

from collections.abc import Sequence
from datetime import UTC, datetime

from organizations.models import Organization
from surveys.demo.judgements import answer_all
from surveys.models import Invitation, Survey
from surveys.services.invitations import invite_expert
from surveys.services.questionnaires import create_survey, open_survey
from tests.surveys.designs import scorecard_with_kpis

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
# Of three elements: in accord, nearly so, and round in a circle.
CALM, NEAR, CIRCLE = ["2", "4", "2"], ["3", "5", "2"], ["9", "1/9", "9"]
NAME = "Raden Ajeng Kartini"


def survey(organization: Organization, **fields: object) -> Survey:
    """An open questionnaire of two perspectives with three KPIs each, the perspectives too."""
    draft = create_survey(
        scorecard=scorecard_with_kpis(organization),
        name="Pembobotan",
        consent_text="Setuju?",
        by=None,
        **fields,
    )
    return open_survey(survey=draft, by=None, now=NOW)


def answer(survey: Survey, *upper: Sequence[str], name: str = NAME) -> list[Invitation]:
    """An expert for each upper triangle, who says the same of both perspectives' KPIs."""
    experts = []
    for values in upper:
        expert = invite_expert(survey=survey, name=name)
        answer_all(expert, {"": ["2"], "P1": list(values), "P2": list(values)}, now=NOW)
        experts.append(expert)
    return experts
