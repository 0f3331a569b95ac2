import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.methods.ahp import from_upper, priorities
from scorecards.methods.errors import MethodError
from surveys.methods.consensus import consensus, consensus_word, kendall_w
from tests.studies import number, study

both = pytest.mark.parametrize("measure", [consensus, kendall_w])


@st.composite
def opinions(draw):
    experts, elements = draw(st.integers(2, 6)), draw(st.integers(2, 7))
    row = st.lists(st.floats(0.05, 1), min_size=elements, max_size=elements)
    values = np.array(draw(st.lists(row, min_size=experts, max_size=experts)))
    return values / values.sum(axis=1, keepdims=True)


def by_definition(values, scale=9):
    """S* by Goepel (2018), equations 1.6 to 1.10 of his page, written out term by term."""
    experts, elements = len(values), len(values[0])

    def entropy(row):
        return -sum(p * math.log(p) for p in row)

    alpha = sum(entropy(row) for row in values) / experts
    gamma = entropy([sum(column) / experts for column in zip(*values, strict=True)])
    top, rest = scale / (elements + scale - 1), 1 / (elements + scale - 1)
    alpha_min = -top * math.log(top) - (elements - 1) * rest * math.log(rest)
    floor = math.exp(alpha_min) / math.exp(math.log(elements))
    return (1 / math.exp(gamma - alpha) - floor) / (1 - floor)


@given(values=opinions())
def test_consensus_goepel2018_by_its_definition(values):
    expected = min(1, max(0, by_definition(values.tolist())))
    assert consensus(values) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (0.0, "very-low"),
        (0.50, "very-low"),
        (0.51, "low"),
        (0.65, "low"),
        (0.66, "moderate"),
        (0.75, "moderate"),
        (0.76, "high"),
        (0.849, "high"),
        (0.85, "very-high"),
        (1.0, "very-high"),
        (math.nan, None),
    ],
)
def test_words_for_consensus_goepel2018_table_2(value, word):
    assert consensus_word(value) == word


def test_kendall_w_of_published_ranks():
    """Siegel and Castellan (1988), three executives rank six applicants: W = 0.16."""
    ranks = np.array([[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]])
    weights = (7 - ranks) / (7 - ranks).sum(axis=1, keepdims=True)
    assert kendall_w(weights) == pytest.approx(0.16, abs=0.005)


def test_kendall_w_with_ties_by_its_definition():
    """Ranks 1.5 1.5 3 and 1 2 3: S = 3.5 ** 2 + 2.5 ** 2 + 6 ** 2 around 4, one tie of two."""
    weights = [[0.4, 0.4, 0.2], [0.5, 0.3, 0.2]]
    spread = (2.5 - 4) ** 2 + (3.5 - 4) ** 2 + (6 - 4) ** 2
    assert kendall_w(weights) == pytest.approx(12 * spread / (4 * 24 - 2 * 6))


def test_consensus_of_the_lasem_experts_is_low_where_they_contradict_each_other():
    judged = study("batik-lasem")["reconstructed_judgements"]["matrices"]
    found = {
        code: consensus(priorities(from_upper([[number(t) for t in row] for row in rows])))
        for code, rows in judged.items()
    }
    assert all(0 <= value <= 1 for value in found.values())
    assert found["PO"] > found["C"]


@both
@given(values=opinions(), data=st.data())
def test_order_of_experts_and_elements_does_not_matter(measure, values, data):
    rows = data.draw(st.permutations(range(values.shape[0])))
    columns = data.draw(st.permutations(range(values.shape[1])))
    shuffled = values[np.ix_(rows, columns)]
    assert measure(shuffled) == pytest.approx(measure(values), abs=1e-9, nan_ok=True)


@both
@given(values=opinions())
def test_measures_lie_between_0_and_1(measure, values):
    found = measure(values)
    assert math.isnan(found) or 0 <= found <= 1 + 1e-12


@given(values=opinions())
def test_experts_of_one_mind_agree_fully(values):
    same = np.repeat(values[:1], 3, axis=0)
    assert consensus(same) == pytest.approx(1, abs=1e-12)


def test_opposite_rankings_do_not_agree():
    assert kendall_w([[0.6, 0.3, 0.1], [0.1, 0.3, 0.6]]) == 0
    assert consensus(np.eye(3)) == 0


@both
@pytest.mark.parametrize("values", [[[0.6, 0.4]], [[1.0], [1.0]]])
def test_one_expert_or_one_element_has_no_consensus(measure, values):
    assert math.isnan(measure(values))


def test_kendall_w_is_undefined_when_everyone_ties_everything():
    assert math.isnan(kendall_w([[0.5, 0.5], [0.5, 0.5]]))


@both
@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("priorities-shape", [0.5, 0.5]),
        ("priorities-shape", np.ones((0, 2))),
        ("priorities-sum", [[0.5, 0.6], [0.5, 0.5]]),
        ("priorities-sum", [[1.5, -0.5], [0.5, 0.5]]),
        ("priorities-sum", [[math.nan, 0.5], [0.5, 0.5]]),
    ],
)
def test_what_are_no_weights_is_refused(measure, code, values):
    with pytest.raises(MethodError) as caught:
        measure(values)
    assert caught.value.code == code
