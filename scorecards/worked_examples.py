"""Small examples for the page about the methods, computed when the page is asked for.

The inputs are tables of published studies; a test compares them with the shipped tables.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from organizations.arithmetic import Line, Shown
from scorecards.example_parts import (
    ConsistencyExample,
    ElementWeights,
    GlobalWeight,
    LikertExample,
    Measured,
    PairProposal,
)
from scorecards.ladder_drawing import LadderDrawing, draw_ladder
from scorecards.methods import ahp
from scorecards.methods.lights import LIKERT_LIMITS, OMAX_LIMITS, Limits, light
from scorecards.methods.likert import LikertClass, classes, classify
from scorecards.methods.omax import LEVEL_MODES, Ladder
from scorecards.methods.scoring import (
    DEFAULT_MINIMUM_COVERAGE,
    LIKERT_SCALE,
    KPIInput,
    KPIScore,
    PeriodScore,
    PerspectiveInput,
    PerspectiveScore,
    score_period,
)
from scorecards.selectors.report.lines import index_line, weighed_lines

WeighedRows = tuple[tuple[KPIScore, Line | None], ...]

# Mauidzoh (2018), tables 2, 4 and 5: upper triangles, row by row.
BAYAT_UPPER = {
    "perspectives": ("1/4", "1/5", "1/8", "1/4", "1/4", "1"),
    "CI": ("1/5",),
    "CV": ("4", "2", "1/5"),
}
BAYAT_LABELS = {
    "perspectives": (
        "Customer Knowledge",
        "Customer Value",
        "Customer Interaction",
        "Customer Satisfaction",
    ),
    "CI": ("Jumlah customer touch point", "Rata-rata waktu menangani komplain"),
    "CV": (
        "Persentase jumlah pelanggan yang setia",
        "Persentase kenaikan profit per tahun",
        "CLV",
    ),
}
# Mahmudi and Ngadenan (2017), figures 1, 3, 5, 6 and 7.
LASEM_MATRICES = {
    "PO": ((1, 1.89), (0.53, 1)),
    "P": ((1, 1.22, 1.58), (0.82, 1, 1.62), (0.63, 0.62, 1)),
}
# Measured value, worst value, target, best value.
LASEM_KPIS = {
    "PO-1": (0.20, 0.10, 0.15, 0.25),
    "PO-2": (0.17, 0.10, 0.15, 0.25),
    "C-1": (0.15, 0.05, 0.10, 0.25),
    "P-1": (12, 5, 10, 25),
    "P-2": (15, 5, 10, 20),
    "P-3": (25, 10, 15, 30),
    "I-2": (2, 0, 2, 5),
}
# PO-1 against PO-2 by five experts. Reconstructed from their published geometric mean.
LASEM_JUDGEMENTS = (1, 2, 3, 2, 2)
# Scores of Toko Loocs.
LOOCS_SCORES = (1.0, 3.45, 3.35, 2.0)


@dataclass(frozen=True)
class WorkedExamples:
    """Everything that the page computes. ``pairs``: elements and comparisons they need."""

    pairs: tuple[tuple[int, int], ...]
    # Of CR, for three elements, four, and more.
    cr_limits: tuple[float | None, ...]
    minimum_coverage: float
    weights: tuple[ElementWeights, ...]
    consistency: ConsistencyExample
    random_index_sizes: tuple[int, ...]
    random_indices: tuple[tuple[str, tuple[float, ...]], ...]
    judgements: tuple[int, ...]
    group_mean: float
    global_weight: GlobalWeight
    ladder: Measured
    drawing: LadderDrawing
    between: Measured
    modes: dict[str, float]
    on_standard: Measured
    likert: LikertExample
    likert_classes: tuple[LikertClass, ...]
    omax_limits: Limits
    likert_limits: Limits
    complete: PeriodScore
    incomplete: PeriodScore

    @property
    def random_index_rows(self) -> tuple[tuple[int, tuple[float, ...]], ...]:
        """For each number of elements its RI in every table."""
        columns = zip(*(values for _name, values in self.random_indices), strict=True)
        return tuple(zip(self.random_index_sizes, columns, strict=True))

    @property
    def complete_rows(self) -> tuple[tuple[PerspectiveScore, WeighedRows], ...]:
        """Each perspective with the rows of its table: level × weight = value."""
        return tuple(
            (perspective, tuple(zip(perspective.kpis, _weighed(perspective), strict=True)))
            for perspective in self.complete.perspectives
        )

    @property
    def index_line(self) -> Line:
        parts = ((each.score, each.weight, 2) for each in self.complete.perspectives)
        return index_line(parts, self.complete.index or 0.0, 2, weight_decimals=1)


def _weighed(perspective: PerspectiveScore) -> tuple[Line | None, ...]:
    return weighed_lines(
        perspective.kpis,
        Shown(perspective.score, 2),
        level_decimals=[2] * len(perspective.kpis),
        in_percent=False,
    )


def bayat_matrix(table: str) -> list[list[float]]:
    return ahp.from_upper([float(Fraction(value)) for value in BAYAT_UPPER[table]]).tolist()


def weights_by_method() -> tuple[ElementWeights, ...]:
    """Customer Value of Bayat, by all three methods."""
    matrix, labels = bayat_matrix("CV"), BAYAT_LABELS["CV"]
    by_method = [ahp.priorities(matrix, method).tolist() for method in ahp.METHODS]
    return tuple(
        ElementWeights(label, tuple(as_judged(value) for value in row), *weights)
        for label, row, *weights in zip(labels, matrix, *by_method, strict=True)
    )


def as_judged(ratio: float) -> str:
    """As an expert says it: 5 or 1/5."""
    return str(Fraction(ratio).limit_denominator(ahp.STRONGEST_JUDGEMENT))


def consistency_example() -> ConsistencyExample:
    """The same matrix: over the limit for three elements."""
    matrix, labels = bayat_matrix("CV"), BAYAT_LABELS["CV"]
    size = len(labels)
    found = ahp.consistency(matrix)
    return ConsistencyExample(
        size=size,
        lambda_max=float(found.lambda_max),
        ci=float(found.ci),
        table="saaty",
        random_index=ahp.random_index_of(size) or 0.0,
        cr=float(found.cr),
        limit=ahp.limit(size),
        within=bool(ahp.is_within_limit(float(found.cr), size)),
        proposals=tuple(
            PairProposal(
                labels[each.row],
                labels[each.column],
                as_judged(each.judged),
                as_judged(each.proposed),
                each.cr,
            )
            for each in ahp.proposals(matrix)
        ),
    )


def group_mean() -> float:
    """How many times as important PO-1 is as PO-2 for the five experts together."""
    return float(ahp.aggregate_judgements(ahp.from_upper([[v] for v in LASEM_JUDGEMENTS]))[0, 1])


def global_weight() -> GlobalWeight:
    """The heaviest KPI of Bayat."""
    above = ahp.priorities(bayat_matrix("perspectives")).tolist()
    place = BAYAT_LABELS["perspectives"].index("Customer Interaction")
    local = ahp.priorities(bayat_matrix("CI")).tolist()
    [[_, result]] = ahp.global_weights([above[place]], [local])
    return GlobalWeight(
        BAYAT_LABELS["CI"][1], BAYAT_LABELS["perspectives"][place], local[1], above[place], result
    )


def measured(code: str) -> Measured:
    value, worst, standard, goal = LASEM_KPIS[code]
    ladder = Ladder(worst, standard, goal)
    level = ladder.level(value)
    return Measured(code, value, ladder, level, light(level))


def levels_by_mode(code: str) -> dict[str, float]:
    example = measured(code)
    return {mode: example.ladder.level(example.value, mode) for mode in LEVEL_MODES}


def likert_example() -> LikertExample:
    perspectives = [
        PerspectiveInput(str(place), (KPIInput(str(place), score),))
        for place, score in enumerate(LOOCS_SCORES)
    ]
    mean = score_period(perspectives, LIKERT_SCALE).index or 0.0
    return LikertExample(LOOCS_SCORES, mean, classify(mean), light(mean, LIKERT_LIMITS))


def period_example(*, missing: str = "") -> PeriodScore:
    """Two perspectives of Lasem, equally heavy; one value may be missing."""
    return score_period([_perspective(code, missing) for code in LASEM_MATRICES])


def _perspective(code: str, missing: str) -> PerspectiveInput:
    weights = ahp.priorities(LASEM_MATRICES[code], "column_mean").tolist()
    kpis = [kpi for kpi in LASEM_KPIS if kpi.startswith(f"{code}-")]
    return PerspectiveInput(
        code,
        tuple(
            KPIInput(kpi, None if kpi == missing else measured(kpi).level, weight)
            for kpi, weight in zip(kpis, weights, strict=True)
        ),
    )


@cache
def worked_examples() -> WorkedExamples:
    return WorkedExamples(
        pairs=tuple((size, size * (size - 1) // 2) for size in (3, 4, 5, 6, 7)),
        cr_limits=tuple(ahp.limit(size) for size in (3, 4, 5)),
        minimum_coverage=DEFAULT_MINIMUM_COVERAGE,
        weights=weights_by_method(),
        consistency=consistency_example(),
        random_index_sizes=tuple(range(3, ahp.LARGEST_MATRIX + 1)),
        random_indices=tuple((name, table[2:]) for name, table in ahp.RANDOM_INDICES.items()),
        judgements=LASEM_JUDGEMENTS,
        group_mean=group_mean(),
        global_weight=global_weight(),
        ladder=measured("PO-1"),
        drawing=draw_ladder(measured("PO-1").ladder, measured("PO-1").level),
        between=measured("C-1"),
        modes=levels_by_mode("C-1"),
        on_standard=measured("I-2"),
        likert=likert_example(),
        likert_classes=classes(),
        omax_limits=OMAX_LIMITS,
        likert_limits=LIKERT_LIMITS,
        complete=period_example(),
        incomplete=period_example(missing="P-3"),
    )
