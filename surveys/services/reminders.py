"""Reminders that a timer sends: who is due by the operator's rule, and what became of each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from surveys.models import Mailing, Survey
from surveys.selectors.progress import ExpertProgress, survey_progress
from surveys.selectors.recipients import last_reminder, local_day, reminder_recipients
from surveys.services.mailings import claim_reminders, send_mailing


@dataclass(frozen=True)
class Rhythm:
    """In days of the organization's calendar."""

    after: int = 3  # the invitation
    every: int = 3  # since the last reminder
    before: int = 1  # the last moment, whatever the other two say


class Result(StrEnum):
    DUE = "due"  # of a dry run
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True)
class Reminded:
    survey: Survey
    expert: ExpertProgress
    result: Result


def send_reminders(
    *,
    rhythm: Rhythm,
    now: datetime,
    dry_run: bool = False,
    clock: Callable[[], datetime] = timezone.now,
) -> Iterator[Reminded]:
    """Remind everybody who is due, in every questionnaire that is open; tells of each.

    May run twice at the same time: each mail is claimed first, and only its claimant sends it.
    """
    for survey in _open_surveys():
        due = due_experts(survey, rhythm, now)
        if dry_run:
            yield from (Reminded(survey, expert, Result.DUE) for expert in due)
            continue
        experts = {expert.invitation.pk: expert for expert in due}
        for mailing in claim_reminders(survey=survey, experts=due, now=now):
            is_sent = send_mailing(mailing=mailing, clock=clock)
            if is_sent is not None:
                result = Result.SENT if is_sent else Result.FAILED
                yield Reminded(survey, experts[mailing.invitation_id], result)


def due_experts(survey: Survey, rhythm: Rhythm, now: datetime) -> list[ExpertProgress]:
    experts = reminder_recipients(survey_progress(survey), now).getting
    return [expert for expert in experts if _is_due(expert, rhythm, now)]


def _open_surveys() -> list[Survey]:
    return list(
        Survey.objects.filter(
            status=Survey.Status.OPEN, provenance=Survey.Provenance.COLLECTED
        ).select_related("scorecard__organization")
    )


def _is_due(expert: ExpertProgress, rhythm: Rhythm, now: datetime) -> bool:
    today = local_day(expert, now)
    last = last_reminder(expert, now)
    since_last = (today - local_day(expert, last.claimed_at)).days if last else None
    ending = expert.invitation.last_moment
    if ending is not None:
        window = (local_day(expert, ending) - today).days
        # Once in the last days: not again if the last reminder was within them.
        if window <= rhythm.before and (since_last is None or since_last > rhythm.before - window):
            return True
    if since_last is not None:
        return since_last >= rhythm.every
    return (today - local_day(expert, _invited_at(expert))).days >= rhythm.after


def _invited_at(expert: ExpertProgress) -> datetime:
    """When the link could first be used, or was mailed."""
    sent = [mail.sent_at for mail in expert.mailings if _is_invitation(mail)]
    survey = expert.invitation.survey
    return max([expert.invitation.created_at, survey.opens_at or survey.created_at, *sent])


def _is_invitation(mailing: Mailing) -> bool:
    return mailing.kind == Mailing.Kind.INVITATION and mailing.sent_at is not None
