"""Screenings for tests: who sent which points, and a perspective that is rated itself."""

from collections.abc import Sequence
from uuid import uuid4

from django.db.models import F
from django.utils import timezone

from organizations.models import Organization
from scorecards.models import KPI
from surveys.models import Candidate, CandidateProposal, Response, ScreeningOutcome, Survey
from surveys.selectors.screening_changes import screening_changes
from surveys.selectors.screening_model import CandidateResult
from surveys.selectors.screening_results import screening_results
from surveys.services.screening_answers import submit_ratings
from surveys.services.screening_decisions import decide_candidate
from surveys.services.screening_outcome import apply_screening
from tests.surveys import builders


def send(survey: Survey, points: Sequence[int | None], remark: str = "") -> Response:
    """One more expert, who rates the candidates in their order; None leaves one out."""
    code = f"P{survey.invitations.count() + 1}"
    response = builders.response(builders.invitation(survey, code, name=f"Bu {code}"))
    for candidate, given in zip(survey.candidates.all(), points, strict=True):
        if given is not None:
            builders.rate(response, candidate, given, remark)
    return submit_ratings(response=response, now=timezone.now(), missing_accepted=True)


def send_all(survey: Survey, *experts: Sequence[int | None]) -> None:
    for points in experts:
        send(survey, points)


def rate_perspective(survey: Survey, name: str) -> Candidate:
    """Put the perspective itself in front of its KPIs."""
    perspective = survey.scorecard.perspectives.get(name=name)
    candidates = survey.candidates
    first = candidates.filter(perspective=perspective).order_by("order").first().order
    for candidate in candidates.filter(order__gte=first).order_by("-order"):
        Candidate.objects.filter(pk=candidate.pk).update(order=F("order") + 1)
    return Candidate.objects.create(
        survey=survey,
        perspective=perspective,
        perspective_name=name,
        is_perspective=True,
        code=perspective.code,
        label=name,
        order=first,
    )


def rows(survey: Survey) -> list[CandidateResult]:
    return list(screening_results(survey).rows)


def apply(survey: Survey, by: object = None) -> ScreeningOutcome:
    """Press the button on what stands there now."""
    seen = screening_changes(survey).seen
    return apply_screening(survey=survey, by=by, now=timezone.now(), seen=seen)


def statuses(survey: Survey) -> list[str]:
    """Of the scorecard's KPIs, in the order in which they were made."""
    return list(survey.scorecard.kpis.order_by("pk").values_list("status", flat=True))


def applied(organization: Organization) -> Survey:
    """Rated with remarks and gaps, decided by hand once, and applied."""
    survey = builders.screening(organization, name="Penyaringan tahap I")
    send(survey, [5, 2, None, 4, 5], remark="Datanya ada di buku kas.")
    propose(send(survey, [4, 3, None, 5, 5]))
    third = survey.candidates.all()[1]
    decide_candidate(candidate=third, keeps=True, reason="Diminta dinas koperasi.", by=None)
    apply(survey)
    return survey


def propose(response: Response, name: str = "Pesanan lewat WhatsApp") -> CandidateProposal:
    """As an expert did before sending."""
    return CandidateProposal.objects.create(
        response=response,
        key=uuid4(),
        perspective=response.invitation.survey.scorecard.perspectives.first(),
        name=name,
        reason="Pelanggan muda memesan lewat ponsel.",
        created_at=timezone.now(),
    )


CANDIDATE, ADOPTED, DROPPED = KPI.Status.CANDIDATE, KPI.Status.ADOPTED, KPI.Status.DROPPED
