from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from organizations.models import (
    Membership,
    Organization,
    Role,
    StaffInvitation,
    User,
    delete_if_unchanged,
    save_if_unchanged,
)
from organizations.models.organization import new_nonce
from organizations.services.accounts import get_or_create_account

INVITATION_LASTS = timedelta(days=14)


class LastAdmin(Exception):
    """Without this admin nobody could manage the organization any more."""


class AlreadyInvited(Exception):
    """This address has an invitation, ``invitation``, that can be renewed instead."""

    def __init__(self, invitation: StaffInvitation) -> None:
        super().__init__(str(invitation))
        self.invitation = invitation


class AlreadyMember(Exception):
    """This person is in the organization already."""


class InvitationOver(Exception):
    """The invitation was used, revoked or ran out while the page was open."""


class InvitedIsSomebodyElse(Exception):
    """Another address was invited, to a role that is for that address alone."""


@transaction.atomic
def invite_staff(
    *, organization: Organization, email: str, role: Role, by: User, now: datetime
) -> StaffInvitation:
    """Raises AlreadyMember or AlreadyInvited; PermissionDenied if ``by`` is no admin any more."""
    _check_manages(_lock(organization), by)
    email = email.lower()
    if organization.memberships.filter(user__email__iexact=email).exists():
        raise AlreadyMember
    pending = organization.staff_invitations.pending().filter(email__iexact=email).first()
    if pending:
        raise AlreadyInvited(pending)
    return organization.staff_invitations.create(
        email=email, role=role, invited_by=by, expires_at=now + INVITATION_LASTS
    )


@transaction.atomic
def reissue_invitation(*, invitation: StaffInvitation, now: datetime) -> None:
    """A new link for another fourteen days; the old link is worthless from here on."""
    locked = _lock_pending(invitation)
    locked.nonce = new_nonce()
    locked.expires_at = now + INVITATION_LASTS
    locked.save(update_fields=["nonce", "expires_at"])


@transaction.atomic
def revoke_invitation(*, invitation: StaffInvitation, now: datetime) -> None:
    locked = _lock_pending(invitation)
    locked.revoked_at = now
    locked.save(update_fields=["revoked_at"])


@transaction.atomic
def accept_invitation(*, invitation: StaffInvitation, user: User, now: datetime) -> Membership:
    """Raises InvitationOver, InvitedIsSomebodyElse or AlreadyMember."""
    organization = _lock(invitation.organization)
    locked = _lock_pending(invitation)
    nonces = (locked.nonce, organization.link_nonce)
    if nonces != (invitation.nonce, invitation.organization.link_nonce) or locked.expires_at <= now:
        raise InvitationOver
    if not locked.may_be_accepted_by(user):
        raise InvitedIsSomebodyElse
    if user.memberships.filter(organization=invitation.organization).exists():
        raise AlreadyMember
    locked.accepted_at = now
    locked.save(update_fields=["accepted_at"])
    membership = Membership(
        user=user, organization=invitation.organization, role=locked.role, saved_by=user
    )
    membership._history_user = user
    membership.save()
    return membership


@transaction.atomic
def accept_as_new_person(
    *, invitation: StaffInvitation, name: str, password: str, language: str, now: datetime
) -> User | None:
    """Make an account for the invited address and accept with it.

    Where the address has an account, its password is asked: None if it is another one.
    """
    _lock(invitation.organization)
    _lock_pending(invitation)  # of two presses the second makes no account
    user = get_or_create_account(
        name=name, email=invitation.email, password=password, language=language
    )
    if user:
        accept_invitation(invitation=invitation, user=user, now=now)
    return user


@transaction.atomic
def set_role(*, membership: Membership, role: Role, seen: int, by: User, now: datetime) -> None:
    """Of an admin who is lowered, what he let people in with ends.

    Raises LastAdmin or EditConflict; PermissionDenied if ``by`` is no admin any more.
    """
    organization = _lock(membership.organization)
    _check_manages(organization, by)
    if role != Role.ADMIN:
        _end_as_admin(membership, organization, now)
    membership.role = role
    save_if_unchanged(membership, seen=seen, by=by)


@transaction.atomic
def remove_member(*, membership: Membership, seen: int, by: User, now: datetime) -> None:
    """Ends what this person may do here, from their next request on. The account stays.

    Raises LastAdmin or EditConflict; PermissionDenied if ``by`` is no admin any more.
    """
    organization = _lock(membership.organization)
    if by != membership.user:
        _check_manages(organization, by)
    _end_as_admin(membership, organization, now)
    delete_if_unchanged(membership, seen=seen, by=by)


@transaction.atomic
def end_doors_of(user: User, *, now: datetime) -> None:
    """For the operator, who shuts an account out or deletes it: of every organization."""
    invited = StaffInvitation.objects.pending().filter(invited_by=user)
    doors = Q(pk__in=invited.values("organization"))
    doors |= Q(memberships__user=user, memberships__role=Role.ADMIN)
    organizations = Organization.objects.filter(doors).order_by("pk").values_list("pk", flat=True)
    for pk in dict.fromkeys(organizations):
        _end_doors(Organization.objects.select_for_update().get(pk=pk), user, now)


def _lock(organization: Organization) -> Organization:
    """Let one change to an organization's people wait for the other."""
    return Organization.objects.select_for_update().get(pk=organization.pk)


def _lock_pending(invitation: StaffInvitation) -> StaffInvitation:
    pending = StaffInvitation.objects.pending().select_for_update()
    locked = pending.filter(pk=invitation.pk).first()
    if locked is None:
        raise InvitationOver
    return locked


def _check_manages(organization: Organization, by: User) -> None:
    """Once more, now that nobody else can change it: he may have been removed just now."""
    if not organization.memberships.filter(user=by, role=Role.ADMIN).exists():
        raise PermissionDenied


def _end_as_admin(leaving: Membership, organization: Organization, now: datetime) -> None:
    admins = Membership.objects.filter(organization=organization, role=Role.ADMIN)
    numbers = set(admins.values_list("pk", flat=True))
    if {leaving.pk} == numbers:
        raise LastAdmin
    if leaving.pk in numbers:
        _end_doors(organization, leaving.user, now)


def _end_doors(organization: Organization, user: User, now: datetime) -> None:
    """Revoke the invitations that ``user`` made, and replace every other link that lets people in.

    An admin has seen them all: invitations of others are on his page, and passwords of members
    could be set by links that he made.
    """
    organization.staff_invitations.filter(invited_by=user).revoke(now)
    organization.link_nonce = new_nonce()
    organization.save(update_fields=["link_nonce"])
