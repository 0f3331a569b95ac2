"""How far each expert of a questionnaire is: what a letter to him and the officer's list say."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import ceil
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from organizations.models import EditConflict
from surveys.models import Exemption, Invitation, Judgement, Mailing, Rating, Round, Survey
from surveys.selectors.plan import SECONDS_PER_COMPARISON, SurveyPlan
from surveys.selectors.rating_sheet import SECONDS_PER_RATING
from surveys.selectors.screening_plan import ScreeningPlan, work_plan
from surveys.selectors.sources import NOTED, noted

# More than there will ever be elements: a pair is one number.
PAIRS = 1_000_000_000
# In groups of answers: how many came otherwise than online.
ORIGINS = {f"from_{origin}": Count("pk", filter=Q(origin=origin)) for origin in NOTED}

Plan = SurveyPlan | ScreeningPlan


class State(StrEnum):
    """Where an expert stands, in the order of the way."""

    UNOPENED = "unopened"
    OPENED = "opened"
    STARTED = "started"
    SENT = "sent"
    DECLINED = "declined"
    REVOKED = "revoked"


UNFINISHED = (State.UNOPENED, State.OPENED, State.STARTED)


@dataclass(frozen=True)
class ExpertProgress:
    """``questions``: the comparisons that this expert is asked for, or the ratings.

    ``sources``: paper or a file, where answers came so or the consent was signed so.
    """

    invitation: Invitation
    questions: int
    answered: int = 0
    seconds_each: int = SECONDS_PER_COMPARISON
    last_answer_at: datetime | None = None
    mailings: tuple[Mailing, ...] = ()
    open_rounds: tuple[Round, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        invitation = self.invitation
        response = getattr(invitation, "response", None)
        if invitation.revoked_at:
            return State.REVOKED
        if response and response.submitted_at:
            return State.SENT
        if invitation.declined_at:
            return State.DECLINED
        if response:
            return State.STARTED
        return State.OPENED if invitation.opened_at else State.UNOPENED

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def percent(self) -> int:
        return 100 * self.answered // self.questions if self.questions else 0

    @property
    def minutes(self) -> int:
        return self._minutes(self.questions)

    @property
    def minutes_left(self) -> int:
        return self._minutes(self.questions - self.answered)

    @property
    def last_mail(self) -> Mailing | None:
        return self.mailings[-1] if self.mailings else None

    @property
    def link_mails(self) -> tuple[Mailing, ...]:
        """The mails that carried the link as it is now; a new link makes them worthless."""
        kind, nonce = Mailing.Kind.INVITATION, self.invitation.nonce
        return tuple(m for m in self.mailings if m.kind == kind and m.key.startswith(nonce))

    def has_mail_of_link(self, now: datetime) -> bool:
        """Whether the link was mailed to him, or is on its way."""
        return any(not mail.may_be_claimed(now) for mail in self.link_mails)

    def _minutes(self, questions: int) -> int:
        return max(1, ceil(questions * self.seconds_each / 60))


def survey_progress(survey: Survey, plan: Plan | None = None) -> tuple[ExpertProgress, ...]:
    """Every expert, in the order of invitation (5 queries beside the plan's)."""
    return _progress(survey, survey.invitations.all(), plan or work_plan(survey))


def expert_progress(invitation: Invitation) -> ExpertProgress:
    """How far one expert is. Raises EditConflict where he was deleted since."""
    survey = invitation.survey
    found = _progress(survey, survey.invitations.filter(pk=invitation.pk), work_plan(survey))
    if not found:
        raise EditConflict(None)
    return found[0]


def _progress(
    survey: Survey, invitations: QuerySet[Invitation], plan: Plan
) -> tuple[ExpertProgress, ...]:
    found = list(invitations.select_related("response").order_by("pk"))
    if isinstance(plan, ScreeningPlan):
        work = _ratings(invitations, plan)
    else:
        work = _comparisons(invitations, plan)
    mailings = _grouped(
        Mailing.objects.filter(invitation__in=invitations).order_by("claimed_at", "pk"),
        lambda mailing: mailing.invitation_id,
    )
    rounds = _grouped(
        Round.objects.filter(
            response__invitation__in=invitations, submitted_at=None, withdrawn_at=None
        ).select_related("matrix", "response"),
        lambda asked: asked.response.invitation_id,
    )
    for invitation in found:
        invitation.survey = survey
    return tuple(
        ExpertProgress(
            invitation=invitation,
            questions=work.questions(invitation.pk),
            answered=work.answered[invitation.pk],
            seconds_each=work.seconds_each,
            last_answer_at=work.last_at.get(invitation.pk),
            mailings=mailings[invitation.pk],
            open_rounds=rounds[invitation.pk],
            sources=noted((_origin(invitation), *work.origins[invitation.pk])),
        )
        for invitation in found
    )


@dataclass(frozen=True)
class _Work:
    """By invitation: what isn't asked of the whole, what is answered of the rest, and whence."""

    whole: int
    spared: Counter[int]
    answered: Counter[int]
    last_at: dict[int, datetime]
    seconds_each: int
    origins: dict[int, set[str]]

    def questions(self, invitation: int) -> int:
        return self.whole - self.spared[invitation]


def _comparisons(invitations: QuerySet[Invitation], plan: SurveyPlan) -> _Work:
    size = {planned.matrix.pk: planned.comparisons for planned in plan.matrices if planned.matrix}
    spared: Counter[int] = Counter()
    exempt = set()
    rows = Exemption.objects.filter(invitation__in=invitations)
    for invitation, matrix in rows.values_list("invitation_id", "matrix_id"):
        spared[invitation] += size.get(matrix, 0)
        exempt.add((invitation, matrix))
    answered: Counter[int] = Counter()
    last_at: dict[int, datetime] = {}
    # A pair counts once, however often its answer was changed.
    pairs = Count(F("row_id") * PAIRS + F("column_id"), distinct=True)
    judged = Judgement.objects.filter(response__invitation__in=invitations).order_by()
    counted = judged.values_list("response__invitation_id", "matrix_id").annotate(
        pairs=pairs, last=Max("answered_at"), **ORIGINS
    )
    origins: dict[int, set[str]] = defaultdict(set)
    for invitation, matrix, number, last, *by_origin in counted:
        answered[invitation] += 0 if (invitation, matrix) in exempt else number
        last_at[invitation] = max(last, last_at.get(invitation, last))
        origins[invitation] |= _found(by_origin)
    return _Work(plan.comparisons, spared, answered, last_at, SECONDS_PER_COMPARISON, origins)


def _ratings(invitations: QuerySet[Invitation], plan: ScreeningPlan) -> _Work:
    rated = Rating.objects.filter(response__invitation__in=invitations).order_by()
    counted = rated.values_list("response__invitation_id").annotate(
        candidates=Count("candidate_id", distinct=True), last=Max("answered_at"), **ORIGINS
    )
    answered: Counter[int] = Counter()
    last_at: dict[int, datetime] = {}
    origins: dict[int, set[str]] = defaultdict(set)
    for invitation, number, last, *by_origin in counted:
        answered[invitation], last_at[invitation] = number, last
        origins[invitation] = _found(by_origin)
    return _Work(plan.questions, Counter(), answered, last_at, SECONDS_PER_RATING, origins)


def _found(by_origin: Sequence[int]) -> set[str]:
    """Which of ``ORIGINS`` some answers have."""
    return {origin.value for origin, count in zip(NOTED, by_origin, strict=True) if count}


def _origin(invitation: Invitation) -> str:
    return invitation.response.origin if hasattr(invitation, "response") else ""


def _grouped(rows: Iterable[Any], key: Callable[[Any], int]) -> dict[int, tuple[Any, ...]]:
    found: dict[int, tuple[Any, ...]] = defaultdict(tuple)
    for row in rows:
        found[key(row)] += (row,)
    return found
