"""What the site's operator may see and do. For superusers alone (scorecard_site.operator).

The admin asks no `visible_to`, so it offers only what an operator needs: accounts, organizations,
and invitations. An organization's roles change on its own pages, where each change is recorded.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations.links import password_reset_link, staff_invitation_link
from organizations.models import Membership, Organization, StaffInvitation, User
from organizations.services import end_doors_of
from organizations.services.people import INVITATION_LASTS


class MembershipInline(admin.TabularInline):
    model = Membership
    fields = ["organization", "user", "role", "saved_at"]
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class UserMembershipInline(MembershipInline):
    fk_name = "user"  # and not saved_by


@admin.register(User)
class OperatorUserAdmin(UserAdmin):
    list_display = ["email", "name", "is_active", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = ()
    fieldsets = [
        (None, {"fields": ["email", "password", "name", "language"]}),
        (_("Access"), {"fields": ["is_active", "is_staff", "is_superuser"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "language", "password1", "password2"]})]
    inlines = [UserMembershipInline]
    actions = ["show_password_links"]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        lowered = {"is_active", "is_superuser"}.intersection(form.changed_data)
        if change and any(not getattr(obj, field) for field in lowered):
            end_doors_of(obj, now=timezone.now())
        super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        end_doors_of(obj, now=timezone.now())
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            end_doors_of(user, now=timezone.now())
        super().delete_queryset(request, queryset)

    @admin.action(description=_("Make links for a new password"))
    def show_password_links(self, request: HttpRequest, users: QuerySet[User]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Links for a new password"),
            "links": [(user, password_reset_link(user)) for user in users.filter(is_active=True)],
        }
        return TemplateResponse(request, "organizations/operator_password_links.html", context)


@admin.register(Organization)
class OrganizationAdmin(admin.ModelAdmin):
    list_display = ["name", "kind", "parent", "regency", "created_at"]
    list_filter = ["kind"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [MembershipInline]

    def save_model(self, request: HttpRequest, obj: Organization, form: Any, change: bool) -> None:
        # An admin of the organization who has its settings open is told of this change.
        obj.version += 1 if change else 0
        obj.saved_by = request.user
        super().save_model(request, obj, form, change)


@admin.register(StaffInvitation)
class StaffInvitationAdmin(admin.ModelAdmin):
    """How a new organization gets its first admin where sign-up is closed."""

    list_display = ["email", "organization", "role", "expires_at", "accepted_at", "revoked_at"]
    list_select_related = ["organization"]
    search_fields = ["email", "organization__name"]
    fields = ["organization", "email", "role", "link", "expires_at", "accepted_at", "revoked_at"]
    readonly_fields = ["link", "expires_at", "accepted_at", "revoked_at"]

    @admin.display(description=_("link"))
    def link(self, invitation: StaffInvitation) -> str:
        if invitation.pk is None or not invitation.is_pending:
            return "–"
        return staff_invitation_link(invitation)

    def save_model(
        self, request: HttpRequest, obj: StaffInvitation, form: Any, change: bool
    ) -> None:
        if not change:
            obj.invited_by = request.user
            obj.expires_at = timezone.now() + INVITATION_LASTS
        super().save_model(request, obj, form, change)
