"""What the methods and services refuse, in the reader's language."""

from collections.abc import Sequence

from django.utils.translation import gettext

from organizations import figures
from scorecards.methods.errors import MethodError

# The form fields that a refusal of the methods is about; the others concern the whole form.
FIELDS_AT_FAULT = {
    "anchors-equal": ["worst", "standard"],
    "anchors-not-monotone": ["standard"],
    "cut-points-not-monotone": ["cut_1"],
    "limits-not-in-order": ["red_limit", "green_limit"],
}


def explain(error: MethodError, names: Sequence[str] = ()) -> str:
    """The message of a method, translated, with its numbers as the reader writes them.

    ``names`` are those of the elements that it counts, such as periods.
    """
    return error.render(gettext, names, figures.trimmed)


def fields_at_fault(error: MethodError) -> list[str]:
    """The names of the form fields that the message is about."""
    return FIELDS_AT_FAULT.get(error.code, [])
