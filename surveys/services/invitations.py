"""Inviting experts, and taking an invitation back."""

from datetime import datetime

from django.db import transaction

from surveys.models import Invitation, Survey
from surveys.models.invitation import new_nonce


@transaction.atomic
def invite_expert(
    *,
    survey: Survey,
    name: str,
    position: str = "",
    institution: str = "",
    email: str = "",
    weight: float = 1.0,
) -> Invitation:
    """Add an expert under the next free code (P1, P2, …)."""
    # The survey's row is the lock: two people who invite at once get two codes.
    Survey.objects.select_for_update().get(pk=survey.pk)
    taken = set(survey.invitations.values_list("code", flat=True))
    code = next(f"P{n}" for n in range(1, len(taken) + 2) if f"P{n}" not in taken)
    return Invitation.objects.create(
        survey=survey,
        code=code,
        name=name,
        position=position,
        institution=institution,
        email=email,
        weight=weight,
    )


def revoke_invitation(*, invitation: Invitation, now: datetime) -> None:
    """Make the link worthless. Answers that were given stay, and no longer count."""
    invitation.revoked_at = invitation.revoked_at or now
    invitation.save(update_fields=["revoked_at"])


def reissue_invitation(*, invitation: Invitation) -> None:
    """Give the expert a new link; the old one stops working and the answers stay."""
    invitation.nonce = new_nonce()
    invitation.revoked_at = None
    invitation.save(update_fields=["nonce", "revoked_at"])
