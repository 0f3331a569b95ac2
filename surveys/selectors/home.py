"""An organization's home: how far each scorecard is, and what is to be done next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery

from organizations import figures
from organizations.models import Organization, Strategy
from scorecards.models import KPI, Closing, Period, Scorecard, Target, WeightSet
from scorecards.selectors.due import count_not_due
from scorecards.selectors.report.freezing import Headline, headline
from surveys.models import ScreeningOutcome, Survey
from surveys.selectors.next_steps import Step, next_steps
from surveys.selectors.questionnaires import surveys_of


@dataclass(frozen=True)
class ScorecardProgress:
    """How far one scorecard is, as counts; the steps follow from them."""

    scorecard: Scorecard
    has_strategy: bool
    # The newest questionnaire of each kind.
    screening: Survey | None
    survey: Survey | None
    # The newest open period, the newest closed one, and the figures of its frozen report.
    period: Period | None
    reported: Period | None
    headline: Headline | None

    @property
    def is_designed(self) -> bool:
        return self.scorecard.adopted > 0 and self.scorecard.without_target == 0

    @property
    def due(self) -> int:
        """How many KPIs are measured in the newest open period."""
        if self.period is None:
            return 0
        not_due = count_not_due(self.scorecard.kpis.all(), self.period, self.scorecard.frequency)
        return self.scorecard.adopted - not_due

    @property
    def is_entered(self) -> bool:
        return self.period is not None and self.period.filled >= self.due > 0

    @property
    def index_text(self) -> str:
        """The index of the newest report, as it is printed there."""
        if self.headline is None:
            return figures.NOTHING
        return figures.figure(self.headline.index, self.headline.index_decimals)

    @property
    def steps(self) -> tuple[Step, ...]:
        return next_steps(self)


@dataclass(frozen=True)
class OrganizationHome:
    organization: Organization
    strategy: Strategy | None
    scorecards: tuple[ScorecardProgress, ...]
    members: tuple[Organization, ...]


def organization_home(organization: Organization) -> OrganizationHome:
    """Read a home page (8 queries, however many scorecards)."""
    strategy = organization.strategies.first()
    applied = ScreeningOutcome.objects.filter(survey=OuterRef("pk"), undone_at=None)
    newest: dict[tuple[int, str], Survey] = {}
    for survey in surveys_of(organization).annotate(is_applied=Exists(applied)):
        newest.setdefault((survey.scorecard_id, survey.kind), survey)
    return OrganizationHome(
        organization=organization,
        strategy=strategy,
        scorecards=tuple(
            _progress(scorecard, strategy is not None, newest)
            for scorecard in _scorecards(organization)
        ),
        members=tuple(organization.members.all()),
    )


def _scorecards(organization: Organization) -> Any:
    adopted = Q(kpis__status=KPI.Status.ADOPTED)
    targets = Target.objects.filter(kpi=OuterRef("kpis"))
    entered = Q(measurements__kpi__status=KPI.Status.ADOPTED) & (
        Q(measurements__value__isnull=False) | Q(measurements__not_applicable=True)
    )
    periods = Period.objects.annotate(filled=Count("measurements", filter=entered, distinct=True))
    reports = Closing.objects.filter(
        period__scorecard=OuterRef("pk"), reopened_at__isnull=True
    ).order_by("-period__start")
    return (
        organization.scorecards.annotate(
            adopted=Count("kpis", filter=adopted, distinct=True),
            candidates=Count("kpis", filter=Q(kpis__status=KPI.Status.CANDIDATE), distinct=True),
            without_target=Count("kpis", filter=adopted & ~Exists(targets), distinct=True),
            is_weighted=Exists(WeightSet.objects.filter(scorecard=OuterRef("pk"))),
            newest_report=Subquery(reports.values("report")[:1]),
        )
        .select_related("organization")
        .prefetch_related(
            Prefetch("periods", periods),
            Prefetch("kpis", KPI.objects.filter(status=KPI.Status.ADOPTED)),
        )
    )


def _progress(
    scorecard: Scorecard, has_strategy: bool, newest: Mapping[tuple[int, str], Survey]
) -> ScorecardProgress:
    periods = list(scorecard.periods.all())
    return ScorecardProgress(
        scorecard=scorecard,
        has_strategy=has_strategy,
        screening=newest.get((scorecard.pk, Survey.Kind.SCREENING)),
        survey=newest.get((scorecard.pk, Survey.Kind.PAIRWISE)),
        period=next((period for period in periods if period.is_open), None),
        reported=next((period for period in periods if not period.is_open), None),
        headline=headline(scorecard.newest_report) if scorecard.newest_report else None,
    )
