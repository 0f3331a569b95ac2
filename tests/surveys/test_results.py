"""What answers amount to, on the published studies, and adopting the weights."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains

from scorecards.models import KPI, Scorecard, WeightSet
from scorecards.services.weights import set_equal_weights, set_weights
from surveys.demo.bayat import make_bayat
from surveys.demo.judgements import answer_all
from surveys.demo.lasem import make_lasem
from surveys.models import Survey
from surveys.selectors.adoption import adoption_of
from surveys.selectors.results import survey_results
from surveys.services.adoption import AdoptionChanged, adopt_weights
from surveys.services.invitations import invite_expert, revoke_invitation
from surveys.services.questionnaires import create_survey, open_survey
from surveys.services.refusals import SurveyError
from tests import factories
from tests.surveys.designs import scorecard_with_kpis

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
IN_USE = '<p class="results__adopted">'


@pytest.fixture
def bayat(org, alice) -> Survey:
    return make_bayat(org, alice).surveys.get(kind=Survey.Kind.PAIRWISE)


@pytest.fixture
def lasem(org, alice) -> Survey:
    return make_lasem(org, alice).surveys.get()


@pytest.fixture
def survey(org, alice) -> Survey:
    draft = create_survey(
        scorecard=scorecard_with_kpis(org, perspectives=1),
        name="Pembobotan",
        consent_text="Setuju?",
        by=alice,
        compare_perspectives=False,
    )
    return open_survey(survey=draft, by=alice, now=NOW)


def answered(survey: Survey, *judgements: list[str]) -> None:
    for values in judgements:
        answer_all(invite_expert(survey=survey, name="Pakar"), {"P1": values}, now=NOW)


def weights_of(survey: Survey, code: str) -> list[float]:
    result = next(r for r in survey_results(survey).matrices if r.matrix.code == code)
    return [round(weight, 3) for weight in result.weights]


def test_weights_mauidzoh2018_figure_1(bayat):
    """Bayat, Gambar 1: CK 0.052, CV 0.132, CI 0.389, CS 0.427, inconsistency 0.05."""
    assert weights_of(bayat, "") == [0.052, 0.132, 0.389, 0.427]
    top = survey_results(bayat).matrices[0]
    assert top.group.cr == pytest.approx(0.0486, abs=5e-5)
    assert top.limit == 0.09


def test_global_priorities_mauidzoh2018_figure_2(bayat):
    ranking = survey_results(bayat).hierarchy
    assert len(ranking) == 11
    assert ranking[0].criterion.label == "Rata-rata waktu menangani komplain"
    assert ranking[-1].criterion.label == "Jumlah pelanggan"
    assert sum(weight.overall for weight in ranking) == pytest.approx(1, abs=1e-12)


def test_customer_value_mauidzoh2018_is_over_the_limit_for_three(bayat):
    result = next(r for r in survey_results(bayat).matrices if r.matrix.code == "CV")
    assert result.group.cr == pytest.approx(0.081, abs=5e-4)
    assert result.limit == 0.05
    assert result.group.within_limit is False


def test_reconstructed_experts_give_the_weights_of_mahmudi2017(lasem):
    """Figures 1 to 3 to the printed digit. Of figure 4 three differ: two of its cells are no
    reciprocals of their opposite, and no judgements give the weights that follow from them."""
    assert weights_of(lasem, "PO") == [0.654, 0.346]
    assert weights_of(lasem, "C") == [0.132, 0.208, 0.166, 0.144, 0.242, 0.108]
    assert weights_of(lasem, "P") == [0.405, 0.357, 0.238]
    printed = [0.188, 0.162, 0.157, 0.133, 0.138, 0.114, 0.108]
    found = weights_of(lasem, "I")
    assert found == [0.188, 0.162, 0.157, 0.132, 0.139, 0.114, 0.109]
    assert found == pytest.approx(printed, abs=0.0011)


def test_a_group_within_the_limit_hides_experts_over_it(lasem):
    customer = next(r for r in survey_results(lasem).matrices if r.matrix.code == "C")
    assert customer.group.within_limit is True
    assert customer.over_limit == 1
    assert customer.alternative.experts == 4
    assert [element.alternative is not None for element in customer.elements] == [True] * 6


def test_only_consistent_experts_count_where_the_scorecard_says_so(lasem):
    every = weights_of(lasem, "C")
    lasem.scorecard.experts_counted = Scorecard.Experts.CONSISTENT
    customer = next(r for r in survey_results(lasem).matrices if r.matrix.code == "C")
    assert customer.group.experts == 4
    assert customer.alternative.experts == 5
    assert weights_of(lasem, "C") != every
    assert [expert.counts for expert in customer.experts].count(False) == 1


def test_the_group_is_the_geometric_mean(survey):
    answered(survey, ["2", "4", "2"], ["8", "4", "1/2"])
    result = survey_results(survey).matrices[0]
    assert result.group.judgements[0][1] == pytest.approx(4)
    assert result.group.judgements[1][2] == pytest.approx(1)
    assert result.group.judgements[2][0] == pytest.approx(1 / 4)


def test_an_experts_weight_counts(survey):
    answered(survey, ["4", "4", "1"], ["1", "1", "1"])
    even = survey_results(survey).matrices[0].weights[0]
    first = survey.invitations.first()
    first.weight = 3
    first.save()
    assert survey_results(survey).matrices[0].weights[0] > even


def test_answers_that_were_not_sent_and_revoked_ones_do_not_count(survey):
    answered(survey, ["2", "4", "2"], ["1/9", "1/9", "1"])
    revoke_invitation(invitation=survey.invitations.last(), now=timezone.now())
    results = survey_results(survey)
    assert results.sent == 1
    assert results.matrices[0].group.judgements[0][1] == 2


def test_one_click_gives_the_scorecard_its_own_copy(client_for, edi, org, bayat):
    set_equal_weights(scorecard=bayat.scorecard, by=edi)
    before = bayat.scorecard.weight_sets.count()
    adopt = reverse("surveys:adopt", args=[org.slug, bayat.pk])
    agreed = client_for(edi).get(adopt).context["form"].initial
    answer = client_for(edi).post(adopt, agreed)
    assert answer.url == reverse("scorecards:weights", args=[org.slug, bayat.scorecard_id])
    assert bayat.scorecard.weight_sets.count() == before + 1
    client_for(edi).post(adopt, agreed)  # what is in use already is not adopted again
    assert bayat.scorecard.weight_sets.count() == before + 1
    adopted = bayat.scorecard.weight_sets.first()
    bayat.delete()
    adopted.refresh_from_db()
    assert adopted.origin == WeightSet.Origin.QUESTIONNAIRE
    assert adopted.particulars["method"] == "eigenvector"
    assert adopted.particulars["provenance"] == "published"
    assert adopted.particulars["matrices"][0]["cr"] == pytest.approx(0.0486, abs=5e-5)
    assert round(adopted.weights.get(perspective__code="CS").value, 3) == 0.427
    assert adopted.weights.filter(kpi__isnull=False).count() == 11


def test_names_of_an_anonymous_questionnaire_are_not_copied(lasem, alice):
    lasem.anonymous = True
    adopted = adopt_weights(survey=lasem, by=alice, now=NOW)
    experts = adopted.particulars["matrices"][0]["experts"]
    assert [expert["name"] for expert in experts] == [None] * 5
    assert [expert["code"] for expert in experts] == ["P1", "P2", "P3", "P4", "P5"]


def test_weights_are_decided_when_they_are_adopted(survey, alice):
    answered(survey, ["2", "4", "2"])
    assert adopt_weights(survey=survey, by=alice, now=NOW).created_at == NOW


def test_nothing_is_adopted_before_there_are_weights(client_for, edi, org, survey):
    with pytest.raises(SurveyError, match="weights-incomplete"):
        adopt_weights(survey=survey, by=edi, now=NOW)
    adopt = reverse("surveys:adopt", args=[org.slug, survey.pk])
    page = client_for(edi).get(adopt)
    assert "Bobot ini belum bisa dipakai" in page.content.decode()
    answer = client_for(edi).post(adopt, page.context["form"].initial, follow=True)
    assert answer.status_code == 200
    assert not WeightSet.objects.exists()


def test_weights_of_a_deleted_kpi_are_not_adopted(survey, alice):
    answered(survey, ["2", "4", "2"])
    survey.scorecard.kpis.first().delete()
    with pytest.raises(SurveyError, match="element-deleted"):
        adopt_weights(survey=survey, by=alice, now=NOW)


def test_weights_of_a_kpi_that_moved_are_not_adopted(client_for, edi, org, survey):
    """Its weight was found among others than those that it stands among now."""
    answered(survey, ["2", "4", "2"])
    moved = survey.scorecard.kpis.first()
    moved.objective = factories.objective(factories.perspective(survey.scorecard))
    moved.save()
    adopt = reverse("surveys:adopt", args=[org.slug, survey.pk])
    client = client_for(edi)
    before = client.get(adopt)
    assert f"pindah ke perspektif lain sejak dibandingkan pakar: {moved.code}" in (
        before.content.decode()
    )
    page = client.post(adopt, before.context["form"].initial, follow=True)
    assert page.status_code == 200
    assert any(moved.code in str(message) for message in page.context["messages"])
    assert not WeightSet.objects.exists()


# -- What the scorecard has already, and what changed since


@pytest.fixture
def partial(org, alice) -> Survey:
    """Compares the KPIs of one of two perspectives, on a scorecard weighed by hand."""
    scorecard = scorecard_with_kpis(org)
    first, second = scorecard.perspectives.all()
    by_perspective = {
        perspective: list(scorecard.kpis.filter(objective__perspective=perspective))
        for perspective in (first, second)
    }
    shares = [0.5, 0.3, 0.2]
    set_weights(
        scorecard=scorecard,
        perspectives={first: 0.6, second: 0.4},
        kpis={
            kpi: share
            for kpis in by_perspective.values()
            for kpi, share in zip(kpis, shares, strict=True)
        },
        origin=WeightSet.Origin.MANUAL,
        by=alice,
    )
    draft = create_survey(
        scorecard=scorecard,
        name="Sebagian",
        consent_text="Setuju?",
        by=alice,
        compare_perspectives=False,
        perspectives=[first],
    )
    survey = open_survey(survey=draft, by=alice, now=NOW)
    answered(survey, ["2", "4", "2"])
    return survey


def test_weights_of_what_was_not_compared_are_lost_only_by_consent(client_for, edi, org, partial):
    client = client_for(edi)
    adopt = reverse("surveys:adopt", args=[org.slug, partial.pk])
    # One press without having seen what it does shows that, and does nothing.
    assert client.post(adopt).status_code == 422
    assert partial.scorecard.weight_sets.count() == 1
    page = client.get(adopt)
    second = partial.scorecard.perspectives.last().name
    [lost] = [note for note in page.context["review"].notes if note["kind"] == "lost"]
    assert lost["names"] == ["Antarperspektif", second]
    done = client.post(adopt, page.context["form"].initial)
    assert done.url == reverse("scorecards:weights", args=[org.slug, partial.scorecard_id])
    adopted = partial.scorecard.weight_sets.first()
    assert adopted.weights.count() == 3


def test_consent_to_lose_weights_does_not_hold_for_others(client_for, edi, org, alice, partial):
    client = client_for(edi)
    adopt = reverse("surveys:adopt", args=[org.slug, partial.pk])
    agreed = client.get(adopt).context["form"].initial
    [old] = partial.scorecard.weight_sets.all()
    newer = WeightSet.objects.get(pk=old.pk)
    newer.pk, newer.created_at = None, timezone.now()
    newer.save()
    for weight in old.weights.all():
        weight.pk, weight.weight_set = None, newer
        weight.save()
    with pytest.raises(AdoptionChanged):
        adopt_weights(survey=partial, by=alice, now=NOW, **agreed)
    page = client.post(adopt, agreed, follow=True)
    assert page.context["form"].initial != agreed
    assert len(page.context["messages"]) == 1
    assert partial.scorecard.weight_sets.count() == 2


def test_equal_weights_are_nothing_to_lose(partial, alice):
    set_equal_weights(scorecard=partial.scorecard, by=alice)
    assert adopt_weights(survey=partial, by=alice, now=NOW).weights.count() == 3


@pytest.mark.parametrize("typed", ["x", "9" * 5000])
def test_a_consent_that_is_none_takes_nothing_over(client_for, edi, org, partial, typed):
    adopt = reverse("surveys:adopt", args=[org.slug, partial.pk])
    assert client_for(edi).post(adopt, {"seen": typed}).status_code in (302, 422)
    assert partial.scorecard.weight_sets.count() == 1


def test_asking_first_where_nothing_would_be_lost_says_so(client_for, edi, org, bayat):
    page = client_for(edi).get(reverse("surveys:adopt", args=[org.slug, bayat.pk]))
    assert page.status_code == 200
    assert "lost" not in {note["kind"] for note in page.context["review"].notes}


def test_the_page_says_whether_the_weights_still_hold(client_for, edi, org, survey):
    answered(survey, ["2", "4", "2"])
    client = client_for(edi)
    url = reverse("surveys:results", args=[org.slug, survey.pk])

    def look() -> tuple[bool, bool, bool]:
        page = client.get(url)
        main = page.content.decode().partition("<main")[2]
        adoption = page.context["adoption"]
        return adoption.adopted is not None, adoption.holds, "btn btn-primary" in main

    assert look() == (False, False, True)
    adopt_weights(survey=survey, by=edi, now=NOW)
    assert look() == (True, True, False)
    set_equal_weights(scorecard=survey.scorecard, by=edi)
    assert look() == (True, False, False)


def test_weights_in_use_that_the_answers_left_behind_are_named(client_for, edi, org, survey):
    answered(survey, ["2", "4", "2"])
    adopt_weights(survey=survey, by=edi, now=NOW)
    answered(survey, ["3", "5", "2"])
    client, url = client_for(edi), reverse("surveys:results", args=[org.slug, survey.pk])
    page = client.get(url)
    adoption = page.context["adoption"]
    assert (adoption.holds, adoption.is_current) == (True, False)
    assertNotContains(page, IN_USE)
    adopt = reverse("surveys:adopt", args=[org.slug, survey.pk])
    assertContains(page, f'<a class="btn btn-primary" href="{adopt}">')
    adopt_weights(survey=survey, by=edi, now=NOW)
    page = client.get(url)
    assert page.context["adoption"].is_current
    assertContains(page, IN_USE)


def test_weights_that_are_tried_out_are_not_said_to_be_in_use(client_for, edi, org, survey):
    answered(survey, ["2", "4", "2"])
    answered(survey, ["3", "5", "2"])
    adopt_weights(survey=survey, by=edi, now=NOW)
    client, url = client_for(edi), reverse("surveys:results", args=[org.slug, survey.pk])
    assertContains(client.get(url), IN_USE)
    assertNotContains(client.get(f"{url}?weights={survey.invitations.first().pk}x3"), IN_USE)


def test_the_page_names_what_changed_since_the_experts_compared(client_for, bob, org, partial):
    dropped = partial.scorecard.kpis.first()
    KPI.objects.filter(pk=dropped.pk).update(status=KPI.Status.DROPPED)
    new = factories.kpi(dropped.objective, status=KPI.Status.ADOPTED)
    page = client_for(bob).get(reverse("surveys:results", args=[org.slug, partial.pk]))
    adoption = page.context["adoption"]
    assert adoption.gone == (str(dropped),)
    assert adoption.uncompared == (str(new),)
    assert adoption.equal == (partial.scorecard.perspectives.last().name,)
    for name in (*adoption.gone, *adoption.uncompared, *adoption.equal):
        assert escape(name) in page.content.decode()


def test_more_than_three_names_are_folded_with_their_number(client_for, bob, org, bayat):
    gone = list(bayat.scorecard.kpis.filter(status=KPI.Status.ADOPTED)[:4])
    page_url = reverse("surveys:results", args=[org.slug, bayat.pk])

    def folded(count: int) -> str:
        ids = [kpi.pk for kpi in gone[:count]]
        KPI.objects.filter(pk__in=ids).update(status=KPI.Status.DROPPED)
        page = client_for(bob).get(page_url)
        assert len(page.context["adoption"].gone) == count
        for kpi in gone[:count]:
            assert escape(str(kpi)) in page.content.decode()
        return "".join(re.findall(r'(?s)<ul class="results__names.*?</ul>', page.content.decode()))

    assert folded(3) == ""
    assert folded(4).count("<li>") == 4


def test_a_perspective_that_came_later_counts_nothing(bayat):
    assert adoption_of(survey_results(bayat)).uncompared == ()
    late = factories.perspective(bayat.scorecard)
    factories.kpi(factories.objective(late), status=KPI.Status.ADOPTED)
    assert adoption_of(survey_results(bayat)).uncompared == (str(late),)


def test_global_weights_leave_room_for_what_was_not_compared(survey):
    """A second perspective with one KPI counts as much, though nothing in it was compared."""
    answered(survey, ["2", "4", "2"])
    assert survey_results(survey).undivided == 0
    alone = factories.objective(factories.perspective(survey.scorecard))
    factories.kpi(alone, code="X1", status=KPI.Status.ADOPTED)
    results = survey_results(survey)
    compared = [weight for weight in results.hierarchy if weight.is_compared]
    assert sum(weight.overall for weight in compared) == pytest.approx(0.5)
    assert results.hierarchy[0].overall == 0.5
    assert results.undivided == pytest.approx(0), "one KPI alone has nothing to compare"
    factories.kpi(alone, code="X2", status=KPI.Status.ADOPTED)
    assert survey_results(survey).undivided == pytest.approx(0.5)


def test_a_part_over_its_limit_and_experts_still_missing_are_said(client_for, bob, org, survey):
    answered(survey, ["9", "1/9", "9"])
    invite_expert(survey=survey, name="Pakar kedua")
    page = client_for(bob).get(reverse("surveys:results", args=[org.slug, survey.pk]))
    results = page.context["results"]
    assert [result.matrix.code for result in results.over_limit] == ["P1"]
    assert (results.sent, results.expected) == (1, 2)
    assert page.content.decode().count('class="alert ') == 2


def test_experts_who_all_weigh_nothing_give_no_weights_and_a_reason(client_for, edi, org, survey):
    answered(survey, ["2", "4", "2"])
    survey.invitations.update(weight=0)
    client = client_for(edi)
    page = client.get(reverse("surveys:results", args=[org.slug, survey.pk]))
    [result] = page.context["results"].matrices
    assert result.group is None
    assert result.fault.code == "expert-weights-not-positive"
    assert escape(result.reason) in page.content.decode()
    client.post(reverse("surveys:adopt", args=[org.slug, survey.pk]), {"seen": "x"})
    assert not WeightSet.objects.exists()


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_marks_reconstructed_judgements(client_for, bob, org, lasem, language):
    client = client_for(bob)
    client.cookies["django_language"] = language
    page = client.get(reverse("surveys:results", args=[org.slug, lasem.pk])).content.decode()
    assert 'class="provenance"' in page
    assert "0,044" in page if language == "id" else "0.044" in page


def test_the_page_asks_as_often_for_many_experts_as_for_one(
    client_for, bob, org, survey, flat_queries
):
    answered(survey, ["2", "4", "2"])
    client = client_for(bob)
    url = reverse("surveys:results", args=[org.slug, survey.pk])
    flat_queries(lambda: client.get(url), lambda: answered(survey, *[["1", "3", "2"]] * 6))


def test_an_empty_questionnaire_says_what_comes(client_for, bob, org, survey):
    page = client_for(bob).get(reverse("surveys:results", args=[org.slug, survey.pk]))
    assert page.status_code == 200
    assert page.context["results"].matrices[0].group is None


def test_results_need_an_organization_that_one_may_see(client_for, charlie, org, bayat):
    url = reverse("surveys:results", args=[org.slug, bayat.pk])
    assert client_for(charlie).get(url).status_code == 404
