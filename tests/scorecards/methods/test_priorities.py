import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.methods import ahp
from scorecards.methods.errors import MethodError
from tests.scorecards.methods.strategies import SCALE, consistent, matrices, pairs, weight_vectors
from tests.studies import number, study

methods = pytest.mark.parametrize("method", list(ahp.METHODS))


def by_numpy(matrix):
    values, vectors = np.linalg.eig(matrix)
    vector = np.abs(vectors[:, np.argmax(values.real)])
    return vector / vector.sum()


# Published sources


@pytest.mark.parametrize("code", ["PO", "C", "P", "I"])
def test_weights_lasem_column_means(code):
    """Lasem: the printed weights of every perspective, from its printed matrices."""
    table = study("batik-lasem")["aggregated_matrices"][code]
    weights = ahp.priorities(table["matrix"], method="column_mean")
    assert weights == pytest.approx(table["published_weights"], abs=0.001)


def test_weights_bayat_perspectives():
    """Bayat, figure 1: Expert Choice's weights of the four perspectives."""
    data = study("batik-bayat")
    table = data["pairwise"]["perspectives"]
    weights = ahp.priorities(ahp.from_upper([number(text) for text in table["upper"]]))
    published = [data["published"]["perspective_weights"][label] for label in table["labels"]]
    assert published == [0.052, 0.132, 0.389, 0.427]
    assert weights == pytest.approx(published, abs=0.0005)


def test_global_weights_bayat_highest_and_lowest():
    """Bayat, figure 2: which KPI has the highest and which the lowest global priority."""
    data = study("batik-bayat")
    tables = data["pairwise"]

    def weights(code):
        return ahp.priorities(ahp.from_upper([number(text) for text in tables[code]["upper"]]))

    codes = ["CK", "CV", "CI", "CS"]  # in the order of the perspectives' labels
    joined = ahp.global_weights(weights("perspectives"), [weights(code) for code in codes])
    named = {
        label: weight
        for code, row in zip(codes, joined, strict=True)
        for label, weight in zip(tables[code]["labels"], row, strict=True)
    }
    assert sum(named.values()) == pytest.approx(1, abs=1e-12)
    assert max(named, key=named.get) == data["published"]["global_highest"]
    assert min(named, key=named.get) == data["published"]["global_lowest"]


def test_weights_saaty1980_school_satisfaction():
    """Saaty (1980), choosing a school: six criteria; weights .32 .14 .03 .13 .24 .14."""
    upper = [4, 3, 1, 3, 4, 7, 3, 1 / 5, 1, 1 / 5, 1 / 5, 1 / 6, 1, 1 / 3, 3]
    weights = ahp.priorities(ahp.from_upper(upper))
    assert weights == pytest.approx([0.32, 0.14, 0.03, 0.13, 0.24, 0.14], abs=0.006)


# Against numpy


def test_eigenvector_equals_numpy_eig_on_random_matrices_of_every_size():
    random = np.random.default_rng(20)
    for size in range(1, 16):
        stack = ahp.from_upper(random.choice(SCALE, (20, pairs(size))))
        expected = [by_numpy(matrix) for matrix in stack]
        assert np.abs(ahp.priorities(stack) - expected).max() < 1e-12


def test_slow_convergence_ends_at_the_same_weights():
    """Fifteen in a ring with one chord, each otherwise compared with its neighbours only.

    The second eigenvalue is so near the first that power iteration alone would not end.
    """
    ring = np.full((15, 15), np.nan)
    for i in range(14):
        ring[i, i + 1] = 2.0
    ring[0, 14], ring[2, 6] = 1 / 9, 1 / 9
    matrix = ahp.from_upper(ring[np.triu_indices(15, 1)])
    missing = np.isnan(matrix)
    harker = np.where(missing, 0, matrix) + np.diag(missing.sum(axis=1))
    assert np.abs(ahp.priorities(matrix) - by_numpy(harker)).max() < 1e-12


# Properties


@methods
@given(matrix=matrices())
def test_weights_are_finite_positive_and_sum_to_one(method, matrix):
    weights = ahp.priorities(matrix, method)
    assert np.isfinite(weights).all()
    assert (weights > 0).all()
    assert weights.sum() == pytest.approx(1, abs=1e-12)


