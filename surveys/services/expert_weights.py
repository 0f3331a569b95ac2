"""How much each expert's answers count in the group."""

from collections.abc import Mapping

from django.db import transaction

from organizations.models import EditConflict, User
from scorecards.methods.errors import MethodError, gettext_noop
from scorecards.methods.group import check_expert_weights
from surveys.models import Invitation, Survey
from surveys.services.locks import lock_survey


@transaction.atomic
def set_expert_weights(
    *,
    survey: Survey,
    weights: Mapping[int, float],
    seen: Mapping[int, int],
    by: User | None,
) -> list[Invitation]:
    """Store several experts' weights, all or none; those that really changed come back.

    Both mappings are by the id of the invitation; ``seen`` has the versions that the weights
    were set from. Raises EditConflict for an invitation that somebody saved since and whose
    weight would change, and MethodError: ``expert-unknown``, and for weights below 0, that are
    no numbers, or that leave nobody who counts.
    """
    # The survey's row first: adopting and inviting wait for it in the same order.
    lock_survey(survey)
    invitations = {i.pk: i for i in survey.invitations.select_for_update().order_by("pk")}
    if not invitations.keys() >= weights.keys():
        raise MethodError(
            "expert-unknown", gettext_noop("One of the experts is not of this questionnaire.")
        )
    valid = [each for each in invitations.values() if each.revoked_at is None]
    wanted = [float(weights.get(each.pk, each.weight)) for each in valid]
    check_expert_weights(wanted, len(valid))
    changed = [i for pk, i in invitations.items() if weights.get(pk, i.weight) != i.weight]
    for invitation in changed:
        _save(invitation, float(weights[invitation.pk]), seen.get(invitation.pk), by)
    return changed


def _save(invitation: Invitation, weight: float, seen: int | None, by: User | None) -> None:
    if invitation.version != seen:
        submitted = Invitation.objects.get(pk=invitation.pk)
        submitted.weight = weight
        raise EditConflict(invitation, submitted)
    invitation.weight = weight
    invitation.version += 1
    invitation.saved_by = by
    invitation.save(update_fields=["weight", "version", "saved_by", "saved_at"])
