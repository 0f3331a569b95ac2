"""What an expert's browser sends in a screening: as a form, or saved on the spot as JSON."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.text_fields import LineField
from scorecards.models import Perspective
from surveys.forms.answering import answer_fields
from surveys.models import CandidateProposal, Rating, Survey
from surveys.selectors.rating_sheet import RatingItem
from surveys.services.answering import LARGEST_SEQ
from surveys.services.refusals import InvalidAnswer
from surveys.services.screening_answers import LONGEST_REMARK, RatingAnswer
from surveys.wording import POINTS


class SubmitRatingsForm(forms.Form):
    missing_accepted = forms.BooleanField(
        label=_("Leave the candidates I have not rated empty."), required=False
    )


class RatingForm(forms.Form):
    """One candidate: how important, and a remark for whoever wants to say more."""

    points = forms.TypedChoiceField(
        label=_("How important"),
        choices=list(POINTS.items()),
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how important it is.")},
    )
    remark = forms.CharField(
        label=_("Remark (not needed)"),
        max_length=LONGEST_REMARK,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seq = forms.IntegerField(min_value=1, max_value=LARGEST_SEQ, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, item: RatingItem, optional: bool = False, **kwargs: Any
    ) -> None:
        initial = {"points": item.points, "remark": item.remark, "seq": item.seq + 1}
        super().__init__(data, initial=initial, **kwargs)
        self.item = item
        self.fields["points"].required = not optional

    def clean_remark(self) -> str:
        # As a script sends it.
        return self.cleaned_data["remark"].replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_open = cleaned.get("points") is None and "points" not in self.errors
        if is_open and cleaned.get("remark"):
            self.add_error("points", _("Choose how important it is, to go with your remark."))
        return cleaned

    @property
    def opens_remark(self) -> bool:
        """Whether there is something to see where remarks are folded away."""
        return bool(self["remark"].value() or self["remark"].errors)

    @property
    def answer(self) -> RatingAnswer:
        cleaned = self.cleaned_data
        return RatingAnswer(
            self.item.candidate, cleaned["points"], cleaned["remark"], cleaned["seq"]
        )

    @property
    def is_new(self) -> bool:
        """Rated, and otherwise than what is stored."""
        if self.cleaned_data.get("points") is None:
            return False
        return self.item.rating is None or not rates_the_same(self.item.rating, self.answer)


class ProposalForm(forms.ModelForm):
    """A KPI that the expert misses. The key makes two presses one proposal."""

    perspective = forms.ModelChoiceField(Perspective.objects.none(), label=_("perspective"))
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    class Meta:
        model = CandidateProposal
        fields = ["perspective", "name", "reason"]
        field_classes = {"name": LineField}
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["perspective"].queryset = survey.scorecard.perspectives.all()
        self.fields["perspective"].label_from_instance = lambda one: one.name
        self.fields["perspective"].label = _("Perspective")
        self.fields["perspective"].empty_label = _("Choose a perspective")
        self.fields["name"].label = _("Name of the KPI")
        self.fields["reason"].label = _("Why it is needed")


@dataclass(frozen=True)
class SavedRating:
    """One rating as a script sends it."""

    item: str
    points: int
    remark: str
    seq: int
    waited: int | None = None


def read_rating(body: bytes) -> SavedRating:
    """Strictly: what isn't exactly a rating raises InvalidAnswer."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        raise InvalidAnswer("Not JSON.") from None
    rating = SavedRating(**answer_fields(content, {"item", "points", "remark", "seq"}))
    if not isinstance(rating.item, str):
        raise InvalidAnswer("Not a rating.")
    return rating


def rates_the_same(rating: Rating, answer: RatingAnswer) -> bool:
    return (rating.points, rating.remark) == (answer.points, answer.remark.strip())
