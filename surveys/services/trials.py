"""A copy of a questionnaire to try out: stored while people try it, or for one look alone."""

from collections.abc import Sequence
from datetime import datetime

from django.db import models, transaction

from organizations.models import User
from surveys.models import Candidate, Criterion, Invitation, Matrix, Survey
from surveys.services.invitations import invite_expert
from surveys.services.locks import lock_survey
from surveys.services.questionnaires import open_survey
from surveys.services.refusals import SurveyError

# What an expert meets; not the days, which are the original's alone.
COPIED = (
    *("scorecard", "kind", "name", "introduction", "consent_text", "language", "anonymous"),
    *("pair_order", "swaps_sides", "large_accepted", "cut_by", "cut_off", "takes_proposals"),
    "seed",
)
# Enough to find what is not understood; who wants more answers opens the questionnaire.
MOST_TRYING = 20


@transaction.atomic
def invite_to_trial(
    *, survey: Survey, name: str, expected_code: str, by: User | None, now: datetime
) -> Invitation:
    """One more person who tries a draft out; the first one starts the trial.

    Raises SurveyError where the questionnaire is open already, or can't be opened as it is.
    """
    held = lock_survey(survey)
    if held.status != Survey.Status.DRAFT:
        raise SurveyError("opened-already")
    trial = Survey.including_trials.filter(trial_of=survey).first()
    if trial is None:
        trial = copy_as_trial(survey=held, by=by, now=now)
    pressed_twice = trial.invitations.filter(code=expected_code, name=name).exists()
    if not pressed_twice and trial.invitations.count() >= MOST_TRYING:
        raise SurveyError("trial-full")
    return invite_expert(survey=trial, name=name, expected_code=expected_code, by=by)


@transaction.atomic
def copy_as_trial(*, survey: Survey, by: User | None, now: datetime) -> Survey:
    """An open copy: of a draft as it would open now, else as it was opened.

    The caller holds ``survey``, as it is now (`lock_survey`).
    """
    trial = Survey(trial_of=survey, saved_by=by)
    for name in COPIED:
        setattr(trial, name, getattr(survey, name))
    trial.save()
    for matrix in survey.matrices.prefetch_related("criteria"):
        elements = list(matrix.criteria.all())
        copied = _copied(Matrix, [matrix], survey=trial)[0]
        _copied(Criterion, elements, matrix=copied)
    _copied(Candidate, list(survey.candidates.all()), survey=trial)
    if survey.status == Survey.Status.DRAFT:
        return open_survey(survey=trial, by=by, now=now)
    trial.status, trial.opens_at = Survey.Status.OPEN, now
    trial.save()
    return trial


def _copied(
    model: type[models.Model], rows: Sequence[models.Model], **parent: models.Model
) -> list[models.Model]:
    """The same rows below another parent."""
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    copies = [model(**{name: getattr(row, name) for name in names}) for row in rows]
    for copy in copies:
        for name, value in parent.items():
            setattr(copy, name, value)
    return model._default_manager.bulk_create(copies)
