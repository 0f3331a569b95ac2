"""Comparison matrices for property tests."""

import numpy as np
from hypothesis import strategies as st

from scorecards.methods.ahp import from_upper

SCALE = [1 / strength for strength in range(9, 1, -1)] + [float(s) for s in range(1, 10)]


def pairs(size):
    return size * (size - 1) // 2


@st.composite
def matrices(draw, smallest=1, largest=9):
    """One complete matrix of whole-number judgements."""
    size = draw(st.integers(smallest, largest))
    upper = draw(st.lists(st.sampled_from(SCALE), min_size=pairs(size), max_size=pairs(size)))
    return from_upper(upper)


@st.composite
def weight_vectors(draw, smallest=2, largest=9):
    size = draw(st.integers(smallest, largest))
    weights = np.array(draw(st.lists(st.floats(0.05, 1.0), min_size=size, max_size=size)))
    return weights / weights.sum()


def consistent(weights):
    return weights[:, None] / weights[None, :]
