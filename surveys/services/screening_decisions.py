"""Keeping or dropping a candidate by hand, whatever the cut-off says."""

from organizations.models import EditConflict, User
from scorecards.services.locks import locked
from surveys.models import Candidate, CandidateDecision


def decide_candidate(
    *, candidate: Candidate, keeps: bool, reason: str, by: User | None
) -> CandidateDecision:
    """Decide first on a candidate. Pressing twice decides once.

    Raises EditConflict when somebody decided otherwise meanwhile, or deleted the questionnaire.
    """
    made = CandidateDecision(candidate=candidate, keeps=keeps, reason=reason, saved_by=by)
    with locked(candidate.survey.scorecard):
        if not Candidate.objects.filter(pk=candidate.pk).exists():
            raise EditConflict(None, made)
        first = CandidateDecision.objects.filter(candidate=candidate).first()
        if first is None:
            made.save()
            return made
        if (first.keeps, first.reason) != (keeps, reason):
            raise EditConflict(first, made)
        return first
