"""What another weight of one perspective would change."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scorecards.methods.errors import MethodError, gettext_noop
from scorecards.methods.lights import OMAX_LIMITS, Light, Limits, light

# How far beside a crossing the lights on its two sides are read.
BESIDE = 1e-7


@dataclass(frozen=True, slots=True)
class LightChange:
    """At this weight of the perspective the index changes its light."""

    weight: float
    below: Light
    above: Light


@dataclass(frozen=True, slots=True)
class RankChange:
    """At this weight of the perspective one of its KPIs overtakes another perspective's.

    Attributes
    ----------
    weight : float
    overtaking : (int, int)
        Positions of the varied perspective and of its KPI.
    overtaken : (int, int)
        Positions of the other perspective and of its KPI.
    """

    weight: float
    overtaking: tuple[int, int]
    overtaken: tuple[int, int]


def varied_weights(weights: Sequence[float], place: int, weight: float) -> list[float]:
    """Give one perspective another weight; the others share the rest in proportion.

    Where the others had no weight at all they share the rest equally.

    Parameters
    ----------
    weights : sequence of float
        Of the perspectives, with the sum 1.
    place : int
        Position of the varied one.
    weight : float
        Its new weight, 0 to 1. A single perspective keeps 1.

    Raises
    ------
    MethodError
        ``perspective-unknown``.

    Examples
    --------
    >>> varied_weights([0.5, 0.3, 0.2], 0, 0.75)
    [0.75, 0.15, 0.1]
    """
    if not 0 <= place < len(weights):
        raise MethodError(
            "perspective-unknown",
            gettext_noop("There is no perspective %(place)s to vary."),
            place=place + 1,
        )
    if len(weights) == 1:
        return [1.0]
    rest = math.fsum(each for i, each in enumerate(weights) if i != place)
    shares = [each / rest if rest > 0 else 1 / (len(weights) - 1) for each in weights]
    return [weight if i == place else (1 - weight) * share for i, share in enumerate(shares)]


def light_changes(
    weights: Sequence[float], scores: Sequence[float], place: int, limits: Limits = OMAX_LIMITS
) -> tuple[LightChange, ...]:
    """Find the weights of one perspective at which the index changes its light.

    Parameters
    ----------
    weights, scores : sequences of float
        Of the perspectives: weights with the sum 1, scores on the scale of the limits.
    place : int
        Position of the perspective whose weight goes from 0 to 1.
    limits : Limits

    Returns
    -------
    tuple of LightChange
        By weight. The index is a straight line, so there are at most two.

    Raises
    ------
    MethodError
        ``scores-length``, ``perspective-unknown``.

    Examples
    --------
    >>> for change in light_changes([0.5, 0.5], [2.0, 9.0], 0):
    ...     print(round(change.weight, 4), change.below.value, change.above.value)
    0.1429 green amber
    0.8571 amber red
    """
    if len(weights) != len(scores) or not all(map(math.isfinite, scores)):
        raise MethodError(
            "scores-length",
            gettext_noop("Give as many scores as weights, all of them ordinary numbers."),
        )
    without = _index(varied_weights(weights, place, 0.0), scores)
    alone = _index(varied_weights(weights, place, 1.0), scores)

    def light_at(weight: float) -> Light:
        return light(without + (alone - without) * weight, limits)

    found = []
    for edge in (limits.red, limits.green):
        crossing = (edge - without) / (alone - without) if alone != without else math.nan
        if not 0 <= crossing <= 1:  # also for NaN
            continue
        below = light_at(max(0.0, crossing - BESIDE))
        above = light_at(min(1.0, crossing + BESIDE))
        if below is not above:
            found.append(LightChange(crossing, below, above))
    return tuple(sorted(found, key=lambda change: change.weight))


def _index(weights: Sequence[float], scores: Sequence[float]) -> float:
    return math.fsum(weight * score for weight, score in zip(weights, scores, strict=True))


def rank_changes(
    weights: Sequence[float], local: Sequence[Sequence[float]], place: int
) -> tuple[RankChange, ...]:
    """Find the weights of one perspective at which the ranking of the KPIs changes.

    Parameters
    ----------
    weights : sequence of p floats
        Of the perspectives, with the sum 1.
    local : sequence of p sequences
        Weights of the KPIs within each perspective.
    place : int
        Position of the perspective whose weight goes from 0 to 1.

    Returns
    -------
    tuple of RankChange
        By weight; one for each KPI of the perspective and each KPI elsewhere that it overtakes
        strictly between 0 and 1.

    Raises
    ------
    MethodError
        ``kpis-length``, ``perspective-unknown``.

    Examples
    --------
    >>> [change] = rank_changes([0.5, 0.5], [[1.0], [0.75, 0.25]], 1)[:1]
    >>> round(change.weight, 4), change.overtaking, change.overtaken
    (0.5714, (1, 0), (0, 0))
    """
    if len(weights) != len(local):
        raise MethodError("kpis-length", gettext_noop("Give every perspective a row of KPIs."))
    others = varied_weights(weights, place, 0.0)
    found = []
    for kpi, own in enumerate(local[place]):
        for i, row in enumerate(local):
            for j, share in enumerate(row):
                theirs = others[i] * share
                if i != place and own > 0 and theirs > 0:
                    found.append(RankChange(theirs / (own + theirs), (place, kpi), (i, j)))
    return tuple(sorted(found, key=lambda change: change.weight))
