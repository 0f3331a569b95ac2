"""The form of a target: three anchors, four cut points, or a questionnaire's mean."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations import figures
from scorecards.errors import explain, fields_at_fault
from scorecards.fields import NumberField
from scorecards.forms.parts import PartForm
from scorecards.methods.errors import MethodError
from scorecards.models import KPI, Scorecard, Target
from scorecards.numbers import unit_kind_of
from scorecards.services.targets import ANCHORS, CUTS, POINTS, read_scale

HELP = {
    "worst": gettext_lazy("From here on it gets level 0."),
    "target": gettext_lazy("What is to be reached: level 3."),
    "best": gettext_lazy("The best that one can hope for: level 10."),
}


class TargetForm(PartForm):
    """Numbers are read with the KPI's unit and decimals."""

    class Meta:
        model = Target
        fields = ["valid_from", "kind", *ANCHORS, *CUTS]
        widgets = {
            "valid_from": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "kind": forms.RadioSelect,
        }
        help_texts = {
            "valid_from": gettext_lazy("It counts for periods that begin on or after this day.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kpi = self.instance.kpi
        is_likert = self.scorecard.scoring == Scorecard.Scoring.LIKERT
        for name in ANCHORS + CUTS:
            if (name in CUTS) != is_likert:
                del self.fields[name]
                continue
            self.fields[name] = _number_field(name, kpi, required=not is_likert)
        if is_likert:
            kinds = [Target.Kind.CUT_POINTS, Target.Kind.MEAN]
            self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
            if self.instance.kind not in kinds:
                self.initial["kind"] = Target.Kind.CUT_POINTS
        else:
            del self.fields["kind"]

    @property
    def scorecard(self) -> Scorecard:
        return self.instance.kpi.scorecard

    @property
    def complaints(self) -> list[str]:
        """What is wrong with what was typed; boxes that are still empty don't count."""
        return [
            message
            for errors in self.errors.as_data().values()
            for error in errors
            if error.code != "required"
            for message in error.messages
        ]

    def clean_valid_from(self) -> Any:
        day = self.cleaned_data["valid_from"]
        others = self.instance.kpi.targets.exclude(pk=self.instance.pk)
        if others.filter(valid_from=day).exists():
            raise forms.ValidationError(
                _(
                    "There is a target from %(day)s on already. "
                    "Change that one, or choose another day."
                ),
                "taken",
                {"day": figures.day(day)},
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = Target.Kind(cleaned.get("kind") or Target.Kind.ANCHORS)
        wanted = POINTS[kind]
        for name in wanted:
            if name in cleaned and cleaned[name] is None:
                self.add_error(name, _("Fill in this value, or choose the other kind of target."))
        if not self.errors:
            self._fill_instance(kind, cleaned)
            self._check_order(wanted)
        return cleaned

    def _fill_instance(self, kind: Target.Kind, cleaned: dict[str, Any]) -> None:
        """Points that this kind doesn't use are cleared, whatever was left in their boxes."""
        self.instance.kind = kind
        for name in ANCHORS + CUTS:
            value = cleaned.get(name) if name in POINTS[kind] else None
            setattr(self.instance, name, value)
            if name in cleaned:
                cleaned[name] = value

    def _check_order(self, wanted: tuple[str, ...]) -> None:
        try:
            read_scale(self.instance)
        except MethodError as error:
            self.add_error(next(iter(fields_at_fault(error)), None), explain(error))


def _number_field(name: str, kpi: KPI, *, required: bool) -> NumberField:
    field = Target._meta.get_field(name)
    label = f"{field.verbose_name} ({kpi.unit})" if kpi.unit else str(field.verbose_name)
    return NumberField(
        label=capfirst(label),
        help_text=HELP.get(name, ""),
        required=required,
        decimals=kpi.decimals,
        unit_kind=unit_kind_of(kpi.unit),
    )
