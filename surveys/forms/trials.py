"""Who tries a questionnaire out."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from organizations.text_fields import ItemField
from surveys.models import Invitation
from surveys.selectors.trials import Trial

LONGEST_NAME = Invitation._meta.get_field("name").max_length
FIRST_CODE = "P1"


class TrialForm(forms.Form):
    """Carries the code that was free when it was shown, by which a second press is known."""

    name = ItemField(
        label=capfirst(_("name")),
        max_length=LONGEST_NAME,
        help_text=_("Somebody who tells you what is not clear. No account is needed."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    expected_code = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, trial: Trial | None, **kwargs: Any) -> None:
        code = trial.next_code if trial else FIRST_CODE
        super().__init__(*args, initial={"expected_code": code}, **kwargs)
