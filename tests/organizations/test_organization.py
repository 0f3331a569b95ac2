"""Settings, a further organization, a cooperative's member businesses, the clock on the wall."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations.models import Organization, Role, StaffInvitation
from tests import factories

TYPED = {
    "name": "Sanggar Kidang Mas",
    "kind": "business",
    "sector": "batik",
    "regency": "Rembang",
    "province": "Jawa Tengah",
    "timezone": "Asia/Jayapura",
}


def page(name, org, *args):
    return reverse(f"organizations:{name}", args=[org.slug, *args])


def test_admin_saves_the_settings(client_for, org, alice):
    response = client_for(alice).post(page("organization-edit", org), TYPED | {"version": 1})
    assert response.status_code == 302
    org.refresh_from_db()
    assert {name: getattr(org, name) for name in TYPED} == TYPED
    assert org.slug == "pesisir", "addresses that people have kept stay good"


def test_settings_form_sets_nothing_else(client_for, org, other_org, alice):
    extra = {"version": 1, "slug": "baru", "parent": other_org.pk, "id": other_org.pk}
    client_for(alice).post(page("organization-edit", org), TYPED | extra)
    org.refresh_from_db()
    assert (org.slug, org.parent) == ("pesisir", None)


@pytest.mark.parametrize("field", ["name", "kind", "timezone"])
def test_settings_without_the_needed_are_refused(client_for, org, alice, field):
    typed = TYPED | {"version": 1, field: ""}
    response = client_for(alice).post(page("organization-edit", org), typed)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_editor_may_not_change_the_settings(client_for, org, edi):
    assert client_for(edi).get(page("organization-edit", org)).status_code == 403


def test_signed_in_person_adds_an_organization(client_for, bob):
    response = client_for(bob).post(reverse("organizations:organization-create"), TYPED)
    made = Organization.objects.get(name="Sanggar Kidang Mas")
    assert response.url == reverse("surveys:home", args=[made.slug])
    assert bob.memberships.get(organization=made).role == Role.ADMIN


def test_organization_without_a_name_is_refused(client_for, bob):
    url = reverse("organizations:organization-create")
    assert client_for(bob).post(url, TYPED | {"name": ""}).status_code == 422


def test_closed_sign_up_closes_further_organizations_too(client_for, bob, settings):
    settings.SIGNUP_OPEN = False
    url = reverse("organizations:organization-create")
    assert client_for(bob).get(url).status_code == 403
    assert client_for(factories.user(is_superuser=True)).get(url).status_code == 200


def test_admin_of_a_cooperative_adds_a_member_business(client_for, org, alice):
    response = client_for(alice).post(page("business-create", org), TYPED)
    business = Organization.objects.get(parent=org)
    assert response.url == page("people", business)
    assert alice.memberships.get(organization=business).role == Role.ADMIN
    assert business.name in client_for(alice).get(page("organization-edit", org)).content.decode()


def test_member_business_takes_what_is_known_of_the_cooperative(client_for, org, alice):
    Organization.objects.filter(pk=org.pk).update(regency="Rembang")
    assert 'value="Rembang"' in client_for(alice).get(page("business-create", org)).content.decode()


def test_member_business_without_a_name_is_refused(client_for, org, alice):
    response = client_for(alice).post(page("business-create", org), TYPED | {"name": ""})
    assert response.status_code == 422


def test_only_cooperatives_have_member_businesses(client_for, alice):
    agency = factories.organization(kind=Organization.Kind.AGENCY)
    business = factories.organization(parent=factories.organization())
    for organization in (agency, business):
        factories.membership(alice, organization)
        assert client_for(alice).get(page("business-create", organization)).status_code == 404


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Asia/Jakarta", "31 Desember 2026\xa023.30\xa0WIB"),
        ("Asia/Makassar", "1 Januari 2027\xa000.30\xa0WITA"),
        ("Asia/Jayapura", "1 Januari 2027\xa001.30\xa0WIT"),
    ],
)
def test_hours_are_those_of_the_organization(client_for, org, alice, zone, shown):
    Organization.objects.filter(pk=org.pk).update(timezone=zone)
    StaffInvitation.objects.create(
        organization=org,
        email="agus@contoh.id",
        role=Role.EDITOR,
        expires_at=datetime(2026, 12, 31, 16, 30, tzinfo=UTC),
    )
    assert shown in client_for(alice).get(page("people", org)).content.decode()
    assert str(timezone.get_current_timezone()) == "Asia/Jakarta", "the next request starts anew"
