"""The read model of a period's report. Everything in it is a plain value, so it can be frozen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from scorecards import calendar
from scorecards.models import Scorecard
from scorecards.selectors.filled import count_filled
from scorecards.selectors.kpi_formula import shown_value
from scorecards.selectors.report.comparison import Comparison
from scorecards.selectors.report.origin import WeightsOrigin
from scorecards.states import UNFILLED, State, joint_state, state_of


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
    standard_level: float | None
    minimum_coverage: float
    # Reports of before they could be chosen have the words of the Lasem study.
    anchor_words: str = Scorecard.AnchorWords.LASEM.value


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

    ``points``: worst, standard and goal; the five values of a range; eleven rungs from level 0
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
    on_standard: bool
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
    def asks_note(self) -> bool:
        """A red value has to be explained. Who stands exactly at level 3 met what was expected
        and need not explain himself, whatever the scorecard calls that level."""
        return self.light == "red" and not self.note and not self.on_standard

    @property
    def state(self) -> State:
        return state_of(
            self.light,
            is_measured=self.measured is not None,
            not_applicable=self.not_applicable,
            is_due=not self.not_due,
            is_begun=bool(self.inputs),
        )

    @property
    def missing(self) -> bool:
        """Whether something is still to be entered."""
        return self.state in UNFILLED

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
    def state(self) -> State:
        return joint_state(self.light, (row.state for row in self.kpis))

    @property
    def due(self) -> tuple[KPIRow, ...]:
        return tuple(row for row in self.kpis if row.state is not State.NOT_DUE)


@dataclass(frozen=True, slots=True)
class GainRow:
    """What the index would gain by the next light, target or best, and the values that do it."""

    kpi_id: int
    code: str
    name: str
    level: float
    level_decimals: int
    light: str
    next_light: str | None
    to_next_light: float | None
    to_standard: float | None
    to_goal: float
    unit: str = ""
    decimals: int = 0
    next_value: Decimal | None = None
    standard_value: Decimal | None = None
    goal_value: Decimal | None = None

    @property
    def standard_is_reached(self) -> bool:
        return not self.to_standard and self.standard_value is None


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
    against_standard: float | None
    against_previous: float | None
    previous: PreviousPeriod | None
    perspectives: tuple[PerspectiveRow, ...]
    gains: tuple[GainRow, ...]
    weights: WeightsOrigin
    settings: Settings
    remarks: tuple[Remark, ...]
    # None in the first period, and in reports that were frozen before it was kept.
    comparison: Comparison | None = None

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
        return count_filled(row.state for row in self.rows).total

    @property
    def filled(self) -> int:
        """KPIs that have a value or are said to be not applicable."""
        return count_filled(row.state for row in self.rows).filled

    @property
    def state(self) -> State:
        return joint_state(self.light, (row.state for row in self.rows))

    @property
    def missing(self) -> tuple[KPIRow, ...]:
        return tuple(row for row in self.rows if row.missing)

    @property
    def not_due(self) -> tuple[KPIRow, ...]:
        return self.in_state(State.NOT_DUE)

    @property
    def without_target(self) -> tuple[KPIRow, ...]:
        """Measured, and yet without a level."""
        return self.in_state(State.NO_TARGET)

    @property
    def not_applicable(self) -> tuple[KPIRow, ...]:
        return self.in_state(State.NOT_APPLICABLE)

    def in_state(self, state: State) -> tuple[KPIRow, ...]:
        return tuple(row for row in self.rows if row.state is state)

    @property
    def reds_without_note(self) -> tuple[KPIRow, ...]:
        return tuple(row for row in self.rows if row.asks_note)

    @property
    def change(self) -> float | None:
        """How far the index moved since the period before, over the KPIs that both have."""
        if self.comparison is None or self.previous is None:
            return None
        if not self.comparison.is_same or self.index is None or self.previous.index is None:
            return self.comparison.change
        return self.index - self.previous.index
