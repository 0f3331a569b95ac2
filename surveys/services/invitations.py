"""Inviting experts, and taking an invitation back."""

from datetime import datetime

from django.db import transaction

from organizations.models import User
from surveys.models import Invitation, Survey
from surveys.models.invitation import new_nonce
from surveys.selectors.questionnaires import next_code


@transaction.atomic
def invite_expert(
    *,
    survey: Survey,
    name: str,
    position: str = "",
    institution: str = "",
    email: str = "",
    weight: float = 1.0,
    expected_code: str = "",
    by: User | None = None,
) -> Invitation:
    """Add an expert under the next free code (P1, P2, …).

    ``expected_code`` is the one that was free when the form was shown. Where the very same
    expert has it by now, the button was pressed twice: that is one invitation.
    """
    # The survey's row is the lock: two people who invite at once get two codes.
    Survey.objects.select_for_update().get(pk=survey.pk)
    expert = {
        "name": name,
        "position": position,
        "institution": institution,
        "email": email,
        "weight": weight,
    }
    pressed_twice = survey.invitations.filter(code=expected_code, revoked_at=None, **expert)
    return pressed_twice.first() or Invitation.objects.create(
        survey=survey, code=next_code(survey), saved_by=by, **expert
    )


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: User | None = None, now: datetime) -> None:
    """Make the link worthless. Answers that were given stay, and no longer count."""
    _lock(invitation)
    if invitation.revoked_at is None:
        invitation.revoked_at = now
        _save(invitation, by)


@transaction.atomic
def reissue_invitation(*, invitation: Invitation, by: User | None = None) -> None:
    """Give the expert a new link; the old one stops working and the answers stay."""
    _lock(invitation)
    invitation.nonce = new_nonce()
    invitation.revoked_at = None
    _save(invitation, by)


def _lock(invitation: Invitation) -> None:
    """Begin from the row as it stands now, so that nobody's change to it is undone."""
    invitation.refresh_from_db(from_queryset=Invitation.objects.select_for_update())


def _save(invitation: Invitation, by: User | None) -> None:
    invitation.version += 1
    invitation.saved_by = by
    invitation.save()
