"""What a questionnaire compares, how much work that is, and whether it can be opened."""

from collections import defaultdict
from dataclasses import dataclass, replace
from math import ceil
from textwrap import shorten

from scorecards.methods import ahp
from scorecards.models import KPI, Perspective, Scorecard
from surveys.models import Criterion, Matrix, Survey

SECONDS_PER_COMPARISON = 20
FEWEST_ELEMENTS = 2
# Of the perspectives against each other, in forms.
PERSPECTIVES = "perspectives"
MOST_ELEMENTS, MOST_EVER = ahp.MOST_ELEMENTS, ahp.LARGEST_MATRIX
LONGEST_DESCRIPTION = Criterion._meta.get_field("description").max_length


@dataclass(frozen=True)
class Element:
    """One thing that is compared, in the words that an expert reads."""

    code: str
    label: str
    description: str
    perspective: Perspective | None = None
    kpi: KPI | None = None


@dataclass(frozen=True)
class PlannedMatrix:
    """One matrix: chosen in a draft, frozen in an open questionnaire."""

    title: str
    code: str
    elements: tuple[Element, ...]
    perspective: Perspective | None
    matrix: Matrix | None = None
    most: int = MOST_ELEMENTS

    @property
    def perspective_id(self) -> int | None:
        """None: the perspectives against each other."""
        return self.perspective.pk if self.perspective else None

    @property
    def key(self) -> str:
        """Its name in forms."""
        return str(self.perspective.pk) if self.perspective else PERSPECTIVES

    @property
    def size(self) -> int:
        return len(self.elements)

    @property
    def comparisons(self) -> int:
        return self.size * (self.size - 1) // 2

    @property
    def minutes(self) -> int:
        return ceil(self.comparisons * SECONDS_PER_COMPARISON / 60)

    @property
    def can_be_compared(self) -> bool:
        return FEWEST_ELEMENTS <= self.size <= self.most

    @property
    def can_be_asked(self) -> bool:
        """In whatever number an officer may say that it is meant."""
        return FEWEST_ELEMENTS <= self.size <= MOST_EVER

    @property
    def can_be_screened(self) -> bool:
        """Of so many KPIs experts should choose first."""
        return self.perspective is not None and self.size > MOST_ELEMENTS

    @property
    def is_large(self) -> bool:
        return self.size > ahp.MANY_ELEMENTS

    @property
    def takes_confirmation(self) -> bool:
        """Too large, unless the officer says that it is meant."""
        return self.most < self.size <= MOST_EVER


@dataclass(frozen=True)
class SurveyPlan:
    matrices: tuple[PlannedMatrix, ...]

    @property
    def comparisons(self) -> int:
        return sum(matrix.comparisons for matrix in self.matrices)

    @property
    def questions(self) -> int:
        """What an expert is asked, in a questionnaire of either kind."""
        return self.comparisons

    @property
    def minutes(self) -> int:
        return ceil(self.comparisons * SECONDS_PER_COMPARISON / 60)

    @property
    def faults(self) -> tuple[PlannedMatrix, ...]:
        """Matrices that nobody could answer: too few elements, or too many."""
        return tuple(matrix for matrix in self.matrices if not matrix.can_be_compared)


def possible_matrices(scorecard: Scorecard) -> tuple[PlannedMatrix, ...]:
    """Every matrix that a questionnaire of this scorecard could hold, in order (3 queries)."""
    perspectives = list(scorecard.perspectives.all())
    adopted = scorecard.kpis.filter(status=KPI.Status.ADOPTED).select_related("objective")
    kpis: dict[int, list[KPI]] = defaultdict(list)
    for kpi in adopted.order_by("objective__order", "objective_id", "order", "pk"):
        kpis[kpi.objective.perspective_id].append(kpi)
    return (
        PlannedMatrix("", "", tuple(_of_perspective(p, kpis[p.pk]) for p in perspectives), None),
        *(
            PlannedMatrix(p.name, p.code, tuple(_of_kpi(kpi) for kpi in kpis[p.pk]), p)
            for p in perspectives
        ),
    )


def _of_perspective(perspective: Perspective, kpis: list[KPI]) -> Element:
    # What an expert needs to know about it: the objectives that its KPIs measure.
    aims = "; ".join(dict.fromkeys(kpi.objective.statement for kpi in kpis))
    description = shorten(aims, LONGEST_DESCRIPTION, placeholder="…")
    return Element(perspective.code, perspective.name, description, perspective=perspective)


def _of_kpi(kpi: KPI) -> Element:
    # Its objective would say what it is for, not what is meant by it.
    return Element(kpi.code, kpi.name, kpi.definition, kpi=kpi)


def survey_plan(survey: Survey) -> SurveyPlan:
    """The plan of a questionnaire: live while it is a draft, as frozen afterwards."""
    chosen = list(survey.matrices.select_related("perspective").prefetch_related("criteria"))
    if survey.status != Survey.Status.DRAFT:
        return SurveyPlan(tuple(_frozen(matrix) for matrix in chosen))
    most = MOST_EVER if survey.large_accepted else MOST_ELEMENTS
    # A matrix whose perspective was deleted meanwhile has nothing left to compare.
    rows = {
        matrix.perspective_id: matrix
        for matrix in chosen
        if matrix.perspective_id or matrix.compares_perspectives
    }
    return SurveyPlan(
        tuple(
            replace(planned, matrix=rows[planned.perspective_id], most=most)
            for planned in possible_matrices(survey.scorecard)
            if planned.perspective_id in rows
        )
    )


def _frozen(matrix: Matrix) -> PlannedMatrix:
    elements = tuple(
        Element(criterion.code, criterion.label, criterion.description)
        for criterion in matrix.criteria.all()
    )
    return PlannedMatrix(matrix.title, matrix.code, elements, matrix.perspective, matrix)
