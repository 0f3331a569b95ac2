"""The people of an organization: roles, removal, leaving, several organizations, oversight."""

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations import services
from organizations.context_processors import Navigation
from organizations.models import Membership, Role
from tests import factories


def page(name, org, *args):
    return reverse(f"organizations:{name}", args=[org.slug, *args])


def membership_of(user, org):
    return user.memberships.get(organization=org)


def change_role(client, org, membership, role, version=None):
    values = {"role": role, "version": version or membership.version}
    return client.post(page("membership-edit", org, membership.pk), values)


def test_admin_changes_a_role_and_it_is_recorded(client_for, org, alice, bob):
    membership = membership_of(bob, org)
    response = change_role(client_for(alice), org, membership, "editor")
    assert response.url == page("people", org)
    membership.refresh_from_db()
    assert (membership.role, membership.version) == (Role.EDITOR, 2)
    record = membership.history.latest()
    assert (record.role, record.history_user) == (Role.EDITOR, alice)


def test_a_reader_is_invited_made_and_told_apart(client_for, org, alice, bob):
    """Where one chooses a role stands what each may do; the people's page has it too."""
    for name, args in (("staff-invite", ()), ("membership-edit", (membership_of(bob, org).pk,))):
        form = client_for(alice).get(page(name, org, *args)).content.decode()
        assert "Pembaca: membaca laporan" in form
    invited = {"email": "ketua@contoh.id", "role": "reader"}
    client_for(alice).post(page("staff-invite", org), invited)
    assert org.staff_invitations.get().role == Role.READER
    change_role(client_for(alice), org, membership_of(bob, org), "reader")
    people = client_for(alice).get(page("people", org)).content.decode()
    assert people.count("pembaca") >= 2
    assert "tidak melihat siapa menjawab apa" in people


def test_role_form_moves_nobody_elsewhere(client_for, org, other_org, alice, bob, charlie):
    membership = membership_of(bob, org)
    values = {
        "role": "editor",
        "version": 1,
        "user": charlie.pk,
        "organization": other_org.pk,
        "id": membership_of(charlie, other_org).pk,
    }
    client_for(alice).post(page("membership-edit", org, membership.pk), values)
    membership.refresh_from_db()
    assert (membership.user, membership.organization) == (bob, org)


def test_unknown_role_is_refused(client_for, org, alice, bob):
    assert change_role(client_for(alice), org, membership_of(bob, org), "x").status_code == 422


def test_second_of_two_admins_is_told(client_for, org, alice, bob):
    membership = membership_of(bob, org)
    change_role(client_for(alice), org, membership, "editor")
    response = change_role(client_for(alice), org, membership, "admin", version=1)
    assert response.status_code == 409
    membership.refresh_from_db()
    assert membership.role == Role.EDITOR


@pytest.mark.parametrize("role", ["editor", "researcher"])
def test_last_admin_keeps_the_role(client_for, org, alice, role):
    response = change_role(client_for(alice), org, membership_of(alice, org), role)
    assert response.status_code == 422
    assert "role" in response.context["form"].errors
    assert membership_of(alice, org).role == Role.ADMIN


def test_admin_beside_another_admin_may_step_down(client_for, org, alice, bob):
    Membership.objects.filter(user=bob).update(role=Role.ADMIN)
    change_role(client_for(alice), org, membership_of(alice, org), "editor")
    assert membership_of(alice, org).role == Role.EDITOR


def test_removal_takes_effect_with_the_next_page(client_for, org, alice, bob):
    visitor = client_for(bob)
    assert visitor.get(page("people", org)).status_code == 200
    membership = membership_of(bob, org)
    response = client_for(alice).post(
        page("membership-remove", org, membership.pk), {"version": membership.version}
    )
    assert response.url == page("people", org)
    assert visitor.get(page("people", org)).status_code == 404
    record = Membership.history.filter(history_type="-").get()
    assert (record.user, record.history_user) == (bob, alice)


def test_lower_role_takes_effect_with_the_next_page(client_for, org, alice, edi):
    visitor = client_for(edi)
    assert visitor.get(page("strategy-create", org)).status_code == 200
    change_role(client_for(alice), org, membership_of(edi, org), "researcher")
    assert visitor.get(page("strategy-create", org)).status_code == 403


def test_disabled_person_is_out_with_the_next_page(client_for, org, bob):
    visitor = client_for(bob)
    bob.is_active = False
    bob.save()
    assert visitor.get(page("people", org)).status_code == 302


def test_looking_removes_nobody(client_for, org, alice, bob):
    response = client_for(alice).get(page("membership-remove", org, membership_of(bob, org).pk))
    assert response.status_code == 200
    assert bob.memberships.exists()


def test_removal_of_somebody_who_was_changed_meanwhile_asks_again(client_for, org, alice, bob):
    membership = membership_of(bob, org)
    change_role(client_for(alice), org, membership, "editor")
    response = client_for(alice).post(page("membership-remove", org, membership.pk), {"version": 1})
    assert response.status_code == 409
    assert bob.memberships.exists()


def test_last_admin_cannot_be_removed_or_leave(client_for, org, alice, bob):
    membership = membership_of(alice, org)
    for url in (page("membership-remove", org, membership.pk), page("leave", org)):
        response = client_for(alice).post(url, {"version": membership.version})
        assert response.status_code == 422
    assert alice.memberships.exists()


def test_person_leaves_by_oneself(client_for, org, bob):
    response = client_for(bob).post(page("leave", org), {"version": 1}, follow=True)
    assert not bob.memberships.exists()
    assert response.status_code == 200
    assert "organizations/start.html" in [template.name for template in response.templates]


