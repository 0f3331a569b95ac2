"""The list of an organization's scorecards."""

from datetime import date

from django.urls import reverse

from scorecards.selectors.design import list_scorecards
from scorecards.services.weights import set_equal_weights
from tests import factories


def test_says_what_each_has(org) -> None:
    scorecard = factories.scorecard(org)
    objective = factories.objective(factories.perspective(scorecard))
    factories.kpi(objective)
    factories.kpi(objective, status="dropped")
    factories.period(scorecard, start=date(2025, 1, 1), end=date(2025, 3, 31))
    latest = factories.period(scorecard)

    [row] = list_scorecards(org)

    assert (row.objectives, row.kpis, row.is_weighted, row.last_period) == (1, 1, False, latest)


def test_weights_without_a_kpi_are_not_called_set(org, alice) -> None:
    kpi = factories.kpi(factories.objective(factories.perspective(factories.scorecard(org))))
    set_equal_weights(scorecard=kpi.scorecard, by=alice)
    assert [row.is_weighted for row in list_scorecards(org)] == [True]

    kpi.delete()

    assert [row.is_weighted for row in list_scorecards(org)] == [False]


def test_other_organizations_are_not_in_it(org, other_org, bob, client_for) -> None:
    factories.scorecard(org, name="Milik kami")
    factories.scorecard(other_org, name="Milik mereka")

    content = client_for(bob).get(url(org)).content.decode()

    assert "Milik kami" in content
    assert "Milik mereka" not in content


def test_empty_list_offers_the_first_to_editors_alone(org, edi, bob, client_for) -> None:
    create = reverse("scorecards:scorecard-create", args=[org.slug])

    assert create in client_for(edi).get(url(org)).content.decode()
    assert create not in client_for(bob).get(url(org)).content.decode()


def test_queries_do_not_grow(org, bob, client_for, flat_queries) -> None:
    client = client_for(bob)
    factories.period(factories.scorecard(org, strategy=factories.strategy(org)))

    def grow() -> None:
        for _ in range(3):
            scorecard = factories.scorecard(org, strategy=factories.strategy(org))
            factories.kpi(factories.objective(factories.perspective(scorecard)))
            factories.period(scorecard)

    flat_queries(lambda: client.get(url(org)), grow)


def url(org) -> str:
    return reverse("scorecards:scorecard-list", args=[org.slug])
