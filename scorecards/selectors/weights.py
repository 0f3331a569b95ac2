"""The weights of a scorecard: which hold, where they came from, whether they still fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from organizations.arithmetic import Line, Shown, with_common_factor
from scorecards.models import KPI, Objective, Perspective, Scorecard, Weight, WeightSet
from scorecards.selectors.report.model import Remark, RemarkKind
from scorecards.selectors.report.origin import WeightsOrigin
from scorecards.selectors.report.weighing import kpi_weights, origin_of, perspective_weights
from scorecards.selectors.weights_said import SaidLine, kept_lines

Group = tuple[Perspective, list[KPI]]
# Of a share of one: 12.3 %.
SHARE_DECIMALS = 3
SCALED = (RemarkKind.PERSPECTIVES_SCALED, RemarkKind.KPIS_SCALED)


def current_weights(scorecard: Scorecard) -> WeightSet | None:
    """The latest decision; earlier ones are history."""
    return scorecard.weight_sets.select_related("created_by").first()


@dataclass(frozen=True)
class FittedWeights:
    """A set's weights laid on the design as it is now.

    ``perspectives`` and ``kpis`` hold the weights by id, None where a group counts equally.
    ``unweighted`` are the codes of what was added after the decision and so counts nothing;
    ``remarks`` say this and all else that differs from what was decided.
    """

    weight_set: WeightSet | None
    perspectives: dict[int, float | None]
    kpis: dict[int, float | None]
    unweighted: tuple[str, ...]
    remarks: tuple[Remark, ...]


def fit_weights(
    scorecard: Scorecard,
    perspectives: Sequence[Perspective],
    objectives: Iterable[Objective],
    kpis: Iterable[KPI],
) -> FittedWeights:
    """Lay the current weights on the adopted KPIs; two queries."""
    groups = weighable_groups(perspectives, objectives, kpis)
    return lay_weights(groups, current_weights(scorecard))


def lay_weights(groups: Sequence[Group], weight_set: WeightSet | None) -> FittedWeights:
    """Lay a set of weights on the groups; one query."""
    weights: list[Weight] = list(weight_set.weights.all()) if weight_set else []
    return _fit(groups, weights, weight_set)


def weigh(groups: Sequence[Group], weights: Sequence[Weight]) -> tuple["WeightGroup", ...]:
    """What these weights, stored or not, give each perspective and KPI."""
    fitted = _fit(groups, weights, None)
    return tuple(_weight_group(group, fitted, len(groups)) for group in groups)


def _fit(
    groups: Sequence[Group], weights: Sequence[Weight], weight_set: WeightSet | None
) -> FittedWeights:
    of_perspectives, remarks = perspective_weights([group[0] for group in groups], weights)
    of_kpis, more_remarks = kpi_weights(groups, weights)
    remarks += more_remarks
    unweighted = tuple(code for remark in remarks for code in _missing(remark))
    return FittedWeights(weight_set, of_perspectives, of_kpis, unweighted, tuple(remarks))


def weighable_groups(
    perspectives: Sequence[Perspective], objectives: Iterable[Objective], kpis: Iterable[KPI]
) -> list[Group]:
    """The adopted KPIs of each perspective that has any, in the design's order."""
    ordered = {objective.pk: objective for objective in objectives}
    by_objective: dict[int, list[KPI]] = {}
    for kpi in kpis:
        if kpi.status == KPI.Status.ADOPTED:
            by_objective.setdefault(kpi.objective_id, []).append(kpi)
    groups = [
        (
            perspective,
            [
                kpi
                for objective in ordered.values()
                if objective.perspective_id == perspective.pk
                for kpi in by_objective.get(objective.pk, [])
            ],
        )
        for perspective in perspectives
    ]
    return [group for group in groups if group[1]]


@dataclass(frozen=True)
class WeightRow:
    """A KPI's weight within its perspective, and of the whole.

    ``line``: its weight × that of the perspective, with the digits that make it true.
    """

    kpi: KPI
    local: float
    overall: float
    line: Line

    @property
    def bar(self) -> float:
        """The length of its bar, out of 100."""
        return self.local * 100


@dataclass(frozen=True)
class WeightGroup:
    """``is_equal``: nothing was decided for its KPIs, so they count equally.

    ``shown`` is its weight with the digits that its KPIs' weights of the whole follow from.
    """

    perspective: Perspective
    weight: float
    shown: Shown
    is_equal: bool
    rows: tuple[WeightRow, ...]


@dataclass(frozen=True)
class WeightsPage:
    shown: WeightSet | None
    weights: WeightsOrigin
    groups: tuple[WeightGroup, ...]
    perspectives_equal: bool
    unweighted: tuple[str, ...]
    scaled: tuple[Remark, ...]
    sets: tuple[WeightSet, ...]  # newest first
    # What was known when they were taken over from a questionnaire.
    said: tuple[SaidLine, ...]

    @property
    def is_current(self) -> bool:
        return not self.sets or self.shown == self.sets[0]


def weights_page(
    scorecard: Scorecard, chosen: str | None = None, *, names_experts: bool = True
) -> WeightsPage:
    """The current weights, or the earlier set whose id was ``chosen``; six queries."""
    sets = list(scorecard.weight_sets.select_related("created_by"))
    shown = next((each for each in sets if str(each.pk) == chosen), sets[0] if sets else None)
    perspectives = list(scorecard.perspectives.all())
    objectives = list(scorecard.objectives.all())
    kpis = list(scorecard.kpis.all())
    groups = weighable_groups(perspectives, objectives, kpis)
    fitted = lay_weights(groups, shown)
    origin = origin_of(shown)
    return WeightsPage(
        shown=shown,
        weights=origin if names_experts else origin.without_names,
        groups=tuple(_weight_group(group, fitted, len(groups)) for group in groups),
        perspectives_equal=all(weight is None for weight in fitted.perspectives.values()),
        unweighted=fitted.unweighted,
        scaled=tuple(remark for remark in fitted.remarks if remark.kind in SCALED),
        sets=tuple(sets),
        said=kept_lines(shown, names_experts=names_experts),
    )


def _weight_group(group: Group, fitted: FittedWeights, count: int) -> WeightGroup:
    perspective, kpis = group
    weight = fitted.perspectives[perspective.pk]
    weight = 1 / count if weight is None else weight
    is_equal = all(fitted.kpis[kpi.pk] is None for kpi in kpis)
    locals_ = [1 / len(kpis) if is_equal else fitted.kpis[kpi.pk] or 0.0 for kpi in kpis]
    shares = [(_share(local), _share(local * weight)) for local in locals_]
    shown, lines = with_common_factor(_share(weight), shares)
    rows = zip(kpis, locals_, lines, strict=True)
    return WeightGroup(
        perspective,
        weight,
        shown,
        is_equal,
        tuple(WeightRow(kpi, local, local * weight, line) for kpi, local, line in rows),
    )


def _share(value: float) -> Shown:
    return Shown(value, SHARE_DECIMALS, is_percent=True)


def load_groups(scorecard: Scorecard) -> list[Group]:
    """What can be weighed in a scorecard: see `weighable_groups`; three queries."""
    return weighable_groups(
        list(scorecard.perspectives.all()), scorecard.objectives.all(), scorecard.kpis.all()
    )


def _missing(remark: Remark) -> tuple[str, ...]:
    is_missing = remark.kind in (
        RemarkKind.PERSPECTIVE_WEIGHT_MISSING,
        RemarkKind.KPI_WEIGHT_MISSING,
    )
    return remark.names if is_missing else ()
