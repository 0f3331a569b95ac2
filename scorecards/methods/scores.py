"""The parts of a period's score: what goes in, and what comes out."""

from dataclasses import dataclass

from scorecards.methods.gains import Aims, Gain
from scorecards.methods.lights import LIKERT_LIMITS, OMAX_LIMITS, Light, Limits

DEFAULT_MINIMUM_COVERAGE = 0.8


@dataclass(frozen=True, slots=True)
class Scale:
    """What levels mean: their limits, the level of "on standard", the smallest coverage.

    Attributes
    ----------
    limits : Limits
        They also hold the ends of the scale.
    standard : float or None
        Level of a value exactly on standard. None where the scale has no such level (Likert).
    minimum_coverage : float
        Below it a score is provisional; 0 to 1.
    """

    limits: Limits = OMAX_LIMITS
    standard: float | None = 3.0
    minimum_coverage: float = DEFAULT_MINIMUM_COVERAGE


OMAX_SCALE = Scale()
LIKERT_SCALE = Scale(limits=LIKERT_LIMITS, standard=None)


@dataclass(frozen=True, slots=True)
class KPIInput:
    """One KPI of a period.

    Attributes
    ----------
    key : str
        The caller's name for it.
    level : float or None
        On the scale; None while there is no value.
    weight : float or None
        Within its perspective, at least 0; None for all KPIs of a perspective: equal.
    not_applicable : bool
        Left out of this period, with a reason that the caller keeps.
    aims : Aims or None
        What its values could reach; None: every level of the scale.
    """

    key: str
    level: float | None
    weight: float | None = None
    not_applicable: bool = False
    aims: Aims | None = None


@dataclass(frozen=True, slots=True)
class PerspectiveInput:
    """One perspective with its KPIs; weight None for all perspectives: equal."""

    key: str
    kpis: tuple[KPIInput, ...]
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class KPIScore:
    """What one KPI gives.

    Attributes
    ----------
    key : str
    level : float or None
        None without data and where not applicable.
    weight : float
        Within the perspective, as decided, with the sum 1.
    effective_weight : float
        Rescaled over the KPIs that count in this period; 0 for the others.
    value : float or None
        level x effective weight; a perspective's values add up to its score.
    global_weight : float
        effective weight x effective weight of the perspective: the index moves by so much for
        one level.
    light : Light
    not_applicable : bool
    """

    key: str
    level: float | None
    weight: float
    effective_weight: float
    value: float | None
    global_weight: float
    light: Light
    not_applicable: bool


@dataclass(frozen=True, slots=True)
class PerspectiveScore:
    """What one perspective gives.

    Attributes
    ----------
    key : str
    score : float or None
        Sum of its KPIs' values; None when nothing in it has data.
    weight, effective_weight : float
        As decided, and rescaled over the perspectives that have a score.
    value : float or None
        score x effective weight; the values of all perspectives add up to the index.
    coverage : float or None
        Share of the applicable weight that has data; None when nothing is applicable.
    provisional : bool
        Whether the coverage is under the smallest one.
    light : Light
    kpis : tuple of KPIScore
    """

    key: str
    score: float | None
    weight: float
    effective_weight: float
    value: float | None
    coverage: float | None
    provisional: bool
    light: Light
    kpis: tuple[KPIScore, ...]


@dataclass(frozen=True, slots=True)
class PeriodScore:
    """What a period gives.

    Attributes
    ----------
    index : float or None
        Sum of the perspectives' values, on the scale of the levels; None without any data.
    light : Light
    coverage : float or None
        Share of the applicable global weight that has data; None when nothing is applicable.
    provisional : bool
    against_standard : float or None
        (index - standard) / standard; None where the scale has no standard.
    against_previous : float or None
        (index - before) / before; None without a previous index, or when it is 0.
    perspectives : tuple of PerspectiveScore
    gains : tuple of Gain
        What lifts the index, largest possible gain first.
    """

    index: float | None
    light: Light
    coverage: float | None
    provisional: bool
    against_standard: float | None
    against_previous: float | None
    perspectives: tuple[PerspectiveScore, ...]
    gains: tuple[Gain, ...]


def relative_change(now: float | None, before: float | None) -> float | None:
    """The change as a share of what was before; None without both, and where that was 0."""
    return None if now is None or not before else (now - before) / before
