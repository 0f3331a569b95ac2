"""Who you are, what you may see, and what your organization wants to become."""

from organizations.models.organization import Membership, Organization, Role, StaffInvitation
from organizations.models.strategy import Mission, Strategy
from organizations.models.user import User
from organizations.models.versioned import (
    EditConflict,
    Versioned,
    delete_if_unchanged,
    save_if_unchanged,
)

__all__ = [
    "EditConflict",
    "Membership",
    "Mission",
    "Organization",
    "Role",
    "StaffInvitation",
    "Strategy",
    "User",
    "Versioned",
    "delete_if_unchanged",
    "save_if_unchanged",
]
