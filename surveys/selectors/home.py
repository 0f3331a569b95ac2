"""An organization's home: how far each scorecard is, and what is to be done next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery

from organizations import figures
from organizations.models import Mission, Organization, Strategy
from scorecards.models import KPI, Closing, Period, Scorecard, Target, WeightSet
from scorecards.selectors.filled import Filled, filled_of
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
    filled: Filled | None  # of the newest open period
    may_edit: bool

    @property
    def is_designed(self) -> bool:
        return self.scorecard.adopted > 0 and self.scorecard.without_target == 0

    @property
    def is_weighted(self) -> bool:
        """Weights of KPIs that are all gone weigh nothing."""
        return self.scorecard.is_weighted and self.scorecard.adopted > 0

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
    """Read a home page (9 queries, however many scorecards)."""
    missions = Mission.objects.filter(strategy=OuterRef("pk"))
    strategy = organization.strategies.annotate(has_missions=Exists(missions)).first()
    applied = ScreeningOutcome.objects.filter(survey=OuterRef("pk"), undone_at=None)
    newest: dict[tuple[int, str], Survey] = {}
    for survey in surveys_of(organization).annotate(is_applied=Exists(applied)):
        newest.setdefault((survey.scorecard_id, survey.kind), survey)
    scorecards = list(_scorecards(organization))
    periods = [period for each in scorecards if (period := _newest(each, Period.Status.OPEN))]
    filled = filled_of(periods, {each.pk: each.kpis.all() for each in scorecards})
    return OrganizationHome(
        organization=organization,
        strategy=strategy,
        scorecards=tuple(
            _progress(scorecard, organization, strategy, newest, filled) for scorecard in scorecards
        ),
        members=tuple(organization.members.all()),
    )


def _scorecards(organization: Organization) -> Any:
    adopted = Q(kpis__status=KPI.Status.ADOPTED)
    targets = Target.objects.filter(kpi=OuterRef("kpis"))
    reports = Closing.objects.filter(
        period__scorecard=OuterRef("pk"), reopened_at__isnull=True
    ).order_by("-period__start", "-pk")
    return (
        organization.scorecards.annotate(
            adopted=Count("kpis", filter=adopted, distinct=True),
            candidates=Count("kpis", filter=Q(kpis__status=KPI.Status.CANDIDATE), distinct=True),
            without_target=Count("kpis", filter=adopted & ~Exists(targets), distinct=True),
            is_weighted=Exists(WeightSet.objects.filter(scorecard=OuterRef("pk"))),
            newest_report=Subquery(reports.values("report")[:1]),
        )
        .prefetch_related(
            "periods", Prefetch("kpis", KPI.objects.filter(status=KPI.Status.ADOPTED))
        )
        # A query that counts forgets the order that the model has.
        .order_by("-created_at", "-pk")
    )


def _newest(scorecard: Scorecard, status: Period.Status) -> Period | None:
    periods = (period for period in scorecard.periods.all() if period.status == status)
    return max(periods, key=lambda period: period.start, default=None)


def _progress(
    scorecard: Scorecard,
    organization: Organization,
    strategy: Strategy | None,
    newest: Mapping[tuple[int, str], Survey],
    filled: Mapping[int, Filled],
) -> ScorecardProgress:
    period = _newest(scorecard, Period.Status.OPEN)
    return ScorecardProgress(
        scorecard=scorecard,
        has_strategy=strategy is not None and strategy.has_missions,
        screening=newest.get((scorecard.pk, Survey.Kind.SCREENING)),
        survey=newest.get((scorecard.pk, Survey.Kind.PAIRWISE)),
        period=period,
        reported=_newest(scorecard, Period.Status.CLOSED),
        headline=headline(scorecard.newest_report) if scorecard.newest_report else None,
        filled=filled[period.pk] if period else None,
        # What the page's organization says: another object of the same row knows no reader.
        may_edit=organization.can_edit,
    )
