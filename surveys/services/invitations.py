"""Inviting experts, giving them more time, and taking an invitation back."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from organizations.models import EditConflict, User, save_if_unchanged
from surveys.models import Invitation, Survey
from surveys.models.invitation import new_nonce
from surveys.selectors.invited import Expert, find_invited, free_codes
from surveys.services.locks import lock_survey
from surveys.services.refusals import SurveyError


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
    expert has it by now, the button was pressed twice: that is one invitation. Raises
    SurveyError ``group-alone`` where nobody is asked.
    """
    expert = Expert(name, position, institution, email, weight)
    # The survey's row is the lock: two people who invite at once get two codes.
    held = lock_survey(survey, submitted=Invitation(survey=survey, **asdict(expert)))
    _check_asks(held)
    pressed_twice = _made_before(survey, [expert], expected_code)
    return (pressed_twice or _invite(survey, [expert], by))[0]


@transaction.atomic
def invite_experts(
    *,
    survey: Survey,
    experts: Sequence[Expert],
    known: Collection[int],
    expected_code: str,
    by: User | None,
) -> list[Invitation]:
    """Add all of a list or none. A list that was sent twice is invited once.

    ``known`` has the places of those whom the officer chose to invite although they are invited
    already. Raises SurveyError ``invited-already`` with the names of others who are.
    """
    _check_asks(lock_survey(survey))
    before = _made_before(survey, experts, expected_code)
    if before:
        return before
    found = find_invited(survey, experts)
    new = [experts[place].name for place in sorted(found.keys() - set(known))]
    if new:
        raise SurveyError("invited-already", names=new)
    return _invite(survey, experts, by)


def _check_asks(survey: Survey) -> None:
    """Of joined judgements that came from a file, nobody is asked."""
    if survey.is_of_group:
        raise SurveyError("group-alone")


def _made_before(survey: Survey, experts: Sequence[Expert], expected_code: str) -> list[Invitation]:
    """The invitations of this very list, if the first press of the button made them."""
    first = survey.invitations.filter(code=expected_code).first()
    if first is None:
        return []
    made = list(survey.invitations.filter(pk__gte=first.pk).order_by("pk")[: len(experts)])
    same = [Expert.of(invitation) for invitation in made] == list(experts)
    return made if same and all(each.revoked_at is None for each in made) else []


def _invite(survey: Survey, experts: Sequence[Expert], by: User | None) -> list[Invitation]:
    codes = free_codes(survey)
    return Invitation.objects.bulk_create(
        Invitation(survey=survey, code=next(codes), saved_by=by, **asdict(expert))
        for expert in experts
    )


def mark_opened(*, invitation: Invitation, now: datetime) -> None:
    """Note when "Start" was first pressed. It leaves an officer's open form its version."""
    Invitation.objects.filter(pk=invitation.pk, opened_at=None).update(opened_at=now)


@transaction.atomic
def extend_invitation(
    *,
    invitation: Invitation,
    closes_at: datetime | None,
    by: User | None,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Give one expert more time than the others; None: as much as they have.

    Raises SurveyError: ``no-deadline`` where nobody's time ends, ``deadline-past`` and
    ``deadline-not-later`` for a moment that gives no more time; EditConflict where the
    invitation is no longer at the version ``seen``.
    """
    _lock(invitation)
    if closes_at is not None:
        ending = Survey.objects.get(pk=invitation.survey_id).closes_at
        if ending is None:
            raise SurveyError("no-deadline")
        if closes_at <= now:
            raise SurveyError("deadline-past")
        if closes_at <= ending:
            raise SurveyError("deadline-not-later")
    invitation.closes_at = closes_at
    save_if_unchanged(invitation, seen=invitation.version if seen is None else seen, by=by)


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
    """Begin from the row as it stands now, so that nobody's change to it is undone.

    Raises EditConflict where the expert was deleted since, or made anonymous: he has no link.
    """
    named = Invitation.objects.filter(anonymized_at=None)
    try:
        invitation.refresh_from_db(from_queryset=named.select_for_update())
    except Invitation.DoesNotExist:
        raise EditConflict(None) from None


def _save(invitation: Invitation, by: User | None) -> None:
    invitation.version += 1
    invitation.saved_by = by
    invitation.save()
