"""Keying in what an expert answered on paper. The forms are read by people, twice and at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from organizations.models import User
from surveys.models import (
    Candidate,
    Criterion,
    Invitation,
    Judgement,
    Origin,
    Rating,
    Response,
    Survey,
)
from surveys.selectors.judgements import current_judgements
from surveys.selectors.rating_sheet import current_ratings
from surveys.services.answering import (
    PairAnswer,
    check_open,
    hold_response,
    record_judgements,
    start_response,
)
from surveys.services.refusals import AnswerRefused
from surveys.services.screening_answers import RatingAnswer, record_ratings, submit_ratings
from surveys.services.sending import submit_response

# Who signs on paper writes a date, and no hour.
NOON = time(12)


class ChangedMeanwhile(AnswerRefused):
    """Answers that somebody else stored since the form was shown; ``items`` names them."""

    def __init__(self, items: Iterable[str]) -> None:
        self.items = tuple(items)
        super().__init__(*self.items)


class AnsweredOnline(ChangedMeanwhile):
    """Answers that the expert gave himself, and that the paper says otherwise."""


@dataclass(frozen=True)
class KeyedPair:
    """What the paper says of one pair; strength None: nothing is marked.

    ``seq`` is the number of the answer that the officer saw: 0 for none.
    """

    row: Criterion
    column: Criterion
    preferred: Criterion | None
    strength: int | None
    seq: int
    swapped: bool = False

    @property
    def item(self) -> str:
        return f"{self.row.pk}-{self.column.pk}"

    @property
    def is_open(self) -> bool:
        return self.strength is None

    def says(self, stored: Judgement) -> bool:
        preferred = self.preferred.pk if self.preferred else None
        return (stored.preferred_id, stored.strength) == (preferred, self.strength)


@dataclass(frozen=True)
class KeyedRating:
    """What the paper says of one candidate; points None: nothing is marked."""

    candidate: Candidate
    points: int | None
    remark: str
    seq: int

    @property
    def item(self) -> str:
        return str(self.candidate.pk)

    @property
    def is_open(self) -> bool:
        return self.points is None

    def says(self, stored: Rating) -> bool:
        return (stored.points, stored.remark) == (self.points, self.remark)


@dataclass(frozen=True)
class Stored:
    """The answer to a line that is in force, and the highest number that any answer to it had.

    ``is_earlier``: it was sent before the expert was asked again, so the paper may differ.
    """

    answer: Judgement | Rating | None
    seq: int
    is_earlier: bool = False

    @property
    def is_keyed(self) -> bool:
        return self._origin == Origin.PAPER

    @property
    def is_online(self) -> bool:
        return self._origin not in (None, Origin.PAPER)

    @property
    def _origin(self) -> str | None:
        return None if self.answer is None or self.is_earlier else self.answer.origin


NOTHING = Stored(None, 0)


@transaction.atomic
def start_paper_response(
    *, invitation: Invitation, signed_on: date, by: User, now: datetime
) -> Response:
    """Record the consent that was signed on paper. Who agreed already goes on where he was."""
    response = start_response(invitation=invitation, now=now, origin=Origin.PAPER, keyed_by=by)
    if response.origin == Origin.PAPER and response.consented_at == now:
        zone = ZoneInfo(invitation.survey.scorecard.organization.timezone)
        response.consented_at = datetime.combine(signed_on, NOON, zone)
        response.save(update_fields=["consented_at"])
    return response


def key_in(*, response: Response, answers: Sequence[Any], **how: Any) -> int:
    """Store what a page of either kind of questionnaire says; how many lines were new."""
    is_screening = response.invitation.survey.kind == Survey.Kind.SCREENING
    act = key_in_ratings if is_screening else key_in_judgements
    return act(response=response, answers=answers, **how)


def send_paper(*, response: Response, now: datetime, missing_accepted: bool = False) -> Response:
    """Send what was keyed in, for an expert who can't press the button."""
    is_screening = response.invitation.survey.kind == Survey.Kind.SCREENING
    act = submit_ratings if is_screening else submit_response
    return act(response=response, now=now, missing_accepted=missing_accepted)


@transaction.atomic
def key_in_judgements(
    *,
    response: Response,
    answers: Sequence[KeyedPair],
    by: User,
    now: datetime,
    replaces_online: bool = False,
) -> int:
    """Store what is new on a page of pairs, all or none; how many that were.

    Raises ChangedMeanwhile, and AnsweredOnline unless ``replaces_online``.
    """
    held = hold_response(response)
    check_open(held, now)
    rows = {pair.row.pk for pair in answers}
    stored = {
        f"{each.row_id}-{each.column_id}": Stored(each, each.seq)
        for each in current_judgements(held.judgements.filter(row__in=rows))
    }
    fresh, emptied = sift(answers, stored, replaces_online)
    for pair in emptied:
        held.judgements.filter(row=pair.row, column=pair.column, origin=Origin.PAPER).delete()
    new = pair_answers(fresh, stored)
    record_judgements(response=held, answers=new, now=now, origin=Origin.PAPER, keyed_by=by)
    return len(fresh) + len(emptied)


@transaction.atomic
def key_in_ratings(
    *,
    response: Response,
    answers: Sequence[KeyedRating],
    by: User,
    now: datetime,
    replaces_online: bool = False,
) -> int:
    """As key_in_judgements, for a page of candidates."""
    held = hold_response(response)
    check_open(held, now)
    candidates = [rating.candidate.pk for rating in answers]
    stored = {
        str(each.candidate_id): Stored(each, each.seq)
        for each in current_ratings(held.ratings.filter(candidate__in=candidates))
    }
    fresh, emptied = sift(answers, stored, replaces_online)
    for rating in emptied:
        held.ratings.filter(candidate=rating.candidate, origin=Origin.PAPER).delete()
    new = [RatingAnswer(r.candidate, r.points, r.remark, _next(r, stored)) for r in fresh]
    record_ratings(response=held, answers=new, now=now, origin=Origin.PAPER, keyed_by=by)
    return len(fresh) + len(emptied)


def sift(
    keyed: Sequence[Any], stored: Mapping[str, Stored], replaces_online: bool
) -> tuple[list[Any], list[Any]]:
    """What is to be stored, and what was keyed in by mistake and is taken out again.

    A line that is open on paper says nothing against what the expert answered online.
    """
    found = [(each, stored.get(each.item, NOTHING)) for each in keyed]
    fresh = [(line, now) for line, now in found if not line.is_open and not _is_said(line, now)]
    emptied = [(line, now) for line, now in found if line.is_open and now.is_keyed]
    changed = [line for line, now in (*fresh, *emptied) if line.seq != now.seq]
    if changed:
        raise ChangedMeanwhile(line.item for line in changed)
    online = [line for line, now in fresh if now.is_online]
    if online and not replaces_online:
        raise AnsweredOnline(line.item for line in online)
    return [line for line, _now in fresh], [line for line, _now in emptied]


def pair_answers(fresh: Iterable[KeyedPair], stored: Mapping[str, Stored]) -> list[PairAnswer]:
    return [
        PairAnswer(p.row, p.column, p.preferred, p.strength, _next(p, stored), p.swapped)
        for p in fresh
    ]


def _is_said(keyed: Any, stored: Stored) -> bool:
    return stored.answer is not None and keyed.says(stored.answer)


def _next(keyed: Any, stored: Mapping[str, Stored]) -> int:
    return stored.get(keyed.item, NOTHING).seq + 1
