"""One expert's answers: to one matrix, and over the hierarchy."""

from dataclasses import dataclass
from math import isnan

import numpy as np
from numpy.typing import NDArray

from scorecards.methods import ahp
from scorecards.methods.consistency import count_circular
from scorecards.methods.matrices import reached_elements
from surveys.models import Exemption, Invitation, Matrix
from surveys.selectors.rules import Rules
from surveys.selectors.sent_answers import SentAnswers
from surveys.selectors.sources import NOTED

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class ExpertResult:
    """One expert's answers to one matrix.

    ``weights``, by the scorecard's method, are None while the answered pairs leave elements
    unconnected; ``cr``, taken at these weights, and ``gci`` are None then, below three elements
    and while pairs are missing. ``triads`` counts circular triads. ``distance`` is a factor: 1
    agrees with the group, 2 is on average twice or half of it. ``expert_weight`` is the one that
    these results were computed with. ``counts``: the group's weights hold these answers.
    ``round``: the highest round that an answer in force is of. ``exemption``: why the matrix
    isn't his to judge.
    ``sources``: origins of answers in force that he didn't give online, paper or a file.
    """

    invitation: Invitation
    answered: int
    comparisons: int
    weights: tuple[float, ...] | None
    cr: float | None
    gci: float | None
    within_limit: bool | None
    triads: int
    distance: float | None
    expert_weight: float
    counts: bool
    round: int
    exemption: Exemption | None
    sources: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        return self.answered == self.comparisons


@dataclass(frozen=True)
class ExpertHierarchy:
    """One expert's own global weights, in the order of ``SurveyResults.hierarchy``.

    None for experts who lack the weights of a matrix.
    """

    invitation: Invitation
    overall: tuple[float, ...] | None


@dataclass(frozen=True, eq=False)
class JudgedStack:
    """All experts' matrices in one stack, and what each says by itself; one row an expert.

    NaN stands for what is not defined: a pair without an answer, the weights of elements that
    are not connected, the CR of an incomplete matrix.
    """

    experts: tuple[Invitation, ...]
    exemptions: tuple[Exemption | None, ...]
    expert_weights: Floats
    matrices: Floats
    rounds: NDArray[np.int64]
    sources: tuple[tuple[str, ...], ...]
    answered: NDArray[np.int64]
    weights: Floats
    cr: Floats
    gci: Floats
    triads: NDArray[np.int64]
    # Over the limit of its size. Where CR is not defined nothing is over.
    over_limit: Flags

    @property
    def has_answers(self) -> Flags:
        return np.asarray(self.answered > 0)

    @property
    def has_weights(self) -> Flags:
        """Who compared all the elements. A matrix of one element has weights without a pair."""
        return np.asarray(~np.isnan(self.weights).any(axis=1) & self.is_asked)

    @property
    def weighs(self) -> Flags:
        """Who has a weight. Somebody with the weight 0 doesn't count at all."""
        return np.asarray(self.expert_weights > 0)

    @property
    def is_asked(self) -> Flags:
        return np.array([exemption is None for exemption in self.exemptions], dtype=np.bool_)


def judge_stack(
    answers: SentAnswers, matrix: Matrix, expert_weights: Floats, round: int | None = None
) -> JudgedStack:
    """Weigh every expert's answers to one matrix at once."""
    rules, criteria = answers.rules, tuple(matrix.criteria.all())
    stack, of_round, of_source = answers.stack(matrix, criteria, round)
    count, size = len(stack), len(criteria)
    rows, columns = np.triu_indices(size, 1)
    weights, cr, gci = (
        np.full((count, size), np.nan),
        np.full(count, np.nan),
        np.full(count, np.nan),
    )
    connected = reached_elements(stack).all(axis=1) if size else np.zeros(count, dtype=np.bool_)
    if connected.any():
        weights[connected] = ahp.priorities(stack[connected], rules.method)
        if size <= ahp.LARGEST_MATRIX:
            figures = ahp.consistency(
                stack[connected], rules.random_index, weights=weights[connected]
            )
            cr[connected], gci[connected] = figures.cr, figures.gci
    return JudgedStack(
        experts=answers.sent,
        exemptions=tuple(answers.exemption(each, matrix) for each in answers.sent),
        expert_weights=expert_weights,
        matrices=stack,
        rounds=of_round.max(axis=(1, 2), initial=0),
        sources=_sources(of_source),
        answered=np.isfinite(stack[:, rows, columns]).sum(axis=1),
        weights=weights,
        cr=cr,
        gci=gci,
        triads=count_circular(stack),
        over_limit=_over_limit(cr, size, rules),
    )


def _sources(of_source: NDArray[np.int64]) -> tuple[tuple[str, ...], ...]:
    """What is noted of each expert's answers, in the order of ``NOTED``."""
    has = [(of_source == place).any(axis=(1, 2)).tolist() for place in range(1, len(NOTED) + 1)]
    return tuple(
        tuple(origin.value for origin, is_there in zip(NOTED, row, strict=True) if is_there)
        for row in zip(*has, strict=True)
    )


def _over_limit(cr: Floats, size: int, rules: Rules) -> Flags:
    return np.array([ahp.is_within_limit(each, size, rules.limits) is False for each in cr], bool)


def expert_results(
    judged: JudgedStack, counts: Flags, group: Floats | None
) -> tuple[ExpertResult, ...]:
    """A row for each expert; ``group`` is the group's matrix, None without one."""
    size = judged.matrices.shape[1]
    distances = np.full(len(judged.experts), np.nan)
    if group is not None and len(distances):
        distances = ahp.distances(judged.matrices, group)
        distances[~judged.has_answers] = np.nan
    # Plain numbers at once: one at a time they cost more than the methods do.
    weights, has_weights = judged.weights.tolist(), judged.has_weights.tolist()
    cr, gci, apart = _numbers(judged.cr), _numbers(judged.gci), _numbers(distances)
    over, triads, rounds = (
        judged.over_limit.tolist(),
        judged.triads.tolist(),
        judged.rounds.tolist(),
    )
    shares, counted = judged.expert_weights.tolist(), counts.tolist()
    return tuple(
        ExpertResult(
            invitation=expert,
            answered=answered,
            comparisons=size * (size - 1) // 2,
            weights=tuple(weights[place]) if has_weights[place] else None,
            cr=cr[place],
            gci=gci[place],
            within_limit=None if cr[place] is None else not over[place],
            triads=triads[place],
            distance=apart[place],
            expert_weight=shares[place],
            counts=counted[place],
            round=max(1, rounds[place]),
            exemption=judged.exemptions[place],
            sources=judged.sources[place],
        )
        for place, (expert, answered) in enumerate(
            zip(judged.experts, judged.answered.tolist(), strict=True)
        )
    )


def _numbers(values: Floats) -> list[float | None]:
    """Plain numbers; None for NaN."""
    return [None if isnan(value) else value for value in values.tolist()]