def test_last_admin_is_kept_by_the_service_too(org, alice, bob):
    membership = membership_of(alice, org)
    with pytest.raises(services.LastAdmin):
        services.remove_member(membership=membership, seen=1, by=alice, now=timezone.now())
    with pytest.raises(services.LastAdmin):
        services.set_role(
            membership=membership, role=Role.EDITOR, seen=1, by=alice, now=timezone.now()
        )


# -- Who sees what


def test_addresses_and_invitations_are_for_admins_alone(client_for, org, alice, edi, bob):
    services.invite_staff(
        organization=org, email="agus@contoh.id", role=Role.EDITOR, by=alice, now=timezone.now()
    )
    for_admin = client_for(alice).get(page("people", org)).content.decode()
    for_editor = client_for(edi).get(page("people", org)).content.decode()
    assert bob.email in for_admin
    assert "agus@contoh.id" in for_admin
    assert bob.name in for_editor
    assert bob.email not in for_editor
    assert "agus@contoh.id" not in for_editor


def test_people_page_needs_no_more_queries_for_more_people(
    client_for, flat_queries, org, alice, bob
):
    client = client_for(alice)

    def invite(number):
        services.invite_staff(
            organization=org,
            email=f"orang{number}@contoh.id",
            role=Role.EDITOR,
            by=alice,
            now=timezone.now(),
        )

    def grow():
        for number in range(5):
            factories.membership(factories.user(), org, Role.EDITOR)
            invite(number)

    invite(99)
    flat_queries(lambda: client.get(page("people", org)), grow)


def test_account_page_needs_no_more_queries_for_more_organizations(client_for, flat_queries, alice):
    client = client_for(alice)

    def grow():
        for _ in range(3):
            factories.membership(alice, factories.organization())

    flat_queries(lambda: client.get(reverse("organizations:account")), grow)


# -- Several organizations


def test_one_person_works_in_two_organizations(client_for, org, other_org, bob):
    factories.membership(bob, other_org, Role.ADMIN)
    client = client_for(bob)
    assert client.get(page("strategy-create", org)).status_code == 403
    response = client.get(page("strategy-create", other_org))
    assert response.status_code == 200
    navigation = response.context["navigation"]
    assert navigation.organization == other_org
    assert navigation.can_manage
    assert navigation.others == [org]
    assert reverse("surveys:home", args=[org.slug]) in response.content.decode()


def test_start_goes_to_the_organization_used_last(client_for, org, other_org, bob):
    factories.membership(bob, other_org, Role.RESEARCHER)
    client = client_for(bob)
    start = reverse("organizations:start")
    assert client.get(start).url == reverse("surveys:home", args=[org.slug])
    client.get(page("people", other_org))
    assert client.get(start).url == reverse("surveys:home", args=[other_org.slug])


def test_page_that_was_refused_is_not_remembered(client_for, org, other_org, bob):
    client = client_for(bob)
    assert client.get(page("people", other_org)).status_code == 404
    assert client.get(reverse("organizations:start")).url == reverse(
        "surveys:home", args=[org.slug]
    )


def test_person_without_an_organization_is_told_what_to_do(client_for, db):
    response = client_for(factories.user()).get(reverse("organizations:start"))
    assert response.status_code == 200
    assert reverse("organizations:organization-create") in response.content.decode()


# -- A cooperative and its member businesses


@pytest.fixture
def business(org):
    return factories.organization("Sanggar Kidang Mas", slug="kidang", parent=org)


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_admins_and_researchers_of_the_cooperative_read_its_members(
    request, client_for, business, who
):
    client = client_for(request.getfixturevalue(who))
    response = client.get(page("strategy", business))
    assert response.status_code == 200
    assert response.context["navigation"].organization == business
    assert response.context["navigation"].role_label
    assert not response.context["navigation"].can_manage
    assert client.get(page("strategy-create", business)).status_code == 403


def test_editors_of_the_cooperative_do_not_see_its_members(client_for, edi, business):
    assert client_for(edi).get(page("strategy", business)).status_code == 404


def test_members_do_not_see_the_cooperative_or_each_other(client_for, org, business):
    owner = factories.membership(factories.user(), business).user
    other = factories.organization(parent=org)
    assert client_for(owner).get(page("strategy", org)).status_code == 404
    assert client_for(owner).get(page("strategy", other)).status_code == 404


def test_reader_from_the_cooperative_cannot_leave_what_he_is_not_in(client_for, alice, business):
    assert client_for(alice).get(page("leave", business)).status_code == 404


def test_frame_of_a_page_costs_at_most_two_queries(
    client_for, django_assert_max_num_queries, alice, business, rf
):
    request = rf.get("/")
    request.user, request.session = alice, {}
    request.resolver_match = type("Match", (), {"kwargs": {"org": business.slug}})
    with django_assert_max_num_queries(2):
        frame = Navigation(request)
        assert frame.organization == business
        assert frame.others
        assert frame.role_label


def test_leaving_removing_and_signing_out_are_three_words(client_for, org, alice, bob):
    """One word each: a person is not deleted, and leaving is not signing out."""
    people = client_for(alice).get(page("people", org)).content.decode()
    assert (">Keluarkan<" in people, ">Hapus<" in people) == (True, False)
    asked = page("membership-remove", org, membership_of(bob, org).pk)
    removal = client_for(alice).get(asked).content.decode()
    assert "Keluarkan Bob dari organisasi?" in removal
    account = client_for(bob).get(reverse("organizations:account")).content.decode()
    assert ">Keluar dari organisasi<" in account
    assert "Keluar dari akun" in account
