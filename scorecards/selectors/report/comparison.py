"""What two periods' reports have in common and what differs, as plain values to be frozen."""

from dataclasses import dataclass
from enum import StrEnum

from scorecards.methods.scores import relative_change


class DifferenceKind(StrEnum):
    """What is not as it was in the period before; ``comparison_words.py`` says it."""

    ONLY_NOW = "only-now"
    ONLY_BEFORE = "only-before"
    PERSPECTIVE_WEIGHTS = "perspective-weights"
    KPI_WEIGHTS = "kpi-weights"
    TARGETS = "targets"
    FORMULAS = "formulas"
    WEIGHT_METHOD = "weight-method"
    SCORING = "scoring"
    LEVEL_MODE = "level-mode"
    LIMITS = "limits"


@dataclass(frozen=True, slots=True)
class Difference:
    """``names``: codes. ``state``: what these KPIs are in the period in which they have no
    level; "" where the scorecard doesn't have them there."""

    kind: DifferenceKind
    names: tuple[str, ...] = ()
    state: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A period beside the one before it.

    ``before`` and ``now`` are the indices over the KPIs that have a level in both, both with the
    later period's weights; None where no such KPI has a weight, or where the scales differ.
    """

    before: float | None
    now: float | None
    common: int
    scored_before: int
    scored_now: int
    differences: tuple[Difference, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether the two indices can be compared as they are."""
        return not self.differences

    @property
    def change(self) -> float | None:
        return None if self.now is None or self.before is None else self.now - self.before

    @property
    def relative(self) -> float | None:
        """The change as a share of what was before; None where that is 0."""
        return relative_change(self.now, self.before)
