"""Giving a scorecard's KPIs the status that a screening found for them, and taking that back."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from organizations.models import EditConflict, User
from scorecards.models import Scorecard
from scorecards.services.kpi_status import set_kpi_status
from scorecards.services.locks import locked
from surveys.models import ScreeningOutcome, Survey
from surveys.selectors.screening_changes import ScreeningChanges, StatusChange, screening_changes
from surveys.selectors.screening_model import CandidateResult, ScreeningResults
from surveys.selectors.screening_outcomes import OutcomeView, outcome_view
from surveys.services.refusals import SurveyError


class ScreeningChanged(Exception):
    """Applying would do something else by now than what its reader agreed to."""


def apply_screening(
    *, survey: Survey, by: User | None, now: datetime, seen: str
) -> ScreeningOutcome:
    """Adopt the kept KPIs and drop the others, all or none, and keep what was done.

    ``seen`` is `ScreeningChanges.seen` of what somebody agreed to; raises ScreeningChanged when
    it would be something else by now. Pressing twice applies once. Raises SurveyError
    ``not-opened``, and ``nothing-to-apply`` where every KPI stands as the screening says;
    EditConflict where the questionnaire is gone.
    """
    if survey.status == Survey.Status.DRAFT:
        raise SurveyError("not-opened")
    with locked(survey.scorecard):
        _hold_kpis(survey.scorecard)
        _refresh(survey, ["name", "cut_by", "cut_off"])
        planned = screening_changes(survey)
        if planned.seen != seen:
            pressed_before = survey.outcomes.filter(figures__seen=seen, undone_at=None).first()
            if pressed_before is None:
                raise ScreeningChanged
            return pressed_before
        if not planned.changes:
            raise SurveyError("nothing-to-apply")
        outcome = ScreeningOutcome.objects.create(
            survey=survey,
            applied_at=now,
            applied_by=by,
            figures=_figures(planned),
            changes=[_change(change) for change in planned.changes],
        )
        for change in planned.changes:
            set_kpi_status(kpi=change.kpi, status=change.status, reason=change.reason, by=by)
    return outcome


def undo_screening(*, outcome: ScreeningOutcome, by: User | None, now: datetime) -> OutcomeView:
    """Put back what stands as the screening left it; the view says what was left alone and why.

    Undoing twice undoes once. Raises EditConflict where the questionnaire is gone.
    """
    with locked(outcome.survey.scorecard):
        _refresh(outcome, ["changes", "undone_at"])
        if outcome.undone_at is not None:
            return outcome_view(outcome)
        _hold_kpis(outcome.survey.scorecard)
        found = outcome_view(outcome)
        for change in found.restored:
            before = change.stored["before"]
            set_kpi_status(kpi=change.kpi, by=by, **before)
        for change in found.changes:
            change.stored["undone"] = change.fate
        outcome.undone_at, outcome.undone_by = now, by
        outcome.save(update_fields=["changes", "undone_at", "undone_by"])
    return outcome_view(outcome)


def _refresh(row: Survey | ScreeningOutcome, fields: list[str]) -> None:
    """As it stands now; whoever deletes a questionnaire holds its scorecard as well."""
    try:
        row.refresh_from_db(fields=fields)
    except ObjectDoesNotExist:
        raise EditConflict(None) from None


def _hold_kpis(scorecard: Scorecard) -> None:
    """Nobody deletes one until this is done; whoever edits one waits for the scorecard anyway."""
    list(scorecard.kpis.select_for_update().order_by("pk").values_list("pk"))


def _change(change: StatusChange) -> dict[str, Any]:
    kpi = change.kpi
    return {
        "kpi": kpi.pk,
        "code": kpi.code,
        "name": kpi.name,
        "before": {"status": kpi.status, "reason": kpi.status_reason},
        "after": {"status": change.status.value, "reason": change.reason},
    }


def _figures(planned: ScreeningChanges) -> dict[str, Any]:
    results = planned.results
    return {
        "seen": planned.seen,
        "said": planned.notes,
        "survey": results.survey.name,
        # ``cut_off`` None: each candidate's own limit, which stands with it.
        "rule": {"by": results.cut.by, "cut_off": results.cut.off, "raters": results.sent},
        "expected": results.expected,
        "experts": _experts(results),
        "candidates": [_candidate(row) for row in results.rows],
    }


def _experts(results: ScreeningResults) -> list[dict[str, Any]]:
    """By code alone: what is kept of a decision names nobody."""
    return [
        {"code": expert.code, "rated": expert.rated, "mean": expert.mean}
        for expert in results.experts
    ]


def _candidate(row: CandidateResult) -> dict[str, Any]:
    candidate, figures = row.candidate, row.figures
    return {
        "code": candidate.code,
        "label": candidate.label,
        "perspective": candidate.perspective_name,
        "is_perspective": candidate.is_perspective,
        "kpi": candidate.kpi_id,
        "points": row.points,
        "raters": figures.raters,
        "total": figures.total,
        "mean": figures.mean,
        "v": figures.validity,
        "v_interval": [figures.interval.low, figures.interval.high] if figures.interval else None,
        "limit": figures.limit,
        "p": figures.p,
        "by_rule": row.by_rule.value,
        "by_hand": row.decision.reason if row.decision else None,
        "verdict": row.verdict.value,
        "reason": row.reason,
    }
