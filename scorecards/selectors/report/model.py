"""The read model of a period's report. Everything in it is a plain value, so it can be frozen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from scorecards import calendar
from scorecards.selectors.kpi_formula import shown_value


class RemarkKind(StrEnum):
    """What a reader must know to judge the numbers; the templates say it in words."""

    PERSPECTIVES_EQUAL = "perspectives-equal"
    KPIS_EQUAL = "kpis-equal"
    PERSPECTIVES_SCALED = "perspectives-scaled"
    KPIS_SCALED = "kpis-scaled"
    PERSPECTIVE_WEIGHT_MISSING = "perspective-weight-missing"
    KPI_WEIGHT_MISSING = "kpi-weight-missing"
    TARGET_MISSING = "target-missing"
    PERSPECTIVE_EMPTY = "perspective-empty"
    LIMITS_UNFIT = "limits-unfit"
    NOT_DUE = "not-due"


@dataclass(frozen=True, slots=True)
class Remark:
    kind: RemarkKind
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """The scorecard's settings that these numbers were computed with."""

    scoring: str
    level_mode: str
    lowest: float
    highest: float
    red_limit: float
    green_limit: float
    red_inclusive: bool
    target_level: float | None
    minimum_coverage: float


@dataclass(frozen=True, slots=True)
class ExpertRow:
    """One expert's consistency in one matrix; without a name where experts stay unnamed."""

    code: str
    name: str | None
    cr: float | None
    within: bool | None
    complete: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    code: str
    title: str
    size: int
    cr: float | None
    limit: float | None
    within: bool | None
    experts: tuple[ExpertRow, ...]


@dataclass(frozen=True, slots=True)
class WeightsOrigin:
    """Where the weights came from, as kept with them. ``origin`` is "" when there are none."""

    origin: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    survey: str = ""
    provenance: str = ""
    method: str = ""
    random_index: str = ""
    experts_counted: str = ""
    experts: int | None = None
    matrices: tuple[MatrixRow, ...] = ()

    @property
    def is_collected(self) -> bool:
        """Whether experts pressed these answers themselves, as far as anything was answered."""
        return self.provenance in ("", "collected")

    @property
    def highest_cr(self) -> float | None:
        return max((row.cr for row in self.matrices if row.cr is not None), default=None)

    @property
    def over_limit(self) -> tuple[MatrixRow, ...]:
        return tuple(row for row in self.matrices if row.within is False)

    @property
    def experts_over_limit(self) -> int:
        return len(
            {each.code for row in self.matrices for each in row.experts if each.within is False}
        )


@dataclass(frozen=True, slots=True)
class InputRow:
    """One of the numbers that a KPI's value is computed from; None where it isn't entered."""

    key: str
    title: str
    unit: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class KPIRow:
    """One KPI: what was measured, the level it gives, and what that is worth.

    ``points``: worst, target and best; the five values of a range; eleven rungs from level 0
    up; or four cut points, as ``target_kind`` says.
    ``weight`` is the weight within the perspective as decided, ``effective_weight`` that among
    the KPIs which have data; ``value`` is level x effective weight. ``not_due``: it is measured
    more rarely than the scorecard, and not in this period.
    """

    kpi_id: int
    objective_id: int
    code: str
    name: str
    objective: str
    unit: str
    decimals: int
    target_kind: str
    points: tuple[Decimal, ...]
    measured: Decimal | None
    previous: Decimal | None
    level: float | None
    level_decimals: int
    clamped: bool
    on_target: bool
    light: str
    weight: float
    effective_weight: float
    global_weight: float
    value: float | None
    not_applicable: bool
    reason: str
    note: str
    # With defaults: reports that were frozen without them are still read.
    formula: str = ""
    inputs: tuple[InputRow, ...] = ()
    not_due: bool = False

    @property
    def missing(self) -> bool:
        return self.measured is None and not self.not_applicable and not self.not_due

    @property
    def lacking(self) -> tuple[InputRow, ...]:
        """The inputs that are not entered although others are."""
        return tuple(each for each in self.inputs if each.value is None)

    @property
    def shown(self) -> Decimal | None:
        """The measured value; a computed one with no more decimals than say something."""
        return shown_value(self.measured, self.decimals, is_computed=bool(self.inputs))

    @property
    def index_share(self) -> float | None:
        """The part of the index that this KPI gives."""
        return None if self.level is None else self.level * self.global_weight


@dataclass(frozen=True, slots=True)
class PerspectiveRow:
    perspective_id: int
    code: str
    name: str
    score: float | None
    score_decimals: int
    light: str
    weight: float
    effective_weight: float
    value: float | None
    coverage: float | None
    provisional: bool
    kpis: tuple[KPIRow, ...]

    @property
    def due(self) -> tuple[KPIRow, ...]:
        return tuple(row for row in self.kpis if not row.not_due)

    @property
    def filled(self) -> int:
        return sum(not row.missing for row in self.due)


@dataclass(frozen=True, slots=True)
class GainRow:
    """By how much the index would rise if this KPI reached its next light, target, or best."""

    kpi_id: int
    code: str
    name: str
    level: float
    level_decimals: int
    light: str
    next_light: str | None
    to_next_light: float | None
    to_target: float | None
    to_best: float


@dataclass(frozen=True, slots=True)
class PreviousPeriod:
    start: date
    end: date
    index: float | None

    @property
    def name(self) -> str:
        return calendar.span_name(self.start, self.end)


@dataclass(frozen=True, slots=True)
class PeriodReport:
    organization: str
    scorecard_id: int
    scorecard: str
    period_id: int
    start: date
    end: date
    closed_at: datetime | None
    closed_by: str
    index: float | None
    index_decimals: int
    light: str
    coverage: float | None
    provisional: bool
    against_target: float | None
    against_previous: float | None
    previous: PreviousPeriod | None
    perspectives: tuple[PerspectiveRow, ...]
    gains: tuple[GainRow, ...]
    weights: WeightsOrigin
    settings: Settings
    remarks: tuple[Remark, ...]

    @property
    def name(self) -> str:
        """The period's name in the active language."""
        return calendar.span_name(self.start, self.end)

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def rows(self) -> Iterator[KPIRow]:
        for perspective in self.perspectives:
            yield from perspective.kpis

    @property
    def total(self) -> int:
        """KPIs that are measured in this period."""
        return sum(len(perspective.due) for perspective in self.perspectives)

    @property
    def filled(self) -> int:
        """KPIs that have a value or are said to be not applicable."""
        return sum(perspective.filled for perspective in self.perspectives)

    @property
    def missing(self) -> tuple[KPIRow, ...]:
        return tuple(row for row in self.rows if row.missing)

    @property
    def not_applicable(self) -> tuple[KPIRow, ...]:
        return tuple(row for row in self.rows if row.not_applicable)

    @property
    def reds_without_note(self) -> tuple[KPIRow, ...]:
        return tuple(row for row in self.rows if row.light == "red" and not row.note)

    @property
    def change(self) -> float | None:
        """How far the index moved since the period before."""
        if self.index is None or self.previous is None or self.previous.index is None:
            return None
        return self.index - self.previous.index
