from collections.abc import Iterator
from functools import partial
from itertools import chain, count
from typing import Any

from django.contrib.auth.hashers import make_password
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
def create_organization(*, name: str, by: User, **fields: Any) -> Organization:
    """Make an organization whose first admin is ``by``.

    A form that is sent twice makes one: the second time returns what the first time made.
    """
    User.objects.select_for_update().get(pk=by.pk)  # the second of two presses waits here
    administered = by.memberships.filter(role=Role.ADMIN).values("organization")
    made = Organization.objects.filter(
        pk__in=administered, name=name, parent=fields.get("parent")
    ).first()
    if made:
        return made
    organization = _create_with_free_slug(name=name, saved_by=by, **fields)
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
    three alike: otherwise this page would tell strangers who has an account.
    """
    user = get_or_create_account(name=name, email=email, password=password, language=language)
    return create_organization(by=user, **organization) if user else None


def get_or_create_account(*, name: str, email: str, password: str, language: str) -> User | None:
    """The account of this address, made where there is none. None if its password is another.

    One password is hashed in every case, so that the time it takes doesn't tell which it was.
    """
    address = email.lower()
    user, is_new = User.objects.get_or_create(
        email__iexact=address,
        defaults={
            "email": address,
            "name": name,
            "language": language,
            "password": partial(make_password, password),
        },
    )
    may_enter = is_new or (user.check_password(password) and user.is_active)
    return user if may_enter else None


def _create_with_free_slug(*, name: str, **fields: Any) -> Organization:
    """``koperasi-batik``, or with a number behind it where that is taken or reserved.

    The table decides what is free, so two of one name at the same instant both get theirs.
    """
    stem = slugify(name)[: SLUG_LENGTH - 5].strip("-") or "organisasi"
    taken = RESERVED_SLUGS.union(
        Organization.objects.filter(slug__startswith=stem).values_list("slug", flat=True)
    )
    is_made = False
    slugs = (slug for slug in _numbered(stem) if slug not in taken)
    while not is_made:
        organization, is_made = Organization.objects.get_or_create(
            slug=next(slugs), defaults={"name": name, **fields}
        )
    return organization


def _numbered(stem: str) -> Iterator[str]:
    return chain([stem], (f"{stem}-{number}" for number in count(2)))
