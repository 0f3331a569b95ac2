from datetime import datetime, timedelta

from django.db import transaction

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


@transaction.atomic
def invite_staff(
    *, organization: Organization, email: str, role: Role, by: User, now: datetime
) -> StaffInvitation:
    _lock(organization)
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
    locked = _lock_pending(invitation)
    if locked.nonce != invitation.nonce or locked.expires_at <= now:
        raise InvitationOver
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
    _lock_pending(invitation)  # of two presses the second makes no account
    user = get_or_create_account(
        name=name, email=invitation.email, password=password, language=language
    )
    if user:
        accept_invitation(invitation=invitation, user=user, now=now)
    return user


@transaction.atomic
def set_role(*, membership: Membership, role: Role, seen: int, by: User) -> None:
    if role != Role.ADMIN:
        _keep_an_admin(membership)
    membership.role = role
    save_if_unchanged(membership, seen=seen, by=by)


@transaction.atomic
def remove_member(*, membership: Membership, seen: int, by: User) -> None:
    """Ends what this person may do here, from their next request on. The account stays."""
    _keep_an_admin(membership)
    delete_if_unchanged(membership, seen=seen, by=by)


def _lock(organization: Organization) -> None:
    """Let one change to an organization's people wait for the other."""
    Organization.objects.select_for_update().get(pk=organization.pk)


def _lock_pending(invitation: StaffInvitation) -> StaffInvitation:
    pending = StaffInvitation.objects.pending().select_for_update()
    locked = pending.filter(pk=invitation.pk).first()
    if locked is None:
        raise InvitationOver
    return locked


def _keep_an_admin(leaving: Membership) -> None:
    _lock(leaving.organization)
    admins = Membership.objects.filter(organization=leaving.organization, role=Role.ADMIN)
    if {leaving.pk} == set(admins.values_list("pk", flat=True)):
        raise LastAdmin
