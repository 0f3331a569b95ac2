"""Giving a questionnaire the words of consent that say what is so."""

from django.db import transaction
from django.utils import translation

from organizations.models import User
from surveys.consent import standard_consent
from surveys.models import Survey
from surveys.old_consent import old_language
from surveys.services.locks import lock_survey


@transaction.atomic
def renew_consent(*, survey: Survey, by: User) -> bool:
    """Put today's words in place of the old ones, in their language; whether they were the old.

    Who agreed already keeps the words that he agreed to. Pressing twice does it once.
    """
    held = lock_survey(survey)
    language = old_language(held)
    if not language:
        return False
    with translation.override(language):
        held.consent_text = standard_consent(held.kind)
    held.version += 1
    held.saved_by = by
    held.save(update_fields=["consent_text", "version", "saved_by", "saved_at"])
    return True
