"""Django's admin, as the site's operator uses it."""

import pytest
from django.urls import reverse

from organizations.links import staff_invitation_link
from organizations.models import Membership, Organization, StaffInvitation, User
from tests import factories


@pytest.fixture
def operator(client_for, db):
    return client_for(factories.user("Operator", is_staff=True, is_superuser=True))


MODELS = ["user", "organization", "staffinvitation"]


@pytest.mark.parametrize("model", MODELS)
def test_operator_sees_lists_and_forms(operator, org, alice, model):
    StaffInvitation.objects.create(
        organization=org, email="a@b.id", role="admin", expires_at="2030-01-01T00:00Z"
    )
    assert operator.get(reverse(f"admin:organizations_{model}_changelist")).status_code == 200
    assert operator.get(reverse(f"admin:organizations_{model}_add")).status_code == 200
    row = {"user": User, "organization": Organization, "staffinvitation": StaffInvitation}[model]
    url = reverse(f"admin:organizations_{model}_change", args=[row.objects.first().pk])
    assert operator.get(url).status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_admins_of_organizations_are_no_operators(client_for, alice, model):
    url = reverse(f"admin:organizations_{model}_changelist")
    assert client_for(alice).get(url).status_code in (302, 403)


def test_operator_makes_an_account(operator):
    password = factories.PASSWORD
    operator.post(
        reverse("admin:organizations_user_add"),
        {
            "email": "Baru@contoh.id",
            "name": "Baru",
            "language": "id",
            "password1": password,
            "password2": password,
            "memberships-TOTAL_FORMS": 0,
            "memberships-INITIAL_FORMS": 0,
            "usable_password": "true",
        },
    )
    assert User.objects.get(email__iexact="baru@contoh.id").check_password(password)


def test_operator_invites_the_first_admin_and_sees_the_link(operator, org):
    operator.post(
        reverse("admin:organizations_staffinvitation_add"),
        {"organization": org.pk, "email": "ketua@contoh.id", "role": "admin"},
    )
    invitation = StaffInvitation.objects.get()
    assert invitation.invited_by.name == "Operator"
    url = reverse("admin:organizations_staffinvitation_change", args=[invitation.pk])
    assert staff_invitation_link(invitation) in operator.get(url).content.decode()


def test_link_of_a_used_invitation_is_not_shown(operator, org):
    invitation = StaffInvitation.objects.create(
        organization=org,
        email="a@b.id",
        role="admin",
        expires_at="2030-01-01T00:00Z",
        accepted_at="2026-01-01T00:00Z",
    )
    url = reverse("admin:organizations_staffinvitation_change", args=[invitation.pk])
    assert "/join/" not in operator.get(url).content.decode()


def test_operator_makes_links_for_a_new_password(operator, alice, bob):
    bob.is_active = False
    bob.save()
    response = operator.post(
        reverse("admin:organizations_user_changelist"),
        {"action": "show_password_links", "_selected_action": [alice.pk, bob.pk]},
    )
    text = response.content.decode()
    assert alice.email in text
    assert "/password-reset/" in text
    assert bob.email not in text, "who may not sign in needs no password"


def test_operators_change_of_an_organization_counts_as_a_version(operator, org, alice):
    values = {
        "name": "Nama Baru",
        "slug": org.slug,
        "kind": org.kind,
        "timezone": org.timezone,
        "memberships-TOTAL_FORMS": 0,
        "memberships-INITIAL_FORMS": 0,
    }
    operator.post(reverse("admin:organizations_organization_change", args=[org.pk]), values)
    org.refresh_from_db()
    assert (org.name, org.version) == ("Nama Baru", 2)
    assert Membership.objects.get().role == "admin", "memberships are only looked at here"
