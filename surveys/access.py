"""From a URL's words to the questionnaires that this user may see (see organizations.access).

Experts have no account: theirs is the second half. Their personal link, and after "Start" the
cookie that it was exchanged for, says which invitation they may answer.
"""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from organizations.access import get_organization
from organizations.links import signed_pk
from organizations.models import Role, User
from surveys.expert_cookie import is_remembered, remembered_pk, remembers_ended
from surveys.links import is_ended_link, is_link_of
from surveys.models import (
    Candidate,
    CandidateProposal,
    Erasure,
    Invitation,
    JudgementImport,
    Matrix,
    Response,
    Round,
    ScreeningOutcome,
    Survey,
    SurveyImport,
)


class LinkUnknown(Exception):
    """No such link: never given out, or revoked. Which of the two is nobody's business."""


class LinkNeeded(Exception):
    """This browser doesn't know (any more) whose answers these are."""


def get_survey(user: User, org: str, pk: int, *, role: Role = Role.RESEARCHER) -> Survey:
    """To those who only read, a questionnaire that is still being made isn't there."""
    organization = get_organization(user, org, role=role)
    survey = get_object_or_404(
        Survey.objects.visible_to(user).select_related("scorecard"),
        pk=pk,
        scorecard__organization=organization,
    )
    if survey.status == Survey.Status.DRAFT and not organization.can_research:
        raise Http404
    survey.scorecard.organization = organization
    return survey


def get_invitation(
    user: User, org: str, survey_pk: int, pk: int, *, role: Role = Role.EDITOR
) -> Invitation:
    survey = get_survey(user, org, survey_pk, role=role)
    invitation = get_object_or_404(survey.invitations, pk=pk)
    invitation.survey = survey
    return invitation


def get_named_invitation(
    user: User, org: str, survey_pk: int, pk: int, *, role: Role = Role.EDITOR
) -> Invitation:
    """An expert who has a link and can be written to: not one who was made anonymous."""
    invitation = get_invitation(user, org, survey_pk, pk, role=role)
    if invitation.anonymized_at is not None:
        raise Http404
    return invitation


def get_erasure(
    user: User, org: str, survey_pk: int, number: int, *, role: Role = Role.EDITOR
) -> Erasure:
    """What became of an expert who isn't there any more."""
    survey = get_survey(user, org, survey_pk, role=role)
    deletions = survey.erasures.filter(kind=Erasure.Kind.DELETED)
    return get_object_or_404(deletions, invitation_number=number)


def get_survey_import(user: User, org: str, pk: int, *, role: Role = Role.EDITOR) -> SurveyImport:
    """Answers that were read from a file and wait to be confirmed."""
    organization = get_organization(user, org, role=role)
    kept = get_object_or_404(
        SurveyImport.objects.select_related("scorecard", "survey"),
        pk=pk,
        scorecard__organization=organization,
    )
    kept.scorecard.organization = organization
    return kept


def get_judgement_import(
    user: User, org: str, survey_pk: int, pk: int, *, role: Role = Role.EDITOR
) -> JudgementImport:
    """Finished judgements that were read from a file and wait to be confirmed."""
    survey = get_comparison(user, org, survey_pk, role=role)
    kept = get_object_or_404(JudgementImport, pk=pk, survey=survey)
    kept.survey = survey
    return kept


def get_begun_response(
    user: User, org: str, survey_pk: int, pk: int, *, role: Role = Role.EDITOR
) -> Response:
    """What the expert of an invitation answered so far, sent or not."""
    invitation = get_invitation(user, org, survey_pk, pk, role=role)
    response = get_object_or_404(Response, invitation=invitation)
    response.invitation = invitation
    return response


def get_comparison(user: User, org: str, pk: int, *, role: Role = Role.RESEARCHER) -> Survey:
    """A questionnaire of pairwise comparisons."""
    survey = get_survey(user, org, pk, role=role)
    if survey.kind != Survey.Kind.PAIRWISE:
        raise Http404
    return survey


def get_comparing_expert(
    user: User, org: str, survey_pk: int, pk: int, *, role: Role = Role.RESEARCHER
) -> Invitation:
    """An expert of a questionnaire of pairwise comparisons."""
    survey = get_comparison(user, org, survey_pk, role=role)
    invitation = get_object_or_404(survey.invitations.select_related("response"), pk=pk)
    invitation.survey = survey
    return invitation


