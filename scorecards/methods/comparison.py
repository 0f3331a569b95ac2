"""The change between two periods over the KPIs that both have."""

from collections.abc import Sequence
from dataclasses import dataclass

from scorecards.methods.scores import (
    OMAX_SCALE,
    KPIInput,
    PerspectiveInput,
    Scale,
    relative_change,
)
from scorecards.methods.scoring import score_period


@dataclass(frozen=True, slots=True)
class KPIPair:
    """One KPI in both periods.

    Attributes
    ----------
    key : str
        The caller's name for it.
    before, now : float or None
        Its levels; None in a period in which it has none.
    weight : float or None
        Within its perspective, as decided for the later period; None for all: equal.
    """

    key: str
    before: float | None
    now: float | None
    weight: float | None = None

    @property
    def is_common(self) -> bool:
        return self.before is not None and self.now is not None


@dataclass(frozen=True, slots=True)
class PerspectivePair:
    """One perspective of the later period with its KPIs; weight None for all: equal."""

    key: str
    kpis: tuple[KPIPair, ...]
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class LikeForLike:
    """Both periods over the KPIs that both have.

    Attributes
    ----------
    before, now : float or None
        The index over these KPIs; None where there are none, or none with a weight.
    common : tuple of str
        Their keys.
    """

    before: float | None
    now: float | None
    common: tuple[str, ...]

    @property
    def change(self) -> float | None:
        """How far the index moved, on the scale of the levels."""
        return None if self.now is None or self.before is None else self.now - self.before

    @property
    def relative(self) -> float | None:
        """The change as a share of what was before; None where that is 0."""
        return relative_change(self.now, self.before)


def like_for_like(
    perspectives: Sequence[PerspectivePair], scale: Scale = OMAX_SCALE
) -> LikeForLike:
    """Compare two periods over the KPIs that have a level in both.

    Both indices are computed over these KPIs alone and with the same weights, those of the later
    period, rescaled as for any KPI without data. So neither a KPI that joined or is missing nor
    another weight moves the result: only levels do. Nothing is rounded.

    Parameters
    ----------
    perspectives : sequence of PerspectivePair
        As the later period has them. A KPI that moved stands in its present perspective.
    scale : Scale
        The scale of both periods' levels.

    Returns
    -------
    LikeForLike

    Raises
    ------
    MethodError
        As ``score_period``.

    Examples
    --------
    >>> customers = PerspectivePair("C", (KPIPair("C-1", 5, 6, 0.6), KPIPair("C-2", None, 10, 0.4)))
    >>> process = PerspectivePair("P", (KPIPair("P-1", 2, None, 0.5), KPIPair("P-2", 4, 4, 0.5)))
    >>> found = like_for_like([customers, process])
    >>> found.common, found.before, found.now, found.change
    (('C-1', 'P-2'), 4.5, 5.0, 0.5)
    """
    pairs = [pair for perspective in perspectives for pair in perspective.kpis if pair.is_common]
    before, now = (
        score_period([_as_input(perspective, of) for perspective in perspectives], scale).index
        for of in ("before", "now")
    )
    return LikeForLike(before, now, tuple(pair.key for pair in pairs))


def _as_input(perspective: PerspectivePair, of: str) -> PerspectiveInput:
    return PerspectiveInput(
        perspective.key,
        tuple(
            KPIInput(pair.key, getattr(pair, of) if pair.is_common else None, pair.weight)
            for pair in perspective.kpis
        ),
        perspective.weight,
    )
