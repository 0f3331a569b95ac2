"""What a questionnaire's weights mean for its scorecard as it is now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db.models import F
from django.utils.translation import gettext as _

from organizations.models import User
from scorecards.models import KPI, Closing, Period, Perspective, WeightSet
from scorecards.selectors.weights import Group, lay_weights, load_groups
from surveys.models import Survey
from surveys.selectors.results import SurveyResults

ROUNDING = 1e-9


@dataclass(frozen=True)
class AdoptedSet:
    """The weights as they were taken over once. Earlier ones are kept when others are.

    ``holds``: the scorecard counts with them now. ``periods`` are the closed ones whose locked
    report was computed with them, newest first; they keep it.
    """

    weight_set: WeightSet
    holds: bool
    periods: tuple[Period, ...]

    @property
    def at(self) -> datetime:
        return self.weight_set.created_at

    @property
    def by(self) -> User | None:
        return self.weight_set.created_by

    @property
    def experts(self) -> int | None:
        """How many experts' answers it was made of."""
        return self.weight_set.particulars.get("experts")

    @property
    def method(self) -> str:
        return self.weight_set.particulars.get("method", "")

    @property
    def rounds(self) -> int:
        return self.weight_set.particulars.get("rounds", 1)


@dataclass(frozen=True)
class Adoption:
    """Whether the weights were taken over, and how the scorecard differs from what was compared.

    ``adopted`` is the newest set that came from this questionnaire; it ``holds`` until other
    weights are decided, and ``is_current`` while the results are still what was taken over then.
    ``gone`` was compared and is not adopted any more; ``uncompared`` is
    adopted and counts nothing, since the others of its group were compared without it;
    ``equal`` are the perspectives whose KPIs were not compared at all. ``history`` has every
    set that came from this questionnaire, newest first.
    """

    adopted: WeightSet | None
    holds: bool
    is_current: bool
    gone: tuple[str, ...]
    uncompared: tuple[str, ...]
    equal: tuple[str, ...]
    history: tuple[AdoptedSet, ...]


def adoption_of(results: SurveyResults) -> Adoption:
    """See `Adoption`; two queries."""
    survey = results.survey
    sets = list(survey.scorecard.weight_sets.select_related("created_by"))
    history = _history(survey, sets)
    adopted = history[0].weight_set if history else None
    groups = results.answers.groups
    parts = {r.matrix.perspective_id for r in results.matrices if r.matrix.perspective_id}
    return Adoption(
        adopted=adopted,
        holds=adopted is not None and adopted == sets[0],
        is_current=adopted is not None and _is_current(adopted, results),
        gone=_gone(results),
        uncompared=_uncompared(results, groups, parts),
        equal=tuple(
            perspective.name
            for perspective, kpis in groups
            if perspective.pk not in parts and len(kpis) > 1 and is_weighed(results, perspective)
        ),
        history=history,
    )


def is_weighed(results: SurveyResults, perspective: Perspective) -> bool:
    """Whether it has a weight that its KPIs could share: not where it came after the others
    were compared."""
    for result in results.matrices:
        if result.matrix.compares_perspectives:
            return any(each.perspective_id == perspective.pk for each in result.criteria)
    return True


def _is_current(adopted: WeightSet, results: SurveyResults) -> bool:
    """Answers may have come or been judged again since, and experts' weights been changed."""
    parts = adopted.particulars.get("matrices", ())
    then = {part["code"]: part["weights"] for part in parts}
    return all(
        result.weights is not None
        and result.matrix.code in then
        and np.allclose(then[result.matrix.code], result.weights, rtol=0, atol=ROUNDING)
        for result in results.matrices
    )


def _history(survey: Survey, sets: Sequence[WeightSet]) -> tuple[AdoptedSet, ...]:
    ours = [each for each in sets if _is_of(each, survey)]
    if not ours:
        return ()
    closings = (
        Closing.objects.filter(period__scorecard=survey.scorecard_id, reopened_at=None)
        .select_related("period")
        .defer("report")
        .annotate(decided_at=F("report__report__weights__decided_at"))
        .order_by("-period__start", "-pk")
    )
    reported: dict[datetime, list[Period]] = {}
    for closing in closings:
        if closing.decided_at:
            moment = datetime.fromisoformat(closing.decided_at)
            reported.setdefault(moment, []).append(closing.period)
    return tuple(
        AdoptedSet(each, each == sets[0], tuple(reported.get(each.created_at, ()))) for each in ours
    )


def replaced_groups(survey: Survey, current: WeightSet | None) -> tuple[str, ...]:
    """What is weighed now and would count equally with this questionnaire; five queries.

    Adopting decides on the whole scorecard. What the questionnaire doesn't compare loses the
    weights that it has; where they are equal, nothing changes and nothing is named.
    """
    matrices = list(survey.matrices.all())
    groups = load_groups(survey.scorecard)
    fitted = lay_weights(groups, current)
    names = []
    compares_perspectives = any(matrix.compares_perspectives for matrix in matrices)
    if not compares_perspectives and _is_uneven(fitted.perspectives.values()):
        names.append(_("The perspectives against each other"))
    parts = {matrix.perspective_id for matrix in matrices}
    for perspective, kpis in groups:
        if perspective.pk not in parts and _is_uneven(fitted.kpis[kpi.pk] for kpi in kpis):
            names.append(perspective.name)
    return tuple(names)


def _is_of(weight_set: WeightSet, survey: Survey) -> bool:
    is_asked = weight_set.origin == WeightSet.Origin.QUESTIONNAIRE
    return is_asked and weight_set.particulars.get("survey_id") == survey.pk


def _gone(results: SurveyResults) -> tuple[str, ...]:
    return tuple(
        str(criterion)
        for result in results.matrices
        for criterion in result.criteria
        if not result.matrix.compares_perspectives
        and (criterion.kpi is None or criterion.kpi.status != KPI.Status.ADOPTED)
    )


def _uncompared(
    results: SurveyResults, groups: Sequence[Group], parts: set[int]
) -> tuple[str, ...]:
    criteria = [criterion for result in results.matrices for criterion in result.criteria]
    kpis = {criterion.kpi_id for criterion in criteria}
    perspectives = {criterion.perspective_id for criterion in criteria}
    compares_perspectives = any(r.matrix.compares_perspectives for r in results.matrices)
    names = []
    for perspective, members in groups:
        if compares_perspectives and perspective.pk not in perspectives:
            names.append(str(perspective))
        elif perspective.pk in parts:
            names += [str(kpi) for kpi in members if kpi.pk not in kpis]
    return tuple(names)


def _is_uneven(weights: Iterable[float | None]) -> bool:
    """None stands for a member of a group that counts equally."""
    decided = [weight for weight in weights if weight is not None]
    return bool(decided) and max(decided) - min(decided) > ROUNDING
