"""An invitation's life: made, shown, sent, renewed, revoked, accepted, run out."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organizations import mail, services
from organizations.links import staff_invitation_link
from organizations.models import Membership, Role, StaffInvitation, User
from tests import factories
from tests.factories import PASSWORD

PREVIEWS = ["WhatsApp/2.23", "TelegramBot", "facebookexternalhit/1.1", "Googlebot/2.1"]
NEW_PERSON = {"person_name": "Agus Prasetyo", "password": PASSWORD}


def path_of(invitation):
    return "/" + staff_invitation_link(invitation).split("/", 3)[3]


def page(name, org, *args):
    return reverse(f"organizations:{name}", args=[org.slug, *args])


@pytest.fixture
def invitation(org, alice):
    return services.invite_staff(
        organization=org, email="Agus@contoh.id", role=Role.EDITOR, by=alice, now=timezone.now()
    )


# -- Making, showing, sending


def test_admin_invites_and_gets_the_link(client_for, org, alice):
    client = client_for(alice)
    values = {"email": "Agus@contoh.id", "role": "editor"}
    response = client.post(page("staff-invite", org), values, follow=True)
    invitation = StaffInvitation.objects.get()
    assert response.redirect_chain == [(page("staff-invitation", org, invitation.pk), 302)]
    assert invitation.email == "agus@contoh.id"
    assert invitation.invited_by == alice
    assert timedelta(days=13.9) < invitation.expires_at - timezone.now() < timedelta(days=14)
    assert staff_invitation_link(invitation) in response.content.decode()
    assert response.context["whatsapp"].startswith("https://wa.me/?text=")


def test_link_can_be_copied_again(client_for, org, alice, invitation):
    url = page("staff-invitation", org, invitation.pk)
    first, second = (client_for(alice).get(url).context["link"] for _ in range(2))
    assert first == second


def test_invitation_is_mailed_where_there_is_a_server(client_for, org, alice):
    client_for(alice).post(page("staff-invite", org), {"email": "a@b.id", "role": "admin"})
    mail.wait_until_sent()
    (message,) = outbox.outbox
    assert message.to == ["a@b.id"]
    assert staff_invitation_link(StaffInvitation.objects.get()) in message.body


def test_without_a_server_the_link_is_there_all_the_same(client_for, org, alice, settings):
    settings.MAIL_IS_SENT = False
    values = {"email": "a@b.id", "role": "admin"}
    response = client_for(alice).post(page("staff-invite", org), values, follow=True)
    mail.wait_until_sent()
    assert outbox.outbox == []
    assert staff_invitation_link(StaffInvitation.objects.get()) in response.content.decode()


def test_address_with_and_without_an_account_are_answered_alike(client_for, org, alice, charlie):
    for email in (charlie.email, "tidak-ada@contoh.id"):
        response = client_for(alice).post(
            page("staff-invite", org), {"email": email, "role": "editor"}
        )
        assert response.status_code == 302


@pytest.mark.parametrize("email", ["AGUS@contoh.id", "not an address", ""])
def test_invitation_to_another_role_and_unreadable_address_are_refused(
    client_for, org, alice, invitation, email
):
    response = client_for(alice).post(page("staff-invite", org), {"email": email, "role": "admin"})
    assert response.status_code == 422
    assert "email" in response.context["form"].errors
    assert StaffInvitation.objects.count() == 1


def test_same_invitation_once_more_leads_to_the_first_without_another_mail(
    client_for, org, alice, invitation
):
    values = {"email": "AGUS@contoh.id", "role": "editor"}
    response = client_for(alice).post(page("staff-invite", org), values)
    mail.wait_until_sent()
    assert response.url == page("staff-invitation", org, invitation.pk)
    assert StaffInvitation.objects.get() == invitation
    assert outbox.outbox == []


def test_member_is_not_invited_again(client_for, org, alice, bob):
    values = {"email": bob.email.upper(), "role": "editor"}
    response = client_for(alice).post(page("staff-invite", org), values)
    assert response.status_code == 422


def test_form_decides_neither_organization_nor_nonce(client_for, org, other_org, alice):
    values = {"email": "a@b.id", "role": "editor", "organization": other_org.pk, "nonce": "x"}
    client_for(alice).post(page("staff-invite", org), values)
    invitation = StaffInvitation.objects.get()
    assert invitation.organization == org
    assert invitation.nonce != "x"


def test_unknown_role_is_refused(client_for, org, alice):
    values = {"email": "a@b.id", "role": "owner"}
    assert client_for(alice).post(page("staff-invite", org), values).status_code == 422


# -- Revoking and renewing


def test_revoked_link_no_longer_works(client, client_for, org, alice, invitation):
    client_for(alice).post(page("staff-invitation-revoke", org, invitation.pk))
    assert client.get(path_of(invitation)).status_code == 404
    assert client.post(path_of(invitation), NEW_PERSON).status_code == 404
    assert not User.objects.filter(name="Agus Prasetyo").exists()


def test_new_link_replaces_the_old_one(client, client_for, org, alice, invitation):
    client_for(alice).post(page("staff-invitation-reissue", org, invitation.pk))
    assert client.get(path_of(invitation)).status_code == 404
    invitation.refresh_from_db()
    assert client.get(path_of(invitation)).status_code == 200


def test_invitation_that_ran_out_is_refused_and_can_be_renewed(
    client, client_for, org, alice, invitation
):
    StaffInvitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(path_of(invitation)).status_code == 404
    client_for(alice).post(page("staff-invitation-reissue", org, invitation.pk))
    invitation.refresh_from_db()
    assert client.get(path_of(invitation)).status_code == 200


@pytest.mark.parametrize("verb", ["reissue", "revoke"])
def test_invitation_that_is_over_stays_over(client_for, org, alice, invitation, verb):
    services.revoke_invitation(invitation=invitation, now=timezone.now())
    before = StaffInvitation.objects.values().get()
    response = client_for(alice).post(page(f"staff-invitation-{verb}", org, invitation.pk))
    assert response.url == page("people", org)
    assert StaffInvitation.objects.values().get() == before


def test_link_of_an_invitation_that_is_over_is_not_shown(client_for, org, alice, invitation):
    services.revoke_invitation(invitation=invitation, now=timezone.now())
    response = client_for(alice).get(page("staff-invitation", org, invitation.pk))
    assert response.url == page("people", org)


def test_looking_revokes_and_renews_nothing(client_for, org, alice, invitation):
    for verb in ("reissue", "revoke"):
        url = page(f"staff-invitation-{verb}", org, invitation.pk)
        assert client_for(alice).get(url).status_code == 405


# -- Accepting


@pytest.mark.parametrize("agent", PREVIEWS)
def test_previews_change_nothing(invitation, agent):
    before = StaffInvitation.objects.values().get()
    for _ in range(3):
        response = Client(HTTP_USER_AGENT=agent).get(path_of(invitation))
        assert response.status_code == 200
        assert response.headers["X-Robots-Tag"] == "noindex"
    assert StaffInvitation.objects.values().get() == before
    assert not User.objects.filter(email=invitation.email).exists()


def test_new_person_accepts_with_name_and_password(client, org, invitation):
    response = client.post(path_of(invitation), NEW_PERSON)
    assert response.url == reverse("surveys:home", args=[org.slug])
    membership = Membership.objects.get(user__email="agus@contoh.id")
    assert membership.role == Role.EDITOR
    assert membership.user.name == "Agus Prasetyo"
    assert client.session["_auth_user_id"] == str(membership.user.pk)
    assert membership.history.get().history_user == membership.user


def test_new_person_cannot_choose_role_or_address(client, invitation):
    extra = {"role": "admin", "email": "lain@contoh.id", "is_superuser": "on"}
    client.post(path_of(invitation), {**NEW_PERSON, **extra})
    membership = Membership.objects.get(user__name="Agus Prasetyo")
    assert (membership.role, membership.user.email) == (Role.EDITOR, "agus@contoh.id")
    assert not membership.user.is_superuser


def test_new_person_with_an_easy_password_is_asked_again(client, invitation):
    response = client.post(path_of(invitation), {**NEW_PERSON, "password": "12345678"})
    assert response.status_code == 422
    assert b"Agus Prasetyo" in response.content


def test_link_works_once(client, invitation):
    client.post(path_of(invitation), NEW_PERSON)
    again = Client().post(path_of(invitation), {"person_name": "Lain", "password": PASSWORD})
    assert again.status_code == 404
    assert not User.objects.filter(name="Lain").exists()


def test_person_with_an_account_signs_in_and_accepts(client, invitation, charlie):
    asked = client.get(path_of(invitation)).content.decode()
    assert f"{reverse('organizations:login')}?next={path_of(invitation)}" in asked
    client.force_login(charlie)
    assert client.get(path_of(invitation)).status_code == 200
    assert not charlie.memberships.filter(organization=invitation.organization).exists()
    client.post(path_of(invitation))
    assert charlie.memberships.get(organization=invitation.organization).role == Role.EDITOR


def test_account_of_the_address_is_used_when_the_password_is_its_own(client, invitation):
    agus = factories.user("Agus", email="agus@contoh.id")
    client.post(path_of(invitation), NEW_PERSON)
    assert agus.memberships.get().organization == invitation.organization
    agus.refresh_from_db()
    assert agus.name == "Agus", "the account stays as its owner made it"


def test_account_of_the_address_is_not_taken_over(client, invitation):
    agus = factories.user("Agus", email="agus@contoh.id", password="sandi milik agus sendiri")
    response = client.post(path_of(invitation), NEW_PERSON)
    assert response.status_code == 422
    agus.refresh_from_db()
    assert agus.check_password("sandi milik agus sendiri")
    assert not agus.memberships.exists()


def test_guessing_that_password_is_limited(client, invitation):
    factories.user("Agus", email="agus@contoh.id", password="sandi milik agus sendiri")
    for _ in range(20):
        client.post(path_of(invitation), NEW_PERSON)
    right = {**NEW_PERSON, "password": "sandi milik agus sendiri"}
    assert client.post(path_of(invitation), right).status_code == 422


def test_member_who_opens_the_link_goes_home(client_for, org, bob, invitation):
    response = client_for(bob).post(path_of(invitation))
    assert response.url == reverse("surveys:home", args=[org.slug])
    assert bob.memberships.get().role == Role.RESEARCHER
    invitation.refresh_from_db()
    assert invitation.is_pending, "it is still there for the person it is meant for"


def test_wrong_revoked_run_out_and_used_links_look_the_same(client, org, alice):
    def invite(number):
        return services.invite_staff(
            organization=org,
            email=f"orang{number}@contoh.id",
            role=Role.EDITOR,
            by=alice,
            now=timezone.now(),
        )

    revoked, over, used = invite(1), invite(2), invite(3)
    services.revoke_invitation(invitation=revoked, now=timezone.now())
    StaffInvitation.objects.filter(pk=over.pk).update(expires_at=timezone.now())
    services.accept_invitation(invitation=used, user=factories.user(), now=timezone.now())
    wrong = path_of(invite(4))[:-2] + "x/"
    paths = [wrong, "/join/1-x/", "/join/nonsense/", *map(path_of, (revoked, over, used))]
    texts = set()
    for path in paths:
        response = client.get(path)
        assert response.status_code == 404
        main = response.content.decode().partition("<main")[2].partition("</main>")[0]
        texts.add(main)
    assert len(texts) == 1


def test_second_press_of_the_same_person_leads_where_the_first_did(client_for, org, invitation):
    client = client_for(factories.user())
    home = reverse("surveys:home", args=[org.slug])
    for look in (client.post, client.post, client.get):
        assert look(path_of(invitation)).url == home
    assert org.memberships.filter(role=Role.EDITOR).count() == 1


def test_used_link_is_dead_for_everybody_else(client_for, invitation):
    client_for(factories.user()).post(path_of(invitation))
    for client in (client_for(factories.user()), Client()):
        assert client.post(path_of(invitation)).status_code == 404


def test_forged_link_leads_a_member_nowhere(client_for, bob, invitation):
    assert client_for(bob).get(path_of(invitation)[:-2] + "x/").status_code == 404


def test_two_presses_make_one_membership(org, alice, invitation):
    first, second = factories.user(), factories.user()
    services.accept_invitation(invitation=invitation, user=first, now=timezone.now())
    with pytest.raises(services.InvitationOver):
        services.accept_invitation(invitation=invitation, user=second, now=timezone.now())


def test_page_that_was_open_while_the_link_was_renewed_accepts_nothing(alice, invitation):
    stale = StaffInvitation.objects.get(pk=invitation.pk)
    services.reissue_invitation(invitation=invitation, now=timezone.now())
    with pytest.raises(services.InvitationOver):
        services.accept_invitation(invitation=stale, user=factories.user(), now=timezone.now())
