"""The one door: from a URL's words to objects that this user may see.

What one may not see does not exist (404). What one sees but may not do is refused (403).
"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

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
    if roles.get(organization.parent_id) in (Role.ADMIN, Role.RESEARCHER):
        return Role.RESEARCHER
    return None


def require_role(user: User, organization: Organization, role: Role) -> None:
    """Note the viewer's role on ``organization`` for the page; refuse one that is too low."""
    actual = role_in(user, organization)
    if actual is None or not actual.includes(role):
        raise PermissionDenied
    organization.viewer_role = actual
    organization.can_edit = actual.includes(Role.EDITOR)
    organization.can_manage = actual.includes(Role.ADMIN)


def get_organization(user: User, org: str, *, role: Role = Role.RESEARCHER) -> Organization:
    organization = get_object_or_404(
        Organization.objects.visible_to(user).select_related("parent"), slug=org
    )
    require_role(user, organization, role)
    return organization


def get_strategy(user: User, org: str, pk: int, *, role: Role = Role.RESEARCHER) -> Strategy:
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
