"""What would lift the index, and by how much."""

from collections.abc import Iterable
from dataclasses import dataclass

from scorecards.methods.lights import Limits, next_light


@dataclass(frozen=True, slots=True)
class Gain:
    """What one KPI could add to the index, in points of the index.

    Attributes
    ----------
    key : str
    level : float
        Where it stands.
    to_next_light : float or None
        Up to the limit of the next light; None when it is green. Amber begins just past the
        limit where red includes it, so a level exactly on that limit gains 0.0 here.
    to_target : float or None
        Up to the level of the target, 0.0 when it is reached; None where the scale has none.
    to_best : float
        Up to the top of the scale.
    """

    key: str
    level: float
    to_next_light: float | None
    to_target: float | None
    to_best: float


def sorted_gains(
    kpis: Iterable[tuple[str, float, float]], limits: Limits, target: float | None
) -> tuple[Gain, ...]:
    """Compute every KPI's gains: its global weight times the difference of levels.

    Parameters
    ----------
    kpis : iterable of (key, level, global weight)
    limits : Limits
        Of the lights; they also hold the top of the scale.
    target : float or None
        Level of a value exactly on target.

    Returns
    -------
    tuple of Gain
        The largest ``to_best`` first; equal ones as they came.

    Examples
    --------
    >>> from scorecards.methods.lights import OMAX_LIMITS
    >>> [best, other] = sorted_gains([("a", 9.0, 0.5), ("b", 2.0, 0.5)], OMAX_LIMITS, 3.0)
    >>> best
    Gain(key='b', level=2.0, to_next_light=0.5, to_target=0.5, to_best=4.0)
    >>> other.to_next_light, other.to_target, other.to_best
    (None, 0.0, 0.5)
    """
    gains = [_gain(key, level, weight, limits, target) for key, level, weight in kpis]
    return tuple(sorted(gains, key=lambda gain: -gain.to_best))


def _gain(key: str, level: float, weight: float, limits: Limits, target: float | None) -> Gain:
    def up_to(goal: float) -> float:
        return weight * max(0.0, goal - level)

    following = next_light(level, limits)
    return Gain(
        key=key,
        level=level,
        to_next_light=None if following is None else up_to(following),
        to_target=None if target is None else up_to(target),
        to_best=up_to(limits.highest),
    )
