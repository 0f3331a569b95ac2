"""What an officer reads from a paper: the signature, and a number on one side of each line."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scorecards.calendar import FIRST_YEAR
from scorecards.fields import WholeNumberField
from surveys.forms.moments import MomentField
from surveys.models import Criterion
from surveys.models.screening import HIGHEST_RATING, LOWEST_RATING
from surveys.selectors.answering import Pair
from surveys.selectors.paper import Line, is_online
from surveys.selectors.rating_sheet import RatingItem
from surveys.services.answering import LARGEST_SEQ
from surveys.services.paper import KeyedPair, KeyedRating
from surveys.services.screening_answers import LONGEST_REMARK

STRONGEST = 9


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PaperConsentForm(forms.Form):
    is_signed = forms.BooleanField(
        label=gettext_lazy("The expert has signed the consent on the first page."),
        error_messages={
            "required": gettext_lazy("Without a signature, the answers may not be used.")
        },
    )
    signed_on = forms.DateField(label=gettext_lazy("Signed on"), widget=DateInput())

    def clean_signed_on(self) -> Any:
        day = self.cleaned_data["signed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        if day.year < FIRST_YEAR:
            years = {"first": FIRST_YEAR, "last": timezone.localdate().year}
            raise forms.ValidationError(MomentField.default_error_messages["year"], "year", years)
        return day


class PaperSendForm(forms.Form):
    missing_accepted = forms.BooleanField(
        label=gettext_lazy("The open lines are open on the paper too."), required=False
    )


class ReplaceForm(forms.Form):
    """Asked only where the paper says otherwise than the expert's own answers."""

    replaces_online = forms.BooleanField(
        label=gettext_lazy("The paper counts: replace what the expert answered online."),
        required=False,
    )


class DigitField(WholeNumberField):
    """A circled digit, or none. Whatever else is typed, one sentence says what is wanted."""

    def __init__(self, *, label: Any, lowest: int, highest: int) -> None:
        # Two places: with one, a browser would make a 1 of a 10, and nobody be told.
        attrs = {"inputmode": "numeric", "maxlength": 2, "size": 1}
        super().__init__(
            label=label,
            min_value=lowest,
            max_value=highest,
            required=False,
            widget=forms.TextInput(attrs=attrs),
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return super().widget_attrs(widget) | widget.attrs

    def clean(self, value: object) -> int | None:
        try:
            return super().clean(value)
        except forms.ValidationError as error:
            wanted = _("Type a number from %(lowest)s to %(highest)s.")
            limits = {"lowest": self.min_value, "highest": self.max_value}
            raise forms.ValidationError(wanted, error.code, limits) from error


class KeyedLineForm(forms.Form):
    """One line of the paper, with the number of the answer that its reader saw."""

    seq = forms.IntegerField(min_value=0, max_value=LARGEST_SEQ, widget=forms.HiddenInput)
    line: Line

    @property
    def item(self) -> str:
        return self.line.item

    @property
    def is_online(self) -> bool:
        return is_online(self.line)


class KeyedPairForm(KeyedLineForm):
    """One line of the scale: a number on the left or on the right; 1 on either side is equal."""

    def __init__(self, data: Any = None, *, line: Pair, **kwargs: Any) -> None:
        super().__init__(data, initial={"seq": line.seq} | _sides(line), **kwargs)
        self.line = line
        self.fields["left"] = _strength_field(line.first.label)
        self.fields["right"] = _strength_field(line.second.label)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        left, right = cleaned.get("left"), cleaned.get("right")
        if left and right and (left, right) != (1, 1):
            self.add_error("left", _("Only one side of a line can be marked."))
        return cleaned

    @property
    def keyed(self) -> KeyedPair:
        left, right = self.cleaned_data["left"], self.cleaned_data["right"]
        strength = left or right
        preferred: Criterion | None = self.line.first if left else self.line.second
        if strength in (None, 1):
            preferred = None
        return KeyedPair(
            row=self.line.row,
            column=self.line.column,
            preferred=preferred,
            strength=strength,
            seq=self.cleaned_data["seq"],
            swapped=self.line.swapped,
        )


def _strength_field(label: str) -> DigitField:
    return DigitField(label=label, lowest=1, highest=STRONGEST)


def _sides(pair: Pair) -> dict[str, int]:
    if pair.judgement is None:
        return {}
    is_right = pair.judgement.preferred_id == pair.second.pk
    return {"right" if is_right else "left": pair.judgement.strength}


class KeyedRatingForm(KeyedLineForm):
    remark = forms.CharField(
        label=gettext_lazy("Remark"), max_length=LONGEST_REMARK, required=False
    )

    def __init__(self, data: Any = None, *, line: RatingItem, **kwargs: Any) -> None:
        initial = {"seq": line.seq, "points": line.points, "remark": line.remark}
        super().__init__(data, initial=initial, **kwargs)
        self.line = line
        self.fields["points"] = DigitField(
            label=line.candidate.label, lowest=LOWEST_RATING, highest=HIGHEST_RATING
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("remark") and cleaned.get("points") is None and "points" not in self.errors:
            self.add_error("points", _("A remark needs a number beside it."))
        return cleaned

    @property
    def keyed(self) -> KeyedRating:
        cleaned = self.cleaned_data
        return KeyedRating(
            self.line.candidate, cleaned["points"], cleaned["remark"], cleaned["seq"]
        )
