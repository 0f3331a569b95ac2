"""How sure the weights are: the same figures as the methods give, seeded by the questionnaire."""

import numpy as np
import pytest

from surveys.demo.bayat import make_bayat
from surveys.demo.lasem import make_lasem
from surveys.methods.perturbation import perturbation
from surveys.methods.uncertainty import bootstrap
from surveys.selectors.results import survey_results
from tests.surveys import builders
from tests.surveys.sent import send


@pytest.fixture
def lasem(org, alice):
    return make_lasem(org, alice).surveys.get()


def agree(shown, found):
    """The page's intervals are the method's. Sums in another order differ in the last digit."""
    assert [row.low for row in shown.rows] == pytest.approx(list(found.low), abs=1e-12)
    assert [row.high for row in shown.rows] == pytest.approx(list(found.high), abs=1e-12)
    assert shown.first_place_changes == found.first_place_changes
    assert (shown.draws, shown.seed) == (found.draws, found.seed)


def test_each_matrix_as_the_methods_draw_it(lasem):
    for result in survey_results(lasem).matrices:
        stack = result.judged.matrices
        agree(result.bootstrap, bootstrap(stack, seed=lasem.seed, method=result.method))
        agree(result.perturbation, perturbation(stack, seed=lasem.seed, method=result.method))
        assert result.bootstrap.draws == 2000
        first = max(result.elements, key=lambda element: element.weight)
        assert result.bootstrap.first == result.perturbation.first == first.criterion.label


def test_the_questionnaires_seed_decides(lasem):
    before = survey_results(lasem).bootstrap
    assert survey_results(lasem).bootstrap == before
    lasem.seed += 1
    assert survey_results(lasem).bootstrap.rows != before.rows


def test_global_weights_have_intervals_around_them(lasem):
    results = survey_results(lasem)
    found = results.bootstrap
    assert [row.label for row in found.rows] == [leaf.label for leaf in results.hierarchy]
    for row, leaf in zip(found.rows, results.hierarchy, strict=True):
        assert row.weight == leaf.overall
        assert 0 < row.low < row.weight < row.high < 1


def test_in_each_draw_the_same_experts_judge_every_matrix(lasem):
    """Without the hierarchy's shares, a part's intervals would be those of its own matrix."""
    results = survey_results(lasem)
    tree, drawn = results.tree, [result.drawn_weights for result in results.matrices]
    overall = tree.overall(drawn)
    assert overall.sum(axis=1) == pytest.approx(np.ones(2000))
    place = results._order[0]
    low, high = np.quantile(overall[:, place], [0.05, 0.95])
    assert results.bootstrap.rows[0].low == pytest.approx(low)
    assert results.bootstrap.rows[0].high == pytest.approx(high)


def test_one_expert_can_only_be_perturbed(org, alice):
    bayat = make_bayat(org, alice).surveys.get(kind="pairwise")
    results = survey_results(bayat)
    assert results.bootstrap is None
    for result in results.matrices:
        assert result.bootstrap is None
        assert result.perturbation.draws == 2000


def test_experts_who_do_not_count_are_not_drawn(org):
    made = builders.survey(org, (3,))
    for upper in ([2, 4, 2], [3, 6, 2], [4, 8, 2], [1, 9, 9]):
        send(made, upper)
    [with_four] = survey_results(made).matrices
    made.invitations.filter(code="P4").update(weight=0)
    [with_three] = survey_results(made).matrices
    expected = bootstrap(with_three.judged.matrices[:3], seed=made.seed)
    agree(with_three.bootstrap, expected)
    assert with_three.bootstrap != with_four.bootstrap
    made.invitations.filter(code="P3").update(weight=0)
    assert survey_results(made).matrices[0].bootstrap is None


def test_a_part_that_few_experts_judged_has_no_bootstrap_and_so_has_the_hierarchy(org):
    made = builders.survey(org, (3, 2))
    for number in range(4):
        send(made, [2, 4, 2], [3 if number < 2 else None])
    results = survey_results(made)
    whole, part = results.matrices
    assert whole.bootstrap is not None
    assert part.bootstrap is None
    assert part.perturbation is not None
    assert results.bootstrap is None


def test_draws_of_missing_answers_are_counted_as_far_as_they_can_be_used(org):
    made = builders.survey(org, (3,))
    for upper in ([2, None, None], [None, None, 3], [2, None, 3]):
        send(made, upper)
    [result] = survey_results(made).matrices
    assert 0 < result.bootstrap.draws < 2000
