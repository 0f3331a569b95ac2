"""What a screening asks experts to rate, and how much work that is."""

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from math import ceil
from textwrap import shorten

from scorecards.models import KPI, Perspective, Scorecard
from scorecards.selectors.kpi_formula import formula_view
from surveys.models import Candidate, Survey
from surveys.selectors.plan import SurveyPlan, survey_plan
from surveys.selectors.rating_sheet import SECONDS_PER_RATING, rating_sheet

RATED = (KPI.Status.CANDIDATE, KPI.Status.ADOPTED)


@dataclass(frozen=True)
class PlannedCandidate:
    """A perspective or a KPI in the words that an expert reads."""

    code: str
    label: str
    description: str = ""
    objective: str = ""
    formula: str = ""
    kpi: KPI | None = None


@dataclass(frozen=True)
class PlannedGroup:
    """One perspective: itself, where it is rated too, and its KPIs."""

    name: str
    candidates: tuple[PlannedCandidate, ...]
    perspective: Perspective | None = None

    @property
    def perspective_id(self) -> int:
        return self.perspective.pk if self.perspective else 0

    @property
    def kpis(self) -> tuple[PlannedCandidate, ...]:
        return tuple(one for one in self.candidates if one.kpi)


@dataclass(frozen=True)
class ScreeningPlan:
    groups: tuple[PlannedGroup, ...]

    @property
    def questions(self) -> int:
        return sum(len(group.candidates) for group in self.groups)

    @property
    def minutes(self) -> int:
        return ceil(self.questions * SECONDS_PER_RATING / 60)


def possible_candidates(scorecard: Scorecard) -> tuple[PlannedGroup, ...]:
    """All that a screening of this scorecard could ask about, in order (2 queries).

    A group's first candidate is the perspective itself; KPIs that were dropped are left out.
    """
    rated = scorecard.kpis.filter(status__in=RATED).select_related("objective")
    kpis: dict[int, list[KPI]] = defaultdict(list)
    for kpi in rated.order_by("objective__order", "objective_id", "order", "pk"):
        kpis[kpi.objective.perspective_id].append(kpi)
    return tuple(
        PlannedGroup(
            name=perspective.name,
            candidates=(
                _of_perspective(perspective, kpis[perspective.pk]),
                *(_of_kpi(kpi) for kpi in kpis[perspective.pk]),
            ),
            perspective=perspective,
        )
        for perspective in scorecard.perspectives.all()
    )


def chosen_candidates(survey: Survey) -> tuple[PlannedGroup, ...]:
    """What a draft asks about, with the scorecard's words of today (3 queries).

    A KPI that was deleted or dropped meanwhile is no longer asked about.
    """
    rows = list(survey.candidates.all())
    return picked_candidates(
        possible_candidates(survey.scorecard),
        kpis={row.kpi_id for row in rows if row.kpi_id},
        perspectives={row.perspective_id for row in rows if row.is_perspective},
    )


def picked_candidates(
    groups: Iterable[PlannedGroup], kpis: Container[int], perspectives: Container[int]
) -> tuple[PlannedGroup, ...]:
    """Of all that could be rated, the KPIs and perspectives with these ids."""
    picked = (
        replace(
            group,
            candidates=tuple(
                one
                for one in group.candidates
                if (one.kpi.pk in kpis if one.kpi else group.perspective_id in perspectives)
            ),
        )
        for group in groups
    )
    return tuple(group for group in picked if group.candidates)


def work_plan(survey: Survey) -> SurveyPlan | ScreeningPlan:
    """What an expert is asked, of either kind: ``questions`` and ``minutes``."""
    return screening_plan(survey) if survey.kind == Survey.Kind.SCREENING else survey_plan(survey)


def screening_plan(survey: Survey) -> ScreeningPlan:
    """The plan of a screening: live while it is a draft, as frozen afterwards."""
    if survey.status == Survey.Status.DRAFT:
        return ScreeningPlan(chosen_candidates(survey))
    return ScreeningPlan(
        tuple(
            PlannedGroup(group.title, tuple(_frozen(item.candidate) for item in group.items))
            for group in rating_sheet(survey).groups
        )
    )


def _frozen(row: Candidate) -> PlannedCandidate:
    return PlannedCandidate(row.code, row.label, row.description, row.objective, row.formula)


def _of_perspective(perspective: Perspective, kpis: list[KPI]) -> PlannedCandidate:
    # What an expert needs to know about it: the objectives that its KPIs measure.
    aims = "; ".join(dict.fromkeys(kpi.objective.statement for kpi in kpis))
    return PlannedCandidate(perspective.code, perspective.name, _short(aims, "description"))


def _of_kpi(kpi: KPI) -> PlannedCandidate:
    view = formula_view(kpi)
    return PlannedCandidate(
        code=kpi.code,
        label=kpi.name,
        description=_short(kpi.definition, "description"),
        objective=kpi.objective.statement,
        formula=_short(view.sentence, "formula") if view else "",
        kpi=kpi,
    )


def _short(text: str, column: str) -> str:
    return shorten(text, Candidate._meta.get_field(column).max_length, placeholder="…")
