"""The pages that anybody may open, and every page in both languages."""

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations import services
from organizations.links import password_reset_link, staff_invitation_link
from organizations.models import Role
from tests import factories


def test_front_page_says_what_it_is_for_and_leads_on(client, db):
    text = client.get("/").content.decode()
    for name in ("organizations:sign-up", "organizations:login"):
        assert reverse(name) in text


def test_front_page_asks_the_database_nothing(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        client.get("/")


def test_person_who_is_signed_in_goes_to_work(client_for, bob):
    assert client_for(bob).get("/").url == reverse("organizations:start")


def path_of(link):
    return "/" + link.split("/", 3)[3]


@pytest.fixture
def pages(org, alice, bob, edi):
    """Every page of this app that can be looked at: the public ones, and those of an admin."""
    invitation = services.invite_staff(
        organization=org, email="agus@contoh.id", role=Role.EDITOR, by=alice, now=timezone.now()
    )
    strategy = factories.strategy(org)
    bobs = bob.memberships.get().pk
    public = ["front", "login", "sign-up", "password-reset"]
    own = ["account", "account-password", "organization-create"]
    in_org = [
        *("organization-edit", "business-create", "people", "leave", "staff-invite"),
        *("strategy", "strategy-create"),
    ]
    return {
        "public": [
            *(reverse(f"organizations:{name}") for name in public),
            path_of(staff_invitation_link(invitation)),
            path_of(password_reset_link(bob)),
        ],
        "signed in": [
            *(reverse(f"organizations:{name}") for name in own),
            *(reverse(f"organizations:{name}", args=[org.slug]) for name in in_org),
            reverse("organizations:staff-invitation", args=[org.slug, invitation.pk]),
            *(
                reverse(f"organizations:{name}", args=[org.slug, bobs])
                for name in ("membership-edit", "membership-remove", "member-reset")
            ),
            *(
                reverse(f"organizations:{name}", args=[org.slug, strategy.pk])
                for name in ("strategy-edit", "strategy-delete")
            ),
        ],
    }


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_renders_in_both_languages(client, client_for, alice, pages, language):
    visitors = {"public": client, "signed in": client_for(alice)}
    looked_at = 0
    for group, paths in pages.items():
        visitors[group].cookies["django_language"] = language
        for path in paths:
            response = visitors[group].get(path, follow=True)
            text = response.content.decode()
            assert response.status_code == 200, path
            assert f'<html lang="{language}">' in text, path
            assert text.count("<h1") == 1, path
            assert "style=" not in text, path
            assert "<script>" not in text, path
            looked_at += 1
    assert looked_at == sum(map(len, pages.values())) >= 20


def test_front_page_promises_no_number_of_minutes(client, db):
    """The plan of a questionnaire says how long it takes: forty comparisons are 14 minutes."""
    for language in ("id", "en"):
        text = client.get("/", headers={"Accept-Language": language}).content.decode()
        assert "sepuluh menit" not in text
        assert "ten minutes" not in text
