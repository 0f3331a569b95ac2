"""The pages on which an officer makes and follows a questionnaire."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q, QuerySet

from organizations.models import Organization, Role
from scorecards.models import Scorecard
from surveys.models import Survey
from surveys.selectors.progress import ExpertProgress, Plan, State, survey_progress
from surveys.selectors.screening_plan import work_plan


def surveys_of(organization: Organization) -> QuerySet[Survey]:
    """The questionnaires of an organization with how many are expected and have sent.

    Who only reads here doesn't see those that are still being made.
    """
    valid = Q(invitations__revoked_at__isnull=True, invitations__declined_at__isnull=True)
    hidden = Q(status=Survey.Status.DRAFT) if organization.viewer_role == Role.READER else Q()
    return (
        Survey.objects.filter(scorecard__organization=organization)
        .exclude(hidden)
        .select_related("scorecard")
        .annotate(
            invited=Count("invitations", filter=valid),
            sent=Count(
                "invitations",
                filter=valid & Q(invitations__response__submitted_at__isnull=False),
            ),
        )
        .order_by("-created_at", "-pk")
    )


def is_weighed_by_experts(scorecard: Scorecard) -> bool:
    """Whether there is a pairwise questionnaire on it already, in whatever state."""
    return scorecard.surveys.filter(kind=Survey.Kind.PAIRWISE).exists()


def waiting_comparison(scorecard: Scorecard) -> Survey | None:
    """The newest pairwise questionnaire that is still prepared, and so follows the scorecard."""
    drafts = scorecard.surveys.filter(kind=Survey.Kind.PAIRWISE, status=Survey.Status.DRAFT)
    return drafts.first()


@dataclass(frozen=True)
class SurveyOverview:
    survey: Survey
    plan: Plan
    experts: tuple[ExpertProgress, ...]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many experts are in each state, in the order of the way; none left out."""
        counted = Counter(expert.state for expert in self.experts)
        return {state.value: counted[state] for state in State}

    @property
    def sent(self) -> int:
        return self.counts[State.SENT]

    @property
    def unfinished(self) -> int:
        return sum(expert.is_unfinished for expert in self.experts)

    @property
    def begun(self) -> int:
        """How many experts' answers there are, sent or not, of revoked links too."""
        return sum(hasattr(expert.invitation, "response") for expert in self.experts)

    @property
    def expected(self) -> int:
        """Whoever was invited, has not declined, and whose link works."""
        return sum(expert.is_unfinished or expert.state == State.SENT for expert in self.experts)


def survey_overview(survey: Survey) -> SurveyOverview:
    plan = work_plan(survey)
    return SurveyOverview(survey=survey, plan=plan, experts=survey_progress(survey, plan))
