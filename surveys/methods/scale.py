"""Saaty's scale as even steps: 0 is equally important, 8 and -8 are its two ends."""

import numpy as np
from numpy.typing import ArrayLike

from scorecards.methods.errors import MethodError, gettext_noop
from scorecards.methods.matrices import FloatArray, check_positive


def to_steps(ratios: ArrayLike) -> FloatArray:
    """Turn ratios into signed steps away from equal importance.

    Parameters
    ----------
    ratios : array_like, shape (...)
        Judgements, or their geometric means: above 0, NaN for none.

    Returns
    -------
    ndarray, shape (...)
        a - 1 from 1 on, 1 - 1/a below: 3 is 2, 1/3 is -2, and the two sides mirror each other.

    Raises
    ------
    MethodError
        ``judgement-not-positive``.

    Examples
    --------
    >>> to_steps([9, 3, 1, 0.5]).tolist()
    [8.0, 2.0, 0.0, -1.0]
    """
    values = np.asarray(ratios, dtype=np.float64)
    check_positive(values)
    return np.where(values < 1, 1 - 1 / values, values - 1)


def from_steps(steps: ArrayLike) -> FloatArray:
    """Turn signed steps back into ratios.

    Parameters
    ----------
    steps : array_like, shape (...)
        Any finite numbers; NaN stays NaN.

    Raises
    ------
    MethodError
        ``step-infinite``.

    Examples
    --------
    >>> from_steps([8, 0, -1]).tolist()
    [9.0, 1.0, 0.5]
    """
    values = np.asarray(steps, dtype=np.float64)
    if np.isinf(values).any():
        raise MethodError("step-infinite", gettext_noop("A step of the scale is a finite number."))
    return np.where(values < 0, 1 / (1 + np.abs(values)), values + 1)
