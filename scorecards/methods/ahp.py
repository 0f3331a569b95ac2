"""Weights from pairwise comparisons (AHP): the names to import.

A matrix says in row i, column j how many times element i is as important as element j. NaN
marks a pair without an answer. Every function takes one matrix (n, n); those that say so take
a stack (..., n, n) in one call.
"""

from scorecards.methods.consistency import Consistency, circular_triads, consistency
from scorecards.methods.consistency_limits import (
    CR_LIMITS,
    GCI_LIMITS,
    LARGEST_MATRIX,
    MANY_ELEMENTS,
    MOST_ELEMENTS,
    RANDOM_INDICES,
    gci_limit,
    is_within_limit,
    limit,
    random_index_of,
)
from scorecards.methods.group import aggregate_judgements, aggregate_priorities, distances
from scorecards.methods.localisation import Proposal, proposals, round_to_scale
from scorecards.methods.matrices import STRONGEST_JUDGEMENT, check_reciprocal, from_upper
from scorecards.methods.weights import METHODS, global_weights, priorities

__all__ = [
    "CR_LIMITS",
    "GCI_LIMITS",
    "LARGEST_MATRIX",
    "MANY_ELEMENTS",
    "MOST_ELEMENTS",
    "METHODS",
    "RANDOM_INDICES",
    "STRONGEST_JUDGEMENT",
    "Consistency",
    "Proposal",
    "aggregate_judgements",
    "aggregate_priorities",
    "check_reciprocal",
    "circular_triads",
    "consistency",
    "distances",
    "from_upper",
    "gci_limit",
    "global_weights",
    "is_within_limit",
    "limit",
    "priorities",
    "proposals",
    "random_index_of",
    "round_to_scale",
]
