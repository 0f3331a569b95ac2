"""All experts at once give what each gives alone, in whatever order the database returns them."""

import numpy as np
import pytest
from django.db.models import F

from scorecards.methods import ahp
from scorecards.methods.errors import MethodError
from surveys.methods.consensus import consensus, kendall_w
from surveys.models import Exemption, Invitation
from surveys.selectors.judgements import judged_matrix
from surveys.selectors.results import survey_results
from tests.surveys import builders
from tests.surveys.sent import judge, send

SIZES = (5, 3, 2)
EXPERTS = 9


def upper(size: int, chance: np.random.Generator, missing: float) -> list[float | None]:
    pairs = size * (size - 1) // 2
    scale = [*range(1, 10), *(1 / strength for strength in range(2, 10))]
    return [
        None if chance.random() < missing else float(chance.choice(scale)) for _ in range(pairs)
    ]


@pytest.fixture
def survey(org):
    made = builders.survey(org, SIZES)
    chance = np.random.default_rng(7)
    for number in range(EXPERTS):
        missing = 0.25 if number % 3 == 0 else 0.0
        send(made, *(upper(size, chance, missing) for size in SIZES), weight=1 + number / 4)
    return made


def alone(response, matrix):
    criteria = list(matrix.criteria.all())
    return judged_matrix(criteria, response.judgements.filter(matrix=matrix))


def test_each_expert_as_computed_alone(survey):
    results = survey_results(survey)
    seen_incomplete = 0
    for result in results.matrices:
        assert len(result.experts) == EXPERTS
        for expert in result.experts:
            matrix = alone(expert.invitation.response, result.matrix)
            assert expert.triads == len(ahp.circular_triads(matrix))
            group = np.array(result.group.judgements)
            if expert.answered:
                [distance] = ahp.distances([matrix], group)
                assert expert.distance == pytest.approx(distance, abs=1e-12)
            if expert.weights is None:
                seen_incomplete += 1
                with pytest.raises(MethodError, match="Not compared with the rest"):
                    ahp.priorities(matrix)
                continue
            assert expert.weights == pytest.approx(ahp.priorities(matrix).tolist(), abs=1e-12)
            found = ahp.consistency(matrix)
            if np.isnan(found.cr):
                assert expert.cr is None
                assert expert.within_limit is None
            else:
                assert expert.cr == pytest.approx(found.cr, abs=1e-12)
                assert expert.gci == pytest.approx(found.gci, abs=1e-12)
                assert expert.within_limit == ahp.is_within_limit(found.cr, result.size)
    assert seen_incomplete, "no expert left elements unconnected: nothing was proved for those"


def test_the_group_as_computed_from_the_matrices(survey):
    for result in survey_results(survey).matrices:
        responses = [expert.invitation.response for expert in result.experts]
        stack = np.array([alone(response, result.matrix) for response in responses])
        weights = [response.invitation.weight for response in responses]
        joined = ahp.aggregate_judgements(stack, weights)
        for method, found in result.group.weights_by_method.items():
            assert found == pytest.approx(ahp.priorities(joined, method).tolist(), abs=1e-12)
        own = [expert.weights for expert in result.experts if expert.weights]
        theirs = [expert.expert_weight for expert in result.experts if expert.weights]
        by_priorities = ahp.aggregate_priorities(own, theirs)
        assert result.by_priorities == pytest.approx(by_priorities.tolist(), abs=1e-12)
        assert sum(result.by_priorities) == pytest.approx(1, abs=1e-12)
        assert result.priorities_experts == len(own)
        assert result.agreement == pytest.approx(consensus(own), abs=1e-12)
        assert result.concordance == pytest.approx(kendall_w(own), abs=1e-12)


def test_what_nobody_answered_says_why_there_are_no_weights(org):
    made = builders.survey(org, (3,))
    send(made, [2, None, None])
    [result] = survey_results(made).matrices
    assert result.group is None
    assert result.fault.code == "not-connected"
    assert result.pairs[1].group_ratio is None
    assert (result.outliers, result.dots, result.bootstrap, result.perturbation) == (
        (),
        (),
        None,
        None,
    )


