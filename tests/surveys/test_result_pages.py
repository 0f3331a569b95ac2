"""The pages of results: what they show, to whom, and what they say where there is little."""

import re
from math import log
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from surveys.drawings.heat_map import GAP
from surveys.models import Survey
from surveys.result_pictures import heat_map_of
from surveys.services.invitations import invite_expert, revoke_invitation
from tests.surveys import result_worlds as worlds
from tests.surveys.result_worlds import CALM, CIRCLE, NAME, NEAR, NOW

PICTURE = re.compile(r'(?s)<svg class="drawing.*?</svg>(?=\s*<(?:details|figcaption|ul|p)\b)')


@pytest.fixture
def survey(org) -> Survey:
    return worlds.survey(org)


def page_urls(survey: Survey) -> dict[str, str]:
    """Every page of the results, by the name of its address."""
    args = [survey.scorecard.organization.slug, survey.pk]
    return {
        "results": reverse("surveys:results", args=args),
        "matrix-result": reverse("surveys:matrix-result", args=[*args, survey.matrices.last().pk]),
        "expert-result": reverse(
            "surveys:expert-result", args=[*args, survey.invitations.first().pk]
        ),
        "sensitivity": reverse("surveys:sensitivity", args=args),
        "expert-weights": reverse("surveys:expert-weights", args=args),
    }


def pictures(page: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(found) for found in PICTURE.findall(page)]  # noqa: S314


def test_a_matrix_has_its_pictures_each_with_a_name_and_a_table(client_for, bob, survey):
    worlds.answer(survey, CALM, NEAR, CIRCLE)
    page = client_for(bob).get(page_urls(survey)["matrix-result"])
    drawn = pictures(page.content.decode())
    assert [root.get("class").split()[1] for root in drawn] == ["heat", "dots", "intervals"]
    assert all(root.get("role") == "img" and root.get("aria-labelledby") for root in drawn)
    text = page.content.decode()
    result = page.context["result"]
    assert text.count("<tr>") > len(result.pairs) + len(result.experts) + 2 * result.size


def test_weights_stand_beside_those_of_every_other_way(client_for, bob, survey):
    worlds.answer(survey, CALM, NEAR, CIRCLE)
    page = client_for(bob).get(page_urls(survey)["matrix-result"])
    [weights] = re.findall(
        r'(?s)<table class="table table--cards matrix-weights">.*?</table>', page.content.decode()
    )
    # The weight, three methods, AIP, and without the expert over the limit.
    assert weights.split("</thead>")[0].count('scope="col" class="num"') == 6
    assert page.context["result"].alternative.experts == 2
    # On a phone css folds these, and only these, away: the names and the weight stay.
    row = weights.split("<tbody>")[1].split("</tr>")[0]
    assert row.count("matrix-weights__beside") == 5
    assert row.count("<td") == 5 + len(("weight", "bar"))


def test_experts_over_the_limit_come_first(client_for, bob, survey):
    calm, near, circle = worlds.answer(survey, CALM, NEAR, CIRCLE)
    page = client_for(bob).get(page_urls(survey)["matrix-result"])
    assert [each.invitation for each in page.context["experts"]] == [circle, calm, near]
    overview = client_for(bob).get(page_urls(survey)["results"])
    assert overview.context["experts"][0].invitation == circle
    assert overview.context["experts"][0].over_limit == 2


def test_an_anonymous_questionnaire_shows_codes_alone(client_for, edi, org):
    """T7: to nobody a name, on none of the pages."""
    survey = worlds.survey(org, anonymous=True)
    worlds.answer(survey, CALM, CIRCLE)
    survey.invitations.update(position="Ketua Rukun", institution="Batik Jaya")
    for url in page_urls(survey).values():
        page = client_for(edi).get(url).content.decode()
        assert "P1" in page
        for secret in (NAME, "Ketua Rukun", "Batik Jaya"):
            assert secret not in page
    named = worlds.survey(org)
    worlds.answer(named, CALM)
    assert NAME in client_for(edi).get(page_urls(named)["results"]).content.decode()


