"""Pairs of elements as all experts judged them: the heat map, and who stands apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from surveys.methods.outliers import geometric_spread, outliers
from surveys.methods.scale import to_steps
from surveys.models import Criterion, Invitation
from surveys.selectors.expert_results import ExpertResult, Floats, JudgedStack


@dataclass(frozen=True)
class PairResult:
    """One pair, a cell of the heat map: the group's judgement, and how the answers lie.

    ``group_ratio`` is the geometric mean of those who count: how many times as important the
    row's element is as the column's (None: nobody answered). ``low`` and ``high`` are the
    outermost answers on the signed scale: 0 is equally important, 8 that the row's element is
    absolutely more important (9), -8 that the column's is. ``spread`` is the geometric standard
    deviation of the answers: 1 is full agreement, 2 says that they typically lie at twice or
    half their mean; None for fewer than two answers. Answers over the limit are among these,
    those of an expert who weighs 0 are not.
    """

    row: Criterion
    column: Criterion
    group_ratio: float | None
    low: float | None
    high: float | None
    spread: float | None


@dataclass(frozen=True)
class OutlyingJudgement:
    """A judgement far from what the others said of the same pair.

    ``score`` is the modified z-score of its logarithm (signed; beyond 3.5 either way it stands
    apart). ``judged`` is the ratio of the row's element to the column's, ``median`` that of all
    answers to the pair.
    """

    invitation: Invitation
    row: Criterion
    column: Criterion
    judged: float
    median: float
    score: float


@dataclass(frozen=True)
class Dot:
    """One expert's weight of one element."""

    invitation: Invitation
    weight: float
    within_limit: bool | None


@dataclass(frozen=True)
class ElementDots:
    """A row of the dot plot: an element's weight in the group and for each expert who has one."""

    criterion: Criterion
    group: float
    dots: tuple[Dot, ...]


def pair_results(
    criteria: Sequence[Criterion], judged: JudgedStack, group: Floats | None
) -> tuple[PairResult, ...]:
    """A row for each pair; ``group`` is the group's matrix, None without one."""
    matrices = judged.matrices[judged.weighs]
    if not len(matrices):
        return ()
    steps = to_steps(matrices)
    spread = geometric_spread(matrices)
    joined = np.full(spread.shape, np.nan) if group is None else group
    rows = []
    for i, j in combinations(range(len(criteria)), 2):
        answers = steps[:, i, j][~np.isnan(steps[:, i, j])]
        ends = (float(answers.min()), float(answers.max())) if len(answers) else (None, None)
        [ratio, distance] = _numbers([joined[i, j], spread[i, j]])
        rows.append(PairResult(criteria[i], criteria[j], ratio, *ends, distance))
    return tuple(rows)


def outlying_judgements(
    criteria: Sequence[Criterion], judged: JudgedStack
) -> tuple[OutlyingJudgement, ...]:
    """Who stands apart on which pair, among the answers of those who weigh something."""
    places = np.flatnonzero(judged.weighs)
    if not len(places):
        return ()
    return tuple(
        OutlyingJudgement(
            invitation=judged.experts[places[found.expert]],
            row=criteria[found.row],
            column=criteria[found.column],
            judged=found.judged,
            median=found.median,
            score=found.score,
        )
        for found in outliers(judged.matrices[places])
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
                Dot(expert.invitation, own[place], expert.within_limit) for expert, own in weighed
            ),
        )
        for place, criterion in enumerate(criteria)
    )


def _numbers(values: ArrayLike) -> list[float | None]:
    return [None if value != value else value for value in np.asarray(values).tolist()]
