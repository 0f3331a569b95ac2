"""S* and W of a panel beside what experts who answer at random would reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from surveys.methods.chance import (
    SEED,
    Chance,
    agreement_by_chance,
    concordance_by_chance,
    concordance_p,
    random_priorities,
)
from surveys.methods.consensus import consensus, consensus_word, kendall_w
from surveys.selectors.hierarchy import Hierarchy
from surveys.selectors.screening_verdicts import p_text

# Agreement among fewer experts than two is not a figure.
FEWEST_FOR_AGREEMENT = 2
# From here on an agreement may be chance.
LIKELY = 0.05
# Of weights over a whole hierarchy, which can have two hundred KPIs.
PANELS_OVER_ALL = 1000

WORDS = {
    "very-low": _("very low"),
    "low": _("low"),
    "moderate": _("moderate"),
    "high": _("high"),
    "very-high": _("very high"),
}


@dataclass(frozen=True)
class BesideChance:
    """One measure: the panel's ``value``, the ``mean`` of panels of this size that answer at
    random, what 95 of 100 of them don't exceed (``high``), and how likely they reach the value.
    """

    value: float
    mean: float
    high: float
    p: float

    @property
    def is_more(self) -> bool:
        """More than chance usually gives."""
        return self.p <= LIKELY

    @property
    def p_text(self) -> str:
        return p_text(self.p)

    @property
    def word(self) -> Any:
        """Of S*, by Goepel (2018)."""
        return WORDS[consensus_word(self.value) or "very-low"]


@dataclass(frozen=True)
class PanelAgreement:
    """How far the experts of one matrix agree. W is None where all tie everything."""

    experts: int
    consensus: BesideChance
    concordance: BesideChance | None


def panel_agreement(priorities: Any, method: str) -> PanelAgreement | None:
    """From the weights of those who count (m, n); None where there is no agreement to speak of."""
    weights = np.asarray(priorities, dtype=np.float64)
    if len(weights) < FEWEST_FOR_AGREEMENT:
        return None
    experts, elements = weights.shape
    reached, ranked = consensus(weights), kendall_w(weights)
    if isnan(reached):
        return None
    chance = agreement_by_chance(experts, elements, method)
    return PanelAgreement(
        experts=experts,
        consensus=_beside(reached, chance.consensus),
        concordance=None
        if isnan(ranked)
        else _beside(ranked, chance.concordance, concordance_p(weights, method)),
    )


def overall_concordance(
    priorities: Sequence[Sequence[float]], tree: Hierarchy, sizes: Sequence[int], method: str
) -> BesideChance | None:
    """W of the rankings of all KPIs; ``sizes`` are those of the matrices that ``tree`` joins."""
    if len(priorities) < FEWEST_FOR_AGREEMENT:
        return None
    ranked = kendall_w(priorities)
    if isnan(ranked):
        return None
    # Each matrix has experts of its own: the answers to one say nothing of those to another.
    pools = [
        random_priorities(size, method, SEED + place)[:PANELS_OVER_ALL]
        for place, size in enumerate(sizes)
    ]
    drawn = concordance_by_chance(tree.overall(pools), len(priorities), panels=PANELS_OVER_ALL)
    return _beside(ranked, drawn)


def _beside(value: float, chance: Chance, p: float | None = None) -> BesideChance:
    return BesideChance(value, chance.mean, chance.high, chance.p(value) if p is None else p)
