"""From a URL's words to the questionnaires that this user may see (see organizations.access)."""

from django.shortcuts import get_object_or_404

from organizations.access import get_organization
from organizations.models import Role, User
from surveys.models import Invitation, Survey


def get_survey(user: User, org: str, pk: int, *, role: Role = Role.RESEARCHER) -> Survey:
    organization = get_organization(user, org, role=role)
    survey = get_object_or_404(
        Survey.objects.visible_to(user).select_related("scorecard"),
        pk=pk,
        scorecard__organization=organization,
    )
    survey.scorecard.organization = organization
    return survey


def get_invitation(
    user: User, org: str, survey_pk: int, pk: int, *, role: Role = Role.EDITOR
) -> Invitation:
    survey = get_survey(user, org, survey_pk, role=role)
    invitation = get_object_or_404(survey.invitations, pk=pk)
    invitation.survey = survey
    return invitation
