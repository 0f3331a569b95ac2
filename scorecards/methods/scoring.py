"""A period's index from the levels of its KPIs: what counts, how much, and what would lift it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scorecards.methods.errors import MethodError, gettext_noop
from scorecards.methods.gains import Aims, Gain, level_aims, sorted_gains
from scorecards.methods.lights import Limits, light
from scorecards.methods.scores import (
    DEFAULT_MINIMUM_COVERAGE,
    LIKERT_SCALE,
    OMAX_SCALE,
    KPIInput,
    KPIScore,
    PeriodScore,
    PerspectiveInput,
    PerspectiveScore,
    Scale,
    relative_change,
)

__all__ = [
    "DEFAULT_MINIMUM_COVERAGE",
    "LIKERT_SCALE",
    "OMAX_SCALE",
    "Gain",
    "KPIInput",
    "KPIScore",
    "PeriodScore",
    "PerspectiveInput",
    "PerspectiveScore",
    "Scale",
    "score_period",
]

# Rounding of the sums: a coverage of 0.7999999999999999 is 0.8.
TOLERANCE = 1e-9


def score_period(
    perspectives: Sequence[PerspectiveInput],
    scale: Scale = OMAX_SCALE,
    previous_index: float | None = None,
) -> PeriodScore:
    """Compose a period's index.

    A missing value is not 0: the KPI is left out and the others' weights are rescaled, the
    coverage says how much is there. What is not applicable is left out without lowering the
    coverage. Nothing is rounded.

    Parameters
    ----------
    perspectives : sequence of PerspectiveInput
        Weights need not sum to 1, they are normalised; without any, all count equally.
    scale : Scale
        ``OMAX_SCALE`` or ``LIKERT_SCALE``, or one with a scorecard's own settings.
    previous_index : float, optional
        Index of the period before.

    Returns
    -------
    PeriodScore

    Raises
    ------
    MethodError
        ``weights-incomplete`` (some given, some not), ``weights-negative``, ``weights-zero``,
        ``level-outside-scale``.

    Examples
    --------
    >>> customers = PerspectiveInput("C", (KPIInput("C-1", 6.5, 0.6), KPIInput("C-2", 2.0, 0.4)))
    >>> process = PerspectiveInput("P", (KPIInput("P-1", None, 0.5), KPIInput("P-2", 9.0, 0.5)))
    >>> period = score_period([customers, process])
    >>> round(period.index, 4), period.light.value, period.coverage, period.provisional
    (6.85, 'amber', 0.75, True)
    """
    _check_levels(perspectives, scale.limits)
    weights = _normalised([perspective.weight for perspective in perspectives])
    halves = [_score_kpis(perspective) for perspective in perspectives]
    applicable = _shares(weights, [half.applicable for half in halves])
    counting = _shares(weights, [half.score is not None for half in halves])
    scores = tuple(
        _finish(perspective, half, weight, share, scale)
        for perspective, half, weight, share in zip(
            perspectives, halves, weights, counting, strict=True
        )
    )
    index = _sum_or_none([score.value for score in scores] if any(counting) else [])
    coverage = _sum_or_none(
        [share * half.covered for share, half in zip(applicable, halves, strict=True)]
        if any(half.applicable for half in halves)
        else []
    )
    return PeriodScore(
        index=index,
        light=light(index, scale.limits),
        coverage=coverage,
        provisional=_is_provisional(coverage, scale),
        against_standard=relative_change(index, scale.standard),
        against_previous=relative_change(index, previous_index),
        perspectives=scores,
        gains=sorted_gains(
            (kpi.key, kpi.level, kpi.global_weight, _aims(given, kpi.level, scale))
            for perspective, score in zip(perspectives, scores, strict=True)
            for given, kpi in zip(perspective.kpis, score.kpis, strict=True)
            if kpi.level is not None
        ),
    )


@dataclass(frozen=True, slots=True)
class _Half:
    """A perspective before its place among the others is known."""

    weights: list[float]
    effective: list[float]
    applicable: bool
    covered: float
    score: float | None


def _score_kpis(perspective: PerspectiveInput) -> _Half:
    weights = _normalised([kpi.weight for kpi in perspective.kpis])
    applicable = _shares(weights, [not kpi.not_applicable for kpi in perspective.kpis])
    levels = [None if kpi.not_applicable else kpi.level for kpi in perspective.kpis]
    effective = _shares(weights, [level is not None for level in levels])
    return _Half(
        weights=weights,
        effective=effective,
        applicable=any(applicable),
        covered=math.fsum(
            share for share, level in zip(applicable, levels, strict=True) if level is not None
        ),
        score=_sum_or_none(
            [
                share * level
                for share, level in zip(effective, levels, strict=True)
                if level is not None
            ]
            if any(effective)
            else []
        ),
    )


def _finish(
    perspective: PerspectiveInput, half: _Half, weight: float, share: float, scale: Scale
) -> PerspectiveScore:
    coverage = half.covered if half.applicable else None
    return PerspectiveScore(
        key=perspective.key,
        score=half.score,
        weight=weight,
        effective_weight=share,
        value=None if half.score is None else half.score * share,
        coverage=coverage,
        provisional=_is_provisional(coverage, scale),
        light=light(half.score, scale.limits),
        kpis=tuple(
            _finish_kpi(kpi, own, effective, share, scale.limits)
            for kpi, own, effective in zip(
                perspective.kpis, half.weights, half.effective, strict=True
            )
        ),
    )


def _finish_kpi(
    kpi: KPIInput, weight: float, effective: float, share: float, limits: Limits
) -> KPIScore:
    level = None if kpi.not_applicable else kpi.level
    return KPIScore(
        key=kpi.key,
        level=level,
        weight=weight,
        effective_weight=effective,
        value=None if level is None else level * effective,
        global_weight=effective * share,
        light=light(level, limits),
        not_applicable=kpi.not_applicable,
    )


def _aims(kpi: KPIInput, level: float, scale: Scale) -> Aims:
    return kpi.aims or level_aims(level, scale.limits, scale.standard)


def _check_levels(perspectives: Sequence[PerspectiveInput], limits: Limits) -> None:
    for kpi in (kpi for perspective in perspectives for kpi in perspective.kpis):
        if kpi.level is None:
            continue
        if not limits.lowest - TOLERANCE <= kpi.level <= limits.highest + TOLERANCE:
            raise MethodError(
                "level-outside-scale",
                gettext_noop(
                    "%(kpi)s has the level %(level)s, which is not between %(lowest)s and "
                    "%(highest)s."
                ),
                kpi=kpi.key,
                level=float(kpi.level),
                lowest=limits.lowest,
                highest=limits.highest,
            )


def _normalised(weights: Sequence[float | None]) -> list[float]:
    given = [float(weight) for weight in weights if weight is not None]
    if not given:
        return [1 / len(weights)] * len(weights) if weights else []
    if len(given) != len(weights):
        raise MethodError(
            "weights-incomplete",
            gettext_noop(
                "%(missing)s of %(count)s weights are missing. Give all of them, or none to "
                "count equally."
            ),
            missing=len(weights) - len(given),
            count=len(weights),
        )
    if not all(0 <= weight < math.inf for weight in given):
        raise MethodError("weights-negative", gettext_noop("Weights are numbers of 0 or more."))
    total = math.fsum(given)
    if total <= 0:
        raise MethodError("weights-zero", gettext_noop("At least one weight has to be above 0."))
    return [weight / total for weight in given]


def _shares(weights: Sequence[float], counts: Sequence[bool]) -> list[float]:
    """Rescale weights over those that count; all 0 when these have no weight."""
    total = math.fsum(weight for weight, counted in zip(weights, counts, strict=True) if counted)
    if total <= 0:
        return [0.0] * len(weights)
    return [
        weight / total if counted else 0.0 for weight, counted in zip(weights, counts, strict=True)
    ]


def _sum_or_none(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return math.fsum(known) if known else None


def _is_provisional(coverage: float | None, scale: Scale) -> bool:
    return coverage is not None and coverage < scale.minimum_coverage - TOLERANCE
