"""What every signed-in page's frame needs: where one is, and where else one may go."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from organizations.access import find_organization, own_memberships
from organizations.middleware import LAST_ORGANIZATION
from organizations.models import Membership, Organization, Role, User


class Navigation:
    """Asks the database only when a template asks it: pages without a frame cost nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def _memberships(self) -> list[Membership]:
        user = getattr(self._request, "user", None)
        return own_memberships(user) if isinstance(user, User) else []

    @cached_property
    def organization(self) -> Organization | None:
        """The one that the address names, else the one that was used last."""
        match = self._request.resolver_match
        named = match.kwargs.get("org") if match else None
        wanted = named or self._request.session.get(LAST_ORGANIZATION)
        every = {
            membership.organization.slug: membership.organization
            for membership in self._memberships
        }
        if wanted in every:
            return every[wanted]
        if named and self._memberships:
            return find_organization(self._request.user, named)
        return next(iter(every.values()), None)

    @cached_property
    def _role(self) -> Role | None:
        here = self.organization
        roles = {each.organization_id: Role(each.role) for each in self._memberships}
        if here is None or here.pk in roles:
            return roles.get(here.pk) if here else None
        # Seen without being in it: from the cooperative that it belongs to.
        overseeing = roles.get(here.parent_id)
        return overseeing.in_members if overseeing else None

    @property
    def role_label(self) -> str:
        return str(self._role.label) if self._role else ""

    @property
    def can_manage(self) -> bool:
        return self._role is Role.ADMIN

    @property
    def others(self) -> list[Organization]:
        every = (membership.organization for membership in self._memberships)
        return [organization for organization in every if organization != self.organization]


def navigation(request: HttpRequest) -> dict[str, Any]:
    return {"navigation": Navigation(request), "version": settings.VERSION}
