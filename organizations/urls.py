"""Addresses of accounts, organizations, their people and their strategies."""

from django.urls import path

from organizations.views import (
    account,
    front,
    invitations,
    join,
    organization,
    password,
    people,
    sign_in,
    sign_up,
    strategy,
)

app_name = "organizations"

urlpatterns = [
    path("", front.front, name="front"),
    path("start/", front.start, name="start"),
    # Coming in. The logs hide what stands behind join/ and password-reset/ (scorecard_site.logs).
    path("sign-in/", sign_in.login, name="login"),
    path("sign-out/", sign_in.logout, name="logout"),
    path("sign-up/", sign_up.sign_up, name="sign-up"),
    path("join/<str:link>/", join.staff_accept, name="staff-accept"),
    path("password-reset/", password.password_reset, name="password-reset"),
    path(
        "password-reset/<str:uidb64>/<str:token>/",
        password.PasswordResetConfirm.as_view(),
        name="password-reset-confirm",
    ),
    # One's own account.
    path("account/", account.account, name="account"),
    path("account/password/", account.account_password, name="account-password"),
    # Organizations and their people.
    path("organizations/new/", organization.organization_create, name="organization-create"),
    path("o/<slug:org>/settings/", organization.organization_edit, name="organization-edit"),
    path("o/<slug:org>/businesses/new/", organization.business_create, name="business-create"),
    path("o/<slug:org>/people/", people.people, name="people"),
    path("o/<slug:org>/people/leave/", people.leave, name="leave"),
    path("o/<slug:org>/people/invite/", invitations.staff_invite, name="staff-invite"),
    path(
        "o/<slug:org>/people/invitations/<int:pk>/",
        invitations.staff_invitation,
        name="staff-invitation",
    ),
    path(
        "o/<slug:org>/people/invitations/<int:pk>/reissue/",
        invitations.staff_invitation_reissue,
        name="staff-invitation-reissue",
    ),
    path(
        "o/<slug:org>/people/invitations/<int:pk>/revoke/",
        invitations.staff_invitation_revoke,
        name="staff-invitation-revoke",
    ),
    path("o/<slug:org>/people/<int:pk>/", people.membership_edit, name="membership-edit"),
    path(
        "o/<slug:org>/people/<int:pk>/remove/", people.membership_remove, name="membership-remove"
    ),
    path("o/<slug:org>/people/<int:pk>/password/", password.member_reset, name="member-reset"),
    # Vision and missions.
    path("o/<slug:org>/strategy/", strategy.strategy, name="strategy"),
    path("o/<slug:org>/strategy/new/", strategy.strategy_create, name="strategy-create"),
    path("o/<slug:org>/strategy/<int:pk>/edit/", strategy.strategy_edit, name="strategy-edit"),
    path(
        "o/<slug:org>/strategy/<int:pk>/delete/", strategy.strategy_delete, name="strategy-delete"
    ),
]
