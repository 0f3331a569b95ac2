"""The one door: from a URL's words to objects that this user may see.

What one may not see does not exist (404). What one sees but may not do is refused (403).
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from organizations.links import is_link_of, signed_pk
from organizations.models import Membership, Organization, Role, StaffInvitation, Strategy, User


def role_in(user: User, organization: Organization) -> Role | None:
    """The role that ``user`` has in ``organization``; overseers of its cooperative read."""
    roles = dict(
        Membership.objects.filter(
            user=user, organization__in=[organization.pk, organization.parent_id]
        ).values_list("organization_id", "role")
    )
    if organization.pk in roles:
        return Role(roles[organization.pk])
    overseeing = roles.get(organization.parent_id)
    return Role(overseeing).in_members if overseeing else None


def require_role(user: User, organization: Organization, role: Role) -> None:
    """Note the viewer's role on ``organization`` for the page; refuse one that is too low."""
    actual = role_in(user, organization)
    if actual is None:
        # Removed between two questions: it isn't there for this person any more.
        raise Http404
    if not actual.includes(role):
        raise PermissionDenied
    organization.viewer_role = actual
    organization.can_research = actual.includes(Role.RESEARCHER)
    organization.can_edit = actual.includes(Role.EDITOR)
    organization.can_manage = actual.includes(Role.ADMIN)


def get_organization(user: User, org: str, *, role: Role = Role.READER) -> Organization:
    organization = get_object_or_404(
        Organization.objects.visible_to(user).select_related("parent"), slug=org
    )
    require_role(user, organization, role)
    # From here on the page tells hours as the clock on the organization's wall does.
    timezone.activate(organization.timezone)
    return organization


def get_cooperative(user: User, org: str, *, role: Role) -> Organization:
    """An organization that can have member businesses: a cooperative that is not itself one."""
    organization = get_organization(user, org, role=role)
    if organization.kind != Organization.Kind.COOPERATIVE or organization.parent_id:
        raise Http404
    return organization


def find_account(email: str) -> User | None:
    """Somebody who may sign in with this address."""
    return User.objects.filter(email__iexact=email.lower(), is_active=True).first()


def own_memberships(user: User) -> list[Membership]:
    """Where this person works, the oldest membership first."""
    return list(user.memberships.select_related("organization").order_by("pk"))


def find_organization(user: User, org: str) -> Organization | None:
    """For the page's frame, which must not fail where the page itself answers 404."""
    return Organization.objects.visible_to(user).filter(slug=org).first()


def get_own_membership(user: User, org: str) -> Membership:
    organization = get_organization(user, org)
    membership = get_object_or_404(organization.memberships, user=user)
    membership.organization = organization
    return membership


def get_resettable_member(user: User, org: str, pk: int) -> Membership:
    """A member to whom this admin may hand a new password.

    A password opens every organization that its owner is in. So an admin may do this only for
    those who work nowhere else than where he himself is admin, and never for the operator.
    """
    membership = get_membership(user, org, pk)
    if membership.user_id not in resettable_users(user, membership.organization):
        raise PermissionDenied
    return membership


def resettable_users(admin: User, organization: Organization) -> set[int]:
    administered = Membership.objects.filter(user=admin, role=Role.ADMIN).values("organization")
    beyond = Membership.objects.exclude(organization__in=administered).values("user")
    return set(
        User.objects.filter(memberships__organization=organization, is_active=True)
        .exclude(pk__in=beyond)
        .exclude(is_superuser=True)
        .exclude(pk=admin.pk)
        .order_by()
        .values_list("pk", flat=True)
    )


def get_invited(link: str, *, now: datetime) -> StaffInvitation:
    """The invitation that this link opens. Wrong, revoked, expired and used look the same."""
    pk = signed_pk(link)
    invitation = (
        StaffInvitation.objects.pending()
        .select_related("organization", "invited_by")
        .filter(pk=pk, expires_at__gt=now)
        .first()
    )
    if invitation is None or not is_link_of(link, invitation):
        raise Http404
    return invitation


def get_organization_of_link(user: User, link: str) -> Organization:
    """Where this link led, for somebody who is in there already, whatever became of the link."""
    pk = signed_pk(link) if user.is_authenticated else None
    invitation = (
        StaffInvitation.objects.select_related("organization")
        .filter(pk=pk, organization__memberships__user=user.pk)
        .first()
    )
    if invitation is None or not is_link_of(link, invitation):
        raise Http404
    return invitation.organization


def get_strategy(user: User, org: str, pk: int, *, role: Role = Role.READER) -> Strategy:
    organization = get_organization(user, org, role=role)
    strategy = get_object_or_404(organization.strategies, pk=pk)
    strategy.organization = organization
    return strategy


def get_membership(user: User, org: str, pk: int, *, role: Role = Role.ADMIN) -> Membership:
    organization = get_organization(user, org, role=role)
    membership = get_object_or_404(organization.memberships.select_related("user"), pk=pk)
    membership.organization = organization
    return membership


def get_staff_invitation(
    user: User, org: str, pk: int, *, role: Role = Role.ADMIN
) -> StaffInvitation:
    organization = get_organization(user, org, role=role)
    invitation = get_object_or_404(organization.staff_invitations, pk=pk)
    invitation.organization = organization
    return invitation
