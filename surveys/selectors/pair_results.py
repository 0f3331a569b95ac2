"""One pair of elements as all experts judged it: a row of the heat map, and who stands apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from surveys.methods.outliers import FARTHEST, geometric_spread, judgement_scores, outliers
from surveys.methods.scale import to_steps
from surveys.models import Criterion, Invitation
from surveys.selectors.expert_results import ExpertResult, Flags, Floats, JudgedStack


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
    """A row of the dot plot: an element's weight in the group and for each expert who has one.

    ``low`` and ``high`` are the outermost experts; the group may lie beyond them, since it also
    holds answers of experts who left too much out to have weights of their own.
    """

    criterion: Criterion
    group: float
    dots: tuple[Dot, ...]

    @property
    def low(self) -> float:
        return min((dot.weight for dot in self.dots), default=self.group)

    @property
    def high(self) -> float:
        return max((dot.weight for dot in self.dots), default=self.group)


def pair_results(
    criteria: Sequence[Criterion], judged: JudgedStack, counted: Flags, group: Floats | None
) -> tuple[PairResult, ...]:
    """A row for each pair; ``group`` is the group's matrix, None without one."""
    if not len(judged.experts):
        return ()
    steps = to_steps(judged.matrices)
    spread = geometric_spread(judged.matrices)
    with np.errstate(invalid="ignore"):
        outlying = np.abs(judgement_scores(judged.matrices)) > FARTHEST
    joined = np.full(spread.shape, np.nan) if group is None else group
    rows = []
    for number, (i, j) in enumerate(combinations(range(len(criteria)), 2), start=1):
        answers = steps[:, i, j][~np.isnan(steps[:, i, j])]
        cells = zip(
            judged.experts,
            _numbers(judged.matrices[:, i, j]),
            _numbers(steps[:, i, j]),
            counted.tolist(),
            outlying[:, i, j].tolist(),
            strict=True,
        )
        [ratio, step, distance] = _numbers([joined[i, j], to_steps(joined[i, j]), spread[i, j]])
        rows.append(
            PairResult(
                number=number,
                row=criteria[i],
                column=criteria[j],
                group_ratio=ratio,
                group_step=step,
                low=float(answers.min()) if len(answers) else None,
                high=float(answers.max()) if len(answers) else None,
                spread=distance,
                cells=tuple(PairCell(*cell) for cell in cells),
            )
        )
    return tuple(rows)


def outlying_judgements(
    criteria: Sequence[Criterion], judged: JudgedStack, group: Floats | None
) -> tuple[OutlyingJudgement, ...]:
    """Who stands apart on which pair; none while the group has no judgements."""
    if group is None:
        return ()
    steps = to_steps(group)
    return tuple(
        OutlyingJudgement(
            invitation=judged.experts[found.expert],
            row=criteria[found.row],
            column=criteria[found.column],
            judged=found.judged,
            judged_step=float(to_steps(found.judged)),
            group=float(group[found.row, found.column]),
            group_step=float(steps[found.row, found.column]),
            median=found.median,
            score=found.score,
        )
        for found in outliers(judged.matrices)
    )


def element_dots(
    criteria: Sequence[Criterion],
    experts: Sequence[ExpertResult],
    weights: Sequence[float] | None,
) -> tuple[ElementDots, ...]:
    """A row for each element, with a dot for each expert who has weights; none without a group."""
    if weights is None:
        return ()
    weighed = [(expert, expert.weights) for expert in experts if expert.weights is not None]
    return tuple(
        ElementDots(
            criterion=criterion,
            group=weights[place],
            dots=tuple(
                Dot(expert.invitation, own[place], expert.within_limit, expert.counts)
                for expert, own in weighed
            ),
        )
        for place, criterion in enumerate(criteria)
    )


def _numbers(values: ArrayLike) -> list[float | None]:
    return [None if value != value else value for value in np.asarray(values).tolist()]