def get_matrix(
    user: User, org: str, survey_pk: int, pk: int, *, role: Role = Role.RESEARCHER
) -> Matrix:
    survey = get_comparison(user, org, survey_pk, role=role)
    matrix = get_object_or_404(survey.matrices, pk=pk)
    matrix.survey = survey
    return matrix


def get_sent_response(
    user: User, org: str, survey_pk: int, pk: int, *, role: Role = Role.RESEARCHER
) -> Response:
    """What the expert of an invitation sent, also of one whose link was taken back."""
    survey = get_comparison(user, org, survey_pk, role=role)
    sent = Response.objects.filter(invitation__survey=survey, submitted_at__isnull=False)
    # By the number itself: a relation can't be looked up by one that no database holds.
    response = get_object_or_404(sent.select_related("invitation"), invitation__pk=pk)
    response.invitation.survey = survey
    return response


def get_round(user: User, org: str, survey_pk: int, pk: int, *, role: Role = Role.EDITOR) -> Round:
    survey = get_comparison(user, org, survey_pk, role=role)
    rounds = Round.objects.filter(matrix__survey=survey)
    return get_object_or_404(rounds.select_related("response__invitation", "matrix"), pk=pk)


def get_experts_round(
    user: User, org: str, survey_pk: int, invitation_pk: int, pk: int, *, role: Role = Role.EDITOR
) -> Round:
    """What one expert was asked again, from that expert's pages."""
    response = get_begun_response(user, org, survey_pk, invitation_pk, role=role)
    asked = get_object_or_404(response.rounds.select_related("matrix", "keyed_by"), pk=pk)
    asked.response = response
    return asked


def get_screening(user: User, org: str, pk: int, *, role: Role = Role.RESEARCHER) -> Survey:
    survey = get_survey(user, org, pk, role=role)
    if survey.kind != Survey.Kind.SCREENING:
        raise Http404
    return survey


def get_candidate(
    user: User, org: str, survey_pk: int, pk: int, *, role: Role = Role.RESEARCHER
) -> Candidate:
    """A candidate that is frozen: those of a draft come and go."""
    survey = get_screening(user, org, survey_pk, role=role)
    if survey.status == Survey.Status.DRAFT:
        raise Http404
    candidate = get_object_or_404(survey.candidates.select_related("decision", "kpi"), pk=pk)
    candidate.survey = survey
    return candidate


def get_outcome(
    user: User, org: str, survey_pk: int, pk: int, *, role: Role = Role.RESEARCHER
) -> ScreeningOutcome:
    survey = get_screening(user, org, survey_pk, role=role)
    outcomes = survey.outcomes.select_related("applied_by", "undone_by")
    outcome = get_object_or_404(outcomes, pk=pk)
    outcome.survey = survey
    return outcome


def get_proposal(
    user: User, org: str, survey_pk: int, pk: int, *, role: Role = Role.EDITOR
) -> CandidateProposal:
    """A proposal of an expert who sent his answers, and whose link holds."""
    survey = get_screening(user, org, survey_pk, role=role)
    proposals = CandidateProposal.objects.filter(
        response__invitation__survey=survey,
        response__invitation__revoked_at=None,
        response__submitted_at__isnull=False,
    ).select_related("response__invitation__survey", "perspective", "kpi")
    proposal = get_object_or_404(proposals, pk=pk)
    proposal.response.invitation.survey = survey
    return proposal


def get_invitation_by_link(link: str) -> Invitation:
    pk = signed_pk(link)
    invitation = _invitations().filter(pk=pk).first() if pk is not None else None
    if invitation is None or not is_link_of(link, invitation):
        raise LinkUnknown
    return invitation


def get_ended(request: HttpRequest, link: str = "") -> Erasure:
    """What was deleted or made anonymous by the holder of a link that no longer works.

    By the link itself, or by the cookie of who opened it. Raises LinkUnknown.
    """
    pk = signed_pk(link) if link else remembered_pk(request)
    ended = Erasure.objects.filter(invitation_number=pk).order_by("-pk")
    for erasure in ended.select_related("survey__scorecard__organization") if pk else ():
        if is_ended_link(link, erasure) if link else remembers_ended(request, erasure):
            return erasure
    raise LinkUnknown


def get_remembered_invitation(request: HttpRequest) -> Invitation:
    """Whose answers this browser gives: who opened his link, or in a preview nobody in earnest."""
    preview = getattr(request, "preview", None)
    if preview is not None:
        return _invitations().get(pk=preview.invitation.pk)
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
