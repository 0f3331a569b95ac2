"""From a URL's words to the questionnaires that this user may see (see organizations.access).

Experts have no account: theirs is the second half. Their personal link, and after "Start" the
cookie that it was exchanged for, says which invitation they may answer.
"""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from organizations.access import get_organization
from organizations.links import signed_pk
from organizations.models import Role, User
from surveys.expert_cookie import is_remembered, remembered_pk
from surveys.links import is_link_of
from surveys.models import Invitation, Response, Survey


class LinkUnknown(Exception):
    """No such link: never given out, or revoked. Which of the two is nobody's business."""


class LinkNeeded(Exception):
    """This browser doesn't know (any more) whose answers these are."""


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


def get_invitation_by_link(link: str) -> Invitation:
    pk = signed_pk(link)
    invitation = _invitations().filter(pk=pk).first() if pk is not None else None
    if invitation is None or not is_link_of(link, invitation):
        raise LinkUnknown
    return invitation


def get_remembered_invitation(request: HttpRequest) -> Invitation:
    pk = remembered_pk(request)
    invitation = _invitations().filter(pk=pk).first() if pk is not None else None
    if invitation is None or not is_remembered(request, invitation):
        raise LinkNeeded
    return invitation


def get_response(request: HttpRequest, submission: UUID) -> Response:
    """The answers that a page is about. Another expert's page in this browser is refused."""
    invitation = get_remembered_invitation(request)
    response = getattr(invitation, "response", None)
    if response is None or response.submission_id != submission:
        raise LinkNeeded
    response.invitation = invitation
    return response


def _invitations() -> QuerySet[Invitation]:
    return Invitation.objects.select_related("survey__scorecard__organization", "response")
