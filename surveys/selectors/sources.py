"""Answers that no expert gave on a screen of his own: from paper, or from a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min

from organizations.models import User
from surveys.models import Invitation, Origin, Survey

# What is said wherever answers appear; the rest was answered here, online.
NOTED = (Origin.PAPER, Origin.IMPORTED)
FIRST_ROUND = 1


def noted(origins: Iterable[str]) -> tuple[str, ...]:
    """Those of some answers' origins that are worth a mark, in one order."""
    found = set(origins)
    return tuple(origin.value for origin in NOTED if origin in found)


@dataclass(frozen=True)
class Sources:
    """Of the experts who count, how many have answers that came otherwise than online."""

    experts: int
    paper: int
    imported: int


def count_sources(of_experts: Iterable[Sequence[str]]) -> Sources:
    """``of_experts``: what was noted of each expert who counts."""
    found = list(of_experts)
    return Sources(
        experts=len(found),
        paper=sum(Origin.PAPER in each for each in found),
        imported=sum(Origin.IMPORTED in each for each in found),
    )


@dataclass(frozen=True)
class Keyed:
    """Answers of the first round that were keyed in from paper: how many, when, and by whom.

    ``by`` is the officer who began; None where the account is gone.
    """

    answers: int
    first_at: datetime
    last_at: datetime
    by: User | None

    @property
    def is_one_moment(self) -> bool:
        """Within a minute: one moment says it."""
        return (self.last_at - self.first_at).total_seconds() < 60


def keyed_answers(invitation: Invitation) -> Keyed | None:
    """What an officer keyed in for an expert; None where nothing was (2 queries)."""
    response = getattr(invitation, "response", None)
    if response is None:
        return None
    if invitation.survey.kind == Survey.Kind.SCREENING:
        answers = response.ratings.filter(origin=Origin.PAPER)
    else:
        answers = response.judgements.filter(origin=Origin.PAPER, round=FIRST_ROUND)
    found = answers.order_by().aggregate(
        count=Count("pk"), first=Min("answered_at"), last=Max("answered_at")
    )
    if not found["count"]:
        return None
    return Keyed(found["count"], found["first"], found["last"], response.keyed_by)
