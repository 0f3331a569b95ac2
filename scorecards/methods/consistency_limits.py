"""Random indices, and how large CR and GCI may be."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from scorecards.methods.errors import MethodError, gettext_noop

# Mean consistency index of random matrices, for n = 1..15.
RANDOM_INDICES: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {
        # Saaty (1980), The Analytic Hierarchy Process. 1.48 for twelve elements is what is printed
        # under his name; the mean of random matrices is 1.536.
        "saaty": (
            *(0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41),
            *(1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
        ),
        # Saaty (2008), Int. J. of Services Sciences 1(1); also Saaty (2005), Saaty and Tran (2007).
        "saaty-2008": (
            *(0.0, 0.0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.40),
            *(1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59),
        ),
        # Alonso and Lamata (2006), Int. J. of Uncertainty, Fuzziness and KBS 14(4).
        "alonso-lamata": (
            *(0.0, 0.0, 0.5245, 0.8815, 1.1086, 1.2479, 1.3417, 1.4056),
            *(1.4499, 1.4854, 1.5141, 1.5365, 1.5551, 1.5713, 1.5838),
        ),
    }
)
LARGEST_MATRIX = 15
# Above seven, people stop keeping the elements apart (Miller 1956; Saaty and Ozdemir 2003).
MANY_ELEMENTS = 7
# More only where the officer says so; above the largest matrix no random index was published.
MOST_ELEMENTS = 10

# Largest acceptable CR by number of elements; the last holds for all that are larger.
CR_LIMITS: Mapping[int, float] = MappingProxyType({3: 0.05, 4: 0.09, 5: 0.10})

# A CR that is on its limit but for rounding is within it.
ON_THE_LIMIT = 1e-9

# What GCI may be where CR may be 0.10: Aguaron and Moreno-Jimenez (2003), for 3, 4 and more.
GCI_LIMITS: Mapping[int, float] = MappingProxyType({3: 0.31, 4: 0.35, 5: 0.37})


def random_indices(name: str) -> tuple[float, ...]:
    """Kernel: a table of random indices by its name, for n = 1..15."""
    try:
        return RANDOM_INDICES[name]
    except KeyError:
        raise MethodError(
            "random-index-unknown",
            gettext_noop("There is no random index “%(name)s”. Choose one of: %(known)s."),
            name=name,
            known=", ".join(RANDOM_INDICES),
        ) from None


def limit(size: int, limits: Mapping[int, float] = CR_LIMITS) -> float | None:
    """Look up the largest acceptable CR for a number of elements.

    Parameters
    ----------
    size : int
        Number of compared elements.
    limits : mapping of int to float
        By size; the largest key stands for all sizes above it too.

    Returns
    -------
    float or None
        None where CR is undefined (fewer than three elements).

    Examples
    --------
    >>> [limit(size) for size in (2, 3, 4, 5, 9)]
    [None, 0.05, 0.09, 0.1, 0.1]
    """
    if size < 3:
        return None
    return limits[max(key for key in limits if key <= size)]


def random_index_of(size: int, random_index: str = "saaty") -> float | None:
    """Look up RI for a number of elements.

    Parameters
    ----------
    size : int
        Number of compared elements.
    random_index : {"saaty", "saaty-2008", "alonso-lamata"}

    Returns
    -------
    float or None
        None where CR is undefined: fewer than three elements, or more than 15.

    Raises
    ------
    MethodError
        ``random-index-unknown``.

    Examples
    --------
    >>> random_index_of(3), random_index_of(3, "saaty-2008"), random_index_of(2)
    (0.58, 0.52, None)
    """
    table = random_indices(random_index)
    return table[size - 1] if 3 <= size <= LARGEST_MATRIX else None


def gci_limit(size: int) -> float | None:
    """Look up the GCI that answers to a CR of 0.10.

    In closed form, for small contradictions, GCI = 2n/(n - 2) RI CR: 0.315 for three elements,
    0.353 for four and 0.370 for five with the random indices of Alonso and Lamata.

    Returns
    -------
    float or None
        0.31 for three elements, 0.35 for four, 0.37 for more; None where GCI is undefined.

    References
    ----------
    Aguaron and Moreno-Jimenez (2003), European Journal of Operational Research 147(1).

    Examples
    --------
    >>> [gci_limit(size) for size in (2, 3, 4, 9)]
    [None, 0.31, 0.35, 0.37]
    """
    return limit(size, GCI_LIMITS)


def is_within_limit(cr: float, size: int, limits: Mapping[int, float] = CR_LIMITS) -> bool | None:
    """Say whether a CR is acceptable: at most the limit of its size.

    Returns
    -------
    bool or None
        None where CR is undefined: fewer than three elements, or an incomplete matrix (NaN).

    Examples
    --------
    >>> is_within_limit(0.081, 3), is_within_limit(0.081, 4), is_within_limit(0.0, 2)
    (False, True, None)
    """
    allowed = limit(size, limits)
    if allowed is None or np.isnan(cr):
        return None
    return bool(cr <= allowed + ON_THE_LIMIT)
