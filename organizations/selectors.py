"""The read models of this app's pages."""

from dataclasses import dataclass
from datetime import datetime

from organizations.access import resettable_users
from organizations.models import Membership, Organization, Role, StaffInvitation, User


@dataclass(frozen=True)
class Person:
    membership: Membership
    name: str
    email: str
    role: str
    is_viewer: bool
    may_reset: bool


@dataclass(frozen=True)
class PendingInvitation:
    invitation: StaffInvitation
    role: str
    is_over: bool


@dataclass(frozen=True)
class DoorsEnding:
    """What stops letting people in when an admin is one no longer. Of others there is nothing.

    ``revoked``: addresses that he invited; ``replaced``: how many invitations of others get a
    new link.
    """

    revoked: list[str]
    replaced: int


@dataclass(frozen=True)
class People:
    """Everybody in an organization. Addresses and invitations are for its admins alone."""

    persons: list[Person]
    invitations: list[PendingInvitation]
    has_one_admin: bool


def people_of(organization: Organization, *, viewer: User, now: datetime) -> People:
    manages = organization.can_manage
    memberships = list(organization.memberships.select_related("user"))
    resettable = resettable_users(viewer, organization) if manages else set()
    persons = [
        Person(
            membership=membership,
            name=str(membership.user),
            email=membership.user.email if manages else "",
            role=membership.get_role_display(),
            is_viewer=membership.user_id == viewer.pk,
            may_reset=membership.user_id in resettable,
        )
        for membership in memberships
    ]
    pending = organization.staff_invitations.pending() if manages else []
    return People(
        persons=persons,
        invitations=[
            PendingInvitation(
                invitation=invitation,
                role=invitation.get_role_display(),
                is_over=invitation.expires_at <= now,
            )
            for invitation in pending
        ],
        has_one_admin=sum(membership.role == Role.ADMIN for membership in memberships) == 1,
    )


def doors_ending_with(membership: Membership) -> DoorsEnding | None:
    if membership.role != Role.ADMIN:
        return None
    pending = membership.organization.staff_invitations.pending()
    invited = pending.filter(invited_by=membership.user_id)
    return DoorsEnding(
        revoked=list(invited.order_by("email", "pk").values_list("email", flat=True)),
        replaced=pending.exclude(pk__in=invited).count(),
    )
