import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.methods import ahp
from scorecards.methods.errors import MethodError
from tests.scorecards.methods.strategies import SCALE, matrices
from tests.studies import number, study


def changed(matrix, proposal):
    better = matrix.copy()
    better[proposal.row, proposal.column] = proposal.proposed
    better[proposal.column, proposal.row] = 1 / proposal.proposed
    return better


@given(matrix=matrices(smallest=3, largest=7), method=st.sampled_from(list(ahp.METHODS)))
def test_every_proposal_lowers_cr_to_what_it_says_at_the_weights_in_use(matrix, method):
    now = ahp.consistency(matrix, method=method).cr
    found = ahp.proposals(matrix, method=method)
    assert len(found) <= 3
    for proposal in found:
        assert proposal.row < proposal.column
        assert proposal.judged == matrix[proposal.row, proposal.column]
        assert any(proposal.proposed == pytest.approx(step) for step in SCALE)
        assert proposal.cr < now
        assert proposal.cr == pytest.approx(
            ahp.consistency(changed(matrix, proposal), method=method).cr, abs=1e-11
        )


def test_the_judgement_that_contradicts_the_others_comes_first():
    """A consistent matrix of 1, 2, 4, 8 with one judgement turned round."""
    weights = np.array([8.0, 4, 2, 1])
    matrix = weights[:, None] / weights[None, :]
    matrix[0, 3], matrix[3, 0] = 1 / 8, 8
    [best] = ahp.proposals(matrix, limit=1)
    assert (best.row, best.column, best.judged, best.proposed) == (0, 3, 1 / 8, 8.0)
    assert best.cr == pytest.approx(0, abs=1e-12)


def test_proposals_saaty2003_errors_are_sorted_by_their_size():
    matrix = ahp.from_upper([number(t) for t in study("batik-bayat")["pairwise"]["CV"]["upper"]])
    weights = ahp.priorities(matrix)
    errors = {
        (i, j): abs(np.log(matrix[i, j] * weights[j] / weights[i]))
        for i, j in [(0, 1), (0, 2), (1, 2)]
    }
    sizes = [errors[found.row, found.column] for found in ahp.proposals(matrix)]
    assert sizes == pytest.approx(sorted(sizes, reverse=True))


def test_the_number_of_proposals_and_the_table_can_be_set():
    circle = ahp.from_upper([9, 1 / 9, 9, 9, 1 / 9, 9])
    assert len(ahp.proposals(circle, limit=2)) == 2
    assert ahp.proposals(circle, limit=0) == []
    [one] = ahp.proposals(circle, limit=1)
    [other] = ahp.proposals(circle, limit=1, random_index="alonso-lamata")
    assert other.cr == pytest.approx(one.cr * 0.90 / 0.8815)


@pytest.mark.parametrize(
    "matrix",
    [
        ahp.from_upper([]),
        ahp.from_upper([9]),
        ahp.from_upper([2, np.nan, 2]),
        ahp.from_upper([2, 4, 2]),
        np.ones((16, 16)),
    ],
)
def test_nothing_is_proposed_where_nothing_can_be_better(matrix):
    assert ahp.proposals(matrix) == []


def test_a_stack_is_refused():
    with pytest.raises(MethodError) as caught:
        ahp.proposals(np.ones((2, 3, 3)))
    assert caught.value.code == "matrix-stacked"


@pytest.mark.parametrize(
    ("ratio", "rounded"),
    [(1, 1), (1.41, 1), (1.42, 2), (1 / 1.42, 1 / 2), (100, 9), (0.001, 1 / 9)],
)
def test_ratios_are_rounded_by_their_logarithm(ratio, rounded):
    assert ahp.round_to_scale(ratio) == pytest.approx(rounded)
