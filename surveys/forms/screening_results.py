"""Forms of a screening's results: the cut-off, decisions by hand, proposals, one press."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.models import User
from organizations.versioned_forms import VersionedModelForm
from scorecards.forms.parts import objectives_by_perspective
from scorecards.models import KPI, Scorecard
from surveys.forms.cut_off import CutRules, cut_off_field
from surveys.models import CandidateDecision, CandidateProposal, Survey
from surveys.selectors.screening_verdicts import Cut
from surveys.services.screening_decisions import decide_candidate


class CutForm(CutRules, forms.Form):
    """Tries a cut-off out; nothing is stored."""

    saves_nothing = True

    cut_by = forms.ChoiceField(
        label=capfirst(gettext_lazy("keep candidates by")), choices=Survey.CutBy.choices
    )
    cut_off = cut_off_field(explains=False)

    @property
    def cut(self) -> Cut:
        return Cut(self.cleaned_data["cut_by"], self.cleaned_data["cut_off"])


class KeepCutForm(CutRules, VersionedModelForm):
    """Keeps the cut-off that was tried out."""

    cut_off = cut_off_field(explains=False)

    class Meta:
        model = Survey
        fields = ["cut_by", "cut_off"]


class DecisionForm(VersionedModelForm):
    """Keeps or drops one candidate by hand. ``instance`` knows its candidate."""

    keeps = forms.TypedChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("1", gettext_lazy("Keep it")), ("0", gettext_lazy("Drop it"))],
        coerce=lambda value: value == "1",
        empty_value=None,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = CandidateDecision
        fields = ["keeps", "reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "reason": gettext_lazy("Stands beside the decision wherever it is read."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.initial["keeps"] = "1" if self.instance.keeps else "0"

    def save(self, *, by: User) -> CandidateDecision:
        if self.instance.pk is not None:
            return super().save(by=by)
        return decide_candidate(
            candidate=self.instance.candidate,
            keeps=self.cleaned_data["keeps"],
            reason=self.cleaned_data["reason"],
            by=by,
        )


class TakeProposalForm(forms.Form):
    """Makes a proposal a candidate KPI: under which objective, and in which words."""

    objective = forms.ModelChoiceField(None, label=capfirst(gettext_lazy("objective")))
    name = forms.CharField(
        label=capfirst(gettext_lazy("name")), max_length=KPI._meta.get_field("name").max_length
    )
    definition = forms.CharField(
        label=capfirst(gettext_lazy("definition")),
        max_length=KPI._meta.get_field("definition").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, proposal: CandidateProposal, scorecard: Scorecard, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        objectives, groups = objectives_by_perspective(scorecard)
        self.fields["objective"].queryset = objectives
        self.fields["objective"].choices = [("", _("Choose an objective")), *groups]
        first = objectives.filter(perspective=proposal.perspective_id).first()
        self.initial |= {
            "objective": first.pk if first else None,
            "name": proposal.name,
            "definition": proposal.reason,
        }


class ApplyForm(forms.Form):
    """Carries what its reader agreed to."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