def test_a_corrected_answer_counts_and_not_the_one_before(org):
    made = builders.survey(org, (2,))
    response = send(made, [9])
    [matrix] = made.matrices.all()
    judge(response, matrix, [3], seq=3)
    judge(response, matrix, [5], seq=2)
    [result] = survey_results(made).matrices
    assert result.group.judgements[0][1] == pytest.approx(3)


def test_answers_to_a_matrix_that_is_exempt_do_not_count(org):
    made = builders.survey(org, (2, 2))
    first, second = made.matrices.all()
    send(made, [2], [2])
    handed_back = send(made, [8], [8])
    exemption = Exemption.objects.create(
        invitation=handed_back.invitation, matrix=second, origin=Exemption.Origin.EXPERT
    )
    results = survey_results(made)
    assert results.matrix(first.pk).group.experts == 2
    assert results.matrix(second.pk).group.experts == 1
    row = results.matrix(second.pk).expert(handed_back.invitation.pk)
    assert (row.exemption, row.answered, row.counts, row.weights) == (exemption, 0, False, None)
    assert row.distance is None


def test_an_expert_who_declined_is_not_waited_for(org):
    made = builders.survey(org, (2,))
    send(made, [2])
    Invitation.objects.create(survey=made, code="P8", name="A", declined_at="2026-01-01T00:00Z")
    Invitation.objects.create(survey=made, code="P9", name="B")
    results = survey_results(made)
    assert (results.sent, results.expected) == (1, 2)


def test_without_answers_there_are_no_figures(org):
    made = builders.survey(org, (3, 2))
    results = survey_results(made)
    assert results.hierarchy == ()
    assert results.bootstrap is None
    assert results.expert_hierarchies == ()
    assert [result.pairs for result in results.matrices] == [(), ()]
    assert [result.by_priorities for result in results.matrices] == [None, None]


def test_as_many_queries_for_many_experts(survey, flat_queries):
    def grow() -> None:
        for number in range(4):
            send(survey, *(upper(size, np.random.default_rng(number), 0) for size in SIZES))

    def everything() -> None:
        results = survey_results(type(survey).objects.get(pk=survey.pk))
        assert results.bootstrap is not None
        assert results.expert_hierarchies
        assert all(result.pairs and result.dots for result in results.matrices)

    flat_queries(everything, grow)


# -- Identities


def test_an_expert_invited_twice_counts_like_one_of_double_weight(org):
    def weights(*experts):
        made = builders.survey(org, (4, 2), name=f"Kuesioner {len(experts)}")
        for upper, weight in experts:
            send(made, upper, [3], weight=weight)
        [result, _other] = survey_results(made).matrices
        return [*result.weights, *result.by_priorities, result.group.cr]

    one, other = [2, 4, 3, 2, 5, 1], [1 / 3, 1, 6, 2, 1, 9]
    assert weights((one, 1), (one, 1), (other, 1)) == pytest.approx(
        weights((one, 2), (other, 1)), abs=1e-12
    )


def test_doubling_every_experts_weight_changes_nothing(survey):
    before = survey_results(survey)
    survey.invitations.update(weight=F("weight") * 2)
    after = survey_results(survey)
    for one, same in zip(before.matrices, after.matrices, strict=True):
        assert same.weights == pytest.approx(one.weights, abs=1e-12)
        assert same.by_priorities == pytest.approx(one.by_priorities, abs=1e-12)
        assert (same.agreement, same.concordance) == (one.agreement, one.concordance)


def test_the_order_of_the_invitations_changes_no_weight(org):
    def weights(order):
        made = builders.survey(org, (4, 3), name=f"Kuesioner {order}")
        chance = np.random.default_rng(3)
        uppers = [(upper(4, chance, 0.1), upper(3, chance, 0)) for _ in range(6)]
        for place in order:
            send(made, *uppers[place], weight=1 + place)
        results = survey_results(made)
        return [
            value
            for result in results.matrices
            for value in (*result.weights, *result.by_priorities, result.agreement)
        ]

    assert weights([5, 3, 0, 1, 4, 2]) == pytest.approx(weights(range(6)), abs=1e-12)
