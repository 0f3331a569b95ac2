"""An expert's personal link: what it gives away (nothing), and when it stops working."""

import re
import secrets

import pytest
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone

from surveys.access import LinkUnknown, get_invitation_by_link
from surveys.links import invitation_link, is_link_of, link_of
from surveys.services.invitations import reissue_invitation, revoke_invitation
from tests.surveys import builders

pytestmark = pytest.mark.django_db

VALUES = re.compile(r'(?:csrfmiddlewaretoken|next)" value="[^"]*"')


@pytest.fixture
def invitation():
    return builders.invitation(builders.survey())


def test_the_same_link_can_be_shown_again(invitation):
    assert link_of(invitation) == link_of(invitation)
    assert get_invitation_by_link(link_of(invitation)) == invitation


def test_the_database_alone_holds_no_usable_link(invitation):
    shown = link_of(invitation)
    with override_settings(SECRET_KEY="another key, that a thief of the database might guess"):
        assert link_of(invitation) != shown
    assert invitation.nonce not in shown


def test_two_invitations_have_different_links_even_with_one_nonce(invitation):
    other = builders.invitation(invitation.survey, "P2", nonce=invitation.nonce)
    assert not is_link_of(link_of(invitation), other)


def test_a_link_has_128_bits_that_cannot_be_guessed(invitation):
    _pk, _, signature = link_of(invitation).partition("-")
    assert len(signature) >= 22


def test_a_new_nonce_makes_the_old_link_worthless(invitation):
    old = link_of(invitation)
    reissue_invitation(invitation=invitation)
    with pytest.raises(LinkUnknown):
        get_invitation_by_link(old)
    assert get_invitation_by_link(link_of(invitation)) == invitation


def test_a_revoked_invitation_has_no_link(invitation):
    revoke_invitation(invitation=invitation, now=timezone.now())
    with pytest.raises(LinkUnknown):
        get_invitation_by_link(link_of(invitation))


def test_the_address_stands_on_the_host_that_is_asked_for(invitation, settings):
    path = f"/a/{link_of(invitation)}/"
    assert invitation_link(invitation) == f"{settings.SITE_URL}{path}"
    assert invitation_link(invitation, "https://canting.id/") == f"https://canting.id{path}"
    request = RequestFactory().get("/")
    assert invitation_link(invitation, request) == f"http://testserver{path}"


@pytest.mark.parametrize(
    "link", ["", "x", "1", "1-", "-", "1-x", "٣-x", "9" * 30 + "-x", "1-%00", "1-é", "a" * 3000]
)
def test_what_is_no_link_at_all_is_unknown(invitation, link):
    with pytest.raises(LinkUnknown):
        get_invitation_by_link(link)


def test_changing_any_character_breaks_the_link(invitation):
    link = link_of(invitation)
    for place in range(len(link)):
        changed = link[:place] + ("A" if link[place] != "A" else "B") + link[place + 1 :]
        with pytest.raises(LinkUnknown):
            get_invitation_by_link(changed)


def test_guesses_never_hit_and_are_throttled_without_locking_out_the_expert(invitation):
    browser = Client(REMOTE_ADDR="203.0.113.7")
    seen = [
        browser.get(f"/a/{invitation.pk}-{secrets.token_urlsafe(32)}/").status_code
        for _ in range(25)
    ]
    assert seen == [404] * 20 + [429] * 5
    assert browser.get(f"/a/{link_of(invitation)}/").status_code == 200
    assert Client(REMOTE_ADDR="203.0.113.8").get("/a/1-wrong/").status_code == 404


def test_a_wrong_and_a_revoked_link_give_the_same_page(invitation):
    link = link_of(invitation)
    revoke_invitation(invitation=invitation, now=timezone.now())
    revoked, wrong = Client().get(f"/a/{link}/"), Client().get("/a/1-wrong/")
    assert revoked.status_code == wrong.status_code == 404
    # But for the form of the language: it has a token of its own, and goes back to the address.
    first, second = (VALUES.sub("", page.content.decode()) for page in (revoked, wrong))
    assert first == second
