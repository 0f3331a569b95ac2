"""What the site keeps of one expert, and what may be deleted of it, by whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from scorecards.models import WeightSet
from surveys.models import Erasure, Invitation, Response, ScreeningOutcome, Survey
from surveys.selectors.progress import PAIRS


@dataclass(frozen=True)
class Stored:
    """``answers`` in force; ``rows`` with those that were changed later. ``counts``: the answers
    are among those that the results are computed from."""

    answers: int = 0
    rows: int = 0
    remarks: int = 0
    proposals: int = 0
    # Proposals that became KPIs of the scorecard: those are the organization's by now.
    taken: int = 0
    is_sent: bool = False
    counts: bool = False


def stored_of(invitation: Invitation) -> Stored:
    """Three queries at most."""
    response = Response.objects.filter(invitation=invitation).first()
    if response is None:
        return Stored()
    is_sent = response.submitted_at is not None
    found = (
        _of_screening(response)
        if invitation.survey.kind == Survey.Kind.SCREENING
        else _of_comparison(response)
    )
    return Stored(**found, is_sent=is_sent, counts=is_sent and invitation.revoked_at is None)


def _of_comparison(response: Response) -> dict[str, int]:
    # A pair counts once, however often its answer was changed.
    pairs = Count(F("row_id") * PAIRS + F("column_id"), distinct=True)
    return response.judgements.order_by().aggregate(answers=pairs, rows=Count("pk"))


def _of_screening(response: Response) -> dict[str, int]:
    rated = response.ratings.order_by().aggregate(
        answers=Count("candidate_id", distinct=True),
        rows=Count("pk"),
        remarks=Count("candidate_id", distinct=True, filter=~Q(remark="")),
    )
    proposed = response.proposals.order_by().aggregate(
        proposals=Count("pk"), taken=Count("pk", filter=Q(kpi__isnull=False))
    )
    return rated | proposed


def adopted_at(invitation: Invitation) -> datetime | None:
    """Since when the scorecard rests on this expert's answers; None where it never did (1 query).

    Weights that were replaced since count too: reports were made with them. An applied choice of
    KPIs that was undone doesn't.
    """
    return min(_adoptions(invitation), default=None)


def _adoptions(invitation: Invitation) -> Iterator[datetime]:
    survey, code = invitation.survey, invitation.code
    if survey.kind == Survey.Kind.SCREENING:
        outcomes = ScreeningOutcome.objects.filter(survey=survey, undone_at=None)
        for outcome in outcomes:
            if any(expert["code"] == code for expert in outcome.figures["experts"]):
                yield outcome.applied_at
        return
    for weight_set in sets_of(survey).filter(scorecard=survey.scorecard_id):
        # Sets of before this was kept rest on everybody who had sent.
        if code in weight_set.particulars.get("expert_weights", (code,)):
            yield weight_set.created_at


def sets_of(survey: Survey) -> QuerySet[WeightSet]:
    """All weights that were ever taken over from a questionnaire."""
    questionnaire = WeightSet.Origin.QUESTIONNAIRE
    return WeightSet.objects.filter(
        origin=questionnaire, particulars__survey_id=survey.pk
    ).order_by("pk")


@dataclass(frozen=True)
class Choices:
    """What may be done with an expert's answers, and why not. ``adopted_at`` says since when the
    scorecard rests on them: then the expert can't delete them himself any more."""

    stored: Stored
    adopted_at: datetime | None
    can_delete: bool
    can_anonymize: bool

    @property
    def any(self) -> bool:
        return self.can_delete or self.can_anonymize


def choices_of(invitation: Invitation, *, is_officer: bool) -> Choices:
    """An officer may delete at any time. Making anonymous changes no figure, so that it may be
    done at any time by either, as soon as there are answers that were sent."""
    stored = stored_of(invitation)
    since = adopted_at(invitation) if stored.is_sent else None
    return Choices(
        stored=stored,
        adopted_at=since,
        can_delete=is_officer or since is None,
        can_anonymize=stored.is_sent and invitation.anonymized_at is None,
    )


def last_erasure(survey: Survey, number: int) -> Erasure | None:
    """What became of an expert who stood at this number."""
    return survey.erasures.filter(invitation_number=number).order_by("-pk").first()
