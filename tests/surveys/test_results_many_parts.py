"""Results of a questionnaire of so many parts that nothing can have a place for each."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.models import Exemption, Survey
from surveys.selectors.expert_overview import expert_overview
from surveys.selectors.results import MOST_SIDE_BY_SIDE, survey_results
from surveys.selectors.sensitivity import weight_sensitivity
from tests.surveys import builders, sent

PARTS = 40
CALM, CIRCLE = (2, 4, 2), (9, 1 / 9, 9)


@pytest.fixture
def survey(org) -> Survey:
    made = builders.survey(org, sizes=(3,) * PARTS)
    sent.send(made, *[CALM] * PARTS)
    # Over the limit in the last five parts, and without an answer in the first.
    sent.send(made, (None, None, None), *[CALM] * (PARTS - 6), *[CIRCLE] * 5)
    return made


def url_of(survey: Survey, name: str = "results") -> str:
    return reverse(f"surveys:{name}", args=[survey.scorecard.organization.slug, survey.pk])


def test_parts_and_kpis_come_page_by_page(client_for, bob, survey):
    page = client_for(bob).get(url_of(survey))
    text = page.content.decode()
    assert (len(page.context["parts"]), len(page.context["kpis"])) == (25, 25)
    assert "?parts=2#parts" in text
    assert "?kpis=2#global-weights" in text
    later = client_for(bob).get(f"{url_of(survey)}?kpis=2&parts=2")
    assert len(later.context["parts"]) == PARTS - 25
    assert [row.rank for row in later.context["kpis"]] == list(range(26, 51))
    # Each list turns alone: the other stays where it is.
    assert "kpis=3&amp;parts=2#global-weights" in later.content.decode()
    assert client_for(bob).get(f"{url_of(survey)}?kpis=x&parts=999").status_code == 200


def test_parts_over_their_limit_come_first(client_for, bob, survey):
    results = client_for(bob).get(url_of(survey)).context["results"]
    over = [result.matrix.pk for result in results.over_limit]
    assert len(over) == 5
    assert [result.matrix.pk for result in results.listed[:5]] == over
    assert sorted(each.matrix.pk for each in results.listed) == [
        each.matrix.pk for each in results.matrices
    ]


def test_an_expert_is_summed_up_by_where_the_cr_is_highest(client_for, bob, survey):
    first, second = survey.invitations.order_by("pk")
    Exemption.objects.create(invitation=first, matrix=survey.matrices.last())
    rows = {row.invitation: row for row in expert_overview(survey_results(survey), {})}
    assert (rows[first].complete, rows[first].asked, rows[first].over_limit) == (39, 39, 0)
    assert rows[first].farthest_over == ()
    odd = rows[second]
    assert (odd.complete, odd.asked, odd.over_limit, odd.others_over) == (39, 40, 5, 2)
    assert [each.matrix.code for each in odd.farthest_over] == ["M36", "M37", "M38"]
    [table] = re.findall(
        r"(?s)<table[^>]*experts-in-brief.*?</table>",
        client_for(bob).get(url_of(survey)).content.decode(),
    )
    assert table.count('scope="col"') == 5, "no column for each part"
    assert "39/40" in table


def test_few_parts_keep_a_column_and_a_tab_each(client_for, bob, org):
    few = builders.survey(org, sizes=(3,) * MOST_SIDE_BY_SIDE)
    sent.send(few, *[CALM] * MOST_SIDE_BY_SIDE)
    text = client_for(bob).get(url_of(few)).content.decode()
    assert "result-experts" in text
    assert "experts-in-brief" not in text
    assert 'class="disclosure result-tabs__all"' not in text
    assert "?parts=2" not in text


def test_tabs_are_the_part_at_hand_and_a_list_of_all(client_for, bob, survey):
    matrix = survey.matrices.last()
    args = [survey.scorecard.organization.slug, survey.pk, matrix.pk]
    text = client_for(bob).get(reverse("surveys:matrix-result", args=args)).content.decode()
    tabs, all_parts = re.search(
        r'(?s)<nav class="tabs result-tabs.*?<ul>(.*?)</ul>.*?<ul>(.*?)</ul>', text
    ).groups()
    assert tabs.count("<li>") == 3
    assert all_parts.count("<li>") == PARTS


def test_sensitivity_draws_a_few_perspectives_at_a_time(client_for, bob, survey):
    page = client_for(bob).get(url_of(survey, "sensitivity") + "?page=2")
    drawn = [found for found, _plot in page.context["perspectives"]]
    assert drawn == list(weight_sensitivity(survey_results(survey))[4:8])
    assert "?page=3#main" in page.content.decode()


def test_many_parts_cost_no_more_queries_than_few(client_for, bob, org, survey):
    few = builders.survey(org, sizes=(3, 3))
    sent.send(few, CALM, CALM)
    assert queries_of(client_for(bob), url_of(survey)) == queries_of(client_for(bob), url_of(few))


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)
