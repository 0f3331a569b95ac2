"""The worked example of a comparison that the methods page and docs/methods.md show."""

from dataclasses import dataclass

from scorecards.methods.comparison import (
    KPIPair,
    LikeForLike,
    PerspectivePair,
    like_for_like,
)
from scorecards.methods.scoring import KPIInput, PerspectiveInput, score_period

# In June C-2, a quarterly KPI, joined, and P-1 was not entered. By perspective, each with half of
# the weight: code, level in May, level in June, weight within the perspective.
PAIRS = {
    "C": (KPIPair("C-1", 5, 6, 0.6), KPIPair("C-2", None, 10, 0.4)),
    "P": (KPIPair("P-1", 2, None, 0.5), KPIPair("P-2", 4, 4, 0.5)),
}


@dataclass(frozen=True)
class ComparisonExample:
    """``before`` and ``now``: the indices as their own reports have them."""

    pairs: tuple[KPIPair, ...]
    before: float
    now: float
    common: LikeForLike

    @property
    def bare(self) -> float:
        return self.now - self.before


def comparison_example() -> ComparisonExample:
    return ComparisonExample(
        pairs=tuple(pair for pairs in PAIRS.values() for pair in pairs),
        before=_index("before"),
        now=_index("now"),
        common=like_for_like([PerspectivePair(code, pairs) for code, pairs in PAIRS.items()]),
    )


def _index(of: str) -> float:
    """Over all KPIs that have a level in that period."""
    parts = [
        PerspectiveInput(
            code, tuple(KPIInput(each.key, getattr(each, of), each.weight) for each in pairs)
        )
        for code, pairs in PAIRS.items()
    ]
    index = score_period(parts).index
    if index is None:
        raise ValueError("an example with levels has an index")
    return index