def test_before_anybody_has_sent_the_pages_say_what_comes(client_for, edi, survey):
    invite_expert(survey=survey, name=NAME)
    for name, url in page_urls(survey).items():
        page = client_for(edi).get(url)
        assert page.status_code == 200
        assert 'class="empty"' in page.content.decode(), name


def test_a_draft_has_no_results_and_no_faults(client_for, edi, org, survey):
    survey.status = Survey.Status.DRAFT
    survey.save()
    for matrix in survey.matrices.all():
        matrix.criteria.all().delete()
    invite_expert(survey=survey, name=NAME)
    for url in page_urls(survey).values():
        assert client_for(edi).get(url).status_code == 200


def test_one_expert_is_enough_for_everything_but_agreement(client_for, bob, survey):
    worlds.answer(survey, CALM)
    page = client_for(bob).get(page_urls(survey)["matrix-result"])
    result = page.context["result"]
    assert result.agreement is None
    assert result.bootstrap is None
    assert page.context["interval_plot"].kinds == {"judgements"}
    assert len(pictures(page.content.decode())) == 3


def test_a_part_without_an_answer_says_so_on_its_page(client_for, bob, survey):
    worlds.answer(survey, CALM)
    last = survey.matrices.last()
    survey.invitations.get().response.judgements.filter(matrix=last).delete()
    client = client_for(bob)
    page = client.get(page_urls(survey)["matrix-result"])
    assert page.context["result"].group is None
    assert 'class="empty"' in page.content.decode()
    assert client.get(page_urls(survey)["sensitivity"]).context["perspectives"] == []
    overview = client.get(page_urls(survey)["results"])
    assert overview.context["results"].hierarchy == ()


def test_what_was_not_asked_is_said_and_not_counted(client_for, bob, survey):
    calm, near = worlds.answer(survey, CALM, NEAR)
    last = survey.matrices.last()
    near.exemptions.create(matrix=last, origin="officer", reason="Bukan bidangnya")
    page = client_for(bob).get(page_urls(survey)["matrix-result"])
    assert page.context["result"].group.experts == 1
    assert "Bukan bidangnya" in page.content.decode()
    args = [survey.scorecard.organization.slug, survey.pk, near.pk]
    own = client_for(bob).get(reverse("surveys:expert-result", args=args))
    assert [part.matrix_result.matrix.pk for part in own.context["page"].parts] == [
        matrix.pk for matrix in survey.matrices.all() if matrix != last
    ]
    assert "Bukan bidangnya" in own.content.decode()


def test_judgements_that_stand_apart_are_named_in_words(client_for, bob, survey):
    *_, odd = worlds.answer(survey, CALM, CALM, CALM, NEAR, ["1/9", "4", "2"])
    page = client_for(bob).get(page_urls(survey)["matrix-result"])
    assert {outlier.invitation for outlier in page.context["result"].outliers} == {odd}
    assert '<ul class="outliers">' in page.content.decode()


def test_many_experts_are_paged(client_for, bob, survey):
    worlds.answer(survey, *[CALM] * 27)
    url = page_urls(survey)["matrix-result"]
    first = client_for(bob).get(url)
    assert len(first.context["experts"]) == 25
    assert "?page=2#matrix-experts" in first.content.decode()
    assert len(client_for(bob).get(f"{url}?page=2").context["experts"]) == 2
    assert client_for(bob).get(f"{url}?page=x").status_code == 200


def test_one_expert_in_words_beside_the_group(client_for, bob, survey):
    calm, circle = worlds.answer(survey, CALM, CIRCLE)
    args = [survey.scorecard.organization.slug, survey.pk, circle.pk]
    page = client_for(bob).get(reverse("surveys:expert-result", args=args))
    perspectives, first, second = page.context["page"].parts
    assert [len(part.answers) for part in (perspectives, first, second)] == [1, 3, 3]
    assert first.check.within_limit is False
    assert len(first.check.contradictions) == 1
    assert [each.own is not None for each in first.weights] == [True] * 3
    assert first.answers[0].pair.sentence in page.content.decode()


