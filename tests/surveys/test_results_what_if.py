"""What if experts counted otherwise: computed, and stored only when it is saved."""

import math

import pytest

from organizations.models import EditConflict
from scorecards.methods.errors import MethodError
from surveys.selectors.results import survey_results
from surveys.services.expert_weights import set_expert_weights
from tests.surveys import builders
from tests.surveys.sent import send, shares


@pytest.fixture
def survey(org):
    made = builders.survey(org, (3,))
    for upper in ([9, 9, 1], [1, 1, 1], [1 / 9, 1 / 9, 1]):
        send(made, upper)
    return made


def weights(survey, **codes):
    chosen = shares(codes, survey) if codes else None
    return survey_results(survey, expert_weights=chosen).matrices[0].weights


def versions(survey):
    return dict(survey.invitations.values_list("pk", "version"))


def test_nothing_is_stored_by_asking_what_if(survey):
    before = weights(survey)
    assert before == pytest.approx([1 / 3] * 3)
    assert weights(survey, P1=3) != pytest.approx(before)
    assert weights(survey) == before
    assert set(survey.invitations.values_list("weight", flat=True)) == {1.0}


def test_who_is_not_named_keeps_the_stored_weight(survey):
    survey.invitations.filter(code="P3").update(weight=0)
    assert weights(survey, P1=1) == weights(survey)
    assert weights(survey, P2=0) == pytest.approx([9 / 11, 1 / 11, 1 / 11])


def test_only_the_ratio_of_weights_matters(survey):
    one = survey_results(survey, expert_weights=shares({"P1": 1, "P2": 2, "P3": 3}, survey))
    same = survey_results(survey, expert_weights=shares({"P1": 2, "P2": 4, "P3": 6}, survey))
    assert one.matrices[0].weights == pytest.approx(same.matrices[0].weights, abs=1e-12)
    assert one.matrices[0].by_priorities == pytest.approx(same.matrices[0].by_priorities, abs=1e-12)
    assert one.is_what_if
    assert not survey_results(survey).is_what_if


@pytest.mark.parametrize("wrong", [-1, math.nan, math.inf])
def test_what_is_no_weight_is_refused(survey, alice, wrong):
    chosen = shares({"P1": wrong}, survey)
    for act in (
        lambda: survey_results(survey, expert_weights=chosen),
        lambda: set_expert_weights(survey=survey, weights=chosen, seen=versions(survey), by=alice),
    ):
        with pytest.raises(MethodError) as caught:
            act()
        assert caught.value.code == "expert-weights-not-positive"


def test_somebody_has_to_count(survey, alice):
    nobody = shares({"P1": 0, "P2": 0, "P3": 0}, survey)
    with pytest.raises(MethodError, match="at least one is above 0"):
        survey_results(survey, expert_weights=nobody)
    with pytest.raises(MethodError, match="at least one is above 0"):
        set_expert_weights(survey=survey, weights=nobody, seen=versions(survey), by=alice)
    assert set(survey.invitations.values_list("weight", flat=True)) == {1.0}


def test_experts_of_another_questionnaire_are_refused(survey, alice, other_org):
    stranger = send(builders.survey(other_org, (3,)), [1, 1, 1]).invitation
    with pytest.raises(MethodError) as caught:
        survey_results(survey, expert_weights={stranger.pk: 2.0})
    assert caught.value.code == "expert-unknown"
    with pytest.raises(MethodError) as caught:
        set_expert_weights(
            survey=survey, weights={stranger.pk: 2.0}, seen={stranger.pk: 1}, by=alice
        )
    assert caught.value.code == "expert-unknown"
    stranger.refresh_from_db()
    assert stranger.weight == 1


def test_saved_weights_count_from_then_on(survey, alice):
    expected = weights(survey, P1=3)
    changed = set_expert_weights(
        survey=survey,
        weights=shares({"P1": 3, "P2": 1, "P3": 1}, survey),
        seen=versions(survey),
        by=alice,
    )
    assert [(each.code, each.version, each.saved_by) for each in changed] == [("P1", 2, alice)]
    assert weights(survey) == expected


def test_nobody_overwrites_what_somebody_else_saved(survey, alice, edi):
    seen = versions(survey)
    set_expert_weights(survey=survey, weights=shares({"P2": 5}, survey), seen=seen, by=alice)
    # The weights of a page that was drawn before: P2 is there as it was then.
    with pytest.raises(EditConflict) as caught:
        set_expert_weights(
            survey=survey, weights=shares({"P1": 7, "P2": 1}, survey), seen=seen, by=edi
        )
    assert (caught.value.current.weight, caught.value.submitted.weight) == (5, 1)
    assert list(survey.invitations.values_list("weight", flat=True)) == [1, 5, 1]
