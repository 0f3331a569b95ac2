"""The experts of a questionnaire as an officer's table: filtered, ordered, with their mails."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from surveys.models import Mailing
from surveys.selectors.progress import ExpertProgress, State
from surveys.selectors.questionnaires import SurveyOverview

# Beside the states of experts, something to choose them by.
MAIL_FAILED = "mail-failed"
LONG_AGO = datetime.min.replace(tzinfo=UTC)
WAY = list(State)


class MailState(StrEnum):
    SENT = "sent"
    ON_ITS_WAY = "on-its-way"
    FAILED = "failed"


class Order(StrEnum):
    INVITED = "invited"
    NAME = "name"
    PROGRESS = "progress"
    LAST = "last"


KEYS: dict[Order, Callable[[ExpertProgress], Any]] = {
    Order.INVITED: lambda expert: expert.invitation.pk,
    Order.NAME: lambda expert: expert.invitation.name.casefold(),
    Order.PROGRESS: lambda expert: (WAY.index(expert.state), expert.percent),
    # The newest first; then those who never answered.
    Order.LAST: lambda expert: LONG_AGO - (expert.last_answer_at or LONG_AGO),
}


@dataclass(frozen=True)
class ExpertRow:
    progress: ExpertProgress
    mail_state: MailState | None

    def is_shown_by(self, state: str) -> bool:
        if state == MAIL_FAILED:
            return self.mail_state == MailState.FAILED
        return state in ("", self.progress.state)


@dataclass(frozen=True)
class StateChoice:
    """One filter: a state, "" for all, or ``MAIL_FAILED``, with how many experts it shows."""

    state: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class ExpertTable:
    """``rows`` are all that the filter shows, ``choices`` count over everybody."""

    rows: tuple[ExpertRow, ...]
    choices: tuple[StateChoice, ...]
    state: str
    order: Order
    failed: int

    @property
    def is_long(self) -> bool:
        """Few experts need neither filter nor order."""
        return self.choices[0].count > 5


def expert_table(overview: SurveyOverview, *, state: str, order: str, now: datetime) -> ExpertTable:
    """What isn't a state or an order shows all, as they were invited."""
    key = Order(order) if order in list(Order) else Order.INVITED
    rows = [ExpertRow(each, mail_state(each.last_mail, now)) for each in overview.experts]
    failed = sum(row.is_shown_by(MAIL_FAILED) for row in rows)
    counts = {"": len(rows), **overview.counts, MAIL_FAILED: failed}
    chosen = state if state in counts else ""
    shown = (row for row in rows if row.is_shown_by(chosen))
    return ExpertTable(
        rows=tuple(sorted(shown, key=lambda row: KEYS[key](row.progress))),
        choices=tuple(
            StateChoice(each, n, each == chosen) for each, n in counts.items() if n or not each
        ),
        state=chosen,
        order=key,
        failed=failed,
    )


def mail_state(mailing: Mailing | None, now: datetime) -> MailState | None:
    if mailing is None:
        return None
    if mailing.sent_at is not None:
        return MailState.SENT
    # Forgotten by a process that crashed is as good as failed: it can be tried again.
    return MailState.FAILED if mailing.may_be_claimed(now) else MailState.ON_ITS_WAY
