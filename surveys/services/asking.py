"""Asking what a draft leaves out: a part of a comparison, or the candidates of a screening."""

from dataclasses import replace

from django.db import transaction

from organizations.models import User
from scorecards.models import KPI, Scorecard
from scorecards.services.locks import locked
from surveys.models import Survey
from surveys.selectors.plan import MOST_ELEMENTS, MOST_EVER, PlannedMatrix
from surveys.services.locks import lock_survey
from surveys.services.questionnaires import choose_matrices
from surveys.services.refusals import SurveyError
from surveys.services.screening import choose_candidates, create_screening


@transaction.atomic
def ask_part(*, survey: Survey, part: PlannedMatrix, by: User) -> Survey:
    """Compare this part too, also where it is large: whoever presses was told how large.

    Asking what is asked changes nothing. Raises SurveyError ``opened-already``, and
    ``matrix-size`` where nobody could compare so few or so many.
    """
    held = _held_draft(survey)
    if not part.can_be_asked:
        raise SurveyError("matrix-size", (replace(part, most=MOST_EVER),))
    rows = list(held.matrices.select_related("perspective"))
    is_meant = held.large_accepted or part.size <= MOST_ELEMENTS
    is_top = part.perspective is None
    has_top = any(row.compares_perspectives for row in rows)
    perspectives = {row.perspective for row in rows if row.perspective}
    if is_meant and (has_top if is_top else part.perspective in perspectives):
        return held
    if part.perspective:
        perspectives.add(part.perspective)
    choose_matrices(survey=held, compare_perspectives=is_top or has_top, perspectives=perspectives)
    held.large_accepted = held.large_accepted or not is_meant
    return _saved(held, by)


@transaction.atomic
def ask_all_candidates(*, survey: Survey, by: User) -> Survey:
    """Let the experts rate every candidate KPI, beside what was chosen."""
    held = _held_draft(survey)
    chosen = list(held.candidates.select_related("kpi", "perspective"))
    kpis = {row.kpi for row in chosen if row.kpi}
    missing = set(held.scorecard.kpis.filter(status=KPI.Status.CANDIDATE)) - kpis
    if not missing:
        return held
    choose_candidates(
        survey=held,
        kpis=kpis | missing,
        perspectives={row.perspective for row in chosen if row.is_perspective and row.perspective},
    )
    return _saved(held, by)


def screen_part(
    *, scorecard: Scorecard, part: PlannedMatrix, name: str, consent_text: str, by: User
) -> Survey:
    """Where experts rate just these KPIs: a new draft, or the one that already asks for them."""
    kpis = {element.kpi for element in part.elements if element.kpi}
    wanted = {kpi.pk for kpi in kpis}
    with locked(scorecard):
        asked = Survey.Status.DRAFT, Survey.Status.OPEN
        screenings = scorecard.surveys.filter(kind=Survey.Kind.SCREENING, status__in=asked)
        for screening in screenings.prefetch_related("candidates"):
            if {row.kpi_id for row in screening.candidates.all()} == wanted:
                return screening
        return create_screening(
            scorecard=scorecard, name=name, consent_text=consent_text, by=by, kpis=kpis
        )


def _held_draft(survey: Survey) -> Survey:
    held = lock_survey(survey)
    if held.status != Survey.Status.DRAFT:
        raise SurveyError("opened-already")
    return held


def _saved(survey: Survey, by: User) -> Survey:
    survey.version += 1
    survey.saved_by = by
    survey.save()
    return survey
