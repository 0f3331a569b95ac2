"""Making, opening and closing a questionnaire."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import translation

from organizations.models import User, delete_if_unchanged
from scorecards.models import Perspective, Scorecard
from scorecards.services.locks import locked
from surveys.models import Criterion, Matrix, Response, Survey
from surveys.selectors.plan import FEWEST_ELEMENTS, PlannedMatrix, possible_matrices, survey_plan
from surveys.services.locks import lock_survey
from surveys.services.refusals import SurveyError
from surveys.services.screening import create_screening, freeze_candidates
from surveys.wording import standard_question

# More places than a questionnaire ever has.
OUT_OF_THE_WAY = 10_000


@transaction.atomic
def create_survey(
    *,
    scorecard: Scorecard,
    name: str,
    consent_text: str,
    by: User | None,
    compare_perspectives: bool = True,
    perspectives: Collection[Perspective] | None = None,
    introduction: str = "",
    closes_at: datetime | None = None,
    anonymous: bool = False,
    provenance: str = Survey.Provenance.COLLECTED,
) -> Survey:
    """Make a draft that compares the chosen perspectives' KPIs (None: wherever there are two)."""
    survey = Survey.objects.create(
        scorecard=scorecard,
        name=name,
        consent_text=consent_text,
        introduction=introduction,
        closes_at=closes_at,
        anonymous=anonymous,
        provenance=provenance,
        saved_by=by,
    )
    top, *parts = possible_matrices(scorecard)
    if perspectives is None:
        perspectives = [
            planned.perspective
            for planned in parts
            if planned.perspective and planned.can_be_compared
        ]
    # A single perspective has nothing to be compared with: it would only keep the draft shut.
    has_others = top.size >= FEWEST_ELEMENTS
    choose_matrices(
        survey=survey,
        compare_perspectives=compare_perspectives and has_others,
        perspectives=perspectives,
    )
    return survey


def create_survey_once(
    *, scorecard: Scorecard, by: User, kind: str = Survey.Kind.PAIRWISE, **fields: Any
) -> Survey:
    """Make a draft; for a button pressed twice, return the draft of the first press."""
    create = create_screening if kind == Survey.Kind.SCREENING else create_survey
    with locked(scorecard):
        untouched = Survey.objects.filter(
            scorecard=scorecard, saved_by=by, kind=kind, status=Survey.Status.DRAFT, version=1
        )
        return untouched.filter(**fields).first() or create(scorecard=scorecard, by=by, **fields)


@transaction.atomic
def choose_matrices(
    *,
    survey: Survey,
    compare_perspectives: bool,
    perspectives: Collection[Perspective],
    questions: Mapping[str, str] | None = None,
) -> None:
    """Set what a draft compares, and what it asks about each part by the part's key (None: as it
    was). What stays chosen keeps its row, and so who judges it."""
    chosen = {perspective.pk for perspective in perspectives}
    matrices = [
        planned
        for planned in possible_matrices(survey.scorecard)
        if (planned.perspective.pk in chosen if planned.perspective else compare_perspectives)
    ]
    stored = {
        matrix.perspective_id: matrix
        for matrix in survey.matrices.all()
        if matrix.perspective_id or matrix.compares_perspectives
    }
    kept = [stored[p.perspective_id].pk for p in matrices if p.perspective_id in stored]
    survey.matrices.exclude(pk__in=kept).delete()
    # Out of the way, so that no two rows have one place while they are set in their new order.
    survey.matrices.update(order=F("order") + OUT_OF_THE_WAY)
    for order, planned in enumerate(matrices):
        row = stored.get(planned.perspective_id) or Matrix(survey=survey)
        row.perspective = planned.perspective
        row.compares_perspectives = planned.perspective is None
        row.code, row.title, row.order = planned.code, planned.title, order
        row.question = (questions or {}).get(planned.key, row.question)
        row.save()


@transaction.atomic
def open_survey(*, survey: Survey, by: User | None, now: datetime) -> Survey:
    """Freeze what is compared or rated, and let experts answer."""
    survey = _locked(survey)
    if survey.status != Survey.Status.DRAFT:
        raise SurveyError("opened-already")
    if survey.closes_at is not None and survey.closes_at <= now:
        raise SurveyError("deadline-past")
    if survey.kind == Survey.Kind.PAIRWISE:
        _freeze_matrices(survey)
    elif not freeze_candidates(survey):
        raise SurveyError("nothing-to-rate")
    survey.opens_at = now
    remove_trial(survey=survey)
    return _set_status(survey, Survey.Status.OPEN, by)


