"""Forms for picking from the library."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scorecards.forms.parts import objectives_by_perspective
from scorecards.library.catalog import Framework, frameworks
from scorecards.library.picking import Pick, pick_everything, pick_parts, pick_perspectives
from scorecards.models import KPI, Scorecard
from scorecards.selectors.library import FoundKPI, library_kpis

STATUSES = (
    (KPI.Status.ADOPTED, gettext_lazy("adopted: they count at once")),
    (KPI.Status.CANDIDATE, gettext_lazy("candidates: decide later which ones count")),
)
OUTDATED = gettext_lazy("This choice is not in the library (any more). Tick again what you want.")


def usual_status(scorecard: Scorecard, status: str) -> str:
    """``status`` for a new design; candidates where KPIs are at work already.

    An adopted KPI counts from then on: it shifts weights, and asks for a target and for values.
    """
    return KPI.Status.CANDIDATE if scorecard.kpis.exists() else status


class TakeForm(forms.Form):
    """What to take from a framework: what is ticked, everything, or the perspectives alone."""

    PICKED, EVERYTHING, PERSPECTIVES = "picked", "everything", "perspectives"

    objectives = forms.MultipleChoiceField(
        required=False, error_messages={"invalid_choice": OUTDATED}
    )
    kpis = forms.MultipleChoiceField(required=False, error_messages={"invalid_choice": OUTDATED})
    status = forms.ChoiceField(
        label=gettext_lazy("Take the KPIs as"), choices=STATUSES, widget=forms.RadioSelect
    )
    # Which button was pressed; pressing Enter in the form presses none.
    take = forms.ChoiceField(
        required=False,
        choices=[(each, each) for each in (PICKED, EVERYTHING, PERSPECTIVES)],
    )

    def __init__(self, *args: Any, framework: Framework, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.framework = framework
        self.fields["objectives"].choices = [(code, code) for code in framework.objectives_by_code]
        self.fields["kpis"].choices = [(code, code) for code in framework.kpis_by_code]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        ticked = cleaned.get("objectives") or cleaned.get("kpis")
        if not self.errors and not ticked and cleaned["take"] in {"", self.PICKED}:
            self.add_error(None, _("Tick at least one objective or KPI, or take everything."))
        return cleaned

    @property
    def pick(self) -> Pick:
        match self.cleaned_data["take"]:
            case self.EVERYTHING:
                return pick_everything(self.framework)
            case self.PERSPECTIVES:
                return pick_perspectives(self.framework)
        return pick_parts(
            self.framework,
            objectives=self.cleaned_data["objectives"],
            kpis=self.cleaned_data["kpis"],
        )

    @property
    def ticked_objectives(self) -> list[str]:
        return self["objectives"].value() or []

    @property
    def ticked_kpis(self) -> list[str]:
        return self["kpis"].value() or []


class SearchForm(forms.Form):
    """Which KPIs of the library are shown."""

    q = forms.CharField(label=gettext_lazy("Words to look for"), required=False, max_length=100)
    part = forms.ChoiceField(label=gettext_lazy("Framework or perspective"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = [("", _("all frameworks")), *map(_parts, frameworks())]

    @property
    def filters(self) -> dict[str, str]:
        """What of it could be understood; the rest doesn't narrow anything down."""
        self.is_valid()
        found = self.cleaned_data
        return {"words": found.get("q", ""), "part": found.get("part", "")}


def _parts(framework: Framework) -> tuple[str, list[tuple[str, str]]]:
    """A framework as a group of choices: the whole of it, and each perspective."""
    whole = (framework.key, _("%(framework)s: all") % {"framework": framework.name})
    perspectives = [
        (f"{framework.key}.{each.code}", str(each.name)) for each in framework.perspectives
    ]
    return str(framework.name), [whole, *perspectives]


class AddForm(forms.Form):
    """Single KPIs of any framework, put under an objective of one's own."""

    kpis = forms.MultipleChoiceField(
        label=gettext_lazy("KPIs"),
        error_messages={
            "required": gettext_lazy("Tick at least one KPI."),
            "invalid_choice": OUTDATED,
        },
    )
    objective = forms.ModelChoiceField(
        label=gettext_lazy("Add them to"),
        queryset=None,
        error_messages={"required": gettext_lazy("Choose the objective that they measure.")},
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Take the KPIs as"), choices=STATUSES, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, scorecard: Scorecard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key: dict[str, FoundKPI] = {found.key: found for found in library_kpis()}
        objectives, groups = objectives_by_perspective(scorecard)
        self.fields["kpis"].choices = [(key, key) for key in self.by_key]
        self.fields["objective"].queryset = objectives
        self.fields["objective"].choices = [("", _("Choose an objective")), *groups]

    @property
    def ticked(self) -> list[str]:
        return self["kpis"].value() or []

    @property
    def entries(self) -> list[Any]:
        return [self.by_key[key].entry for key in self.cleaned_data["kpis"]]
