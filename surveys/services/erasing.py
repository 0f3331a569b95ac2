"""Deleting what an expert said, or making it anonymous: by his link, or by an officer."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from organizations.models import EditConflict, User
from scorecards.services.locks import locked
from surveys.models import (
    CandidateProposal,
    Erasure,
    Exemption,
    Invitation,
    JudgementImport,
    Mailing,
    Rating,
    Response,
    Round,
    Survey,
    SurveyImport,
)
from surveys.models.invitation import new_nonce
from surveys.selectors.erasing import Choices, choices_of, last_erasure
from surveys.services.kept_copies import strip_copies
from surveys.services.locks import lock_survey
from surveys.services.refusals import SurveyError


def delete_expert(*, invitation: Invitation, by: User | None, now: datetime) -> Erasure:
    """Delete all that is stored of an expert. ``by`` None: he does it himself, by his link.

    Pressing twice deletes once. Raises SurveyError ``answers-adopted`` where the scorecard rests
    on them already and it isn't an officer, EditConflict where the questionnaire is gone.
    """
    with _held(invitation, by) as (held, choices, before):
        if held is None:
            return before
        if not choices.can_delete:
            raise SurveyError("answers-adopted")
        erasure = _note(Erasure.Kind.DELETED, held, choices, by, now)
        strip_copies(held, whole=True)
        _forget_files(held.survey)
        # Answers, decisions, proposals, rounds, exemptions and mails go with it.
        held.delete()
    return erasure


def anonymize_expert(*, invitation: Invitation, by: User | None, now: datetime) -> Erasure:
    """Take out everything that says whose answers these are; they stay, and so do all figures.

    The link ends: it would lead from the person to the answers. Pressing twice does it once.
    Raises SurveyError ``nothing-sent`` where there are no answers that were sent.
    """
    with _held(invitation, by) as (held, choices, before):
        if held is None or (before and held.anonymized_at):
            return before
        if not choices.can_anonymize:
            raise SurveyError("nothing-sent")
        erasure = _note(Erasure.Kind.ANONYMIZED, held, choices, by, now)
        strip_copies(held, whole=False)
        _forget_files(held.survey)
        _forget_words(held, by, now)
        _forget_person(held, by, now)
    return erasure


@contextmanager
def _held(
    invitation: Invitation, by: User | None
) -> Iterator[tuple[Invitation | None, Choices, Erasure | None]]:
    """The expert as he is now, what may be done, and what was done before.

    The scorecard is held first: adopting, applying and deleting wait for it in the same order.
    Who saves an answer or a letter waits for a row of the expert's, and then finds it gone.
    """
    with locked(invitation.survey.scorecard):
        survey = lock_survey(invitation.survey)
        held = Invitation.objects.select_for_update().filter(pk=invitation.pk).first()
        before = last_erasure(survey, invitation.pk)
        if held is None and before is None:
            raise EditConflict(None)
        if held is not None:
            held.survey = survey
            list(Response.objects.select_for_update().filter(invitation=held).values_list("pk"))
        choices = choices_of(held or invitation, is_officer=by is not None)
        yield held, choices, before


def _note(
    kind: Erasure.Kind, held: Invitation, choices: Choices, by: User | None, now: datetime
) -> Erasure:
    return Erasure.objects.create(
        survey=held.survey,
        kind=kind,
        code=held.code,
        answers=choices.stored.answers,
        was_adopted=choices.adopted_at is not None,
        erased_at=now,
        by_expert=by is None,
        erased_by=by,
        invitation_number=held.pk,
        nonce=held.nonce,
    )


def _forget_words(held: Invitation, by: User | None, now: datetime) -> None:
    """What was written by him or to him."""
    Exemption.objects.filter(invitation=held).update(reason="")
    Rating.objects.filter(response__invitation=held).update(remark="")
    CandidateProposal.objects.filter(response__invitation=held).update(reason="")
    rounds = Round.objects.filter(response__invitation=held)
    # Nobody can answer what is still asked.
    rounds.filter(submitted_at=None, withdrawn_at=None).update(withdrawn_at=now, withdrawn_by=by)
    rounds.update(message="")
    Mailing.objects.filter(invitation=held).delete()


def _forget_files(survey: Survey) -> None:
    """Files that wait to be confirmed name whoever stands in them; they can be uploaded again.
    So may the name of the file that the questionnaire was made of."""
    JudgementImport.objects.filter(survey=survey).delete()
    SurveyImport.objects.filter(survey=survey).update(file_name="")


def _forget_person(held: Invitation, by: User | None, now: datetime) -> None:
    response = Response.objects.get(invitation=held)
    # The number on his own copy, which has his name.
    response.submission_id = Response._meta.get_field("submission_id").get_default()
    response.save(update_fields=["submission_id"])
    held.name = held.position = held.institution = held.email = held.decline_reason = ""
    held.nonce = new_nonce()
    held.anonymized_at = now
    held.version += 1
    held.saved_by = by
    held.save()
