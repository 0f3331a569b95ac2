"""The arithmetic of the KPI formulas. Inputs were checked, divisors are above 0; percentages are
0 to 100, amounts in one currency."""

import math


def as_entered(value: float, answers: float = 1.0) -> float:
    """Take a value as it is; its number of answers only weighs when periods are combined.

    Examples
    --------
    >>> as_entered(3.45, answers=100)
    3.45
    """
    return value


def ratio(amount: float, base: float) -> float:
    """Say an amount as a percentage of another.

    Examples
    --------
    >>> ratio(amount=3, base=60)
    5.0
    """
    return 100 * amount / base


def growth(before: float, now: float) -> float:
    """Say how much more there is than before, in percent of what there was.

    Examples
    --------
    >>> growth(before=40, now=46), growth(before=40, now=30)
    (15.0, -25.0)
    """
    return 100 * (now - before) / before


def retention_rate(opening: float, gained: float, closing: float) -> float:
    """Say how many of a period's first customers stayed, in percent.

    Parameters
    ----------
    opening, closing : float
        Customers at the start and at the end.
    gained : float
        Customers won in between.

    Examples
    --------
    >>> retention_rate(opening=50, gained=10, closing=52)
    84.0
    """
    return 100 * (closing - gained) / opening


def return_on_investment(proceeds: float, cost: float) -> float:
    """Say what an effort earned beyond its cost, in percent of the cost.

    Examples
    --------
    >>> return_on_investment(proceeds=1_500_000, cost=1_200_000)
    25.0
    """
    return 100 * (proceeds - cost) / cost


def average(total: float, units: float) -> float:
    """Divide a total among its units.

    Examples
    --------
    >>> average(total=750_000, units=6)
    125000.0
    """
    return total / units


def customer_lifetime_value(
    margin: float, retention: float, discount: float, periods: float
) -> float:
    """Add up what a customer brings over some periods, in money of today.

    The sum of margin q^t over t = 0 ... periods - 1 with q = retention / (1 + discount): the
    first margin counts in full, the customer is there already.

    Parameters
    ----------
    margin : float
        Per customer and period.
    retention, discount : float
        Per period of the same length, in percent.
    periods : float
        A whole number from 1.

    Notes
    -----
    The geometric sum is written with expm1 and log1p, since (1 - q^n)/(1 - q) loses its digits
    where q is near 1.

    References
    ----------
    After Berger and Nasr (1998), Journal of Interactive Marketing 12(1), 17-30: the discounted,
    retained margins that their models share, without their cost of promotion.

    Examples
    --------
    >>> round(customer_lifetime_value(margin=100_000, retention=80, discount=0, periods=3), 6)
    244000.0
    >>> customer_lifetime_value(margin=100_000, retention=100, discount=0, periods=3)
    300000
    """
    # q - 1, exact where q is near 1; -1 where nobody stays or the future is worth nothing
    shortfall = (retention - 100 - discount) / (100 + discount)
    if shortfall == -1 or periods == 1:
        return margin
    if shortfall == 0:
        return margin * periods
    return margin * (math.expm1(periods * math.log1p(shortfall)) / shortfall)
