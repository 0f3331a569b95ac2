"""The traffic light. This module alone decides what is red, amber or green."""

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from scorecards.methods.errors import MethodError, gettext_noop

# A level that reaches a limit but for binary rounding (3.0000000000000004) is on the limit.
ON_THE_LIMIT = 1e-9
MOST_DECIMALS = 9


class Light(StrEnum):
    """A light; templates add its colour, shape and word. NONE: no data."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Limits:
    """Where red ends and green begins.

    Parameters
    ----------
    red, green : float
        Red lies below ``red``, green from ``green`` on, amber between the two.
    red_inclusive : bool
        Whether a level exactly on ``red`` is red (OMAX) or amber (Likert).
    lowest, highest : float
        The ends of the scale that the limits are on.

    Raises
    ------
    MethodError
        ``limits-not-in-order`` unless lowest <= red < green <= highest.

    Examples
    --------
    >>> Limits(red=4, green=4)
    Traceback (most recent call last):
    ...
    scorecards.methods.errors.MethodError: Red up to 4 and green from 4 do not fit on a scale \
from 0 to 10: red has to end below the beginning of green.
    """

    red: float
    green: float
    red_inclusive: bool = True
    lowest: float = 0.0
    highest: float = 10.0

    def __post_init__(self) -> None:
        if not self.lowest <= self.red < self.green <= self.highest:  # also false for NaN
            raise MethodError(
                "limits-not-in-order",
                gettext_noop(
                    "Red up to %(red)s and green from %(green)s do not fit on a scale from "
                    "%(lowest)s to %(highest)s: red has to end below the beginning of green."
                ),
                red=float(self.red),
                green=float(self.green),
                lowest=float(self.lowest),
                highest=float(self.highest),
            )


# Batik Lasem: on target (level 3) is still red.
OMAX_LIMITS = Limits(red=3.0, green=8.0)
# The edges of the class "fair".
LIKERT_LIMITS = Limits(red=2.6, green=3.4, red_inclusive=False, lowest=1.0, highest=5.0)


def light(level: float | None, limits: Limits = OMAX_LIMITS) -> Light:
    """Decide the light of a level.

    Parameters
    ----------
    level : float or None
        Unrounded. None and NaN are missing data. Within 1e-9 of a limit it is on the limit.
    limits : Limits
        Settings of the scorecard.

    Returns
    -------
    Light

    Examples
    --------
    >>> [light(level).value for level in (None, 3, 3.01, 7.99, 8)]
    ['none', 'red', 'amber', 'amber', 'green']
    >>> [light(mean, LIKERT_LIMITS).value for mean in (2.59, 2.6, 3.4)]
    ['red', 'amber', 'green']
    """
    if level is None or math.isnan(level):
        return Light.NONE
    if level >= limits.green - ON_THE_LIMIT:
        return Light.GREEN
    edge = ON_THE_LIMIT if limits.red_inclusive else -ON_THE_LIMIT
    if level < limits.red - ON_THE_LIMIT or level <= limits.red + edge:
        return Light.RED
    return Light.AMBER


def next_light(level: float, limits: Limits = OMAX_LIMITS) -> float | None:
    """Give the limit that leads a level to its next light, None when it is green.

    Where red includes its limit, amber begins just past what is returned.

    Examples
    --------
    >>> next_light(1.2), next_light(5), next_light(9)
    (3.0, 8.0, None)
    """
    now = light(level, limits)
    if now is Light.GREEN:
        return None
    return limits.red if now is Light.RED else limits.green


def round_half_up(value: float, decimals: int) -> float:
    """Round as people do, and as the pages do: 0.125 to 0.13, -0.125 to -0.13.

    Examples
    --------
    >>> round_half_up(2.675, 2), round_half_up(-0.5, 0)
    (2.68, -1.0)
    """
    exponent = Decimal(1).scaleb(-decimals)
    shortest = Decimal(format(value, ".15g"))
    if shortest.adjusted() + decimals > 25:  # nothing to round in so large a number
        return float(value)
    return float(shortest.quantize(exponent, rounding=ROUND_HALF_UP))


def shown_decimals(level: float | None, limits: Limits = OMAX_LIMITS, decimals: int = 2) -> int:
    """Count the decimals that a level needs so that it never contradicts its light.

    Parameters
    ----------
    level : float or None
        Unrounded.
    limits : Limits
    decimals : int
        At least so many.

    Returns
    -------
    int
        At most 9.

    Examples
    --------
    >>> shown_decimals(7.5), shown_decimals(7.9964), shown_decimals(3.0004)
    (2, 3, 4)
    """
    if level is None or math.isnan(level):
        return decimals
    shown = light(level, limits)
    for enough in range(decimals, MOST_DECIMALS):
        if light(round_half_up(level, enough), limits) is shown:
            return enough
    return max(decimals, MOST_DECIMALS)
