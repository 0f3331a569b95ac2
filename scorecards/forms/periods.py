"""Forms about periods as such; what is entered into them: forms/entry.py."""

from collections.abc import Iterable

from django import forms
from django.utils import dates
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organizations.names import named
from scorecards import calendar
from scorecards.models import Closing
from scorecards.selectors.period_choice import Choice, PeriodChoices


class PeriodForm(forms.Form):
    """Which period is opened: one of the scorecard's own, picked by name."""

    start = forms.DateField(
        label=_("Period"),
        input_formats=["%Y-%m-%d"],
        widget=forms.Select,
        error_messages={
            "required": _("Choose a period."),
            "invalid": _("This is none of the periods. Choose one of the list."),
        },
    )

    def __init__(self, *args: object, choices: PeriodChoices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        # Whether a period is whole and free is asked once, where it is opened; the list only
        # shows it.
        field = self.fields["start"]
        self.initial.setdefault("start", choices.next_start)
        field.widget.choices = [("", _("Choose a period")), *_by_year(choices.choices)]
        if choices.gaps:
            field.help_text = _("Between your periods there is none yet for: %(gaps)s.") % {
                "gaps": named(choices.gaps)
            }


class YearForm(forms.Form):
    """When the year begins of a scorecard that has no period yet. It stands in the address."""

    begins = forms.TypedChoiceField(
        label=_("The year begins in"),
        coerce=int,
        choices=[(number, dates.MONTHS[number]) for number in range(1, 13)],
    )

    @property
    def month(self) -> int:
        """January as long as nothing else was chosen."""
        return self.cleaned_data["begins"] if self.is_valid() else calendar.JANUARY


def _by_year(choices: Iterable[Choice]) -> list[tuple[str, object]]:
    """The choices below their years, since a list of months is long; years stand by themselves."""
    years: dict[str, list[tuple[str, str]]] = {}
    for each in choices:
        name = gettext("%(period)s (missing)") % {"period": each.name} if each.is_gap else each.name
        years.setdefault(str(each.start.year), []).append((each.start.isoformat(), name))
    if all(len(group) == 1 for group in years.values()):
        return [choice for group in years.values() for choice in group]
    return list(years.items())


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
