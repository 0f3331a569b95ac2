import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organizations.models.user import User
from organizations.models.versioned import Versioned


class Role(models.TextChoices):
    """What a person does in an organization. Each role may do all that the ones before it may."""

    READER = "reader", _("reader")
    RESEARCHER = "researcher", _("researcher")
    EDITOR = "editor", _("editor")
    ADMIN = "admin", _("admin")

    def includes(self, other: "Role") -> bool:
        order = list(Role)
        return order.index(self) >= order.index(other)

    @property
    def in_members(self) -> "Role | None":
        """What this role of a cooperative amounts to in its member businesses."""
        return OVERSIGHT.get(self)


# Who leads a cooperative or studies it reads what its members have; who enters its data doesn't.
OVERSIGHT = {
    Role.ADMIN: Role.RESEARCHER,
    Role.RESEARCHER: Role.RESEARCHER,
    Role.READER: Role.READER,
}


def new_nonce() -> str:
    return secrets.token_urlsafe(16)


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def visible_to(self, user: User) -> "OrganizationQuerySet":
        """Own organizations, and for those who oversee a cooperative its members too."""
        if not user.is_authenticated:
            return self.none()
        own = Membership.objects.filter(user=user)
        overseen = own.filter(role__in=OVERSIGHT)
        return self.filter(
            Q(pk__in=own.values("organization")) | Q(parent__in=overseen.values("organization"))
        )


class Organization(Versioned):
    """A cooperative, one of its member businesses, or an agency. The tenant."""

    class Kind(models.TextChoices):
        COOPERATIVE = "cooperative", _("cooperative")
        BUSINESS = "business", _("business")
        AGENCY = "agency", _("agency")

    class Timezone(models.TextChoices):
        WIB = "Asia/Jakarta", _("WIB (Western Indonesia)")
        WITA = "Asia/Makassar", _("WITA (Central Indonesia)")
        WIT = "Asia/Jayapura", _("WIT (Eastern Indonesia)")

    name = models.CharField(_("name"), max_length=150)
    slug = models.SlugField(_("address on this site"), max_length=60, unique=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind.choices, default=Kind.COOPERATIVE
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("member of"),
    )
    sector = models.CharField(_("line of business"), max_length=100, blank=True)
    regency = models.CharField(_("regency or city"), max_length=100, blank=True)
    province = models.CharField(_("province"), max_length=100, blank=True)
    timezone = models.CharField(
        _("time zone"), max_length=40, choices=Timezone.choices, default=Timezone.WIB
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Signed into every link that lets people in, and new whenever an admin leaves: he has seen
    # all of them. Empty until the first did.
    link_nonce = models.CharField(max_length=40, blank=True, editable=False)

    objects = OrganizationQuerySet.as_manager()

    # What the person who asked for this object may do here; set by access.require_role.
    viewer_role: Role | None = None
    can_research = False
    can_edit = False
    can_manage = False

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                name="organization_not_its_own_parent",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Membership(Versioned):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organization"], name="membership_once_per_organization"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organization}"


class StaffInvitationQuerySet(models.QuerySet["StaffInvitation"]):
    def pending(self) -> "StaffInvitationQuerySet":
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def revoke(self, now: datetime) -> int:
        return self.pending().update(revoked_at=now)


class StaffInvitation(models.Model):
    """An invitation to work in an organization.

    The link is signed from the id and the nonces of invitation and organization
    (organizations.links): it can be shown again at any time, a new nonce revokes it, and the
    tables alone hold no usable link.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="staff_invitations"
    )
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    nonce = models.CharField(max_length=40, default=new_nonce, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = StaffInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("staff invitation")
        verbose_name_plural = _("staff invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "organization",
                Lower("email"),
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="staff_invitation_once_while_pending",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} – {self.organization}"

    @property
    def is_pending(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None

    def may_be_accepted_by(self, user: User) -> bool:
        """An admin is let in by the address that was invited alone, whoever holds the link."""
        return self.role != Role.ADMIN or self.email.lower() == user.email.lower()
