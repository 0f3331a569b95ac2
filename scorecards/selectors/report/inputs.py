"""What a report is computed from, read with a fixed number of queries."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scorecards.methods.scoring import (
    KPIInput,
    PeriodScore,
    PerspectiveInput,
    Scale,
    score_period,
)
from scorecards.models import KPI, Measurement, Period, Perspective, Scorecard, Target
from scorecards.selectors.due import measured_span
from scorecards.selectors.report import weighing
from scorecards.selectors.report.levels import Level, level_of, scale_of, target_in_force
from scorecards.selectors.report.model import Remark, RemarkKind
from scorecards.selectors.report.origin import WeightsOrigin
from scorecards.selectors.report.reach import Reach, reach_of

Measurements = dict[int, Measurement]


@dataclass(frozen=True)
class Design:
    """A scorecard's adopted KPIs with their targets and weights, and how they are scored."""

    scorecard: Scorecard
    groups: list[tuple[Perspective, list[KPI]]]
    targets: dict[int, list[Target]]
    scale: Scale
    perspective_weights: weighing.Weights
    kpi_weights: weighing.Weights
    origin: WeightsOrigin
    remarks: tuple[Remark, ...]

    def target(self, kpi: KPI, day: date) -> Target | None:
        return target_in_force(self.targets.get(kpi.pk, []), day, self.scorecard)

    def levels(self, day: date, measurements: Measurements) -> dict[int, Level]:
        """Each KPI's level by the target that is in force on ``day``."""
        return {
            kpi.pk: level_of(
                measurements[kpi.pk].value if kpi.pk in measurements else None,
                self.target(kpi, day),
                kpi,
                self.scorecard,
            )
            for _, kpis in self.groups
            for kpi in kpis
        }

    def reach(self, day: date, measurements: Measurements) -> dict[int, Reach]:
        """What each value with a level could still reach."""
        found = {}
        for kpi in (kpi for _, kpis in self.groups for kpi in kpis):
            target, measurement = self.target(kpi, day), measurements.get(kpi.pk)
            if target is not None and measurement is not None and measurement.value is not None:
                found[kpi.pk] = reach_of(measurement.value, target, kpi, self.scorecard)
        return found

    def not_due(self, period: Period, measurements: Measurements) -> frozenset[int]:
        """KPIs that are not measured in this period; what was measured all the same counts."""
        return frozenset(
            kpi.pk
            for _, kpis in self.groups
            for kpi in kpis
            if measured_span(kpi, period, self.scorecard.frequency) is None
            and not _is_entered(measurements.get(kpi.pk))
        )

    def score(
        self,
        measurements: Measurements,
        levels: dict[int, Level],
        not_due: frozenset[int] = frozenset(),
        reach: Mapping[int, Reach] | None = None,
    ) -> PeriodScore:
        inputs = [
            PerspectiveInput(
                key=str(perspective.pk),
                weight=self.perspective_weights[perspective.pk],
                kpis=tuple(
                    KPIInput(
                        key=str(kpi.pk),
                        level=levels[kpi.pk].level,
                        weight=self.kpi_weights[kpi.pk],
                        # Neither lowers the coverage: nothing is missing.
                        not_applicable=kpi.pk in not_due
                        or (kpi.pk in measurements and measurements[kpi.pk].not_applicable),
                        aims=reach[kpi.pk].levels if reach and kpi.pk in reach else None,
                    )
                    for kpi in kpis
                ),
            )
            for perspective, kpis in self.groups
        ]
        return score_period(inputs, self.scale)


def _is_entered(measurement: Measurement | None) -> bool:
    return measurement is not None and (measurement.value is not None or measurement.not_applicable)


def load_design(scorecard: Scorecard, until: date) -> Design:
    """The design as it is now, with the targets that were set for days up to ``until``."""
    kpis = defaultdict(list)
    adopted = scorecard.kpis.filter(status=KPI.Status.ADOPTED).select_related("objective")
    for kpi in adopted.order_by("objective__order", "objective__pk", "order", "pk"):
        kpis[kpi.objective.perspective_id].append(kpi)
    perspectives = list(scorecard.perspectives.all())
    groups = [(each, kpis[each.pk]) for each in perspectives if each.pk in kpis]
    targets = defaultdict(list)
    in_time = Target.objects.filter(kpi__scorecard=scorecard, valid_from__lte=until)
    for target in in_time.order_by("valid_from", "pk"):
        targets[target.kpi_id].append(target)
    weight_set = scorecard.weight_sets.select_related("created_by").first()
    weights = list(weight_set.weights.all()) if weight_set else []
    scale, limits_fit = scale_of(scorecard)
    above, remarks_above = weighing.perspective_weights([each for each, _ in groups], weights)
    within, remarks_within = weighing.kpi_weights(groups, weights)
    empty = tuple(each.name for each in perspectives if each.pk not in kpis)
    remarks = [*remarks_above, *remarks_within]
    if empty:
        remarks.append(Remark(RemarkKind.PERSPECTIVE_EMPTY, empty))
    if not limits_fit:
        remarks.append(Remark(RemarkKind.LIMITS_UNFIT))
    return Design(
        scorecard=scorecard,
        groups=groups,
        targets=targets,
        scale=scale,
        perspective_weights=above,
        kpi_weights=within,
        origin=weighing.origin_of(weight_set),
        remarks=tuple(remarks),
    )


def load_measurements(*periods: Period | None) -> dict[int, Measurements]:
    """By period and KPI; a period that is None has none."""
    found: dict[int, Measurements] = {period.pk: {} for period in periods if period}
    for measurement in Measurement.objects.filter(period__in=list(found)):
        found[measurement.period_id][measurement.kpi_id] = measurement
    return found


def period_before(period: Period) -> Period | None:
    earlier = period.scorecard.periods.filter(start__lt=period.start)
    return earlier.order_by("-start", "-pk").first()
