"""The experts of a questionnaire as an officer's table: filtered, ordered, with their mails."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from surveys.models import Mailing
from surveys.selectors.progress import ExpertProgress, State
from surveys.selectors.questionnaires import SurveyOverview

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


@dataclass(frozen=True)
class StateChoice:
    """One filter: a state, "" for all, with how many experts it shows."""

    state: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class ExpertTable:
    rows: tuple[ExpertRow, ...]
    choices: tuple[StateChoice, ...]
    state: str
    order: Order
    failed: int

    @property
    def is_long(self) -> bool:
        """Few experts need neither filter nor order."""
        return sum(choice.count for choice in self.choices if choice.state) > 5


def expert_table(overview: SurveyOverview, *, state: str, order: str, now: datetime) -> ExpertTable:
    """What isn't a state or an order shows all, as they were invited."""
    chosen = state if state in list(State) else ""
    key = Order(order) if order in list(Order) else Order.INVITED
    shown = [expert for expert in overview.experts if chosen in ("", expert.state)]
    states = [mail_state(expert.last_mail, now) for expert in overview.experts]
    return ExpertTable(
        rows=tuple(
            ExpertRow(expert, mail_state(expert.last_mail, now))
            for expert in sorted(shown, key=KEYS[key])
        ),
        choices=(
            StateChoice("", len(overview.experts), chosen == ""),
            *(StateChoice(each, n, each == chosen) for each, n in overview.counts.items() if n),
        ),
        state=chosen,
        order=key,
        failed=states.count(MailState.FAILED),
    )


def mail_state(mailing: Mailing | None, now: datetime) -> MailState | None:
    if mailing is None:
        return None
    if mailing.sent_at is not None:
        return MailState.SENT
    # Forgotten by a process that crashed is as good as failed: it can be tried again.
    return MailState.FAILED if mailing.may_be_claimed(now) else MailState.ON_ITS_WAY
