"""Mails to experts: claimed in the database before they leave, so that each is sent once.

Whoever makes or takes over a row sends the mail. A press of a button that comes second, or a
command that runs twice at the same time, finds the row taken.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from organizations.mail import deliver, send_beside
from organizations.models import EditConflict
from surveys.letters import Letter
from surveys.mail import letter_mail
from surveys.models import Invitation, Mailing, Survey
from surveys.selectors.progress import ExpertProgress, expert_progress, survey_progress
from surveys.selectors.recipients import (
    invitation_recipients,
    link_key,
    reminder_key,
    reminder_recipients,
    why_no_mail,
    why_no_reminder,
)

LETTERS = {
    Mailing.Kind.INVITATION: Letter.INVITATION,
    Mailing.Kind.REMINDER: Letter.REMINDER,
    Mailing.Kind.ROUND: Letter.AGAIN,
}


def mail_invitations(*, survey: Survey, now: datetime) -> int:
    """Send the link to all who have an address and didn't get it yet; how many that are."""
    experts = invitation_recipients(survey_progress(survey), now).getting
    keys = {expert.invitation: link_key(expert) for expert in experts}
    return _send_beside(_claim(survey, Mailing.Kind.INVITATION, keys, now))


def mail_reminders(*, survey: Survey, now: datetime) -> int:
    """Remind all who have an address and haven't finished; how many that are."""
    experts = reminder_recipients(survey_progress(survey), now).getting
    return _send_beside(claim_reminders(survey=survey, experts=experts, now=now))


def mail_invitation(*, invitation: Invitation, key: str, now: datetime) -> bool:
    """Send one expert the link, again too. ``key`` is that of the page with the button.

    False: it was sent or is on its way already, or this expert gets no mail.
    """
    expert = expert_progress(invitation)
    if key != link_key(expert) or why_no_mail(expert, now):
        return False
    keys = {invitation: key}
    return _send_beside(_claim(invitation.survey, Mailing.Kind.INVITATION, keys, now)) > 0


def mail_reminder(*, invitation: Invitation, now: datetime) -> bool:
    """Remind one expert. False: reminded today already, or nothing to remind of."""
    expert = expert_progress(invitation)
    if why_no_reminder(expert, now):
        return False
    claimed = claim_reminders(survey=invitation.survey, experts=[expert], now=now)
    return _send_beside(claimed) > 0


def mail_rounds(*, invitation: Invitation, now: datetime) -> bool:
    """Tell an expert of the parts that he is asked to judge again: once for the same parts."""
    expert = expert_progress(invitation)
    if not expert.open_rounds or not invitation.email or not invitation.accepts_answers(now):
        return False
    key = str(max(asked.pk for asked in expert.open_rounds))
    claimed = _claim(invitation.survey, Mailing.Kind.ROUND, {invitation: key}, now)
    return _send_beside(claimed) > 0


def claim_reminders(
    *, survey: Survey, experts: Iterable[ExpertProgress], now: datetime
) -> list[Mailing]:
    """Take today's reminders of these experts, as far as nobody else has."""
    keys = {expert.invitation: reminder_key(expert, now) for expert in experts}
    return _claim(survey, Mailing.Kind.REMINDER, keys, now)


def send_mailing(*, mailing: Mailing, clock: Callable[[], datetime] = timezone.now) -> bool | None:
    """Send a claimed mail now. None: it isn't ours any more, or this expert gets none any more."""
    # A queue may take its time: whoever took the claim over since, sends it.
    claim = Mailing.objects.filter(
        pk=mailing.pk, claimed_at=mailing.claimed_at, sent_at=None, failed_at=None
    )
    now = clock()
    if not claim.update(claimed_at=now):
        return None
    rows = Mailing.objects.select_related("invitation__survey__scorecard__organization")
    claimed = rows.filter(pk=mailing.pk).first()
    if claimed is None:
        return None  # deleted since, with its questionnaire
    try:
        expert = expert_progress(claimed.invitation)
    except EditConflict:
        return None  # the expert was deleted just now
    if not _still_wanted(claimed, expert, now):
        claimed.delete()
        return None
    is_sent = deliver(letter_mail(LETTERS[Mailing.Kind(claimed.kind)], expert))
    ended = {"sent_at": clock()} if is_sent else {"failed_at": clock()}
    Mailing.objects.filter(pk=claimed.pk, claimed_at=now).update(**ended)
    return is_sent


def _still_wanted(mailing: Mailing, expert: ExpertProgress, now: datetime) -> bool:
    if mailing.kind == Mailing.Kind.ROUND:
        return bool(expert.open_rounds) and expert.invitation.accepts_answers(now)
    return why_no_mail(expert, now) is None


@transaction.atomic
def _claim(
    survey: Survey, kind: Mailing.Kind, keys: Mapping[Invitation, str], now: datetime
) -> list[Mailing]:
    """Make the rows of these mails, and take over those that failed or were forgotten."""
    if not settings.MAIL_IS_SENT:
        return []
    # The survey's row is the lock, as for inviting.
    if not Survey.objects.select_for_update().filter(pk=survey.pk).values_list("pk"):
        return []  # deleted since: a timer goes on with the next one
    # An expert who was deleted or made anonymous at this moment gets none.
    there = set(survey.invitations.filter(anonymized_at=None).values_list("pk", flat=True))
    keys = {invitation: key for invitation, key in keys.items() if invitation.pk in there}
    known = {
        (mailing.invitation_id, mailing.key): mailing
        for mailing in Mailing.objects.filter(invitation__in=keys, kind=kind)
    }
    taken, fresh = [], []
    for invitation, key in keys.items():
        mailing = known.get((invitation.pk, key))
        if mailing is None:
            fresh.append(Mailing(invitation=invitation, kind=kind, key=key, claimed_at=now))
        elif mailing.may_be_claimed(now) and _take_over(mailing, now):
            taken.append(mailing)
    return [*Mailing.objects.bulk_create(fresh), *taken]


def _take_over(mailing: Mailing, now: datetime) -> bool:
    seen = Mailing.objects.filter(pk=mailing.pk, claimed_at=mailing.claimed_at, sent_at=None)
    mailing.claimed_at, mailing.failed_at = now, None
    return seen.update(claimed_at=now, failed_at=None) > 0


def _send_beside(mailings: Sequence[Mailing]) -> int:
    for mailing in mailings:
        send_beside(partial(send_mailing, mailing=mailing))
    return len(mailings)
