import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.methods import ahp
from scorecards.methods.errors import MethodError
from tests.scorecards.methods.strategies import SCALE, consistent, matrices, pairs, weight_vectors
from tests.studies import number, study

CIRCLE = ahp.from_upper([2, 1 / 2, 2])


def bayat(code):
    return ahp.from_upper(
        [number(text) for text in study("batik-bayat")["pairwise"][code]["upper"]]
    )


# Published sources


def test_cr_lasem_process_and_infrastructure():
    """Lasem: CR of the two perspectives, from the printed matrices, at the paper's weights."""
    tables = study("batik-lasem")["aggregated_matrices"]
    for code, expected in (("P", 0.0047), ("I", 0.0088)):
        found = ahp.consistency(tables[code]["matrix"], method="column_mean")
        assert found.cr == pytest.approx(expected, abs=0.00005)


def test_cr_bayat_perspectives():
    """Bayat, figure 1: inconsistency 0.05."""
    found = ahp.consistency(bayat("perspectives"))
    assert found.cr == pytest.approx(0.0486, abs=0.00005)
    assert round(found.cr, 2) == study("batik-bayat")["published"]["inconsistency"]


def test_cr_bayat_customer_value_is_over_the_limit_for_three():
    found = ahp.consistency(bayat("CV"))
    assert found.cr == pytest.approx(0.081, abs=0.0005)
    assert ahp.is_within_limit(found.cr, 3) is False


def test_cr_saaty1980_school_satisfaction():
    """Saaty (1980), choosing a school: lambda max 7.49, far from consistent."""
    upper = [4, 3, 1, 3, 4, 7, 3, 1 / 5, 1, 1 / 5, 1 / 5, 1 / 6, 1, 1 / 3, 3]
    found = ahp.consistency(ahp.from_upper(upper))
    assert found.lambda_max == pytest.approx(7.49, abs=0.075)
    assert found.cr > 0.2


def test_random_index_tables():
    """Saaty (1980), Saaty (2008) and Alonso and Lamata (2006), as printed."""
    assert ahp.RANDOM_INDICES["saaty"][2:] == (
        *(0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49),
        *(1.51, 1.48, 1.56, 1.57, 1.59),
    )
    assert ahp.RANDOM_INDICES["saaty-2008"][2:] == (
        *(0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49),
        *(1.52, 1.54, 1.56, 1.58, 1.59),
    )
    assert ahp.RANDOM_INDICES["alonso-lamata"][2:5] == (0.5245, 0.8815, 1.1086)
    assert {len(table) for table in ahp.RANDOM_INDICES.values()} == {ahp.LARGEST_MATRIX}


@pytest.mark.parametrize("size", [3, 5, 7])
def test_random_index_alonso2006_is_the_mean_index_of_random_matrices(size):
    random = np.random.default_rng(2006)
    stack = ahp.from_upper(random.choice(SCALE, (20_000, pairs(size))))
    mean = ahp.consistency(stack).ci.mean()
    assert mean == pytest.approx(ahp.RANDOM_INDICES["alonso-lamata"][size - 1], rel=0.03)


def test_the_random_index_decides_at_the_limit_for_three():
    """The same judgements are within the limit by one table and over it by the other."""
    matrix = ahp.from_upper([2, 5, 4])
    by_saaty = ahp.consistency(matrix).cr
    by_alonso = ahp.consistency(matrix, "alonso-lamata").cr
    assert by_alonso == pytest.approx(by_saaty * 0.58 / 0.5245)
    assert by_saaty < by_alonso


def test_cr_bayat_customer_knowledge_crosses_the_limit_with_saaty2008():
    """Bayat, table 3: within 0.05 by Saaty (1980), over it by Saaty (2008)."""
    by_1980 = ahp.consistency(bayat("CK")).cr
    by_2008 = ahp.consistency(bayat("CK"), "saaty-2008").cr
    assert (by_1980, by_2008) == pytest.approx((0.0462, 0.0516), abs=0.00005)
    assert ahp.is_within_limit(by_1980, 3) is True
    assert ahp.is_within_limit(by_2008, 3) is False


def test_cr_bayat_customer_value_at_each_methods_weights():
    """Bayat, table 5, by hand: A w over w of the normalised columns is 3.0948 on average."""
    matrix = bayat("CV")
    weights = (matrix / matrix.sum(axis=0)).mean(axis=1)
    by_hand = float((matrix @ weights / weights).mean())
    found = ahp.consistency(matrix, method="column_mean")
    assert found.lambda_max == pytest.approx(by_hand, abs=1e-12)
    assert found.cr == pytest.approx(0.0817, abs=0.00005)
    assert found == ahp.consistency(matrix, weights=weights)
    # Of three elements the row geometric mean is the eigenvector.
    rows = ahp.consistency(matrix, method="row_geometric_mean")
    assert rows.cr == pytest.approx(ahp.consistency(matrix).cr, abs=1e-12)