@methods
@given(data=st.data(), matrix=matrices(smallest=2))
def test_weights_follow_a_permutation_of_the_elements(method, data, matrix):
    order = np.array(data.draw(st.permutations(range(len(matrix)))))
    permuted = ahp.priorities(matrix[np.ix_(order, order)], method)
    assert permuted == pytest.approx(ahp.priorities(matrix, method)[order], abs=1e-12)


@given(matrix=matrices(smallest=2))
def test_row_geometric_means_of_reversed_judgements_are_reversed(matrix):
    reversed_weights = 1 / ahp.priorities(matrix.T, "row_geometric_mean")
    expected = reversed_weights / reversed_weights.sum()
    assert ahp.priorities(matrix, "row_geometric_mean") == pytest.approx(expected, abs=1e-12)


@methods
@given(weights=weight_vectors())
def test_all_methods_recover_the_weights_behind_consistent_judgements(method, weights):
    assert ahp.priorities(consistent(weights), method) == pytest.approx(weights, abs=1e-12)


@methods
@given(data=st.data(), weights=weight_vectors(smallest=3))
def test_all_methods_recover_the_weights_behind_incomplete_consistent_judgements(
    method, data, weights
):
    matrix = consistent(weights)
    size = len(weights)
    rows, columns = np.triu_indices(size, 1)
    dropped = data.draw(st.sets(st.integers(0, pairs(size) - 1)))
    for place in dropped:
        row, column = rows[place], columns[place]
        if row + 1 != column:  # neighbours stay: they connect everything
            matrix[row, column] = matrix[column, row] = np.nan
    assert ahp.priorities(matrix, method) == pytest.approx(weights, abs=1e-11)


@methods
@given(matrix=matrices(smallest=2), exponent=st.floats(0.2, 1.0))
def test_the_order_of_two_elements_is_kept_on_another_scale(method, matrix, exponent):
    pair = matrix[:2, :2]
    before, after = ahp.priorities(pair, method), ahp.priorities(pair**exponent, method)
    assert (before[0] >= before[1]) == (after[0] >= after[1])


@methods
def test_a_matrix_weighs_the_same_wherever_it_stands_in_a_stack(method):
    random = np.random.default_rng(7)
    stack = ahp.from_upper(random.choice(SCALE, (2500, pairs(7))))
    together = ahp.priorities(stack, method)
    order = random.permutation(len(stack))
    assert np.abs(ahp.priorities(stack[order], method) - together[order]).max() < 1e-12
    alone = np.array([ahp.priorities(matrix, method) for matrix in stack[:50]])
    assert np.abs(alone - together[:50]).max() < 1e-12


def test_stacks_may_have_any_number_of_axes():
    stack = ahp.from_upper(np.full((2, 3, 6), 2.0))
    assert stack.shape == (2, 3, 4, 4)
    assert ahp.priorities(stack).shape == (2, 3, 4)
    assert ahp.priorities(np.ones((0, 4, 4))).shape == (0, 4)


# Edges: every size, all ones, all nines, greatest inconsistency, circles


