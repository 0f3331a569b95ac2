"""An organization's home: how far each scorecard is, and what is to be done next."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization, Strategy
from scorecards.models import KPI, Closing, Period, Scorecard, Target, WeightSet
from scorecards.selectors.report.freezing import Headline, headline
from surveys.models import Survey
from surveys.selectors.questionnaires import surveys_of


@dataclass(frozen=True)
class Step:
    """One thing to do on the way from a vision to a report."""

    title: Promise | str
    text: Promise | str
    action: Promise | str
    url: str
    state: str


@dataclass(frozen=True)
class ScorecardProgress:
    """How far one scorecard is, as counts; the steps follow from them."""

    scorecard: Scorecard
    has_strategy: bool
    survey: Survey | None
    # The newest open period, the newest closed one, and the figures of its frozen report.
    period: Period | None
    reported: Period | None
    headline: Headline | None

    @property
    def is_designed(self) -> bool:
        return self.scorecard.adopted > 0 and self.scorecard.without_target == 0

    @property
    def is_entered(self) -> bool:
        return self.period is not None and self.period.filled >= self.scorecard.adopted > 0

    @property
    def steps(self) -> list[Step]:
        """The steps in order; the first that isn't done is the current one."""
        drafts = [
            self._strategy_step(),
            self._design_step(),
            self._weights_step(),
            self._entry_step(),
            self._closing_step(),
            self._report_step(),
        ]
        steps, found = [], False
        for done, title, text, action, url in drafts:
            state = "done" if done else "todo" if found else "current"
            found = found or not done
            steps.append(Step(title, text, action, url, state))
        return steps

    @property
    def _address(self) -> list[Any]:
        return [self.scorecard.organization.slug, self.scorecard.pk]

    def _strategy_step(self) -> tuple:
        return (
            self.has_strategy,
            _("Write down vision and mission"),
            _("What the organization wants to become, and how."),
            _("Write the strategy"),
            reverse("organizations:strategy", args=self._address[:1]),
        )

    def _design_step(self) -> tuple:
        card = self.scorecard
        text = (
            _("%(adopted)s KPIs, each with a target.") % {"adopted": card.adopted}
            if self.is_designed
            else _("%(adopted)s KPIs; %(missing)s of them have no target yet.")
            % {"adopted": card.adopted, "missing": card.without_target}
            if card.adopted
            else _("Perspectives, objectives, KPIs and their targets.")
        )
        url = reverse("scorecards:scorecard", args=self._address)
        return self.is_designed, _("Design the scorecard"), text, _("Go on designing"), url

    def _weights_step(self) -> tuple:
        slug = self._address[0]
        done = self.scorecard.is_weighted
        url = reverse("scorecards:weights", args=self._address)
        text, action = _("How much each perspective and KPI counts."), _("Choose the weights")
        if done:
            text = _("The weights are set.")
        elif self.survey is None:
            action = _("Ask experts")
            url = f"{reverse('surveys:survey-create', args=[slug])}?scorecard={self.scorecard.pk}"
        else:
            action = _("To the questionnaire")
            text = _("%(sent)s of %(invited)s experts have sent their answers.") % {
                "sent": self.survey.sent,
                "invited": self.survey.invited,
            }
            url = reverse("surveys:survey", args=[slug, self.survey.pk])
        return done, _("Weigh with experts"), text, action, url

    def _entry_step(self) -> tuple:
        title = _("Enter the values")
        if self.period is None:
            return (
                self.reported is not None,
                title,
                _("Open a period first."),
                _("Open a period"),
                reverse("scorecards:period-list", args=self._address),
            )
        return (
            self.is_entered,
            title,
            _("%(filled)s of %(adopted)s KPIs are entered.")
            % {"filled": self.period.filled, "adopted": self.scorecard.adopted},
            _("Enter values"),
            reverse("scorecards:entry", args=[*self._address, self.period.start]),
        )

    def _closing_step(self) -> tuple:
        url = reverse("scorecards:period-list", args=self._address)
        if self.period is not None:
            url = reverse("scorecards:period-close", args=[*self._address, self.period.start])
        return (
            self.period is None and self.reported is not None,
            _("Close the period"),
            _("Closing freezes the report, so that it stays as it was decided."),
            _("Close the period"),
            url,
        )

    def _report_step(self) -> tuple:
        url = reverse("scorecards:period-list", args=self._address)
        newest = self.period or self.reported
        if newest is not None:
            url = reverse("scorecards:report", args=[*self._address, newest.start])
        return (
            False,
            _("Read the report"),
            _("What is red, what is green, and what lifts the index most."),
            _("Read the report"),
            url,
        )


@dataclass(frozen=True)
class OrganizationHome:
    organization: Organization
    strategy: Strategy | None
    scorecards: tuple[ScorecardProgress, ...]
    members: tuple[Organization, ...]


def organization_home(organization: Organization) -> OrganizationHome:
    """Read a home page (7 queries, however many scorecards)."""
    strategy = organization.strategies.first()
    surveys: dict[int, Survey] = {}
    for survey in surveys_of(organization):
        surveys.setdefault(survey.scorecard_id, survey)
    return OrganizationHome(
        organization=organization,
        strategy=strategy,
        scorecards=tuple(
            _progress(scorecard, strategy is not None, surveys.get(scorecard.pk))
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
            without_target=Count("kpis", filter=adopted & ~Exists(targets), distinct=True),
            is_weighted=Exists(WeightSet.objects.filter(scorecard=OuterRef("pk"))),
            newest_report=Subquery(reports.values("report")[:1]),
        )
        .select_related("organization")
        .prefetch_related(Prefetch("periods", periods))
    )


def _progress(scorecard: Scorecard, has_strategy: bool, survey: Survey | None) -> ScorecardProgress:
    periods = list(scorecard.periods.all())
    return ScorecardProgress(
        scorecard=scorecard,
        has_strategy=has_strategy,
        survey=survey,
        period=next((period for period in periods if period.is_open), None),
        reported=next((period for period in periods if not period.is_open), None),
        headline=headline(scorecard.newest_report) if scorecard.newest_report else None,
    )
