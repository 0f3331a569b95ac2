"""Who gets a mail when a button or a command says "all", who doesn't, and why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.utils import timezone

from surveys.models import Mailing
from surveys.selectors.progress import ExpertProgress, State

# Nobody is reminded twice in this time, whatever the calendar says.
REST = timedelta(hours=12)


class Reason(StrEnum):
    """Why somebody gets no mail."""

    CLOSED = "closed"
    NO_ADDRESS = "no-address"
    MAILED = "mailed"
    REMINDED = "reminded"
    SENT = "sent"
    DECLINED = "declined"
    REVOKED = "revoked"


@dataclass(frozen=True)
class LeftOut:
    expert: ExpertProgress
    reason: Reason


@dataclass(frozen=True)
class Recipients:
    getting: tuple[ExpertProgress, ...]
    left_out: tuple[LeftOut, ...]


def invitation_recipients(experts: Iterable[ExpertProgress], now: datetime) -> Recipients:
    """Those who have an address and whose link was not mailed yet."""
    return _recipients(experts, lambda expert: why_no_invitation(expert, now))


def reminder_recipients(experts: Iterable[ExpertProgress], now: datetime) -> Recipients:
    """Those who have an address, have not finished, and were not reminded today."""
    return _recipients(experts, lambda expert: why_no_reminder(expert, now))


def why_no_invitation(expert: ExpertProgress, now: datetime) -> Reason | None:
    return why_no_mail(expert, now) or (Reason.MAILED if expert.has_mail_of_link(now) else None)


def why_no_reminder(expert: ExpertProgress, now: datetime) -> Reason | None:
    last = last_reminder(expert, now)
    if last is None:
        return why_no_mail(expert, now)
    today = last.key == reminder_key(expert, now) or now - last.claimed_at < REST
    return why_no_mail(expert, now) or (Reason.REMINDED if today else None)


def why_no_mail(expert: ExpertProgress, now: datetime) -> Reason | None:
    """What keeps an expert from any mail that asks for answers."""
    states = {
        State.REVOKED: Reason.REVOKED,
        State.SENT: Reason.SENT,
        State.DECLINED: Reason.DECLINED,
    }
    if expert.state in states:
        return states[expert.state]
    if not expert.invitation.accepts_answers(now):
        return Reason.CLOSED
    return None if expert.invitation.email else Reason.NO_ADDRESS


def last_reminder(expert: ExpertProgress, now: datetime) -> Mailing | None:
    """The newest that was sent or is on its way."""
    sent = (
        mailing
        for mailing in reversed(expert.mailings)
        if mailing.kind == Mailing.Kind.REMINDER and not mailing.may_be_claimed(now)
    )
    return next(sent, None)


def link_key(expert: ExpertProgress) -> str:
    """Names the next mail of this link: who presses twice asks for the same one."""
    sent = sum(mailing.sent_at is not None for mailing in expert.link_mails)
    return f"{expert.invitation.nonce}-{sent}"


def reminder_key(expert: ExpertProgress, now: datetime) -> str:
    """One reminder a day, by the organization's calendar."""
    return local_day(expert, now).isoformat()


def local_day(expert: ExpertProgress, moment: datetime) -> date:
    organization = expert.invitation.survey.scorecard.organization
    return timezone.localdate(moment, ZoneInfo(organization.timezone))


def _recipients(
    experts: Iterable[ExpertProgress], why: Callable[[ExpertProgress], Reason | None]
) -> Recipients:
    getting, left_out = [], []
    for expert in experts:
        reason = why(expert)
        if reason is None:
            getting.append(expert)
        else:
            left_out.append(LeftOut(expert, reason))
    return Recipients(tuple(getting), tuple(left_out))
