"""How sure the weights are: the same figures as the methods give, seeded by the questionnaire."""

import numpy as np
import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from scorecards.methods import ahp
from surveys.demo.bayat import make_bayat
from surveys.demo.lasem import make_lasem
from surveys.methods.jackknife import jackknife_intervals
from surveys.methods.perturbation import perturbation
from surveys.methods.uncertainty import bootstrap
from surveys.selectors.results import survey_results
from tests.surveys import builders
from tests.surveys.sent import send


@pytest.fixture
def lasem(org, alice):
    return make_lasem(org, alice).surveys.get()


def agree(shown, found):
    """The page's figures are the method's. Sums in another order differ in the last digit."""
    assert [row.low for row in shown.rows] == pytest.approx(list(found.low), abs=1e-12)
    assert [row.high for row in shown.rows] == pytest.approx(list(found.high), abs=1e-12)


def agree_on_draws(shown, found):
    agree(shown, found)
    assert shown.first_place_changes == found.first_place_changes
    assert (shown.draws, shown.seed) == (found.draws, found.seed)


def left_out(stack, method="eigenvector", shares=None):
    """The group's weights, and those without each expert, by the public methods of AHP."""
    shares = np.ones(len(stack)) if shares is None else np.asarray(shares, dtype=float)

    def weigh(chosen):
        joined = ahp.aggregate_judgements(stack[chosen], shares[chosen])
        return ahp.priorities(joined, method)

    everybody = np.arange(len(stack))
    return weigh(everybody), [weigh(everybody[everybody != each]) for each in everybody]


def test_each_matrix_as_the_methods_find_it(lasem):
    for result in survey_results(lasem).matrices:
        stack = result.judged.matrices
        agree(result.interval, jackknife_intervals(*left_out(stack, result.method)))
        expected = bootstrap(stack, seed=lasem.seed, method=result.method)
        agree_on_draws(result.bootstrap, expected)
        moved = perturbation(stack, seed=lasem.seed, method=result.method)
        agree_on_draws(result.perturbation, moved)
        assert result.bootstrap.draws == 2000
        first = max(result.elements, key=lambda element: element.weight)
        assert result.bootstrap.first == result.perturbation.first == first.criterion.label
        assert result.interval.first == first.criterion.label
        assert result.interval.experts == result.interval.fewest == len(stack)


def test_the_questionnaires_seed_decides(lasem):
    before = survey_results(lasem)
    assert survey_results(lasem).bootstrap == before.bootstrap
    lasem.seed += 1
    after = survey_results(lasem)
    assert after.bootstrap.rows != before.bootstrap.rows
    assert after.interval == before.interval  # nothing of it is drawn


def test_global_weights_have_intervals_around_them(lasem):
    results = survey_results(lasem)
    found = results.interval
    assert [row.label for row in found.rows] == [leaf.label for leaf in results.hierarchy]
    for row, leaf in zip(found.rows, results.hierarchy, strict=True):
        assert row.weight == leaf.overall
        assert 0 < row.low < row.weight < row.high < 1


def test_where_all_judge_everything_the_matrices_lose_an_expert_together(lasem):
    """To the first order it is what leaving him out of the whole questionnaire gives."""
    results = survey_results(lasem)
    together = results.tree.overall([result.left_out.weights for result in results.matrices])
    weights = [leaf.overall for leaf in results.hierarchy]
    found = jackknife_intervals(weights, together[:, results._order])
    for row, low, high in zip(results.interval.rows, found.low, found.high, strict=True):
        assert row.low == pytest.approx(low, rel=0.06)
        assert row.high == pytest.approx(high, rel=0.06)


def test_in_each_draw_the_same_experts_judge_every_matrix(lasem):
    """Without the hierarchy's shares, a part's draws would be those of its own matrix."""
    results = survey_results(lasem)
    tree, drawn = results.tree, [result.drawn_weights for result in results.matrices]
    overall = tree.overall(drawn)
    assert overall.sum(axis=1) == pytest.approx(np.ones(2000))
    place = results._order[0]
    first = (overall.argmax(axis=1) != place).mean()
    assert results.bootstrap.first_place_changes == pytest.approx(first)


def test_one_expert_can_only_be_perturbed(org, alice):
    bayat = make_bayat(org, alice).surveys.get(kind="pairwise")
    results = survey_results(bayat)
    assert (results.bootstrap, results.interval, results.why_no_interval) == (None, None, "few")
    for result in results.matrices:
        assert (result.bootstrap, result.interval, result.why_no_interval) == (None, None, "few")
        assert result.perturbation.draws == 2000