def test_the_weights_in_use_decide_at_the_limit_for_three():
    """Two experts, joined: 0.0496 at the eigenvector, 0.0501 at the means of the columns."""
    experts = ahp.from_upper([[1 / 5, 1 / 6, 1 / 4], [7, 1 / 6, 1 / 3]])
    group = ahp.aggregate_judgements(experts)
    crs = {method: ahp.consistency(group, method=method).cr for method in ahp.METHODS}
    assert crs["eigenvector"] == pytest.approx(0.04955, abs=0.000005)
    assert crs["column_mean"] == pytest.approx(0.05011, abs=0.000005)
    within = {method: ahp.is_within_limit(cr, 3) for method, cr in crs.items()}
    assert within == {"eigenvector": True, "row_geometric_mean": True, "column_mean": False}


def test_random_index_by_size():
    """Saaty (1980) prints 1.48 for twelve elements."""
    assert ahp.random_index_of(12) == 1.48
    assert [ahp.random_index_of(size, "saaty-2008") for size in (2, 3, 15, 16)] == [
        *(None, 0.52, 1.59, None),
    ]
    with pytest.raises(MethodError) as caught:
        ahp.random_index_of(3, "mine")
    assert caught.value.code == "random-index-unknown"


@pytest.mark.parametrize(("size", "answers_to"), [(3, 0.3147), (4, 0.3526), (5, 0.3695)])
def test_gci_limits_aguaron2003_are_the_closed_form_for_a_cr_of_a_tenth(size, answers_to):
    """Aguaron and Moreno-Jimenez (2003): 0.31, 0.35, 0.37; 2n/(n - 2) RI CR."""
    index = ahp.RANDOM_INDICES["alonso-lamata"][size - 1]
    closed = 2 * size / (size - 2) * index * 0.10
    assert closed == pytest.approx(answers_to, abs=0.00005)
    assert ahp.gci_limit(size) == round(closed, 2)


def test_gci_limit_is_that_of_five_for_all_larger_and_undefined_for_two():
    assert ahp.gci_limit(15) == 0.37
    assert ahp.gci_limit(2) is None


def test_gci_aguaron2003_threshold_for_three():
    """Aguaron and Moreno-Jimenez (2003), table: CR 0.1 answers to GCI 0.3147 for n = 3."""
    low, high = 1.0, 9.0
    for _ in range(60):
        middle = (low + high) / 2
        found = ahp.consistency(ahp.from_upper([middle, 1, middle]), "alonso-lamata")
        low, high = (middle, high) if found.cr < 0.1 else (low, middle)
    assert found.gci == pytest.approx(0.3147, abs=0.003)


# Properties


@given(matrix=matrices(smallest=3))
def test_cr_is_finite_and_not_negative_and_lambda_is_at_least_n(matrix):
    found = ahp.consistency(matrix)
    assert math.isfinite(found.cr)
    assert found.cr >= 0
    assert math.isfinite(found.gci)
    assert found.lambda_max >= len(matrix) - 1e-12


@given(matrix=matrices(smallest=3))
def test_lambda_is_taken_at_the_weights_in_use_and_never_below_n(matrix):
    """At any weights a pair adds e + 1/e, at least 2."""
    for method in ahp.METHODS:
        found = ahp.consistency(matrix, method=method)
        weights = ahp.priorities(matrix, method)
        at_hand = float((matrix @ weights / weights).mean())
        assert found.lambda_max == pytest.approx(at_hand, rel=1e-12)
        assert found.lambda_max >= len(matrix) - 1e-12


@given(weights=weight_vectors(smallest=3))
def test_consistent_judgements_have_cr_zero_at_every_methods_weights(weights):
    for method in ahp.METHODS:
        found = ahp.consistency(consistent(weights), method=method)
        assert found.cr == pytest.approx(0, abs=1e-12)
    assert found.gci == pytest.approx(0, abs=1e-12)
    assert found.triads == 0


@given(data=st.data(), matrix=matrices(smallest=3))
def test_consistency_does_not_depend_on_the_order_of_the_elements(data, matrix):
    order = np.array(data.draw(st.permutations(range(len(matrix)))))
    before, after = ahp.consistency(matrix), ahp.consistency(matrix[np.ix_(order, order)])
    assert after.cr == pytest.approx(before.cr, abs=1e-11)
    assert after.gci == pytest.approx(before.gci, abs=1e-11)
    assert after.triads == before.triads


@given(matrix=matrices(smallest=3))
def test_reversed_judgements_are_as_consistent(matrix):
    assert ahp.consistency(matrix.T).cr == pytest.approx(ahp.consistency(matrix).cr, abs=1e-11)


@given(matrix=matrices(smallest=3))
def test_listed_triads_are_circles_and_as_many_as_counted(matrix):
    found = ahp.circular_triads(matrix)
    assert len(found) == ahp.consistency(matrix).triads
    for i, j, k in found:
        assert matrix[i, j] > 1
        assert matrix[j, k] > 1
        assert matrix[k, i] > 1