@methods
@pytest.mark.parametrize("size", range(1, 16))
@pytest.mark.parametrize("kind", ["ones", "nines", "alternating", "circle", "ninths"])
def test_extreme_matrices_of_every_size_are_finite(method, size, kind):
    rows, columns = np.triu_indices(size, 1)
    judged = {
        "ones": np.ones(len(rows)),
        "nines": np.full(len(rows), 9.0),
        "ninths": np.full(len(rows), 1 / 9),
        "alternating": np.where((rows + columns) % 2 == 0, 9.0, 1 / 9),
        "circle": np.where(columns - rows <= size // 2, 9.0, 1 / 9),
    }[kind]
    weights = ahp.priorities(ahp.from_upper(judged), method)
    assert np.isfinite(weights).all()
    assert (weights > 0).all()
    assert weights.sum() == pytest.approx(1, abs=1e-12)
    if kind == "ones":
        assert weights == pytest.approx(np.full(size, 1 / size), abs=1e-12)


@methods
def test_near_singular_judgements_are_finite(method):
    weights = ahp.priorities(ahp.from_upper([1e12, 1e-12, 1e12]), method)
    assert np.isfinite(weights).all()
    assert weights.sum() == pytest.approx(1, abs=1e-12)


def test_harker1987_leaves_missing_pairs_to_the_answered_ones():
    """A twice B and B twice C say that A is four times C."""
    weights = ahp.priorities(ahp.from_upper([2, np.nan, 2]))
    assert weights == pytest.approx([4 / 7, 2 / 7, 1 / 7], abs=1e-12)


def test_a_chain_of_nines_over_fifteen_elements_is_exact():
    upper = np.full((15, 15), np.nan)
    for i in range(14):
        upper[i, i + 1] = 9.0
    weights = ahp.priorities(ahp.from_upper(upper[np.triu_indices(15, 1)]))
    expected = 9.0 ** -np.arange(15)
    assert weights == pytest.approx(expected / expected.sum(), abs=1e-12)


# What is refused


def refused(code, act):
    with pytest.raises(MethodError) as caught:
        act()
    assert caught.value.code == code
    return str(caught.value)


def test_cut_off_elements_are_named():
    nan = np.nan
    matrix = ahp.from_upper([2, nan, nan, nan, nan, 3])
    assert "3, 4" in refused("not-connected", lambda: ahp.priorities(matrix))


def test_an_unknown_method_is_refused_with_the_known_ones():
    said = refused("method-unknown", lambda: ahp.priorities([[1]], "magic"))
    assert "eigenvector, row_geometric_mean, column_mean" in said


@pytest.mark.parametrize(
    ("code", "matrix"),
    [
        ("matrix-not-square", [[1, 2]]),
        ("matrix-not-square", [1, 2]),
        ("matrix-not-square", np.ones((0, 0))),
        ("judgement-not-positive", [[1, 0], [1, 1]]),
        ("judgement-not-positive", [[1, -2], [-0.5, 1]]),
        ("judgement-not-positive", [[1, np.inf], [0.5, 1]]),
        ("diagonal-not-one", [[2, 1], [1, 1]]),
        ("diagonal-not-one", [[np.nan, 1], [1, 1]]),
        ("pair-half-missing", [[1, np.nan], [2, 1]]),
    ],
)
def test_what_is_no_comparison_matrix_is_refused(code, matrix):
    refused(code, lambda: ahp.priorities(matrix))


@pytest.mark.parametrize("upper", [[1, 2], [1, 2, 3, 4], 2])
def test_from_upper_refuses_a_number_of_judgements_that_fits_no_size(upper):
    refused("upper-length", lambda: ahp.from_upper(upper))


@pytest.mark.parametrize("wrong", [0, -1, np.inf])
def test_from_upper_refuses_what_is_no_judgement(wrong):
    refused("judgement-not-positive", lambda: ahp.from_upper([wrong]))


def test_from_upper_keeps_missing_pairs_missing():
    matrix = ahp.from_upper([np.nan, 2, 4])
    assert np.isnan(matrix[0, 1])
    assert np.isnan(matrix[1, 0])
    assert matrix[2, 0] == 0.5


def test_check_reciprocal_names_the_two_cells():
    """Lasem's printed matrix of Infrastruktur: its cell I-7, I-6 is 0.74 where 1/1.21 is 0.83."""
    matrix = study("batik-lasem")["aggregated_matrices"]["I"]["matrix"]
    with pytest.raises(MethodError) as caught:
        ahp.check_reciprocal(matrix)
    assert caught.value.code == "not-reciprocal"
    assert caught.value.params["row"] == (5,)
    assert caught.value.params["column"] == (6,)
    assert "6 against 7 is 1.21, but 7 against 6 is 0.74" in str(caught.value)


@pytest.mark.parametrize("code", ["PO", "C", "P"])
def test_check_reciprocal_accepts_what_only_rounding_separates(code):
    matrix = study("batik-lasem")["aggregated_matrices"][code]["matrix"]
    assert ahp.check_reciprocal(matrix).tolist() == matrix


def test_check_reciprocal_takes_one_matrix_and_passes_over_missing_pairs():
    assert np.isnan(ahp.check_reciprocal(ahp.from_upper([np.nan, 2, 2]))[0, 1])
    refused("matrix-stacked", lambda: ahp.check_reciprocal(np.ones((2, 3, 3))))


def test_global_weights_without_perspective_weights_count_equally():
    assert ahp.global_weights(None, [[1.0], [0.25, 0.75]]) == [[0.5], [0.125, 0.375]]


def test_global_weights_refuse_another_number_of_perspectives():
    refused("hierarchy-length", lambda: ahp.global_weights([1.0], [[1.0], [1.0]]))