@transaction.atomic
def remove_trial(*, survey: Survey) -> bool:
    """Delete the trial of a questionnaire, with its links and answers; whether there was one."""
    lock_survey(survey)
    trials = Survey.including_trials.filter(trial_of=survey)
    for trial in trials:
        _hold_whole(trial)
        trial.delete()
    return bool(trials)


def _freeze_matrices(survey: Survey) -> None:
    _hold_parts(survey.scorecard)
    plan = survey_plan(survey)
    if not plan.matrices:
        raise SurveyError("nothing-to-compare")
    if plan.faults:
        raise SurveyError("matrix-size", plan.faults)
    planned_rows = [planned.matrix.pk for planned in plan.matrices]
    # A part whose perspective was deleted meanwhile would never have weights.
    survey.matrices.exclude(pk__in=planned_rows).delete()
    for planned in plan.matrices:
        _freeze(planned, survey.language)


def _hold_parts(scorecard: Scorecard) -> None:
    """Until the transaction ends nobody deletes what is about to be compared."""
    for rows in (scorecard.perspectives, scorecard.kpis):
        list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _freeze(planned: PlannedMatrix, language: str) -> None:
    matrix = planned.matrix
    matrix.title, matrix.code = planned.title, planned.code
    with translation.override(language):
        matrix.question = matrix.question or standard_question(planned.title)
    matrix.save()
    for order, element in enumerate(planned.elements):
        Criterion.objects.create(
            matrix=matrix,
            order=order,
            code=element.code,
            label=element.label,
            description=element.description,
            perspective=element.perspective,
            kpi=element.kpi,
        )


@transaction.atomic
def close_survey(*, survey: Survey, by: User | None) -> Survey:
    """Stop answers. Closing what is closed changes nothing."""
    survey = _locked(survey)
    _hold_answers(survey)
    if survey.status == Survey.Status.DRAFT:
        raise SurveyError("not-opened")
    return _set_status(survey, Survey.Status.CLOSED, by)


@transaction.atomic
def reopen_survey(
    *, survey: Survey, by: User | None, now: datetime, closes_at: datetime | None
) -> Survey:
    """Let experts answer again, until a new moment or without an end."""
    survey = _locked(survey)
    if survey.status == Survey.Status.DRAFT:
        raise SurveyError("not-opened")
    if survey.is_of_group:
        raise SurveyError("group-alone")
    if closes_at is not None and closes_at <= now:
        raise SurveyError("deadline-past")
    survey.closes_at = closes_at
    return _set_status(survey, Survey.Status.OPEN, by)


def delete_survey(*, survey: Survey, seen: int, by: User | None) -> None:
    """Delete it with all its answers. Who answers at this moment is stored before or refused.

    Raises EditConflict where the questionnaire is no longer at the version ``seen``.
    """
    with locked(survey.scorecard):
        # The same order as wherever else several of these rows are held.
        list(Survey.objects.select_for_update().filter(pk=survey.pk).values_list("pk"))
        for each in (*Survey.including_trials.filter(trial_of=survey), survey):
            _hold_whole(each)
        delete_if_unchanged(survey, seen=seen, by=by)


def _hold_whole(survey: Survey) -> None:
    # Nobody begins meanwhile; an answer that is being stored may still point to its expert.
    invitations = survey.invitations.select_for_update(no_key=True).order_by("pk")
    list(invitations.values_list("pk"))
    _hold_answers(survey)


def _hold_answers(survey: Survey) -> None:
    """An answer holds its response's row while it is stored: none is stored after this."""
    responses = Response.objects.filter(invitation__survey=survey).order_by("pk")
    list(responses.select_for_update(of=("self",)).values_list("pk"))


def _locked(survey: Survey) -> Survey:
    found = lock_survey(survey)
    found.scorecard = survey.scorecard
    return found


def _set_status(survey: Survey, status: str, by: User | None) -> Survey:
    survey.status = status
    survey.version += 1
    survey.saved_by = by
    survey.save()
    return survey
