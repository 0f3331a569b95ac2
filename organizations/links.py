"""Addresses that are keys: whoever holds one may act with it.

A link is signed from a row's id and its nonce, under a salt of its own for each kind of link.
So it can be shown again at any time, a new nonce makes the old one worthless, and the database
alone holds no usable link: that takes the site's secret key as well.
"""

from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.signing import Signer
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from organizations.models import StaffInvitation, User

STAFF_INVITATION_SALT = "organizations.staff-invitation"


def sign(*, salt: str, pk: int, nonce: str) -> str:
    """The secret part of a link: the row's id, and a signature that depends on its nonce."""
    return f"{pk}-{Signer(salt=salt).signature(f'{pk}:{nonce}')}"


def signed_pk(link: str) -> int | None:
    """The id that a link claims to be for. Trust it only after ``is_signed``."""
    pk, _, signature = link.partition("-")
    readable = pk.isascii() and pk.isdigit() and len(pk) <= 18 and signature
    return int(pk) if readable else None


def is_signed(link: str, *, salt: str, pk: int, nonce: str) -> bool:
    return constant_time_compare(link, sign(salt=salt, pk=pk, nonce=nonce))


def absolute(path: str) -> str:
    """From the configured address, never from a request's Host header, which anyone can forge."""
    return f"{settings.SITE_URL}{path}"


def staff_invitation_link(invitation: StaffInvitation) -> str:
    link = sign(salt=STAFF_INVITATION_SALT, pk=invitation.pk, nonce=_nonces(invitation))
    return absolute(reverse("organizations:staff-accept", args=[link]))


def is_link_of(link: str, invitation: StaffInvitation) -> bool:
    return is_signed(link, salt=STAFF_INVITATION_SALT, pk=invitation.pk, nonce=_nonces(invitation))


def _nonces(invitation: StaffInvitation) -> str:
    return f"{invitation.nonce}{invitation.organization.link_nonce}"


class PasswordLinkTokens(PasswordResetTokenGenerator):
    """An admin may hand out a password only of who works in no organization but his own.

    So a link is worthless as soon as its owner has joined another: it would open that too. And
    when an admin of his leaves, who may have made it.
    """

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        memberships = user.memberships.order_by("organization_id", "pk")
        rows = list(memberships.values_list("organization_id", "organization__link_nonce"))
        organizations, nonces = [pk for pk, _nonce in rows], "".join(nonce for _pk, nonce in rows)
        return f"{super()._make_hash_value(user, timestamp)}{organizations}{nonces}"


password_link_tokens = PasswordLinkTokens()


def password_reset_link(user: User) -> str:
    """Good once, until settings.PASSWORD_RESET_TIMEOUT has passed."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    token = password_link_tokens.make_token(user)
    return absolute(reverse("organizations:password-reset-confirm", args=[uid, token]))


def whatsapp_link(text: str) -> str:
    """Opens WhatsApp with the text ready; the person there picks whom to send it to."""
    return f"https://wa.me/?text={quote(text)}"
