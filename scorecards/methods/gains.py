"""What would lift the index, and by how much."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from scorecards.methods.lights import Limits, next_light


@dataclass(frozen=True, slots=True)
class Aims:
    """The levels that one KPI's aims would give, scored as any value is.

    Attributes
    ----------
    next_light : float or None
        Of the nearest value that has a better light; None when it is green already, or when
        no value has one.
    standard : float or None
        Of the standard; None where the scale has none.
    goal : float
        Of the goal value.
    """

    next_light: float | None
    standard: float | None
    goal: float


@dataclass(frozen=True, slots=True)
class Gain:
    """What one KPI could add to the index, in points of the index.

    Attributes
    ----------
    key : str
    level : float
        Where it stands.
    to_next_light : float or None
        With the nearest value of the next light; None where there is none.
    to_standard : float or None
        With the standard, 0.0 when it is reached; None where the scale has none.
    to_goal : float
        With the goal value.
    """

    key: str
    level: float
    to_next_light: float | None
    to_standard: float | None
    to_goal: float


def level_aims(level: float, limits: Limits, standard: float | None) -> Aims:
    """Take every level for reachable: the aims where nothing but a level is known.

    Amber begins just past the limit where red includes it, so a level exactly on that limit
    has it as its next light.

    Examples
    --------
    >>> from scorecards.methods.lights import OMAX_LIMITS
    >>> level_aims(2.0, OMAX_LIMITS, 3.0)
    Aims(next_light=3.0, standard=3.0, goal=10.0)
    """
    return Aims(next_light(level, limits), standard, limits.highest)


def nearest_better(
    value: Decimal, end: Decimal, decimals: int, is_better: Callable[[Decimal], bool]
) -> Decimal | None:
    """Find the first value on the way from ``value`` to ``end`` that is better.

    Parameters
    ----------
    value, end : Decimal
        Where it begins, excluded, and where it ends, included.
    decimals : int
        Of the values in between: those that the KPI can have.
    is_better : callable
        Once true on the way to ``end``, it stays true.

    Returns
    -------
    Decimal or None
        None if even ``end`` is not better.

    Examples
    --------
    >>> nearest_better(Decimal(2), Decimal(5), 0, lambda value: value > 2)
    Decimal('3')
    >>> nearest_better(Decimal("2.55"), Decimal(1), 1, lambda value: value < 2)
    Decimal('1.9')
    """
    sign = 1 if end >= value else -1
    step = Decimal(sign).scaleb(-decimals)
    # Counted in steps, with the sign that makes them rise.
    low, high = math.floor(value / step), math.floor(end / step)
    if high <= low or not is_better(high * step):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if is_better(middle * step):
            high = middle
        else:
            low = middle
    return high * step


def sorted_gains(kpis: Iterable[tuple[str, float, float, Aims]]) -> tuple[Gain, ...]:
    """Compute every KPI's gains: its global weight times the difference of levels.

    Parameters
    ----------
    kpis : iterable of (key, level, global weight, aims)

    Returns
    -------
    tuple of Gain
        The largest ``to_goal`` first; equal ones as they came.

    Examples
    --------
    >>> high, low = Aims(None, 3.0, 10.0), Aims(3.0, 3.0, 10.0)
    >>> [goal, other] = sorted_gains([("a", 9.0, 0.5, high), ("b", 2.0, 0.5, low)])
    >>> goal
    Gain(key='b', level=2.0, to_next_light=0.5, to_standard=0.5, to_goal=4.0)
    >>> other.to_next_light, other.to_standard, other.to_goal
    (None, 0.0, 0.5)
    """
    gains = [_gain(key, level, weight, aims) for key, level, weight, aims in kpis]
    return tuple(sorted(gains, key=lambda gain: -gain.to_goal))


def _gain(key: str, level: float, weight: float, aims: Aims) -> Gain:
    def up_to(goal: float) -> float:
        return weight * max(0.0, goal - level)

    return Gain(
        key=key,
        level=level,
        to_next_light=None if aims.next_light is None else up_to(aims.next_light),
        to_standard=None if aims.standard is None else up_to(aims.standard),
        to_goal=up_to(aims.goal),
    )