def test_a_stack_gives_what_each_matrix_gives_alone():
    random = np.random.default_rng(3)
    stack = ahp.from_upper(random.choice(SCALE, (2, 5, pairs(6))))
    together = ahp.consistency(stack)
    for place in np.ndindex(2, 5):
        alone = ahp.consistency(stack[place])
        for figure in ("lambda_max", "ci", "cr", "gci", "triads"):
            assert getattr(together, figure)[place] == pytest.approx(
                getattr(alone, figure), abs=1e-12
            )


# Edges


@pytest.mark.parametrize("size", [1, 2])
def test_cr_is_undefined_below_three_elements(size):
    found = ahp.consistency(ahp.from_upper([7.0] * pairs(size)))
    assert math.isnan(found.cr)
    assert math.isnan(found.gci)
    assert (found.lambda_max, found.ci, found.triads) == (size, 0, 0)


def test_cr_of_an_incomplete_matrix_is_undefined():
    found = ahp.consistency(ahp.from_upper([2, np.nan, 2]))
    assert math.isnan(found.cr)
    assert math.isnan(found.ci)
    assert math.isnan(found.gci)
    assert found.lambda_max == pytest.approx(3)


@pytest.mark.parametrize("method", list(ahp.METHODS))
def test_lambda_of_an_incomplete_matrix_is_taken_over_harkers(method):
    """0 off the diagonal for the missing pair, and 1 more on the diagonal of its two rows."""
    matrix = ahp.from_upper([3, np.nan, 2, 5, 1 / 4, 2])
    weights = ahp.priorities(matrix, method)
    replaced = np.nan_to_num(matrix) + np.diag([1.0, 0.0, 1.0, 0.0])
    found = ahp.consistency(matrix, method=method)
    assert found.lambda_max == pytest.approx(float((replaced @ weights / weights).mean()))
    assert math.isnan(found.ci)
    assert math.isnan(found.cr)


@pytest.mark.parametrize("size", range(3, 16))
def test_the_greatest_inconsistency_of_every_size_is_finite_and_may_exceed_one(size):
    rows, columns = np.triu_indices(size, 1)
    circle = ahp.from_upper(np.where(columns - rows <= size // 2, 9.0, 1 / 9))
    found = ahp.consistency(circle)
    assert math.isfinite(found.cr)
    assert found.cr > 1


def test_figures_of_one_matrix_are_plain_numbers():
    found = ahp.consistency(CIRCLE)
    assert type(found.cr) is float
    assert type(found.triads) is int


def test_published_matrices_that_rounding_made_too_good_have_cr_zero():
    assert ahp.consistency([[1, 1.9, 3.7], [0.5, 1, 1.9], [0.26, 0.5, 1]]).cr == 0


def test_equal_importance_and_missing_pairs_close_no_circle():
    assert ahp.circular_triads(CIRCLE) == [(0, 1, 2)]
    assert ahp.circular_triads(CIRCLE.T) == [(0, 2, 1)]
    assert ahp.circular_triads(ahp.from_upper([2, 1, 2])) == []
    assert ahp.circular_triads(ahp.from_upper([2, np.nan, 2])) == []


def test_limits_by_size_are_those_of_lasem():
    expected = study("batik-lasem")["cr_limits"]
    assert ahp.limit(2) is None
    assert ahp.limit(3) == expected["3"]
    assert ahp.limit(4) == expected["4"]
    assert ahp.limit(5) == ahp.limit(15) == expected["larger"]


def test_limits_can_be_set():
    assert ahp.limit(7, {3: 0.1}) == 0.1
    assert ahp.is_within_limit(0.1, 3, {3: 0.1}) is True


def test_a_cr_on_its_limit_is_within_it():
    assert ahp.is_within_limit(0.05, 3) is True
    assert ahp.is_within_limit(0.05 + 1e-12, 3) is True
    assert ahp.is_within_limit(0.0501, 3) is False
    assert ahp.is_within_limit(math.nan, 3) is None


@pytest.mark.parametrize("method", list(ahp.METHODS))
def test_weights_at_hand_save_the_second_computation(method):
    weights = ahp.priorities(CIRCLE, method)
    assert ahp.consistency(CIRCLE, weights=weights) == ahp.consistency(CIRCLE, method=method)


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("random-index-unknown", lambda: ahp.consistency(CIRCLE, "mine")),
        ("method-unknown", lambda: ahp.consistency(CIRCLE, method="mine")),
        ("too-many-elements", lambda: ahp.consistency(np.ones((16, 16)))),
        ("weights-shape", lambda: ahp.consistency(CIRCLE, weights=[0.5, 0.5])),
        ("weights-shape", lambda: ahp.consistency(CIRCLE, weights=[1.0, 0.0, 0.0])),
        ("not-connected", lambda: ahp.consistency(ahp.from_upper([np.nan, np.nan, 2]))),
        ("matrix-stacked", lambda: ahp.circular_triads(np.ones((2, 3, 3)))),
    ],
)
def test_what_has_no_consistency_is_refused(code, act):
    with pytest.raises(MethodError) as caught:
        act()
    assert caught.value.code == code
