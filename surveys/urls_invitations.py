"""Inviting experts, handing out their links, following them."""

from django.urls import path

from surveys.views import erasing, exemptions, expert_lists, invitations, mailings

EXPERTS = "o/<slug:org>/surveys/<int:survey_pk>/experts/"
EXPERT = f"{EXPERTS}<int:pk>/"

urlpatterns = [
    path(f"{EXPERTS}new/", invitations.invitation_create, name="invitation-create"),
    path(f"{EXPERTS}list/", expert_lists.expert_list, name="expert-list"),
    path(
        f"{EXPERTS}list/template.xlsx",
        expert_lists.expert_list_template,
        name="expert-list-template",
    ),
    path(f"{EXPERTS}mail/", mailings.mail_invitations_page, name="mail-invitations"),
    path(f"{EXPERTS}remind/", mailings.mail_reminders_page, name="mail-reminders"),
    path(f"{EXPERTS}links/", mailings.invitation_sheet, name="invitation-sheet"),
    path(f"{EXPERTS}erased/", erasing.erasures, name="erasures"),
    path(f"{EXPERTS}parts/", exemptions.exemptions, name="exemptions"),
    path(EXPERT, invitations.invitation, name="invitation"),
    path(f"{EXPERT}edit/", invitations.invitation_edit, name="invitation-edit"),
    path(f"{EXPERT}extend/", invitations.invitation_extend, name="invitation-extend"),
    path(f"{EXPERT}mail/", mailings.invitation_mail, name="invitation-mail"),
    path(f"{EXPERT}qr.svg", invitations.invitation_qr, name="invitation-qr"),
    path(f"{EXPERT}revoke/", invitations.invitation_revoke, name="invitation-revoke"),
    path(f"{EXPERT}reissue/", invitations.invitation_reissue, name="invitation-reissue"),
    path(f"{EXPERT}erase/", erasing.invitation_erase, name="invitation-erase"),
]
