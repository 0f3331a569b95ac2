"""Forms about periods as such; what is entered into them: forms/entry.py."""

from django import forms
from django.utils.translation import gettext_lazy as _

from scorecards.fields import DayField
from scorecards.models import Closing, Scorecard


class PeriodForm(forms.Form):
    """The first day of a period. How long it lasts is the scorecard's frequency."""

    start = DayField(label=_("First day"), required=True)

    def __init__(self, *args: object, scorecard: Scorecard, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start"].help_text = _(
            "This scorecard is measured %(frequency)s, so the last day follows from the first."
        ) % {"frequency": scorecard.get_frequency_display()}


class SeenForm(forms.Form):
    """The version that a confirmation page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReopenForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it reopened?"),
        help_text=_("Everyone who reads the report sees this reason."),
        max_length=Closing._meta.get_field("reopen_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
