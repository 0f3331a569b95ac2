"""One pair of elements as all experts judged it: a row of the heat map, and who stands apart."""

from dataclasses import dataclass

from surveys.models import Criterion, Invitation


@dataclass(frozen=True)
class PairCell:
    """One expert's answer to one pair; None: no answer, or not asked.

    ``ratio`` says how many times as important the row's element is as the column's. ``step`` is
    the same on the signed scale: 0 is equally important, 8 that the row's element is absolutely
    more important (9), -8 that the column's is.
    """

    invitation: Invitation
    ratio: float | None
    step: float | None
    counts: bool
    is_outlying: bool


@dataclass(frozen=True)
class PairResult:
    """One pair, a row of the heat map: the group's judgement and each expert's, by code.

    ``group_ratio`` and ``group_step`` are the geometric mean of those who count (None: nobody
    answered). ``low`` and ``high`` are the outermost answers as steps. ``spread`` is the
    geometric standard deviation of the answers: 1 is full agreement, 2 says that they typically
    lie at twice or half their mean; None for fewer than two answers.
    """

    number: int
    row: Criterion
    column: Criterion
    group_ratio: float | None
    group_step: float | None
    low: float | None
    high: float | None
    spread: float | None
    cells: tuple[PairCell, ...]


@dataclass(frozen=True)
class OutlyingJudgement:
    """A judgement far from what the others said of the same pair.

    ``score`` is the modified z-score of its logarithm (signed; beyond 3.5 either way it stands
    apart). ``judged`` and ``group`` are ratios of the row's element to the column's, ``median``
    that of all answers to the pair; ``judged_step`` and ``group_step`` the same as signed steps.
    """

    invitation: Invitation
    row: Criterion
    column: Criterion
    judged: float
    judged_step: float
    group: float
    group_step: float
    median: float
    score: float


@dataclass(frozen=True)
class Dot:
    """One expert's weight of one element."""

    invitation: Invitation
    weight: float
    within_limit: bool | None
    counts: bool


@dataclass(frozen=True)
class ElementDots:
    """A row of the dot plot: an element's weight in the group and for each expert who has one."""

    criterion: Criterion
    group: float
    dots: tuple[Dot, ...]

    @property
    def low(self) -> float:
        return min((dot.weight for dot in self.dots), default=self.group)

    @property
    def high(self) -> float:
        return max((dot.weight for dot in self.dots), default=self.group)