def test_experts_who_do_not_count_have_no_part_in_it(org):
    made = builders.survey(org, (3,))
    uppers = ([2, 4, 2], [3, 6, 2], [4, 8, 2], [3, 5, 2], [2, 5, 3], [1, 9, 9])
    for upper in uppers:
        send(made, upper)
    [with_six] = survey_results(made).matrices
    made.invitations.filter(code="P6").update(weight=0)
    [with_five] = survey_results(made).matrices
    stack = with_five.judged.matrices[:5]
    agree_on_draws(with_five.bootstrap, bootstrap(stack, seed=made.seed))
    agree(with_five.interval, jackknife_intervals(*left_out(stack)))
    assert with_five.interval.experts == 5
    assert with_five.bootstrap != with_six.bootstrap
    made.invitations.filter(code="P5").update(weight=0)
    [with_four] = survey_results(made).matrices
    assert with_four.bootstrap is None  # drawing four again tells little
    assert with_four.interval.is_of_few
    made.invitations.filter(code__in=("P3", "P4")).update(weight=0)
    assert survey_results(made).matrices[0].why_no_interval == "few"


def test_expert_weights_are_those_of_the_results(org):
    made = builders.survey(org, (3,))
    for upper in ([2, 4, 2], [3, 6, 2], [4, 8, 2], [1, 9, 9]):
        send(made, upper)
    made.invitations.filter(code="P1").update(weight=3)
    [result] = survey_results(made).matrices
    stack = result.judged.matrices
    found = jackknife_intervals(*left_out(stack, shares=[3, 1, 1, 1]), expert_weights=[3, 1, 1, 1])
    agree(result.interval, found)


def test_a_part_that_few_experts_judged_has_no_interval_and_so_has_the_hierarchy(org):
    made = builders.survey(org, (3, 2))
    for number in range(5):
        send(made, [2, 4, 2], [3 if number < 2 else None])
    results = survey_results(made)
    whole, part = results.matrices
    assert whole.bootstrap is not None
    assert whole.interval is not None
    assert part.bootstrap is None
    assert part.why_no_interval == "few"
    assert part.perturbation is not None
    assert (results.bootstrap, results.interval, results.why_no_interval) == (None, None, "few")


def test_who_did_not_judge_a_part_makes_it_no_surer(org):
    """Before, the two others counted as experts without whom the part's weights stay the same."""
    made = builders.survey(org, (2, 2))
    for first, second in ((2, 2), (2, 5), (2, 8), (2, None), (2, None)):
        send(made, [first], [second])
    results = survey_results(made)
    assert (results.interval.experts, results.interval.fewest) == (5, 3)
    part = {row.code: row for row in results.matrices[1].interval.rows}
    alike = {row.code: row for row in results.matrices[0].interval.rows}
    for row in results.interval.rows:
        if row.code in alike:
            assert row.low == row.weight == row.high  # all five say the same
            continue
        # Parts count half each here: on the logit a half of a weight moves a little less.
        assert row.low == pytest.approx(part[row.code].low / 2, rel=0.25)
        assert row.high - row.low > 0.8 * (part[row.code].high - part[row.code].low) / 2


def test_without_one_of_them_the_answers_may_not_compare_everything(org):
    made = builders.survey(org, (3,))
    for upper in ([2, None, None], [2, None, None], [2, None, 3]):
        send(made, upper)
    [result] = survey_results(made).matrices
    assert result.weights is not None
    assert (result.interval, result.why_no_interval) == (None, "unconnected")


def test_draws_of_missing_answers_are_counted_as_far_as_they_can_be_used(org):
    made = builders.survey(org, (3,))
    for upper in (*([2, None, None],) * 2, *([None, None, 3],) * 2, [2, None, 3]):
        send(made, upper)
    [result] = survey_results(made).matrices
    assert 0 < result.bootstrap.draws < 2000


@pytest.mark.parametrize(
    ("uppers", "words"),
    [
        ([[2, 4, 2], [3, 5, 2], [1, 3, 3]], "Interval 90%"),
        ([[2, 4, 2]] * 4, "persis sama"),
        ([[2, 4, 2], [3, 5, 2]], "tiga pakar"),
        ([[2, None, None], [2, None, None], [2, None, 3]], "tidak lagi membandingkan semua"),
    ],
)
def test_the_page_says_what_an_interval_is_or_why_there_is_none(
    client_for, alice, org, uppers, words
):
    made = builders.survey(org, (3,))
    for upper in uppers:
        send(made, upper)
    page = client_for(alice).get(
        reverse("surveys:matrix-result", args=[org.slug, made.pk, made.matrices.get().pk])
    )
    text = strip_tags(page.content.decode())
    assert words in text
    assert "undian" not in text
