"""Who opened a personal link is remembered in a signed cookie of its own.

It stands beside a staff session in the same browser and touches nothing of it. It carries the
invitation's nonce, which is compared on every request: revoking works at once.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from surveys.links import has_link
from surveys.models import Erasure, Invitation

SALT = "surveys.expert-cookie"
LIFETIME = 24 * 60 * 60


def cookie_name() -> str:
    # A browser takes the prefix over https only.
    return "__Host-expert" if settings.SESSION_COOKIE_SECURE else "expert"


def remember_invitation(response: HttpResponse, invitation: Invitation) -> None:
    response.set_cookie(
        cookie_name(),
        signing.dumps([invitation.pk, invitation.nonce], salt=SALT),
        max_age=LIFETIME,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def remembered_pk(request: HttpRequest) -> int | None:
    """The invitation that the cookie is about. Trust it only after ``is_remembered``."""
    content = _content(request)
    return content[0] if content else None


def is_remembered(request: HttpRequest, invitation: Invitation) -> bool:
    content = _content(request)
    return (
        content is not None
        and content[0] == invitation.pk
        and constant_time_compare(content[1], invitation.nonce)
        and has_link(invitation)
    )


def remembers_ended(request: HttpRequest, erasure: Erasure) -> bool:
    """Whether the cookie is that of an expert who was deleted or made anonymous."""
    content = _content(request)
    return (
        content is not None
        and content[0] == erasure.invitation_number
        and constant_time_compare(content[1], erasure.nonce)
    )


def _content(request: HttpRequest) -> tuple[int, str] | None:
    try:
        pk, nonce = signing.loads(
            request.COOKIES.get(cookie_name(), ""), salt=SALT, max_age=LIFETIME
        )
    except signing.BadSignature:
        return None
    return pk, nonce