def test_an_expert_is_drawn_in_the_groups_order(client_for, bob, survey):
    calm, circle = worlds.answer(survey, CALM, CIRCLE)
    args = [survey.scorecard.organization.slug, survey.pk, circle.pk]
    page = client_for(bob).get(reverse("surveys:expert-result", args=args))
    drawn = pictures(page.content.decode())
    # The perspectives are a single pair, which its sentence says alone.
    assert [root.get("class").split()[1] for root in drawn] == ["heat", "heat"]
    assert len({root.get("aria-labelledby") for root in drawn}) == 2

    [_, (part, own), _] = page.context["parts"]
    group = heat_map_of(part.matrix_result)
    assert [head.text for head in own.rows] == [head.text for head in group.rows]
    # 9, 1/9 and 9 beside 2, 4 and 2: from the geometric mean of both each is apart by the root
    # of what they are apart.
    assert {cell.text for cell in own.cells} == {"9", "1/9"}
    room = own.cells[0].width - 2 * GAP
    assert sorted({round(cell.spread / room, 9) for cell in own.cells}) == pytest.approx(
        [log(9 / 2) / 2 / log(9), log(36) / 2 / log(9)]
    )


def test_an_expert_without_a_group_is_drawn_without_bars(client_for, bob, survey):
    [gone] = worlds.answer(survey, CALM)
    revoke_invitation(invitation=gone, now=NOW)
    args = [survey.scorecard.organization.slug, survey.pk, gone.pk]
    page = client_for(bob).get(reverse("surveys:expert-result", args=args))
    _, (_, own), _ = page.context["parts"]
    assert {cell.text for cell in own.cells} == {"2", "4", "1/2", "1/4"}
    assert {cell.spread for cell in own.cells} == {0}


def test_nobody_gave_a_studys_answers_by_a_link(client_for, bob, survey):
    [expert] = worlds.answer(survey, CALM)
    args = [survey.scorecard.organization.slug, survey.pk, expert.pk]
    url = reverse("surveys:expert-result", args=args)
    assert "Lewat tautan pribadi" in client_for(bob).get(url).content.decode()
    survey.provenance = Survey.Provenance.RECONSTRUCTED
    survey.save()
    assert "Lewat tautan pribadi" not in client_for(bob).get(url).content.decode()


def test_a_revoked_experts_answers_can_be_read_and_are_marked(client_for, bob, survey):
    calm, other = worlds.answer(survey, CALM, NEAR)
    revoke_invitation(invitation=other, now=NOW)
    args = [survey.scorecard.organization.slug, survey.pk, other.pk]
    page = client_for(bob).get(reverse("surveys:expert-result", args=args))
    assert page.status_code == 200
    assert [part.result for part in page.context["page"].parts] == [None] * 3
    assert page.context["results"].sent == 1


def test_sensitivity_draws_every_perspective(client_for, bob, survey):
    worlds.answer(survey, CALM, NEAR)
    page = client_for(bob).get(page_urls(survey)["sensitivity"])
    assert len(page.context["perspectives"]) == 2
    assert len(pictures(page.content.decode())) == 2


def test_a_screening_leads_to_its_own_results(client_for, bob, org, survey):
    worlds.answer(survey, CALM)
    survey.kind = Survey.Kind.SCREENING
    survey.save()
    urls = page_urls(survey)
    args = [org.slug, survey.pk]
    client = client_for(bob)
    assert client.get(urls.pop("results")).url == reverse("surveys:screening-results", args=args)
    assert {client.get(url).status_code for url in urls.values()} == {404}


def test_a_matrix_of_another_questionnaire_does_not_exist(client_for, bob, org, survey):
    other = worlds.survey(org)
    args = [org.slug, survey.pk, other.matrices.first().pk]
    assert client_for(bob).get(reverse("surveys:matrix-result", args=args)).status_code == 404


@pytest.mark.parametrize("name", ["results", "matrix-result", "expert-result", "sensitivity"])
def test_pages_ask_as_often_for_many_experts_as_for_two(
    client_for, bob, survey, flat_queries, name
):
    worlds.answer(survey, CALM, CIRCLE)
    client = client_for(bob)
    url = page_urls(survey)[name]
    flat_queries(lambda: client.get(url), lambda: worlds.answer(survey, *[NEAR] * 5))
