"""What an expert's browser sends: as a form, or saved on the spot as JSON."""

import json
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from surveys.models import Exemption
from surveys.selectors.answering import COLUMN, EQUAL, ROW, Pair
from surveys.services.answering import LARGEST_SEQ, PairAnswer
from surveys.services.refusals import InvalidAnswer
from surveys.wording import STRENGTHS

LONGEST_REASON = Exemption._meta.get_field("reason").max_length
SIDES = (ROW, EQUAL, COLUMN)


class ConsentForm(forms.Form):
    saves_nothing = True

    consent = forms.BooleanField(
        label=_("I have read this and take part voluntarily."),
        error_messages={"required": _("Tick this box if you want to take part.")},
    )


class SubmitForm(forms.Form):
    missing_accepted = forms.BooleanField(
        label=_("Leave the comparisons I have not answered empty."), required=False
    )


class LeavingForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, organization: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("Not needed. %(organization)s reads it.") % {
            # A help text is printed as markup.
            "organization": escape(organization)
        }


class JudgementForm(forms.Form):
    """Both steps of one pair: which of the two, and how much."""

    preferred = forms.ChoiceField(
        label=_("Which is more important"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two, or “equally important”.")},
    )
    strength = forms.TypedChoiceField(
        label=_("How much more important"),
        choices=list(STRENGTHS.items()),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    seq = forms.IntegerField(min_value=1, max_value=LARGEST_SEQ, widget=forms.HiddenInput)
    # Which pair the form was made for, whatever its address stands for by now.
    item = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, pair: Pair, optional: bool = False, **kwargs: Any
    ) -> None:
        initial = {"preferred": pair.preferred, "seq": pair.seq + 1, "item": pair.item}
        if pair.judgement and pair.judgement.strength > 1:
            initial["strength"] = pair.judgement.strength
        super().__init__(data, initial=initial, **kwargs)
        self.pair = pair
        preferred = self.fields["preferred"]
        preferred.required = not optional
        sides = [(ROW, pair.row.label), (COLUMN, pair.column.label)]
        preferred.choices = [
            *(reversed(sides) if pair.swapped else sides),
            (EQUAL, _("Equally important")),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_open = cleaned.get("strength") is None and "strength" not in self.errors
        if is_open and cleaned.get("preferred") in (ROW, COLUMN):
            self.add_error("strength", _("Choose how much more important it is."))
        return cleaned

    def clean_item(self) -> str:
        item = self.cleaned_data["item"]
        if item and item != self.pair.item:
            raise forms.ValidationError(_("Load this page again: it shows another comparison now."))
        return item

    @property
    def answer(self) -> PairAnswer:
        side = self.cleaned_data["preferred"]
        strength = 1 if side == EQUAL else self.cleaned_data["strength"]
        return pair_answer(self.pair, side, strength, self.cleaned_data["seq"])

    @property
    def is_new(self) -> bool:
        """Answered, and otherwise than what is stored."""
        if not self.cleaned_data.get("preferred"):
            return False
        stored, answer = self.pair.judgement, self.answer
        return stored is None or not says_the_same(stored, answer)


@dataclass(frozen=True)
class SavedAnswer:
    """One answer as a script sends it."""

    item: str
    preferred: str
    strength: int
    seq: int
    waited: int | None = None


def read_answer(body: bytes) -> SavedAnswer:
    """Strictly: what isn't exactly an answer raises InvalidAnswer."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        raise InvalidAnswer("Not JSON.") from None
    answer = SavedAnswer(**answer_fields(content, {"item", "preferred", "strength", "seq"}))
    if not isinstance(answer.item, str) or answer.preferred not in SIDES:
        raise InvalidAnswer("Not an answer.")
    return answer


def answer_fields(content: Any, names: set[str]) -> dict[str, Any]:
    """Exactly these, and perhaps how many milliseconds the answer waited; or InvalidAnswer."""
    if not isinstance(content, dict) or set(content) - {"waited"} != names:
        raise InvalidAnswer("Not an answer.")
    waited = content.get("waited", 0)
    if type(waited) is not int or not 0 <= waited <= LARGEST_SEQ:
        raise InvalidAnswer("How long an answer waited is a whole number of milliseconds.")
    return content


def pair_answer(pair: Pair, side: str, strength: int, seq: int) -> PairAnswer:
    preferred = {ROW: pair.row, COLUMN: pair.column, EQUAL: None}[side]
    return PairAnswer(pair.row, pair.column, preferred, strength, seq, pair.swapped)


def says_the_same(judgement: Any, answer: PairAnswer) -> bool:
    preferred_id = answer.preferred.pk if answer.preferred else None
    return (judgement.preferred_id, judgement.strength) == (preferred_id, answer.strength)
