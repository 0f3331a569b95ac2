"""Which questionnaires still have words of consent that promise what is not so."""

from dataclasses import dataclass

from surveys.models import Response, Survey
from surveys.old_consent import old_language


@dataclass(frozen=True)
class OldConsent:
    """``agreed``: how many experts agreed to the old words, which are kept with their answers."""

    agreed: int


def old_consent_note(survey: Survey) -> OldConsent | None:
    if not survey.scorecard.organization.can_edit or not old_language(survey):
        return None
    return OldConsent(Response.objects.filter(invitation__survey=survey).count())
