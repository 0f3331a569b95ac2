"""Adopted weights: what the page showed, with all particulars, and never changed afterwards."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from scorecards.models import KPI
from scorecards.selectors.report import period_report
from scorecards.selectors.weights import weights_page
from scorecards.services.periods import close_period
from scorecards.services.weights import set_equal_weights
from surveys.demo.bayat import make_bayat
from surveys.demo.lasem import make_lasem
from surveys.models import Survey
from surveys.selectors.adoption import adoption_of
from surveys.selectors.results import survey_results
from surveys.services.adoption import adopt_weights
from surveys.services.questionnaires import create_survey, open_survey
from tests import factories
from tests.surveys.designs import scorecard_with_kpis
from tests.surveys.sent import ask_again, judge, send

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=7)


@pytest.fixture
def scorecard(org):
    """Two perspectives with three KPIs each, and a third with a single one."""
    made = scorecard_with_kpis(org)
    alone = factories.perspective(made, code="P3", name="Perspektif 3", order=3)
    factories.kpi(factories.objective(alone), code="K31", status=KPI.Status.ADOPTED)
    return made


def questionnaire(scorecard, alice, perspectives=None, *, top=True) -> Survey:
    chosen = None if perspectives is None else scorecard.perspectives.filter(code__in=perspectives)
    draft = create_survey(
        scorecard=scorecard,
        name="Pembobotan",
        consent_text="Setuju?",
        by=alice,
        compare_perspectives=top,
        perspectives=chosen,
    )
    return open_survey(survey=draft, by=alice, now=NOW)


def shown(survey):
    return {leaf.code: leaf.overall for leaf in survey_results(survey).hierarchy}


def in_force(scorecard):
    return {
        row.kpi.code: row.overall for group in weights_page(scorecard).groups for row in group.rows
    }


# -- What the page shows is what is adopted


@pytest.mark.parametrize(
    ("perspectives", "top", "uppers"),
    [
        (["P1", "P2"], True, ([2, 4, 2], [3, 5, 2], [1, 1 / 3, 1 / 5])),
        (["P1"], True, ([2, 4, 2], [3, 5, 2])),
        (["P1"], False, ([3, 5, 2],)),
        (["P1", "P2"], False, ([3, 5, 2], [1, 7, 7])),
        ([], True, ([2, 4, 2],)),
    ],
)
def test_the_global_weights_of_the_page_are_those_in_force_afterwards(
    scorecard, alice, perspectives, top, uppers
):
    """What a questionnaire leaves out counts equally, on the page as after adopting."""
    survey = questionnaire(scorecard, alice, perspectives, top=top)
    send(survey, *uppers)
    before = shown(survey)
    assert len(before) == 7
    assert sum(before.values()) == pytest.approx(1, abs=1e-12)
    adopt_weights(survey=survey, by=alice, now=NOW)
    assert in_force(scorecard) == pytest.approx(before, abs=1e-12)


@pytest.mark.parametrize("make", [make_bayat, make_lasem])
def test_the_studies_pages_show_what_is_adopted(org, alice, make):
    survey = make(org, alice).surveys.get(kind=Survey.Kind.PAIRWISE)
    adopt_weights(survey=survey, by=alice, now=NOW)
    assert in_force(survey.scorecard) == pytest.approx(shown(survey), abs=1e-12)


def test_a_perspective_that_came_later_counts_nothing_on_the_page_either(scorecard, alice):
    survey = questionnaire(scorecard, alice)
    send(survey, [2, 4, 2], [3, 5, 2], [1, 1, 1])
    late = factories.perspective(scorecard, code="P4", name="Terlambat", order=4)
    factories.kpi(factories.objective(late), code="K41", status=KPI.Status.ADOPTED)
    before = shown(survey)
    assert "K41" not in before
    adopt_weights(survey=survey, by=alice, now=NOW)
    assert in_force(scorecard) == pytest.approx(before | {"K41": 0.0}, abs=1e-12)


def test_a_perspective_without_kpis_leaves_its_weight_to_the_others(scorecard, alice):
    factories.perspective(scorecard, code="P4", name="Kosong", order=4)
    survey = questionnaire(scorecard, alice)
    send(survey, [2, 4, 2, 1, 2, 1], [3, 5, 2], [1, 1, 1])
    top = survey_results(survey).matrices[0]
    assert len(top.weights) == 4
    before = shown(survey)
    assert sum(before.values()) == pytest.approx(1, abs=1e-12)
    assert before["K31"] == pytest.approx(top.weights[2] / sum(top.weights[:3]))
    adopt_weights(survey=survey, by=alice, now=NOW)
    assert in_force(scorecard) == pytest.approx(before, abs=1e-12)


def test_a_questionnaire_that_compares_nothing_has_no_global_weights(scorecard):
    survey = Survey.objects.create(scorecard=scorecard, name="Penyaringan", consent_text="?")
    results = survey_results(survey)
    assert results.hierarchy == ()
    assert not results.can_be_adopted


# -- What is kept with them


@pytest.fixture
def group(scorecard, alice):
    """Four experts, one of them asked again and one over the limit."""
    survey = questionnaire(scorecard, alice, ["P1"], top=False)
    send(survey, [3, 5, 2], weight=2, name="Sekar Ayu")
    for upper in ([2, 4, 2], [9, 1 / 9, 9]):
        send(survey, upper)
    again = send(survey, [1, 1, 1])
    [matrix] = survey.matrices.all()
    ask_again(again, matrix, submitted_at=timezone.now())
    judge(again, matrix, [2, 3, 1], seq=2, round=2)
    return survey


def test_everything_that_decided_the_weights_is_kept(group, alice):
    adopted = adopt_weights(survey=group, by=alice, now=NOW)
    adopted.refresh_from_db()
    kept, results = adopted.particulars, survey_results(group)
    [result], [matrix] = results.matrices, kept["matrices"]
    assert kept["seed"] == group.seed
    assert kept["rounds"] == 2
    assert kept["asked_again"] == [{"code": "P4", "matrix": "P1", "round": 2}]
    assert kept["aggregation"] == "judgements"
    assert kept["expert_weights"] == {"P1": 2.0, "P2": 1.0, "P3": 1.0, "P4": 1.0}
    assert kept["experts"] == 4
    assert matrix["elements"] == ["K11", "K12", "K13"]
    assert matrix["weights"] == list(result.weights)
    assert matrix["by_priorities"] == list(result.by_priorities)
    assert matrix["priorities_experts"] == 4
    assert matrix["other_policy"] == list(result.alternative.weights)
    assert (matrix["cr"], matrix["gci"]) == (result.group.cr, result.group.gci)
    assert matrix["agreement"] == result.agreement
    assert matrix["interval"] == {
        "method": "jackknife-t",
        "low": [row.low for row in result.interval.rows],
        "high": [row.high for row in result.interval.rows],
        "experts": 4,
        "fewest": 4,
        "falls": result.interval.falls,
    }
    assert kept["global_interval"]["high"] == [row.high for row in results.interval.rows]
    assert matrix["first_place"] is None  # of four experts no draws
    assert matrix["perturbation"]["draws"] == 2000
    assert [expert["round"] for expert in matrix["experts"]] == [1, 1, 1, 2]
    assert [expert["within"] for expert in matrix["experts"]] == [True, True, False, True]
    assert matrix["experts"][0]["weights"] == list(result.experts[0].weights)
    weights = {each["code"]: each["weight"] for each in kept["global_weights"]}
    assert weights == shown(group)


def test_no_name_is_kept_of_an_anonymous_questionnaire(group, alice):
    group.anonymous = True
    adopted = adopt_weights(survey=group, by=alice, now=NOW)
    assert "Sekar" not in json.dumps(adopted.particulars)
    assert {e["code"] for e in adopted.particulars["matrices"][0]["experts"]} == {
        "P1",
        "P2",
        "P3",
        "P4",
    }


def test_adopting_the_same_again_changes_nothing_whatever_the_database_made_of_it(group, alice):
    first = adopt_weights(survey=group, by=alice, now=NOW)
    again = adopt_weights(survey=Survey.objects.get(pk=group.pk), by=alice, now=LATER)
    assert again.pk == first.pk


# -- Earlier sets, and reports


def test_adopting_again_keeps_the_earlier_set(group, alice, edi):
    first = adopt_weights(survey=group, by=alice, now=NOW)
    kept = dict(first.weights.values_list("kpi__code", "value"))
    send(group, [1, 1 / 9, 1 / 9])
    second = adopt_weights(survey=group, by=edi, now=LATER)
    assert second.pk != first.pk
    assert dict(first.weights.values_list("kpi__code", "value")) == kept
    assert dict(second.weights.values_list("kpi__code", "value")) != kept
    history = adoption_of(survey_results(group)).history
    assert [(each.weight_set, each.holds, each.by) for each in history] == [
        (second, True, edi),
        (first, False, alice),
    ]
    assert [each.at for each in history] == [LATER, NOW]
    assert [(each.experts, each.rounds, each.method) for each in history] == [
        (5, 2, "eigenvector"),
        (4, 2, "eigenvector"),
    ]


def test_a_closed_period_keeps_the_weights_that_it_was_reported_with(group, scorecard, alice):
    for kpi in scorecard.kpis.all():
        factories.target(kpi)
    first = adopt_weights(survey=group, by=alice, now=NOW)
    periods = [
        factories.period(scorecard, start=date(2026, month, 1), end=date(2026, month + 2, 28))
        for month in (1, 4, 7)
    ]
    for period in periods:
        for number, kpi in enumerate(scorecard.kpis.order_by("pk")):
            factories.measurement(kpi, period, 40 + 5 * number)
    for period in periods[:2]:
        close_period(period=period, by=alice, now=LATER)
    before = [period_report(_again(period)) for period in periods[:2]]
    send(group, [1 / 9, 1 / 9, 9])
    second = adopt_weights(survey=group, by=alice, now=LATER)
    after = [period_report(_again(period)) for period in periods[:2]]
    assert after == before
    close_period(period=periods[2], by=alice, now=LATER)
    assert period_report(_again(periods[2])).index != before[0].index
    set_equal_weights(scorecard=scorecard, by=alice)
    adoption = adoption_of(survey_results(group))
    assert not adoption.holds
    reported = {each.weight_set: list(each.periods) for each in adoption.history}
    assert reported == {second: [periods[2]], first: [periods[1], periods[0]]}


def test_a_reopened_period_is_not_counted_as_reported(group, scorecard, alice):
    adopt_weights(survey=group, by=alice, now=NOW)
    kpi = scorecard.kpis.first()
    factories.target(kpi)
    period = factories.period(scorecard)
    factories.measurement(kpi, period)
    closing = close_period(period=period, by=alice, now=LATER)
    assert adoption_of(survey_results(group)).history[0].periods == (period,)
    closing.reopened_at, closing.reopen_reason = LATER, "Salah ketik"
    closing.save()
    assert adoption_of(survey_results(group)).history[0].periods == ()


def _again(period):
    return type(period).objects.get(pk=period.pk)
