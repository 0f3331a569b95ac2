import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.methods import ahp
from scorecards.methods.errors import MethodError
from tests.scorecards.methods.strategies import SCALE, pairs
from tests.studies import number, study

NAN = np.nan


def lasem_experts(code):
    experts = study("batik-lasem")["reconstructed_judgements"]["matrices"][code]
    return ahp.from_upper([[number(text) for text in upper] for upper in experts])


@st.composite
def groups(draw):
    experts, size = draw(st.integers(1, 5)), draw(st.integers(1, 6))
    upper = draw(
        st.lists(
            st.lists(st.sampled_from(SCALE), min_size=pairs(size), max_size=pairs(size)),
            min_size=experts,
            max_size=experts,
        )
    )
    return ahp.from_upper(upper)


# Published source


@pytest.mark.parametrize("code", ["PO", "C", "P", "I"])
def test_group_lasem_geometric_mean_of_the_reconstructed_experts(code):
    """The reconstructed judgements give the printed upper triangle to its two decimals."""
    published = np.array(study("batik-lasem")["aggregated_matrices"][code]["matrix"])
    group = ahp.aggregate_judgements(lasem_experts(code))
    upper = np.triu_indices(len(group), 1)
    assert group[upper] == pytest.approx(published[upper], abs=0.0051)


def test_a_consistent_group_hides_inconsistent_experts():
    """Lasem, Infrastruktur: the group is far within the limit, most of the experts are not."""
    experts = lasem_experts("I")
    assert ahp.consistency(ahp.aggregate_judgements(experts)).cr < 0.05
    assert (ahp.consistency(experts).cr > ahp.limit(7)).sum() == 3


# Properties


@given(experts=groups())
def test_the_group_is_reciprocal(experts):
    group = ahp.aggregate_judgements(experts)
    assert group * group.T == pytest.approx(np.ones_like(group), rel=1e-12)


@given(experts=groups(), data=st.data())
def test_the_order_of_the_experts_does_not_matter(experts, data):
    order = data.draw(st.permutations(range(len(experts))))
    shuffled = ahp.aggregate_judgements(experts[order])
    assert shuffled == pytest.approx(ahp.aggregate_judgements(experts), rel=1e-12)


@given(experts=groups())
def test_row_geometric_means_agree_whether_judgements_or_priorities_are_joined(experts):
    of_group = ahp.priorities(ahp.aggregate_judgements(experts), "row_geometric_mean")
    of_experts = ahp.aggregate_priorities(ahp.priorities(experts, "row_geometric_mean"))
    assert of_group == pytest.approx(of_experts, abs=1e-12)


@given(experts=groups())
def test_joined_priorities_sum_to_one(experts):
    assert ahp.aggregate_priorities(ahp.priorities(experts)).sum() == pytest.approx(1, abs=1e-12)


def test_expert_weights_count_like_repeated_experts():
    experts = lasem_experts("C")[:2]
    weighted = ahp.aggregate_judgements(experts, [2, 1])
    repeated = ahp.aggregate_judgements(experts[[0, 0, 1]])
    assert weighted == pytest.approx(repeated, rel=1e-12)
    weights = ahp.priorities(experts)
    assert ahp.aggregate_priorities(weights, [2, 1]) == pytest.approx(
        ahp.aggregate_priorities(weights[[0, 0, 1]]), rel=1e-12
    )


# Edges


def test_an_incomplete_expert_contributes_the_pairs_that_he_answered():
    experts = ahp.from_upper([[2, NAN, NAN], [8, 3, NAN]])
    group = ahp.aggregate_judgements(experts)
    assert group[0, 1] == pytest.approx(4)
    assert group[0, 2] == pytest.approx(3)
    assert np.isnan(group[1, 2])
    assert np.isnan(group[2, 1])


def test_an_expert_without_weight_answers_nothing():
    group = ahp.aggregate_judgements(ahp.from_upper([[2, NAN, 3], [8, 3, 5]]), [1, 0])
    assert group[0, 1] == pytest.approx(2)
    assert np.isnan(group[0, 2])


def test_one_expert_is_the_group():
    experts = lasem_experts("C")[:1]
    assert ahp.aggregate_judgements(experts) == pytest.approx(experts[0], rel=1e-12)
    assert ahp.distances(experts, experts[0]) == pytest.approx([1])


def test_distance_is_a_factor_over_the_pairs_that_both_have():
    group = ahp.from_upper([2, 2, NAN])
    experts = ahp.from_upper([[2, 2, 5], [4, 1, 5], [8, NAN, 5], [NAN, NAN, 5]])
    found = ahp.distances(experts, group)
    assert found[:3] == pytest.approx([1, 2, 4])
    assert np.isnan(found[3])


def test_distance_of_a_single_element_is_none():
    assert ahp.distances(np.ones((2, 1, 1)), [[1]]).tolist() == [1, 1]


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("no-experts", lambda: ahp.aggregate_judgements(np.ones((3, 3)))),
        ("no-experts", lambda: ahp.aggregate_judgements(np.ones((0, 3, 3)))),
        ("no-experts", lambda: ahp.aggregate_priorities([0.5, 0.5])),
        ("no-experts", lambda: ahp.aggregate_priorities(np.ones((0, 3)))),
        ("no-experts", lambda: ahp.distances(np.ones((3, 3)), np.ones((3, 3)))),
        ("group-size", lambda: ahp.distances(np.ones((2, 3, 3)), np.ones((2, 2)))),
        ("priority-not-positive", lambda: ahp.aggregate_priorities([[1.0, 0.0]])),
        ("priority-not-positive", lambda: ahp.aggregate_priorities([[NAN, 0.5]])),
        ("expert-weights-length", lambda: ahp.aggregate_judgements(np.ones((2, 3, 3)), [1])),
        ("expert-weights-not-positive", lambda: ahp.aggregate_priorities([[1.0]], [0])),
        ("expert-weights-not-positive", lambda: ahp.aggregate_priorities([[1.0]], [-1])),
        ("expert-weights-not-positive", lambda: ahp.aggregate_priorities([[1.0]], [NAN])),
    ],
)
def test_what_is_no_group_is_refused(code, act):
    with pytest.raises(MethodError) as caught:
        act()
    assert caught.value.code == code
