"""Forms about periods as such; what is entered into them: forms/entry.py."""

from django import forms
from django.utils.translation import gettext_lazy as _

from scorecards import calendar
from scorecards.models import Closing, Scorecard


class PeriodForm(forms.Form):
    """The first day of a period. How long it lasts is the scorecard's frequency."""

    start = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        # A browser's date field sends the first form; people type the others.
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"],
        error_messages={"invalid": _("Write the day like 2026-07-01 or 1-7-2026.")},
    )

    def __init__(self, *args: object, scorecard: Scorecard, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start"].help_text = _(
            "This scorecard is measured %(frequency)s, so the last day follows from the first."
        ) % {"frequency": scorecard.get_frequency_display()}
        self.fields["start"].widget.attrs |= {
            "min": f"{calendar.FIRST_YEAR}-01-01",
            "max": f"{calendar.LAST_YEAR}-12-31",
        }


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
