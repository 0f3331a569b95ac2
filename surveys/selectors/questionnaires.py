"""The pages on which an officer makes and follows a questionnaire."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, Q, QuerySet

from organizations.models import Organization
from surveys.models import Invitation, Survey
from surveys.selectors.plan import SurveyPlan
from surveys.selectors.screening_plan import ScreeningPlan, work_plan

Plan = SurveyPlan | ScreeningPlan


def surveys_of(organization: Organization) -> QuerySet[Survey]:
    """The questionnaires of an organization with how many were invited and have sent."""
    valid = Q(invitations__revoked_at__isnull=True)
    return (
        Survey.objects.filter(scorecard__organization=organization)
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


def next_code(survey: Survey) -> str:
    """The code of the next expert: the first of P1, P2, … that nobody has."""
    taken = set(survey.invitations.values_list("code", flat=True))
    return next(f"P{n}" for n in range(1, len(taken) + 2) if f"P{n}" not in taken)


@dataclass(frozen=True)
class ExpertProgress:
    invitation: Invitation
    answered: int
    comparisons: int
    last_answer_at: datetime | None

    @property
    def state(self) -> str:
        """``revoked``, ``sent``, ``started`` or ``waiting``: not even begun."""
        if self.invitation.revoked_at:
            return "revoked"
        if not hasattr(self.invitation, "response"):
            return "waiting"
        return "sent" if self.invitation.response.submitted_at else "started"

    @property
    def percent(self) -> int:
        return round(100 * self.answered / self.comparisons) if self.comparisons else 0


@dataclass(frozen=True)
class SurveyOverview:
    survey: Survey
    plan: Plan
    experts: tuple[ExpertProgress, ...]

    @property
    def sent(self) -> int:
        return sum(expert.state == "sent" for expert in self.experts)

    @property
    def begun(self) -> int:
        """How many experts' answers there are, sent or not, of revoked links too."""
        return sum(hasattr(expert.invitation, "response") for expert in self.experts)

    @property
    def expected(self) -> int:
        return sum(expert.state != "revoked" for expert in self.experts)


def survey_overview(survey: Survey) -> SurveyOverview:
    plan = work_plan(survey)
    return SurveyOverview(survey=survey, plan=plan, experts=_progress(survey.invitations, plan))


def expert_progress(invitation: Invitation, plan: Plan) -> ExpertProgress:
    """How far one expert is; one query."""
    [progress] = _progress(Invitation.objects.filter(pk=invitation.pk), plan)
    return progress


def _progress(invitations: QuerySet[Invitation], plan: Plan) -> tuple[ExpertProgress, ...]:
    judgements = "response__judgements__"
    # A pair counts once, however often its answer was changed.
    answered = F(f"{judgements}row_id") * 1_000_000_000 + F(f"{judgements}column_id")
    answered_at = f"{judgements}answered_at"
    if isinstance(plan, ScreeningPlan):
        answered = F("response__ratings__candidate_id")
        answered_at = "response__ratings__answered_at"
    counted = (
        invitations.select_related("response")
        .annotate(answered=Count(answered, distinct=True), last_answer_at=Max(answered_at))
        .order_by("pk")
    )
    return tuple(ExpertProgress(i, i.answered, plan.questions, i.last_answer_at) for i in counted)
