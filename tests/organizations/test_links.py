import pytest

from organizations import links
from organizations.models import Organization, StaffInvitation


def sign(pk=7, nonce="abc", salt="test"):
    return links.sign(salt=salt, pk=pk, nonce=nonce)


def test_link_is_the_same_every_time():
    assert sign() == sign()
    assert links.signed_pk(sign()) == 7
    assert links.is_signed(sign(), salt="test", pk=7, nonce="abc")


@pytest.mark.parametrize("other", [{"pk": 8}, {"nonce": "abd"}, {"salt": "other"}])
def test_link_of_something_else_is_refused(other):
    assert not links.is_signed(sign(**other), salt="test", pk=7, nonce="abc")


def test_id_and_nonce_cannot_be_shifted_into_each_other():
    assert sign(pk=1, nonce="1:a").partition("-")[2] != sign(pk=11, nonce=":a").partition("-")[2]


@pytest.mark.parametrize("link", ["", "7", "7-", "-x", "x-y", "²-x", "9" * 30 + "-x"])
def test_link_that_cannot_be_read_has_no_id(link):
    assert links.signed_pk(link) is None


def test_another_secret_key_makes_another_link(settings):
    before = sign()
    settings.SECRET_KEY = "another-secret-key"
    assert sign() != before


def test_stored_row_holds_no_part_of_the_signature():
    invitation = StaffInvitation(pk=7, nonce="abc", organization=Organization(link_nonce="def"))
    signature = links.staff_invitation_link(invitation).rstrip("/").partition("7-")[2]
    assert len(signature) >= 43, "256 bits"
    assert signature not in str(vars(invitation))


def test_whatsapp_text_is_one_parameter():
    link = links.whatsapp_link("Buka: https://a.id/?x=1&y=2 #ya")
    assert link == "https://wa.me/?text=Buka%3A%20https%3A//a.id/%3Fx%3D1%26y%3D2%20%23ya"
