"""Making a scorecard: blank, or with a framework that is chosen on the next page."""

from decimal import Decimal

from django.urls import reverse

from organizations.models import Organization, User
from scorecards.models import Scorecard
from scorecards.services.design import create_scorecard
from tests import factories

VALID = {"name": "CRM 2026", "frequency": "quarterly", "scoring": "omax", "start": "blank"}


def create_url(org: Organization) -> str:
    return reverse("scorecards:scorecard-create", args=[org.slug])


def test_blank_scorecard_leads_to_its_design(org, edi, client_for) -> None:
    response = client_for(edi).post(create_url(org), VALID)

    scorecard = Scorecard.objects.get()
    assert response.url == reverse("scorecards:scorecard", args=[org.slug, scorecard.pk])
    assert (scorecard.organization, scorecard.name, scorecard.saved_by) == (org, "CRM 2026", edi)
    assert not scorecard.perspectives.exists()


def test_library_start_leads_to_the_frameworks(org, edi, client_for) -> None:
    response = client_for(edi).post(create_url(org), VALID | {"start": "library"})

    scorecard = Scorecard.objects.get()
    assert response.url == reverse("scorecards:framework-list", args=[org.slug, scorecard.pk])
    assert not scorecard.perspectives.exists()


def test_likert_scorecard_gets_likert_limits(org: Organization, alice: User) -> None:
    likert = create_scorecard(organization=org, name="Likert", by=alice, scoring="likert")
    omax = create_scorecard(organization=org, name="OMAX", by=alice)

    assert (likert.red_limit, likert.green_limit) == (Decimal("2.6"), Decimal("3.4"))
    assert (omax.red_limit, omax.green_limit) == (3, 8)


def test_limits_that_are_given_are_taken(org: Organization, alice: User) -> None:
    scorecard = create_scorecard(
        organization=org, name="Ketat", by=alice, red_limit=Decimal(4), green_limit=Decimal(9)
    )

    assert (scorecard.red_limit, scorecard.green_limit) == (4, 9)


def test_without_a_name_it_is_refused_and_nothing_is_lost(org, edi, client_for) -> None:
    response = client_for(edi).post(create_url(org), VALID | {"name": "", "frequency": "yearly"})

    assert response.status_code == 422
    assert response.context["form"].has_error("name", "required")
    assert response.context["form"]["frequency"].value() == "yearly"
    assert not Scorecard.objects.exists()


def test_strategy_of_another_organization_is_refused(org, other_org, edi, client_for) -> None:
    foreign = factories.strategy(other_org)

    response = client_for(edi).post(create_url(org), VALID | {"strategy": foreign.pk})

    assert response.status_code == 422
    assert response.context["form"].has_error("strategy", "invalid_choice")


def test_empty_post_is_a_mistake_and_not_a_new_scorecard(org, edi, client_for) -> None:
    assert client_for(edi).post(create_url(org), {}).status_code == 422


def test_the_newest_strategy_is_chosen_already(org, edi, client_for) -> None:
    """Who has just written it down need not look for it."""
    factories.strategy(org, start_year=2020, end_year=2024)
    newest = factories.strategy(org, start_year=2025, end_year=2029)
    page = client_for(edi).get(create_url(org)).text
    assert f'<option value="{newest.pk}" selected' in page
