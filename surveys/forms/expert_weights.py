"""How much each expert counts: tried out first, and stored when that is wanted."""

import re
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from organizations import figures
from scorecards.fields import NumberField
from surveys.lens import HEAVIEST
from surveys.models import Invitation
from surveys.selectors.results import SurveyResults

DECIMALS = 2
SEEN = re.compile(r"\b([0-9]{1,18})x([0-9]{1,9})\b")


@dataclass(frozen=True)
class WeightLine:
    """One box. A page of an anonymous questionnaire shows the code alone."""

    invitation: Invitation
    field: forms.BoundField


class ExpertWeightsForm(forms.Form):
    """A box for each expert whose answers were sent, filled with the weight of these results.

    ``seen`` has the version of each invitation, so that nobody's later change is overwritten.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, results: SurveyResults, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.experts = results.experts
        self.initial["seen"] = ",".join(f"{each.pk}x{each.version}" for each in self.experts)
        for expert in self.experts:
            self.fields[field_name(expert)] = NumberField(
                label=expert.code, decimals=DECIMALS, min_value=0, max_value=HEAVIEST
            )
            self.fields[field_name(expert)].widget.attrs["class"] = "form-control"
            self.initial[field_name(expert)] = results.expert_weights[expert.pk]

    @classmethod
    def seeing_anew(cls, data: QueryDict, *, results: SurveyResults) -> Self:
        """The same boxes once more, now knowing what somebody else stored meanwhile."""
        newer = data.copy()
        newer["seen"] = cls(results=results).initial["seen"]
        return cls(newer, results=results)

    def add_conflict(self, stored: Invitation) -> None:
        text = _("Somebody stored %(weight)s here meanwhile. Store once more to set yours.")
        words = {"weight": figures.trimmed(stored.weight)}
        self.add_error(field_name(stored), ValidationError(text, "conflict", words))

    @property
    def lines(self) -> list[WeightLine]:
        return [WeightLine(expert, self[field_name(expert)]) for expert in self.experts]

    @property
    def weights(self) -> dict[int, float]:
        """What was typed, by the id of the invitation."""
        return {each.pk: float(self.cleaned_data[field_name(each)]) for each in self.experts}

    @property
    def versions(self) -> dict[int, int]:
        return {int(pk): int(version) for pk, version in SEEN.findall(self.cleaned_data["seen"])}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        typed = [cleaned.get(field_name(each)) for each in self.experts]
        if not self.errors and not any(typed):
            raise ValidationError(_("Let at least one expert count more than 0."), "nobody")
        return cleaned


def field_name(expert: Invitation) -> str:
    return f"weight-{expert.pk}"
