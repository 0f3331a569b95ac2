from typing import Any

from django.db import transaction
from django.utils.text import slugify

from organizations.models import Membership, Organization, Role, User

# Addresses that could be taken for a part of the site, in links that people read aloud.
RESERVED_SLUGS = frozenset(
    [
        *("a", "q", "o", "id", "en", "www", "api", "new", "static", "help", "support", "canting"),
        *("admin", "operator", "organizations", "people", "settings", "language"),
        *("join", "start", "sign-in", "sign-out", "sign-up", "methods", "studies"),
    ]
)
SLUG_LENGTH = 60


@transaction.atomic
def create_organization(*, name: str, by: User, slug: str = "", **fields: Any) -> Organization:
    """Make an organization whose first admin is ``by``. Without a slug it gets one of its name."""
    organization = Organization.objects.create(
        name=name, slug=slug or _free_slug(name), saved_by=by, **fields
    )
    membership = Membership(user=by, organization=organization, role=Role.ADMIN, saved_by=by)
    membership._history_user = by
    membership.save()
    return organization


@transaction.atomic
def sign_up(
    *, name: str, email: str, password: str, language: str, organization: dict[str, Any]
) -> Organization | None:
    """Make an account with an organization, or add one to the account of this password.

    Returns None where the address has an account with another password. Callers answer all
    three alike: otherwise this page would tell strangers who has an account. One password is
    hashed in every case, so that the time it takes doesn't tell either.
    """
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, password, name=name, language=language)
    elif not user.check_password(password) or not user.is_active:
        return None
    return create_organization(by=user, **organization)


def _free_slug(name: str) -> str:
    """``koperasi-batik``, or with a number behind it where that is taken or reserved."""
    stem = slugify(name)[: SLUG_LENGTH - 5].strip("-") or "organisasi"
    taken = RESERVED_SLUGS.union(
        Organization.objects.filter(slug__startswith=stem).values_list("slug", flat=True)
    )
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)
