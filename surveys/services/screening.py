"""Making a screening, and choosing which candidates experts rate."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from organizations.models import User
from scorecards.models import KPI, Perspective, Scorecard
from surveys.models import Candidate, Survey
from surveys.selectors.screening_plan import (
    PlannedGroup,
    chosen_candidates,
    picked_candidates,
    possible_candidates,
)


@transaction.atomic
def create_screening(
    *,
    scorecard: Scorecard,
    name: str,
    consent_text: str,
    by: User | None,
    kpis: Collection[KPI] | None = None,
    perspectives: Collection[Perspective] = (),
    introduction: str = "",
    closes_at: datetime | None = None,
    anonymous: bool = False,
    cut_by: str = Survey.CutBy.VALIDITY,
    cut_off: float | None = None,
    takes_proposals: bool = True,
    provenance: str = Survey.Provenance.COLLECTED,
) -> Survey:
    """Make a draft in which experts rate these KPIs (None: those that are candidates).

    ``cut_off`` None: the limit of Aiken's V, which follows the number of raters.
    """
    survey = Survey.objects.create(
        scorecard=scorecard,
        kind=Survey.Kind.SCREENING,
        name=name,
        consent_text=consent_text,
        introduction=introduction,
        closes_at=closes_at,
        anonymous=anonymous,
        cut_by=cut_by,
        cut_off=cut_off,
        takes_proposals=takes_proposals,
        provenance=provenance,
        saved_by=by,
    )
    if kpis is None:
        kpis = list(scorecard.kpis.filter(status=KPI.Status.CANDIDATE))
    choose_candidates(survey=survey, kpis=kpis, perspectives=perspectives)
    return survey


@transaction.atomic
def choose_candidates(
    *, survey: Survey, kpis: Collection[KPI], perspectives: Collection[Perspective]
) -> None:
    """Set what a draft asks about. KPIs that were dropped can't be chosen."""
    _store(
        survey,
        picked_candidates(
            possible_candidates(survey.scorecard),
            kpis={kpi.pk for kpi in kpis},
            perspectives={perspective.pk for perspective in perspectives},
        ),
    )


def freeze_candidates(survey: Survey) -> int:
    """Keep the chosen candidates with their words of today; how many there are."""
    return _store(survey, chosen_candidates(survey))


def _store(survey: Survey, groups: Sequence[PlannedGroup]) -> int:
    rows = [(group, one) for group in groups for one in group.candidates]
    survey.candidates.all().delete()
    Candidate.objects.bulk_create(
        Candidate(
            survey=survey,
            order=order,
            perspective=group.perspective,
            kpi=one.kpi,
            is_perspective=one.kpi is None,
            code=one.code,
            label=one.label,
            description=one.description,
            perspective_name=group.name,
            objective=one.objective,
            formula=one.formula,
        )
        for order, (group, one) in enumerate(rows)
    )
    return len(rows)
