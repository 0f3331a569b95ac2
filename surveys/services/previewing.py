"""A questionnaire as its experts will see it, filled with what was tried so far.

Everything here is written inside a transaction that is taken back (views.answer.preview).
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5
from zlib import crc32

from django.db.models import F

from organizations.models import User
from surveys.models import (
    Candidate,
    CandidateProposal,
    Criterion,
    Exemption,
    Invitation,
    Judgement,
    Matrix,
    ProposalDecision,
    Rating,
    Response,
    Survey,
)
from surveys.preview_cookie import Tried
from surveys.selectors.judgements import current_judgements
from surveys.selectors.rating_sheet import current_ratings
from surveys.services.locks import lock_survey
from surveys.services.trials import copy_as_trial

# Pages name pairs and candidates by their numbers, so a preview's must be the same at every
# look: above all that a database gives, below what a script counts exactly.
FIRST_NUMBER = 2**52
NUMBERS_OF_ONE = 2**20
NUMBERS_OF_A_MATRIX = 2**10
FIRST_SEQ = 1
PROPOSAL = UUID(int=0)


def begin_preview(*, survey: Survey, tried: Tried, user: User, now: datetime) -> Invitation:
    """A copy of the questionnaire, open, and somebody invited to it with what he tried."""
    # Opened at this moment, it would be copied as half a draft and half an open one.
    survey = lock_survey(survey)
    trial = copy_as_trial(survey=survey, by=None, now=now)
    if survey.closes_at is not None and survey.closes_at > now:
        # The pages say until when; of a draft whose last moment is past, nobody could see any.
        trial.closes_at = survey.closes_at
        trial.save()
    _number(trial, FIRST_NUMBER + survey.pk * NUMBERS_OF_ONE)
    invitation = Invitation.objects.create(
        survey=trial, code="P1", name=str(user), seed=survey.seed, opened_at=now
    )
    elements = _Elements(trial)
    if tried.print != elements.print:
        # Changed since: what was tried belongs to other questions.
        tried = Tried(tried.org, tried.survey, submission=tried.submission)
    if tried.declined is not None:
        invitation.declined_at, invitation.decline_reason = now, tried.declined
        invitation.save()
    if tried.submission:
        _answer(invitation, tried, elements, now)
    return invitation


def end_of_preview(*, invitation: Invitation, tried: Tried) -> Tried:
    """What is to be remembered of it."""
    found = Invitation.objects.select_related("survey").filter(pk=invitation.pk).first()
    if found is None:  # deleted in the preview: the next look begins anew
        return Tried(tried.org, tried.survey)
    invitation = found
    elements = _Elements(invitation.survey)
    response = Response.objects.filter(invitation=invitation).first()
    said = invitation.decline_reason if invitation.declined_at else None
    if response is None:
        return Tried(tried.org, tried.survey, print=elements.print, declined=said)
    places = {row.pk: place for place, row in elements.criteria.items()}
    matrices = {row.pk: place for place, row in elements.matrices.items()}
    candidates = {row.pk: place for place, row in elements.candidates.items()}
    return Tried(
        tried.org,
        tried.survey,
        print=elements.print,
        submission=str(response.submission_id),
        sent=response.submitted_at is not None,
        declined=said,
        judged=[
            [*places[each.row_id], places[each.column_id][1], _signed(each)]
            for each in current_judgements(response.judgements.all())
        ],
        kept=[
            [*places[each.row_id], places[each.column_id][1], each.judged, each.proposed]
            for each in response.decisions.filter(decision=ProposalDecision.Decision.KEPT)
        ],
        back=[(matrices[each.matrix_id], each.reason) for each in invitation.exemptions.all()],
        rated=[
            (candidates[each.candidate_id], each.points, each.remark)
            for each in current_ratings(response.ratings.all())
        ],
        proposed=[(each.name, each.reason) for each in response.proposals.all()],
    )


class _Elements:
    """What is asked, by its places."""

    def __init__(self, survey: Survey) -> None:
        matrices = survey.matrices.prefetch_related("criteria")
        self.matrices: Mapping[int, Matrix] = dict(enumerate(matrices))
        self.criteria: Mapping[tuple[int, int], Criterion] = {
            (place, number): row
            for place, matrix in self.matrices.items()
            for number, row in enumerate(matrix.criteria.all())
        }
        self.candidates: Mapping[int, Candidate] = dict(enumerate(survey.candidates.all()))
        words = [(*place, row.label) for place, row in self.criteria.items()]
        words += [(place, row.label) for place, row in self.candidates.items()]
        self.print = crc32(repr(words).encode())


def _number(trial: Survey, first: int) -> None:
    for place, matrix in enumerate(trial.matrices.all()):
        matrix.criteria.update(id=first + place * NUMBERS_OF_A_MATRIX + F("order"))
    trial.candidates.update(id=first + F("order"))


def _answer(invitation: Invitation, tried: Tried, elements: _Elements, now: datetime) -> None:
    response = Response.objects.create(
        invitation=invitation,
        submission_id=UUID(tried.submission),
        consent_text=invitation.survey.consent_text,
        consented_at=now,
        started_at=now,
        submitted_at=now if tried.sent else None,
    )
    Judgement.objects.bulk_create(
        _judgement(response, elements, each, now) for each in tried.judged
    )
    ProposalDecision.objects.bulk_create(
        _decision(response, elements, each, now) for each in tried.kept
    )
    Exemption.objects.bulk_create(
        Exemption(
            invitation=invitation,
            matrix=elements.matrices[place],
            origin=Exemption.Origin.EXPERT,
            reason=reason,
        )
        for place, reason in tried.back
    )
    Rating.objects.bulk_create(
        Rating(
            response=response,
            candidate=elements.candidates[place],
            points=points,
            remark=remark,
            seq=FIRST_SEQ,
            answered_at=now,
        )
        for place, points, remark in tried.rated
    )
    CandidateProposal.objects.bulk_create(
        CandidateProposal(
            response=response, key=uuid5(PROPOSAL, name), name=name, reason=reason, created_at=now
        )
        for name, reason in tried.proposed
    )


def _judgement(
    response: Response, elements: _Elements, given: list[int], now: datetime
) -> Judgement:
    place, row, column, signed = given
    first, second = elements.criteria[place, row], elements.criteria[place, column]
    preferred = None if abs(signed) == 1 else first if signed > 0 else second
    return Judgement(
        response=response,
        matrix_id=first.matrix_id,
        row=first,
        column=second,
        preferred=preferred,
        strength=abs(signed),
        seq=FIRST_SEQ,
        answered_at=now,
    )


def _decision(
    response: Response, elements: _Elements, given: list[float], now: datetime
) -> ProposalDecision:
    place, row, column, judged, proposed = given
    first = elements.criteria[int(place), int(row)]
    return ProposalDecision(
        response=response,
        matrix_id=first.matrix_id,
        row=first,
        column=elements.criteria[int(place), int(column)],
        judged=judged,
        proposed=proposed,
        cr_before=0,
        cr_after=0,
        decision=ProposalDecision.Decision.KEPT,
        decided_at=now,
    )


def _signed(judgement: Judgement) -> int:
    prefers_column = judgement.preferred_id == judgement.column_id
    return -judgement.strength if prefers_column else judgement.strength
