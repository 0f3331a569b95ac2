"""The read model of research: every answer with what became of it, and the figures of the page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from organizations.models import Organization
from scorecards.models import Scorecard
from surveys.demo.load import load_demo
from surveys.exports.research_table import Missing
from surveys.exports.research_tables import wide_table
from surveys.exports.research_weights import consistency_table
from surveys.models import Exemption, Invitation, Survey
from surveys.selectors.research_data import research_data
from surveys.selectors.results import survey_results
from surveys.services.exemptions import hand_back
from surveys.services.rounds import ask_again, submit_round, withdraw_round
from surveys.services.sending import submit_response
from tests.surveys import builders

pytestmark = pytest.mark.django_db


def sent(invitation: Invitation, ratio: float = 3) -> Survey:
    response = builders.response(invitation)
    builders.answer_all(response, ratio)
    return submit_response(response=response, now=timezone.now())


def standings(survey: Survey) -> list[tuple[int, str]]:
    return [(each.signed, each.standing) for each in research_data(survey).answers]


def test_a_changed_answer_stays_as_revised():
    survey = builders.survey(sizes=[2])
    response = builders.response(builders.invitation(survey))
    [pair] = builders.pairs(survey)
    builders.judge(response, *pair, 3, seq=1)
    builders.judge(response, *pair, 1 / 5, seq=2)
    assert standings(survey) == [(3, "revised"), (-5, "in_force")]


def test_the_highest_sequence_number_is_in_force_whatever_came_last():
    survey = builders.survey(sizes=[2])
    response = builders.response(builders.invitation(survey))
    [pair] = builders.pairs(survey)
    builders.judge(response, *pair, 9, seq=7)
    builders.judge(response, *pair, 2, seq=3)
    [answer] = research_data(survey).answers
    assert (answer.signed, answer.preferred, answer.ratio) == (9, "row", 9.0)


def test_answers_of_a_round_count_once_it_is_sent():
    survey = builders.survey(sizes=[2])
    response = sent(builders.invitation(survey))
    matrix = survey.matrices.get()
    [pair] = builders.pairs(survey)
    now = timezone.now()
    again = ask_again(response=response, matrix=matrix, message="Lagi", by=None, now=now)
    builders.judge(response, *pair, 1 / 7, seq=10)
    assert standings(survey) == [(3, "in_force"), (-7, "pending")]
    submit_round(round=again, now=now)
    assert standings(survey) == [(3, "revised"), (-7, "in_force")]
    [asked] = research_data(survey).rounds
    assert (asked.number, asked.message, asked.submitted_at) == (2, "Lagi", now)


def test_answers_of_a_round_that_was_taken_back_are_kept_and_marked():
    survey = builders.survey(sizes=[2])
    response = sent(builders.invitation(survey))
    now = timezone.now()
    matrix = survey.matrices.get()
    again = ask_again(response=response, matrix=matrix, message="Lagi", by=None, now=now)
    builders.judge(response, *builders.pairs(survey)[0], 1 / 7, seq=10)
    withdraw_round(round=again, by=None, now=now)
    assert standings(survey) == [(3, "in_force"), (-7, "withdrawn")]


def test_answers_to_a_part_that_was_handed_back_are_kept_and_marked():
    survey = builders.survey(sizes=[2, 2])
    response = builders.response(builders.invitation(survey))
    builders.answer_all(response, 3)
    now = timezone.now()
    hand_back(response=response, matrix=survey.matrices.first(), reason="", now=now)
    submit_response(response=response, now=now)
    assert standings(survey) == [(3, "exempt"), (3, "in_force")]
    data = research_data(survey)
    [expert] = data.experts
    assert [data.judged(expert, part) for part in data.parts] == [{}, {(0, 1): 3}]
    [row] = wide_table(data).rows()
    names = [each.name for each in wide_table(data).variables]
    found = dict(zip(names, row, strict=True))
    assert (found["m1_1_2"], found["m1_counts"]) == (Missing.HANDED_BACK, False)
    assert (found["m2_1_2"], found["m2_counts"]) == (3, True)


def test_the_wide_table_says_who_counts_in_the_group():
    survey = builders.survey(sizes=[3])
    survey.scorecard.experts_counted = Scorecard.Experts.CONSISTENT
    sent(builders.invitation(survey), 1)
    sent(builders.invitation(survey, "P2"), 9)
    sent(builders.invitation(survey, "P3", weight=0), 1)
    builders.invitation(survey, "P4")
    data = research_data(survey)
    place = [each.name for each in wide_table(data).variables].index("m1_counts")
    assert [row[place] for row in wide_table(data).rows()] == [True, False, False, False]


def test_the_groups_answered_pairs_are_those_that_somebody_answered():
    survey = builders.survey(sizes=[3])
    response = builders.response(builders.invitation(survey))
    for row, column in builders.pairs(survey)[:2]:
        builders.judge(response, row, column, 3)
    submit_response(response=response, now=timezone.now(), missing_accepted=True)
    table = consistency_table(research_data(survey))
    place = [each.name for each in table.variables].index("answered")
    assert [row[place] for row in table.rows()] == [2, 2]


def test_every_pair_has_its_place_in_the_experts_own_order():
    survey = builders.survey(sizes=[4], pair_order=Survey.PairOrder.RANDOM)
    builders.answer_all(builders.response(builders.invitation(survey, seed=1)))
    builders.answer_all(builders.response(builders.invitation(survey, "P2", seed=2)))
    orders = {}
    for each in research_data(survey).answers:
        orders.setdefault(each.expert.code, {})[each.row, each.column] = each.place
    assert sorted(orders["P1"].values()) == [1, 2, 3, 4, 5, 6]
    assert orders["P1"] != orders["P2"]


def test_what_an_expert_does_not_judge_is_told_and_does_not_count():
    survey = builders.survey(sizes=[3])
    invitation = builders.invitation(survey)
    sent(invitation)
    sent(builders.invitation(survey, "P2"))
    matrix = survey.matrices.get()
    Exemption.objects.create(
        invitation=invitation,
        matrix=matrix,
        origin=Exemption.Origin.EXPERT,
        reason="Bukan bidang saya",
    )
    data = research_data(survey)
    [exempt] = data.not_judged
    assert (exempt.expert.code, exempt.origin, exempt.reason) == (
        *("P1", "expert"),
        "Bukan bidang saya",
    )
    assert [each.expert.code for each in data.figures[0].experts] == ["P2"]


def test_experts_tell_how_far_they_are():
    survey = builders.survey(sizes=[2])
    now = timezone.now()
    builders.invitation(survey, "P1")
    builders.invitation(survey, "P2", opened_at=now)
    builders.response(builders.invitation(survey, "P3"))
    sent(builders.invitation(survey, "P4"))
    builders.invitation(survey, "P5", declined_at=now, decline_reason="Sakit")
    builders.invitation(survey, "P6", revoked_at=now)
    states = [each.state for each in research_data(survey).experts]
    assert states == ["invited", "opened", "started", "sent", "declined", "revoked"]


def test_consents_are_numbered_by_their_words():
    survey = builders.survey(sizes=[2], consent_text="Kata pertama")
    builders.response(builders.invitation(survey, "P1"))
    survey.consent_text = "Kata kedua"
    survey.save()
    builders.response(builders.invitation(Survey.objects.get(pk=survey.pk), "P2"))
    data = research_data(survey)
    assert data.consents == ("Kata kedua", "Kata pertama")
    assert [each.consent for each in data.experts] == [2, 1]


@pytest.mark.parametrize(
    ("anonymous", "asked", "shown"),
    [(False, False, ""), (False, True, "Sekar Ayu"), (True, True, ""), (True, False, "")],
)
def test_names_are_there_only_when_asked_for_and_never_of_an_anonymous_one(anonymous, asked, shown):
    """T7."""
    survey = builders.survey(sizes=[2], anonymous=anonymous)
    builders.invitation(survey, position="Ketua", email="sekar@contoh.id")
    data = research_data(survey, names=asked)
    [expert] = data.experts
    assert expert.name == shown
    assert bool(expert.position) is bool(shown)
    assert "sekar@contoh.id" not in repr(data.experts)


@pytest.mark.parametrize("counted", Scorecard.Experts.values)
def test_figures_are_those_of_the_results_page(counted):
    load_demo()
    Scorecard.objects.update(experts_counted=counted)
    compared = 0
    for survey in Survey.objects.filter(kind=Survey.Kind.PAIRWISE):
        shown = survey_results(survey)
        for found, result in zip(research_data(survey).figures, shown.matrices, strict=True):
            assert (found.measured is None) == (result.group is None)
            if result.group is None:
                continue
            assert found.priorities == pytest.approx(result.by_priorities, abs=1e-12)
            for method, weights in result.group.weights_by_method.items():
                assert found.measured.weights[method] == pytest.approx(weights, abs=1e-12)
            assert found.measured.cr == pytest.approx(result.group.cr, abs=1e-12)
            assert found.agreement == pytest.approx(result.agreement, abs=1e-12)
            assert found.concordance == pytest.approx(result.concordance, abs=1e-12)
            for own, expert in zip(found.experts, result.experts, strict=True):
                assert own.expert.code == expert.invitation.code
                assert own.counts == expert.counts
                assert own.measured.cr == pytest.approx(expert.cr, abs=1e-12)
                assert own.measured.gci == pytest.approx(expert.gci, abs=1e-12)
                assert own.measured.triads == expert.triads
                assert own.distance == pytest.approx(expert.distance, abs=1e-12)
                compared += 1
    assert compared > 20


def test_a_part_that_nobody_answered_has_no_figures():
    survey = builders.survey(sizes=[3])
    [figures] = research_data(survey).figures
    assert figures.group is None
    assert figures.measured is None
    assert not figures.is_complete


def test_an_incomplete_group_has_no_live_matrix():
    survey = builders.survey(sizes=[3])
    response = builders.response(builders.invitation(survey))
    pairs = builders.pairs(survey)
    for pair in pairs[:2]:
        builders.judge(response, *pair, 3)
    submit_response(response=response, now=timezone.now(), missing_accepted=True)
    [figures] = research_data(survey).figures
    assert figures.group[1][2] is None
    assert not figures.is_complete
    assert figures.measured.weights is not None


def test_experts_of_weight_nothing_make_no_group():
    survey = builders.survey(sizes=[3])
    sent(builders.invitation(survey, weight=0))
    [figures] = research_data(survey).figures
    assert figures.group is None
    assert figures.priorities is None


def test_answers_that_leave_elements_apart_have_no_weights():
    survey = builders.survey(sizes=[4])
    response = builders.response(builders.invitation(survey))
    pairs = builders.pairs(survey)
    for pair in (pairs[0], pairs[5]):
        builders.judge(response, *pair, 3)
    response.submitted_at = timezone.now()
    response.save()
    [figures] = research_data(survey).figures
    assert figures.experts[0].measured.weights is None
    assert figures.measured.cr is None


def test_reading_takes_as_many_queries_for_many_experts(flat_queries, org: Organization):
    survey = builders.survey(org, sizes=[3, 2])
    sent(builders.invitation(survey, "P1"))

    def grow() -> None:
        for number in range(2, 6):
            response = sent(builders.invitation(survey, f"P{number}"))
            for matrix in survey.matrices.all():
                moment = timezone.now() + timedelta(minutes=number)
                ask_again(response=response, matrix=matrix, message="Lagi", by=None, now=moment)

    flat_queries(
        lambda: (
            research_data(
                Survey.objects.select_related("scorecard__organization").get(pk=survey.pk)
            ).figures
        ),
        grow,
    )
