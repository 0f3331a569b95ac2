"""An expert's personal link: a key to one invitation, without an account."""

from django.http import HttpRequest
from django.urls import reverse

from organizations.links import absolute, is_signed, sign
from surveys.models import Erasure, Invitation

SALT = "surveys.invitation"


def link_of(invitation: Invitation) -> str:
    """The secret part of the address. A new nonce makes every earlier one worthless."""
    return sign(salt=SALT, pk=invitation.pk, nonce=invitation.nonce)


def invitation_link(invitation: Invitation, site: HttpRequest | str | None = None) -> str:
    """The whole address: on the host of a request, on an address, or on the configured one."""
    path = reverse("surveys:answer-open", args=[link_of(invitation)])
    if isinstance(site, HttpRequest):
        return site.build_absolute_uri(path)
    return absolute(path) if site is None else f"{site.rstrip('/')}{path}"


def is_link_of(link: str, invitation: Invitation) -> bool:
    """In constant time. An invitation that was revoked or made anonymous has no link."""
    genuine = is_signed(link, salt=SALT, pk=invitation.pk, nonce=invitation.nonce)
    return genuine and has_link(invitation)


def has_link(invitation: Invitation) -> bool:
    return invitation.revoked_at is None and invitation.anonymized_at is None


def is_ended_link(link: str, erasure: Erasure) -> bool:
    """Whether this was the link of an expert who was deleted or made anonymous."""
    return is_signed(link, salt=SALT, pk=erasure.invitation_number, nonce=erasure.nonce)
