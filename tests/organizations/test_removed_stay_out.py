"""Whoever was removed stays out: every link that he made, or saw as an admin, is dead (W3)."""

from collections import Counter
from functools import partial
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from organizations import services
from organizations.links import is_link_of, password_reset_link, staff_invitation_link
from organizations.models import Role, StaffInvitation, User
from tests import factories
from tests.crowd import at_once
from tests.factories import PASSWORD
from tests.surveys import builders

pytestmark = pytest.mark.django_db

NEW_PERSON = {"person_name": "Edi Lain", "password": PASSWORD}


def page(name, org, *args):
    return reverse(f"organizations:{name}", args=[org.slug, *args])


def path_of(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def invite(org, by, email="lain@contoh.id", role=Role.ADMIN) -> StaffInvitation:
    return services.invite_staff(
        organization=org, email=email, role=role, by=by, now=timezone.now()
    )


def opens(invitation_link: str) -> bool:
    """Whether somebody who comes with it gets in."""
    return Client().post(path_of(invitation_link), NEW_PERSON).status_code == 302


def sets_a_password(link: str) -> bool:
    return Client().get(path_of(link), follow=True).context["validlink"]


@pytest.fixture
def leaving(org):
    """A second admin."""
    return factories.membership(factories.user("Budi", email="budi@contoh.id"), org, Role.ADMIN)


def removed(client_for, alice, org, leaving):
    values = {"version": leaving.version}
    return client_for(alice).post(page("membership-remove", org, leaving.pk), values)


def lowered(client_for, alice, org, leaving):
    values = {"version": leaving.version, "role": Role.READER}
    return client_for(alice).post(page("membership-edit", org, leaving.pk), values)


def left(client_for, alice, org, leaving):
    return client_for(leaving.user).post(page("leave", org), {"version": leaving.version})


WAYS = pytest.mark.parametrize("end", [removed, lowered, left])


@WAYS
def test_his_invitations_are_revoked(client_for, alice, org, leaving, end):
    invitation = invite(org, leaving.user)
    link = staff_invitation_link(invitation)
    assert end(client_for, alice, org, leaving).status_code == 302
    invitation.refresh_from_db()
    assert not invitation.is_pending
    assert not opens(link)


@WAYS
def test_links_of_others_that_he_saw_are_replaced(client_for, alice, org, leaving, end):
    invitation = invite(org, alice, role=Role.EDITOR)
    seen = staff_invitation_link(invitation)
    assert end(client_for, alice, org, leaving).status_code == 302
    assert not opens(seen)
    invitation = StaffInvitation.objects.get()
    assert invitation.is_pending
    assert opens(staff_invitation_link(invitation))


@WAYS
def test_password_links_that_he_handed_out_are_dead(client_for, alice, bob, org, leaving, end):
    url = page("member-reset", org, bob.memberships.get().pk)
    link = client_for(leaving.user).post(url).context["link"]
    assert sets_a_password(link)
    assert end(client_for, alice, org, leaving).status_code == 302
    assert not sets_a_password(link)
    assert sets_a_password(password_reset_link(User.objects.get(pk=bob.pk)))


@WAYS
def test_experts_keep_their_links(client_for, alice, org, leaving, end):
    expert = builders.invitation(builders.survey(org))
    before = builders.expert(expert)
    end(client_for, alice, org, leaving)
    assert before.get("/answer/", follow=True).status_code == 200


def test_who_was_no_admin_changes_no_link(client_for, alice, bob, org):
    link = staff_invitation_link(invite(org, alice, role=Role.EDITOR))
    membership = bob.memberships.get()
    assert removed(client_for, alice, org, membership).status_code == 302
    assert opens(link)


def test_another_admin_who_becomes_admin_again_changes_no_link(client_for, alice, org, leaving):
    link = staff_invitation_link(invite(org, alice, role=Role.EDITOR))
    values = {"version": leaving.version, "role": Role.ADMIN}
    client_for(alice).post(page("membership-edit", org, leaving.pk), values)
    assert opens(link)


def test_what_ends_is_said_before_and_after(client_for, alice, bob, org, leaving):
    invite(org, leaving.user, "satu@contoh.id")
    invite(org, alice, "dua@contoh.id", Role.EDITOR)
    admin = client_for(alice)
    for name in ("membership-remove", "membership-edit"):
        text = admin.get(page(name, org, leaving.pk)).content.decode()
        assert "satu@contoh.id" in text
        assert "dua@contoh.id" not in text
        assert "1 undangan lain yang belum dipakai mendapat tautan baru" in text
        others = admin.get(page(name, org, bob.memberships.get().pk)).content.decode()
        assert "undangan lain" not in others
    assert "satu@contoh.id" in client_for(leaving.user).get(page("leave", org)).content.decode()
    values = {"version": leaving.version}
    done = admin.post(page("membership-remove", org, leaving.pk), values, follow=True)
    text = done.content.decode()
    assert "Undangan yang belum dipakai kini punya tautan baru" in text


def test_an_edit_that_is_refused_ends_nothing(client_for, alice, org, leaving):
    link = staff_invitation_link(invite(org, leaving.user, role=Role.EDITOR))
    values = {"version": leaving.version + 7, "role": Role.READER}
    client_for(alice).post(page("membership-edit", org, leaving.pk), values)
    assert opens(link)


def test_an_invitation_that_is_accepted_meanwhile_is_over(alice, org, leaving):
    """The link was checked before the admin left, and accepted after."""
    invitation = invite(org, alice, role=Role.EDITOR)
    stale = StaffInvitation.objects.select_related("organization").get(pk=invitation.pk)
    now = timezone.now()
    services.remove_member(membership=leaving, seen=leaving.version, by=alice, now=now)
    with pytest.raises(services.InvitationOver):
        services.accept_invitation(invitation=stale, user=factories.user("Sri"), now=now)


# -- The operator


@pytest.fixture
def operator(client):
    client.force_login(User.objects.create_superuser("op@contoh.id", PASSWORD, name="Operator"))
    return client


def test_an_account_that_the_operator_shuts_out_leaves_no_door(operator, org, leaving):
    link = staff_invitation_link(invite(org, leaving.user))
    user = leaving.user
    values = {"email": user.email, "name": user.name, "language": "id", "is_active": ""}
    values |= {"memberships-TOTAL_FORMS": 1, "memberships-INITIAL_FORMS": 1}
    values |= {"memberships-0-id": leaving.pk, "memberships-0-user": user.pk}
    address = reverse("admin:organizations_user_change", args=[user.pk])
    assert operator.post(address, values).status_code == 302
    user.refresh_from_db()
    assert not user.is_active
    assert not opens(link)


@pytest.mark.parametrize("by_action", [True, False])
def test_an_account_that_the_operator_deletes_leaves_no_door(operator, org, leaving, by_action):
    link = staff_invitation_link(invite(org, leaving.user))
    if by_action:
        address = reverse("admin:organizations_user_changelist")
        values = {"action": "delete_selected", "_selected_action": leaving.user.pk, "post": "yes"}
    else:
        address = reverse("admin:organizations_user_delete", args=[leaving.user.pk])
        values = {"post": "yes"}
    assert operator.post(address, values).status_code == 302
    assert not User.objects.filter(pk=leaving.user.pk).exists()
    assert not opens(link)


def test_doors_that_were_open_before_this_version_are_shut_by_it(org, alice, bob, leaving):
    """What is left of admins who were removed, lowered, shut out or deleted by an older version."""
    operator = User.objects.create_superuser("op@contoh.id", PASSWORD, name="Operator")
    shut = factories.membership(factories.user("Tutup"), org, Role.ADMIN).user
    shut.is_active = False
    shut.save()
    stay, end = [alice, operator], [bob, shut, factories.user("Pergi"), None]
    for number, by in enumerate(stay + end):
        StaffInvitation.objects.create(
            organization=org,
            email=f"p{number}@contoh.id",
            role=Role.ADMIN,
            invited_by=by,
            expires_at=timezone.now(),
        )
    migration = import_module("organizations.migrations.0003_link_nonce")
    migration.revoke_what_former_admins_left(apps, None)
    pending = StaffInvitation.objects.pending().order_by("pk").values_list("invited_by", flat=True)
    assert list(pending) == [user.pk for user in stay]


# -- For whom an invitation is


def test_an_admin_is_let_in_by_the_invited_address_alone(client_for, alice, org):
    invitation = invite(org, alice, "ketua@contoh.id")
    path = path_of(staff_invitation_link(invitation))
    other = client_for(factories.user("Orang Lain"))
    looked = other.get(path)
    assert "Hanya ketua@contoh.id" in looked.content.decode()
    assert "Terima undangan" not in looked.content.decode()
    pressed = other.post(path)
    assert pressed.status_code == 403
    assert "Hanya ketua@contoh.id" in pressed.content.decode()
    assert StaffInvitation.objects.get().is_pending
    invited = factories.user("Ketua", email="Ketua@contoh.id")
    assert client_for(invited).post(path).status_code == 302
    assert invited.memberships.get().role == Role.ADMIN


def test_another_role_may_be_taken_by_another_address_and_the_page_says_for_whom_it_was(
    client_for, alice, org
):
    path = path_of(staff_invitation_link(invite(org, alice, "sri@contoh.id", Role.EDITOR)))
    assert "sri@contoh.id" in Client().get(path).content.decode()
    user = factories.user("Sri Lain")
    text = client_for(user).get(path).content.decode()
    assert "Yang diundang adalah alamat lain, sri@contoh.id" in text
    assert client_for(user).post(path).status_code == 302
    own = client_for(factories.user("Sri", email="sri@contoh.id"))
    assert "alamat lain" not in own.get(path).content.decode()


# -- At the same moment


@pytest.mark.django_db(transaction=True)
def test_two_last_admins_who_leave_at_once(tmp_path, client_for, alice, org, leaving):
    acts = [
        partial(client_for(user).post, page("leave", org), {"version": 1})
        for user in (alice, leaving.user)
    ]
    answers = at_once(tmp_path, acts)
    assert Counter(answer.status_code for answer in answers) == {302: 1, 422: 1}
    assert org.memberships.filter(role=Role.ADMIN).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_last_admins_who_remove_each_other_at_once(tmp_path, client_for, alice, org, leaving):
    own = alice.memberships.get()
    acts = [
        partial(client_for(user).post, page("membership-remove", org, other.pk), {"version": 1})
        for user, other in ((alice, leaving), (leaving.user, own))
    ]
    answers = at_once(tmp_path, acts)
    assert all(answer.status_code < 500 for answer in answers)
    assert org.memberships.filter(role=Role.ADMIN).count() == 1


@pytest.mark.django_db(transaction=True)
def test_inviting_while_one_is_removed(tmp_path, client_for, alice, org, leaving):
    """Either the invitation came first and is revoked, or nobody is invited any more."""
    form = {"email": "lain@contoh.id", "role": "admin"}
    acts = [partial(client_for(leaving.user).post, page("staff-invite", org), form)] * 4
    acts.append(partial(removed, client_for, alice, org, leaving))
    answers = at_once(tmp_path, acts)
    assert answers[-1].status_code == 302
    assert all(answer.status_code in (302, 403, 404) for answer in answers[:-1])
    assert not StaffInvitation.objects.pending().exists()


def test_a_link_of_before_still_opens(alice, org):
    """Organizations that no admin left have the links that they had."""
    invitation = invite(org, alice, role=Role.EDITOR)
    assert org.link_nonce == ""
    assert is_link_of(staff_invitation_link(invitation).rsplit("/", 2)[1], invitation)


def test_in_english_too(client_for, alice, org, leaving):
    invite(org, leaving.user, "satu@contoh.id")
    client = client_for(alice)
    client.cookies["language"] = "en"
    with translation.override("en"):
        text = client.get(
            page("membership-remove", org, leaving.pk), headers={"accept-language": "en"}
        ).content.decode()
    assert "satu@contoh.id" in text
