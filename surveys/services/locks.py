"""One writer at a time for what concerns a whole questionnaire: codes, who judges, its status."""

from organizations.models import EditConflict, Versioned
from surveys.models import Survey


def lock_survey(survey: Survey, submitted: Versioned | None = None) -> Survey:
    """The questionnaire as it is now, kept from changing until the transaction ends.

    Raises EditConflict where somebody deleted it since; ``submitted`` has what was typed.
    """
    rows = Survey.including_trials.select_for_update(of=("self",)).select_related("scorecard")
    held = rows.filter(pk=survey.pk).first()
    if held is None:
        raise EditConflict(None, submitted)
    return held
