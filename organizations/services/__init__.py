"""Every write to people, organizations and strategies: one function, one transaction each."""

from organizations.services.accounts import create_organization, sign_up
from organizations.services.people import (
    AlreadyInvited,
    AlreadyMember,
    InvitationOver,
    InvitedIsSomebodyElse,
    LastAdmin,
    accept_as_new_person,
    accept_invitation,
    end_doors_of,
    invite_staff,
    reissue_invitation,
    remove_member,
    revoke_invitation,
    set_role,
)
from organizations.services.strategy import save_strategy

__all__ = [
    "AlreadyInvited",
    "AlreadyMember",
    "InvitationOver",
    "InvitedIsSomebodyElse",
    "LastAdmin",
    "accept_as_new_person",
    "accept_invitation",
    "create_organization",
    "end_doors_of",
    "invite_staff",
    "reissue_invitation",
    "remove_member",
    "revoke_invitation",
    "save_strategy",
    "set_role",
    "sign_up",
]
