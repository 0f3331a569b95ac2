"""Which expert judges which matrix: all of them, but for the exceptions that are kept here."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from organizations.models import User
from surveys.models import Exemption, Invitation, Matrix, Response, Survey
from surveys.services.answering import check_open, hold_response
from surveys.services.locks import lock_survey
from surveys.services.refusals import InvalidAnswer, SurveyError


@transaction.atomic
def hand_back(*, response: Response, matrix: Matrix, reason: str, now: datetime) -> Exemption:
    """Leave a matrix that one isn't competent for. Answers to it stay, and don't count.

    Handing back twice keeps the newer reason. Raises InvalidAnswer for a matrix that this
    expert was never asked to judge.
    """
    # In the order of whoever deletes an expert: the new row would wait for the invitation's, too.
    list(Invitation.objects.select_for_update(no_key=True).filter(pk=response.invitation_id))
    held = hold_response(response)
    check_open(held, now)
    if matrix.survey_id != held.invitation.survey_id:
        raise InvalidAnswer("The matrix is not one of this questionnaire's.")
    exemption, created = Exemption.objects.get_or_create(
        invitation=held.invitation,
        matrix=matrix,
        defaults={"origin": Exemption.Origin.EXPERT, "reason": reason},
    )
    if not exemption.is_handed_back:
        raise InvalidAnswer("This expert doesn't judge this matrix.")
    if not created:
        exemption.reason = reason
        exemption.save(update_fields=["reason"])
    return exemption


@transaction.atomic
def take_back(*, response: Response, matrix: Matrix, now: datetime) -> None:
    """Judge a matrix after all. What the officer doesn't ask for stays out."""
    held = hold_response(response)
    check_open(held, now)
    mine = held.invitation.exemptions.filter(origin=Exemption.Origin.EXPERT)
    mine.filter(matrix=matrix).delete()


@transaction.atomic
def set_exemptions(
    *, survey: Survey, judged: Mapping[Invitation, Collection[Matrix]], by: User | None
) -> None:
    """Set who judges what. Of an expert who isn't named, and of what he handed back, nothing.

    Raises SurveyError: ``judges-nothing`` for experts who would have nothing left, and
    ``expert-sent`` for those whose answers are sent; both name them.
    """
    # The survey's row is the lock, as for inviting and for deleting an expert.
    locked = lock_survey(survey)
    there = set(survey.invitations.values_list("pk", flat=True))
    judged = {each: chosen for each, chosen in judged.items() if each.pk in there}
    matrices = list(survey.matrices.all())
    idle = [str(invitation) for invitation, chosen in judged.items() if not chosen]
    if idle and matrices:
        raise SurveyError("judges-nothing", names=idle)
    kept = Exemption.objects.filter(invitation__in=judged)
    before = {(each.invitation_id, each.matrix_id): each for each in kept}
    added, dropped, changed = [], [], set()
    for invitation, chosen in judged.items():
        for matrix in matrices:
            exemption = before.get((invitation.pk, matrix.pk))
            if matrix not in chosen and exemption is None:
                officer = Exemption.Origin.OFFICER
                added.append(Exemption(invitation=invitation, matrix=matrix, origin=officer))
                changed.add(invitation)
            elif matrix in chosen and exemption and not exemption.is_handed_back:
                dropped.append(exemption.pk)
                changed.add(invitation)
    if not changed:
        return
    _check_unsent(changed)
    Exemption.objects.filter(pk__in=dropped).delete()
    # What an expert handed back at this moment stays handed back.
    Exemption.objects.bulk_create(added, ignore_conflicts=True)
    locked.version += 1
    locked.saved_by = by
    locked.save(update_fields=["version", "saved_by"])


def _check_unsent(invitations: Collection[Invitation]) -> None:
    responses = Response.objects.filter(invitation__in=invitations).order_by("pk")
    # Held, so that none is sent between this look and the change.
    held = responses.select_for_update(of=("self",)).select_related("invitation")
    sent = [str(each.invitation) for each in held if each.submitted_at is not None]
    if sent:
        raise SurveyError("expert-sent", names=sent)
