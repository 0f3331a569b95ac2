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
